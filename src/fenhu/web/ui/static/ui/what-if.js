// A slider moves the number beside it, and the number the slider; without this the numbers alone do.
"use strict";

for (const slider of document.querySelectorAll("input[type=range][data-mirrors]")) {
  const number = document.getElementById(slider.dataset.mirrors);
  slider.hidden = false;
  slider.addEventListener("input", () => { number.value = slider.value; });
  number.addEventListener("input", () => { slider.value = number.value; });
}
