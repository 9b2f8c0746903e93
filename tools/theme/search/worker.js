// Answers the site's search field: a page is found where every word stands in it, as it is typed. The theme's
// own worker looks words up by the blanks around them, and finds nothing in Chinese, which has none.
"use strict";

const SHOWN = 40;
const AROUND = 80;
let sections = [];

function worth(section, words) {
  const title = section.title.toLowerCase();
  const text = section.text.toLowerCase();
  let sum = 0;
  for (const word of words) {
    const named = title.includes(word);
    const times = text.split(word).length - 1;
    if (!named && times === 0) {
      return 0;
    }
    sum += (named ? 100 : 0) + Math.min(times, 20);
  }
  return sum;
}

function summary(section, words) {
  const places = words.map((word) => section.text.toLowerCase().indexOf(word)).filter((place) => place >= 0);
  const from = Math.max(0, Math.min(...places, section.text.length) - AROUND);
  return (from > 0 ? "… " : "") + section.text.substring(from, from + 200);
}

function search(query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return sections
    .map((section) => ({ section, worth: worth(section, words) }))
    .filter((found) => found.worth > 0)
    .sort((a, b) => b.worth - a.worth)
    .slice(0, SHOWN)
    .map(({ section }) => ({
      location: section.location,
      title: section.title,
      summary: summary(section, words),
    }));
}

onmessage = async (message) => {
  if (message.data.init) {
    const answer = await fetch("search_index.json");
    const index = await answer.json();
    sections = index.docs;
    postMessage({ config: index.config });
    postMessage({ allowSearch: true });
  } else if (message.data.query) {
    postMessage({ results: search(message.data.query) });
  }
};
