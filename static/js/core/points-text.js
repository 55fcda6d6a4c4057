// What a text of points looks like, as one line for people. What else may be read is the server's to know.

/** @type {Record<string, string>} */
const LINES = {
  classification: "1.5, -2, 0  (x, y, class)",
  curve_fitting: "1.5, -2  (x, y)",
  surface_fitting: "1.5, -2, 0.7  (x, y, value)",
};

/** A point as a line of text. @param {string} task */
export const exampleLine = (task) => LINES[task] ?? LINES.classification;
