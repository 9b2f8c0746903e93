// The field in which a household signs by hand: strokes become an SVG path of whole numbers in a hidden field.
"use strict";

const field = document.getElementById("field");
const drawn = document.getElementById("drawn");
const pen = field.getContext("2d");
let drawing = false;

function place(event) {
  const box = field.getBoundingClientRect();
  const x = Math.round((event.clientX - box.left) / box.width * field.width);
  const y = Math.round((event.clientY - box.top) / box.height * field.height);
  return [Math.min(Math.max(x, 0), field.width), Math.min(Math.max(y, 0), field.height)];
}

function begin(event) {
  const [x, y] = place(event);
  drawing = true;
  field.setPointerCapture(event.pointerId);
  pen.beginPath();
  pen.moveTo(x, y);
  drawn.value += `M${x} ${y}`;
  event.preventDefault();
}

function go(event) {
  if (!drawing) return;
  const [x, y] = place(event);
  pen.lineTo(x, y);
  pen.stroke();
  drawn.value += `L${x} ${y}`;
}

function end() {
  if (!drawing) return;
  drawing = false;
  drawn.value = drawn.value.replace(/M\d+ \d+$/, "");
}

function again() {
  pen.clearRect(0, 0, field.width, field.height);
  drawn.value = "";
}

pen.lineWidth = 2.5;
pen.lineCap = pen.lineJoin = "round";
field.addEventListener("pointerdown", begin);
field.addEventListener("pointermove", go);
field.addEventListener("pointerup", end);
field.addEventListener("pointercancel", end);
document.getElementById("again").addEventListener("click", again);
document.getElementById("pad").hidden = false;
