// Numbers as a page in German writes them, printed for language.test.js: a process has one language.

Object.assign(globalThis, { document: { documentElement: { lang: "de" }, getElementById: () => null } });

const { drawWarp } = await import("../../static/js/draw/warp.js");
const { tryL2, tryRate } = await import("../../static/js/pages/presets/trials.js");

/** @type {string[]} */
const drawn = [];
const note = (/** @type {string} */ text) => drawn.push(text);
/** @type {any} */
const context = new Proxy({}, { get: (_, name) => (name === "fillText" ? note : () => {}), set: () => true });
const none = new Float32Array(0);
const box = Float32Array.of(-1, 1, -1, 1);
/** @type {any} */
const look = { colours: {}, labels: null, points: [], size: 200 };
drawWarp(context, { layer: 1, units: [0, 1], rows: 0, cols: 0, grid: none, points: none, box }, look);

console.log(JSON.stringify({ drawn, titles: [tryL2(0.001), tryRate(0.3)].map(({ title }) => title) }));
