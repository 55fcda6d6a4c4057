// Puts a figure that came as SVG text onto the page, so that its dots can be clicked. Runs nothing of it.

/** What is drawn is of another run than the one that has begun. @param {Element} place */
export const markOther = (place) => place.classList.add("is-other");

/** @param {Element} place @param {string} text of an SVG @param {string} label */
export function showFigure(place, text, label) {
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  for (const link of svg.querySelectorAll("a")) {
    link.setAttribute("target", "_blank");
    link.setAttribute("rel", "noopener");
    link.setAttribute("tabindex", "-1"); // the table below has the same links for the keyboard
  }
  place.replaceChildren(document.importNode(svg, true));
  place.classList.remove("is-other");
}
