// A raised hand, drawn: not every machine has a font with one.

const SVG = "http://www.w3.org/2000/svg";
const OUTLINE =
  "M6.2 11.5V5.4a1.2 1.2 0 0 1 2.4 0V9.5V3.4a1.2 1.2 0 0 1 2.4 0V9.5V4.4a1.2 1.2 0 0 1 2.4 0V10.5V7a1.2 1.2 0 0 1 2.4 0v5.2c0 3.4-2 5.6-5 5.6-2.3 0-3.6-1-4.7-2.9L3.6 11.6c-.5-1 .9-2 1.8-1.1z";

export function handSign() {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ class: "icon-sign", viewBox: "0 0 20 20", "aria-hidden": "true" }))
    svg.setAttribute(name, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", OUTLINE);
  svg.append(path);
  return svg;
}
