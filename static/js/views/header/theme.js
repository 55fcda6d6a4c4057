// Light or dark: follows the system until the person chooses. Hands the CSS tokens to whoever draws on a canvas.

import { CLASS_SHAPES, parseHex } from "../../core/palette.js";
import { listen } from "../dom.js";
import { keep, recall } from "../keepsake.js";

const KEY = "nnlab-theme";

/**
 * @typedef {{paper: string, plane: string, ink: string, muted: string, hairline: string, grid: string, accent: string,
 *   test: string, classes: string[], regions: import("../../draw/regions-layer.js").RegionColours}} Colours
 */

/** The CSS tokens, read once per theme. @returns {Colours} */
export function readColours() {
  const style = getComputedStyle(document.documentElement);
  const token = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  const classes = CLASS_SHAPES.map((_, label) => token(`class-${label}`));
  return {
    paper: token("panel"),
    plane: token("plane"),
    ink: token("ink"),
    muted: token("ink-quiet"),
    hairline: token("hairline"),
    grid: token("line"),
    accent: token("accent"),
    test: token("accent"),
    classes,
    regions: { classes: classes.map(parseHex), paper: parseHex(token("plane")) },
  };
}

/**
 * @param {HTMLButtonElement} button
 * @param {(colours: Colours) => void} onChange
 */
export function createTheme(button, onChange) {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  /** @param {"light"|"dark"} theme */
  const use = (theme) => {
    root.dataset.theme = theme;
    button.setAttribute("aria-pressed", String(theme === "dark"));
    onChange(readColours());
  };
  const press = () => {
    const theme = root.dataset.theme === "dark" ? "light" : "dark";
    keep(KEY, theme);
    use(theme);
  };
  const follow = () => {
    if (!recall(KEY)) use(system.matches ? "dark" : "light");
  };
  const ends = [listen(button, { click: press }), listen(system, { change: follow })];
  use(root.dataset.theme === "dark" ? "dark" : "light");
  return { destroy: () => ends.forEach((end) => end()) };
}
