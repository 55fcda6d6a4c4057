// Turns the field names in a server's sentence into the labels that stand on screen. Pure.

/**
 * "because learning_rate 30 is too high" -> "because learning rate 30 is too high".
 * @param {string} text
 * @param {Record<string, import("./types.js").FieldSpec>} fields the catalog's rows
 */
export function withLabels(text, fields) {
  let result = text;
  for (const [path, { label }] of Object.entries(fields)) {
    const name = path.slice(path.lastIndexOf(".") + 1);
    const isTechnical = path.startsWith("training.") && name !== label.toLowerCase();
    if (isTechnical) result = result.replace(new RegExp(`\\b${name}\\b`, "g"), lowerFirst(label));
  }
  return result;
}

/** "Learning rate" -> "learning rate", but "L2 strength" stays. @param {string} label */
function lowerFirst(label) {
  return /^[A-Z][a-z]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label;
}
