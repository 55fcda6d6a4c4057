// What a first visit shows: an experiment that is already running and becomes interesting within seconds.

/** Leaves everything else to the server's defaults. */
export const FIRST_DOCUMENT = {
  network: {
    hidden: [
      { units: 12, activation: "tanh" },
      { units: 8, activation: "tanh" },
    ],
  },
  training: { optimizer: "adam", learning_rate: 0.01 },
  pace: { steps_per_second: 200 }, // the boundary winds itself between the arms while one looks
};

export const FIRST_DATASET = { name: "spiral", noise: 0.05, seed: 1 };
