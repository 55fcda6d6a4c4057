// Trains the networks it reads (a JSON list) with ConvNetJS and writes what came of them.
// argv[2]: the folder with node_modules/convnetjs.
"use strict";

const path = require("node:path");
const fs = require("node:fs");

const convnetjs = require(path.join(process.argv[2], "node_modules/convnetjs/build/convnet.js"));

function makeNet(network) {
  const last = {
    softmax: { type: "softmax", num_classes: network.outputs },
    svm: { type: "svm", num_classes: network.outputs },
    squared: { type: "regression", num_neurons: 1 },
  }[network.loss];
  const net = new convnetjs.Net();
  net.makeLayers([
    { type: "input", out_sx: 1, out_sy: 1, out_depth: 2 },
    ...network.hidden.map(({ units, activation }) => {
      const layer = { type: "fc", num_neurons: activation === "maxout" ? 2 * units : units };
      if (activation !== "identity") layer.activation = activation;
      if (activation === "maxout") layer.group_size = 2;
      return layer;
    }),
    last,
  ]);
  denseLayers(net).forEach((layer, index) => {
    const { weights, biases } = network.layers[index];
    layer.filters.forEach((filter, unit) => {
      weights.forEach((row, from) => (filter.w[from] = row[unit]));
      layer.biases.w[unit] = biases[unit];
    });
  });
  return net;
}

function denseLayers(net) {
  return net.layers.filter((layer) => layer.layer_type === "fc");
}

function vols(network) {
  return network.points.map(([x, y]) => {
    const vol = new convnetjs.Vol(1, 1, 2);
    vol.w[0] = x;
    vol.w[1] = y;
    return vol;
  });
}

// Layers as weights (D, H) and biases, of the weights ("w") or their gradients ("dw").
function read(net, field, scale) {
  return denseLayers(net).map((layer) => ({
    weights: Array.from(layer.filters[0].w, (_, from) => layer.filters.map((filter) => filter[field][from] * scale)),
    biases: Array.from(layer.biases[field], (value) => value * scale),
  }));
}

function answer(network) {
  const inputs = vols(network);
  const target = (index) => (network.loss === "squared" ? [network.targets[index]] : network.targets[index]);
  const probe = makeNet(network);
  let loss = 0;
  const scores = inputs.map((vol, index) => {
    probe.forward(vol, true);
    loss += probe.backward(target(index)) / inputs.length;
    const dense = denseLayers(probe);
    return Array.from(dense[dense.length - 1].out_act.w);
  });
  const net = makeNet(network);
  const trainer = new convnetjs.Trainer(net, {
    method: network.method,
    learning_rate: network.learning_rate,
    momentum: network.momentum,
    ro: 0.95,
    eps: 1e-6,
    batch_size: inputs.length,
    l2_decay: network.l2 * inputs.length, // it divides the penalty by the batch size
  });
  for (let step = 0; step < network.steps; step++) {
    inputs.forEach((vol, index) => trainer.train(vol, target(index)));
  }
  return { scores, loss, gradients: read(probe, "dw", 1 / inputs.length), trained: read(net, "w", 1) };
}

const networks = JSON.parse(fs.readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(networks.map(answer)));
