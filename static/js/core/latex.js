// LaTeX as MathML, as far as the formulas of this page go: letters, numbers, signs, scripts, fractions, roots. Pure: text in,
// text out. By hand: help's own formulas stand in scripts, where no library of the server's reaches.

const SIGNS = { leftarrow: "←", to: "→", nabla: "∇", sum: "∑", cdot: "·", sim: "~", le: "≤", ne: "≠" };
const LETTERS = { eta: "η", mu: "μ", lambda: "λ", sigma: "σ", epsilon: "ε" };
const PLAIN_SIGNS = { "-": "−", "'": "′" };

/** What has its script below it, not beside it. */
const WITH_LIMITS = ["sum", "max"].map((name) => `\\${name}`);

const TOKEN = /\\[a-z]+(?:(?<=\\text)\{[^}]*\})?|\\\\|\d+(?:\.\d+)?|\S/g;

/**
 * The lines of a formula, each as the content of a math element.
 * @param {string} latex
 * @param {(text: string) => string} [translate] what stands in \text{}
 */
export function mathLines(latex, translate = (text) => text) {
  return latex.split("\\\\").map((line) => row(createReader(line), translate));
}

/** @typedef {ReturnType<typeof createReader>} Reader */
/** @typedef {(text: string) => string} Translate */

/** @param {string} line */
function createReader(line) {
  const tokens = line.match(TOKEN) ?? [];
  let next = 0;
  return { peek: () => tokens[next], take: () => tokens[next++] };
}

/** All up to the end or to the brace that closes it. @param {Reader} reader @param {Translate} translate @returns {string} */
function row(reader, translate) {
  let made = "";
  while (reader.peek() !== undefined && reader.peek() !== "}") made += scripted(reader, translate);
  reader.take();
  return made;
}

/** One thing with what stands above and below it. @param {Reader} reader @param {Translate} translate */
function scripted(reader, translate) {
  const token = reader.take();
  const base = single(token, reader, translate);
  let [below, above] = ["", ""];
  for (;;) {
    const script = reader.peek();
    if (script === "_") below = (reader.take(), argument(reader, translate));
    else if (script === "^") above = (reader.take(), argument(reader, translate));
    else if (script === "'") above = sign(PLAIN_SIGNS[/** @type {"'"} */ (reader.take())]);
    else return withScripts(base, below, above, WITH_LIMITS.includes(token));
  }
}

/** @param {string} base @param {string} below @param {string} above @param {boolean} hasLimits */
function withScripts(base, below, above, hasLimits) {
  if (!below && !above) return base;
  const [sub, sup] = hasLimits ? ["under", "over"] : ["sub", "sup"];
  const name = `m${below && sub}${above && sup}`;
  return `<${name}>${base}${below}${above}</${name}>`;
}

/** @param {string} token @param {Reader} reader @param {Translate} translate @returns {string} */
function single(token, reader, translate) {
  if (token === "{") return group(row(reader, translate));
  if (/^\d/.test(token)) return `<mn>${token}</mn>`;
  if (/^[\p{Letter}∂]$/u.test(token)) return `<mi>${token}</mi>`;
  if (!token.startsWith("\\")) return sign(PLAIN_SIGNS[/** @type {"-"} */ (token)] ?? token);
  return command(token.slice(1), reader, translate);
}

/** @param {string} name @param {Reader} reader @param {Translate} translate */
function command(name, reader, translate) {
  if (name === "frac") return `<mfrac>${argument(reader, translate)}${argument(reader, translate)}</mfrac>`;
  if (name === "sqrt") return `<msqrt>${argument(reader, translate)}</msqrt>`;
  if (name === "hat") return `<mover accent="true">${argument(reader, translate)}${sign("^")}</mover>`;
  if (name === "quad") return `<mspace width="1em"/>`;
  if (name.startsWith("text")) return `<mtext>${translate(name.slice(5, -1))}</mtext>`;
  if (name in SIGNS) return sign(SIGNS[/** @type {keyof SIGNS} */ (name)]);
  if (name in LETTERS) return `<mi>${LETTERS[/** @type {keyof LETTERS} */ (name)]}</mi>`;
  return `<mi>${name}</mi>${/[(_^]/.test(reader.peek() ?? "") ? "" : '<mspace width="0.17em"/>'}`; // a function, such as log
}

/** What follows a command or a script mark: a group, or one thing. @param {Reader} reader @param {Translate} translate */
function argument(reader, translate) {
  return single(reader.take(), reader, translate);
}

/** @param {string} content */
const group = (content) => `<mrow>${content}</mrow>`;

/** @param {string} text */
const sign = (text) => `<mo>${text.replace("<", "&lt;")}</mo>`;
