// The slopes f′ of the activation functions, as the engine has them: at a kink the left one.

import { ACTIVATIONS } from "./activations.js";

/** Where f has a smaller slope, it is saturated. */
const SATURATED_BELOW = 0.01;

/** f′(z) by name. @type {Record<string, (z: number) => number>} */
export const SLOPES = {
  relu: (z) => (z > 0 ? 1 : 0),
  leaky_relu: (z) => (z > 0 ? 1 : 0.01),
  tanh: (z) => 1 - Math.tanh(z) ** 2,
  sigmoid: (z) => ACTIVATIONS.sigmoid(z) * (1 - ACTIVATIONS.sigmoid(z)),
  identity: () => 1,
};

/** Does next to no gradient come through? @param {number} slope */
export const isFlat = (slope) => slope < SATURATED_BELOW;
