// The server's sentences as they stand on screen: in the page's language, with labels in place of field names. Pure.

import { withSign } from "./decimals.js";
import { language, t } from "./messages.js";

/** @typedef {{text: string, values: Record<string, any>}} Parts a sentence's template and its values, which may be such parts too */

/** Why training stopped, in the page's language; empty where there is nothing to say. @param {{message_parts?: Parts|null}} snapshot */
export function messageOf({ message_parts: parts }) {
  return parts ? sentenceOf(parts) : "";
}

/** @param {Parts} parts @returns {string} */
function sentenceOf({ text, values }) {
  const filled = Object.entries(values).map(([name, value]) => [
    name,
    value?.text ? sentenceOf(value) : asWritten(value),
  ]);
  return t(text, Object.fromEntries(filled));
}

/** A value inside a sentence; numbers have the language's decimal sign. @param {string|number} value */
const asWritten = (value) => (/^-?\d+\.\d/.test(String(value)) ? withSign(String(value)) : value);

/** Fields of the network that the server's sentences name. */
const IN_SENTENCES = ["network.init_scale", "network.scaling"];

/**
 * "because learning_rate 30 is too high" -> "because learning rate 30 is too high".
 * @param {string} text
 * @param {Record<string, import("./types.js").FieldSpec>} fields the catalog's rows
 */
export function withLabels(text, fields) {
  let result = text;
  for (const [path, { label }] of Object.entries(fields)) {
    const name = path.slice(path.lastIndexOf(".") + 1);
    if (path.startsWith("training.") || IN_SENTENCES.includes(path))
      result = result.replace(new RegExp(`\\b${name}\\b`, "g"), inSentence(label));
  }
  return result;
}

/**
 * A label inside a sentence: "Learning rate" as "learning rate", but "L2 strength" stays; German nouns keep their capitals.
 * @param {string} label
 */
export function inSentence(label) {
  return language !== "de" && /^[A-Z][a-z]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label;
}
