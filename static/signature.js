/* The drawn signature: strokes go as points into a hidden field, the page's other ways to sign stay beside it.
   Markup: templates/_signature.html. Nothing drawn leaves the field empty, and the form says what is missing. */

import SignaturePad from "./vendor/signature_pad-5.1.4.min.js";

const fit = (pad, canvas) => {
  const scale = Math.max(devicePixelRatio || 1, 1);
  const strokes = pad.toData();
  canvas.width = canvas.offsetWidth * scale;
  canvas.height = canvas.offsetHeight * scale;
  canvas.getContext("2d").scale(scale, scale);
  pad.fromData(strokes);
};

/* Two decimals of a pixel and a thousandth of a second are enough; times count from the first point. */
const lean = (strokes) => {
  const start = strokes[0]?.points[0]?.time ?? 0;
  return strokes.map((stroke) => stroke.points.map((point) => [
    Math.round(point.x * 100) / 100, Math.round(point.y * 100) / 100, point.time - start, point.pressure,
  ]));
};

const full = (strokes) => strokes.map((points) => ({
  points: points.map(([x, y, time, pressure]) => ({ x, y, time, pressure })),
}));

for (const place of document.querySelectorAll("[data-signature]")) {
  const canvas = place.querySelector("canvas");
  const field = document.getElementById(place.dataset.signature);
  const pad = new SignaturePad(canvas, { penColor: "#16242b", minWidth: 0.8, maxWidth: 2.6 });
  const write = () => {
    const drawn = { width: canvas.offsetWidth, height: canvas.offsetHeight, strokes: lean(pad.toData()) };
    field.value = pad.isEmpty() ? "" : JSON.stringify(drawn);
  };
  field.dataset.notKept = ""; // a signature is given at once, never out of a draft
  place.hidden = false;
  fit(pad, canvas);
  if (field.value) pad.fromData(full(JSON.parse(field.value).strokes));
  pad.addEventListener("endStroke", write);
  place.querySelector("[data-clear]").addEventListener("click", () => (pad.clear(), write()));
  new ResizeObserver(() => fit(pad, canvas)).observe(canvas);
}
