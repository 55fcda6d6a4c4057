// Whose measurements a data set has, and on what terms they are given; nothing for shapes.

import { t } from "../../core/messages.js";
import { h, setText } from "../dom.js";

/** License names that are words. @type {Record<string, string>} */
const LICENSES = { "Public domain": t("Public domain") };

/** @param {import("../../core/types.js").Catalog} catalog */
export function createDataOrigin(catalog) {
  const element = h("p", { class: "quiet" });
  return {
    element,
    /** @param {string|null} name of the data set that is shown */
    show(name) {
      const { source = "", license = "" } = catalog.datasets.find((each) => each.name === name) ?? {};
      element.hidden = !source;
      setText(element, t("Source: {source}. License: {license}.", { source, license: LICENSES[license] ?? license }));
    },
  };
}
