import assert from "node:assert/strict";
import test from "node:test";

import { reasonNotToHoldOut, shareHeldOut } from "../../static/js/core/held-out.js";
import { documentWith, point } from "./documents.js";

/** @param {[number, boolean][]} points label and whether it is held out @param {string} [task] */
const documentOf = (points, task = "classification") =>
  documentWith({ task, points: points.map(([label, held_out], i) => point(i + 1, { label, held_out })) });

test("the share of the points that is held out, in whole percents", () => {
  assert.equal(shareHeldOut(documentOf([])), 0);
  assert.equal(
    shareHeldOut(
      documentOf([
        [0, true],
        [0, false],
        [1, false],
      ]),
    ),
    0.33,
  );
});

test("where no point can be held out the reason is told", () => {
  assert.match(reasonNotToHoldOut(documentOf([])), /no points/);
  assert.match(
    reasonNotToHoldOut(
      documentOf([
        [0, false],
        [1, false],
      ]),
    ),
    /two points/,
  );
  assert.equal(
    reasonNotToHoldOut(
      documentOf([
        [0, false],
        [0, false],
        [1, false],
      ]),
    ),
    "",
  );
  assert.equal(
    reasonNotToHoldOut(
      documentOf(
        [
          [0, false],
          [1, false],
        ],
        "curve_fitting",
      ),
    ),
    "",
  );
});
