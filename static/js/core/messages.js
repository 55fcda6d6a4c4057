// The language of the page: English text is the key, and a page in another language carries its messages as data.
// In English, and outside a browser, there are none, and every text stands for itself.

/** @typedef {Record<string, string|number>} Values what stands in place of {name} */

const page = globalThis.document;

/** Of texts that count, a list: the forms of the language's plural. @type {Map<string, string|string[]>} */
const messages = new Map(Object.entries(JSON.parse(page?.getElementById("messages")?.textContent || "{}")));
export const language = page?.documentElement.lang || "en";

/** In the order of gettext's forms. */
const CATEGORIES = ["zero", "one", "two", "few", "many", "other"];

/**
 * `t("{name} copied", { name })` in the page's language.
 * @param {string} text the English text
 * @param {Values} [values]
 */
export function t(text, values) {
  return fill(messages.get(text) ?? text, values);
}

/**
 * `tn("1 point", "{count} points", 3)` in the page's language.
 * @param {string} one the English text for one
 * @param {string} many the English text for any other count
 * @param {number} count
 * @param {Values} [values]
 */
export function tn(one, many, count, values) {
  const forms = [messages.get(one) ?? [one, many]].flat();
  const rules = new Intl.PluralRules(language);
  const used = CATEGORIES.filter((category) =>
    rules.resolvedOptions().pluralCategories.includes(/** @type {any} */ (category)),
  );
  const form = Math.min(used.indexOf(rules.select(count)), forms.length - 1);
  return fill(forms[form], { count, ...values });
}

/** @param {string|string[]} text @param {Values} [values] */
function fill(text, values = {}) {
  return String(text).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
