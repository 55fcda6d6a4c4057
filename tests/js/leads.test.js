import assert from "node:assert/strict";
import test from "node:test";
import { levelsOfLeads } from "../../static/js/core/leads.js";
import { shade } from "../../static/js/core/palette.js";
import { refine } from "../../static/js/core/smoothing.js";

test("no lead is even odds, the largest lead is certainty", () => {
  assert.deepEqual([...levelsOfLeads("A/")], [32, 63]);
  assert.ok(shade(32 / 63, 2) < 0.13 && shade(1, 2) > 0.5);
});

test("where the winner changes, the shade fades to nothing on the way, and no third colour comes up", () => {
  const coarse = {
    rows: 1,
    cols: 4,
    labels: Uint8Array.of(0, 0, 1, 1),
    levels: levelsOfLeads("IEEI"),
    leads: Uint16Array.of(0, 4, 4, 0),
  };
  const fine = { rows: 8, cols: 32, labels: new Uint8Array(256), levels: new Uint8Array(256) };
  refine(coarse, fine);
  const row = [...fine.labels.slice(0, 32)];
  assert.deepEqual(row, [...Array(16).fill(0), ...Array(16).fill(1)]);
  assert.ok(fine.levels.every((level) => level >= 32 && level <= 36));
  assert.ok(fine.levels[15] <= 33 && fine.levels[16] <= 33 && fine.levels[4] >= 35);
});
