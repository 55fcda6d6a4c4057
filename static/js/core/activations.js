// The activation functions f and the inputs a network can see, in the words of the document. The engine's arithmetic on
// the page's side, so that one point can be followed without asking the server.

/** Slope of leaky ReLU below zero.  [CS231n nn-1 #actfun] */
const LEAKY_SLOPE = 0.01;

/**
 * f(z) by name; maxout takes the largest of its pieces instead and has no f of one number.
 * @type {Record<string, (z: number) => number>}
 */
export const ACTIVATIONS = {
  relu: (z) => Math.max(0, z),
  leaky_relu: (z) => Math.max(z, LEAKY_SLOPE * z),
  tanh: Math.tanh,
  sigmoid: (z) => 0.5 * Math.tanh(0.5 * z) + 0.5, // 1 / (1 + exp(-z)) without overflow
  identity: (z) => z,
};

/** How f is written with its argument. @type {Record<string, (z: string) => string>} */
export const WRITTEN = {
  relu: (z) => `max(0, ${z})`,
  leaky_relu: (z) => `max(${z}, 0.01 · ${z})`,
  tanh: (z) => `tanh(${z})`,
  sigmoid: (z) => `σ(${z})`,
  maxout: (z) => `max(pieces) = ${z}`,
  identity: (z) => z,
};

/** What the network can be given of a point (x, y). @type {Record<string, (x: number, y: number) => number>} */
export const INPUTS = {
  x: (x) => x,
  y: (_, y) => y,
  "x^2": (x) => x * x,
  "y^2": (_, y) => y * y,
  "x*y": (x, y) => x * y,
  "sin(x)": (x) => Math.sin(x),
  "sin(y)": (_, y) => Math.sin(y),
};

/** Inputs as people write them. @type {Record<string, string>} */
const INPUT_SIGNS = { "x^2": "x²", "y^2": "y²", "x*y": "xy" };

/** @param {string} name of an input in the document */
export const inputSign = (name) => INPUT_SIGNS[name] ?? name;
