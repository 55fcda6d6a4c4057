// The letter of an experiment that stands beside others.

import { h } from "../dom.js";

/** @param {string} letter */
export const badge = (letter) => h("span", { class: "badge" }, letter);
