// ConvNetJS 0.3.0 in node: the same requests and answers as serve.py, through its public Net and Trainer.
"use strict";

const path = require("node:path");
const readline = require("node:readline");

const convnetjs = require(path.join(process.argv[2], "node_modules/convnetjs/build/convnet.js"));

function makeNet(workload) {
  const net = new convnetjs.Net();
  net.makeLayers([
    { type: "input", out_sx: 1, out_sy: 1, out_depth: 2 },
    ...workload.units.map((units) => ({ type: "fc", num_neurons: units, activation: workload.activation })),
    { type: "softmax", num_classes: workload.classes },
  ]);
  const dense = net.layers.filter((layer) => layer.layer_type === "fc");
  dense.forEach((layer, index) => {
    const weights = workload.weights[index];
    layer.filters.forEach((filter, unit) => {
      for (let row = 0; row < weights.length; row++) filter.w[row] = weights[row][unit];
    });
    layer.biases.w.fill(0);
  });
  return net;
}

function makeVol(x, y) {
  const vol = new convnetjs.Vol(1, 1, 2);
  vol.w[0] = x;
  vol.w[1] = y;
  return vol;
}

function train(workload) {
  const net = makeNet(workload);
  const trainer = new convnetjs.Trainer(net, {
    method: "sgd",
    learning_rate: workload.learning_rate,
    momentum: workload.momentum,
    batch_size: workload.batch,
    l2_decay: workload.l2 * workload.batch, // it divides the penalty by the batch size
  });
  const vols = workload.points.map(([x, y]) => makeVol(x, y));
  let done = 0;
  return {
    run(n) {
      for (let i = 0; i < n; i++) {
        for (const index of workload.indices[done % workload.indices.length]) {
          trainer.train(vols[index], workload.labels[index]);
        }
        done += 1;
      }
    },
    loss() {
      let data = 0;
      vols.forEach((vol, index) => (data -= Math.log(net.forward(vol).w[workload.labels[index]])));
      let squares = 0;
      for (const layer of net.layers) {
        for (const filter of layer.filters || []) for (const weight of filter.w) squares += weight * weight;
      }
      return data / vols.length + 0.5 * workload.l2 * squares;
    },
  };
}

function grid(workload) {
  const net = makeNet(workload);
  const r = workload.resolution;
  const labels = new Uint8Array(r * r);
  const levels = new Uint8Array(r * r);
  const vol = makeVol(0, 0);
  return {
    run(n) {
      for (let i = 0; i < n; i++) {
        for (let cell = 0; cell < r * r; cell++) {
          vol.w[0] = -6 + (12 * (cell % r)) / (r - 1);
          vol.w[1] = -6 + (12 * Math.floor(cell / r)) / (r - 1);
          const p = net.forward(vol, false).w;
          let best = 0;
          for (let k = 1; k < p.length; k++) if (p[k] > p[best]) best = k;
          labels[cell] = best;
          levels[cell] = p[best] * 63 + 0.5;
        }
      }
    },
  };
}

// One network after the other: one is timed, and counted as many times as there are.
function ensemble(workload) {
  const one = train(workload);
  return { run: (n) => one.run(n * workload.ensemble_steps), scale: workload.ensemble_size };
}

const makers = { train, grid, ensemble };
const jobs = new Map();

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const request = JSON.parse(line);
  let answer;
  if (request.op === "prepare") {
    const workload = request.workload;
    let loss = null;
    if (workload.kind === "train") {
      const probe = train(workload);
      probe.run(workload.check_steps);
      loss = probe.loss();
    }
    jobs.set(workload.name, makers[workload.kind](workload));
    answer = { able: true, loss };
  } else {
    const job = jobs.get(request.name);
    const start = process.hrtime.bigint();
    job.run(request.n);
    answer = { seconds: (Number(process.hrtime.bigint() - start) / 1e9) * (job.scale || 1) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
});
