// What the pages do beyond plain HTML: "/" finds, lists filter themselves, a file can be dropped.
"use strict";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const find = document.querySelector("#find");
  if (find) {
    event.preventDefault();
    find.focus();
    find.select();
  }
});

// The menu: older browsers do not close one group when another opens; on a narrow screen the reader's room may lie aside.
const groups = document.querySelectorAll(".rooms details");
for (const group of groups) {
  group.addEventListener("toggle", () => {
    if (group.open) for (const other of groups) if (other !== group) other.open = false;
  });
}
const here = document.querySelector(".rooms [open] [aria-current]");
if (here) here.closest("ul").scrollLeft = here.offsetLeft - here.closest("ul").clientWidth / 3;

// Suggestions under the search field: arrows walk through them, Escape closes them.
const suggestions = document.querySelector("#suggestions");
if (suggestions) {
  const form = suggestions.closest("form");
  const field = form.querySelector("#find");
  const close = () => { suggestions.hidden = true; };
  field.addEventListener("input", () => {
    suggestions.hidden = false;
    if (!field.value.trim()) suggestions.replaceChildren();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { close(); field.focus(); return; }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || suggestions.hidden) return;
    const stops = [field, ...suggestions.querySelectorAll("a")];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });
  field.addEventListener("focus", () => { suggestions.hidden = false; });
}

// A filter that narrows nothing does not stand in the address.
document.addEventListener("htmx:configRequest", (event) => {
  for (const [name, value] of Object.entries(event.detail.parameters)) {
    if (value === "") delete event.detail.parameters[name];
  }
});

for (const zone of document.querySelectorAll(".drop")) {
  const input = zone.querySelector("input[type=file]");
  const stop = (event) => event.preventDefault();
  zone.addEventListener("dragover", (event) => { stop(event); zone.classList.add("drop-over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("drop-over"));
  zone.addEventListener("drop", (event) => {
    stop(event);
    zone.classList.remove("drop-over");
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}

// A click on a flat of such a picture presses the button of the row it leads to.
for (const picture of document.querySelectorAll("[data-presses]")) {
  picture.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const row = link && document.getElementById(link.getAttribute("href").split("#")[1]);
    const button = row && row.querySelector("button");
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}

// One box ticks all boxes of its form that carry the name it gives.
for (const all of document.querySelectorAll("input[data-ticks]")) {
  all.addEventListener("change", () => {
    for (const box of all.form.querySelectorAll(`input[name="${all.dataset.ticks}"]`)) box.checked = all.checked;
  });
}

// What a picture's part is called is written above the picture while it is pointed at or has the focus.
function tellParts() {
  for (const line of document.querySelectorAll("[data-tells]")) {
    const within = document.querySelector(line.dataset.tells);
    line.hidden = false;
    const tell = (event) => {
      const title = event.target.closest("svg a")?.querySelector("title");
      if (title) line.textContent = title.textContent;
    };
    within.addEventListener("pointerover", tell);
    within.addEventListener("focusin", tell);
  }
}
tellParts();
document.addEventListener("htmx:afterSettle", tellParts);
