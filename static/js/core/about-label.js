// An error of the server as it stands on screen: about a control, not about a field's path. Pure.

/**
 * An error's first word is the field's path: "stop.accuracy must be ..." -> "Stop at accuracy must be ...".
 * @param {string} message
 * @param {Record<string, import("./types.js").FieldSpec>} fields the catalog's rows
 */
export function aboutLabel(message, fields) {
  return message.replace(/^[a-z]\w*(\.\w+)*/, (path) => {
    const row = path.replace(/\.\d+/g, "");
    return (fields[row] ?? fields[`dataset.${row}`])?.label ?? path;
  });
}
