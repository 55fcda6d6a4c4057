import assert from "node:assert/strict";
import test from "node:test";

import { PARTS, lockOf, partsOf, queryOf, rulesOf } from "../../static/js/core/link-rules.js";

test("an address hides and locks the parts it names, and unknown names are told", () => {
  const rules = rulesOf("?hide=network,inside,nothing&lock=data,results");
  assert.deepEqual([...rules.hidden], ["network", "inside"]);
  assert.deepEqual([...rules.locked], ["data"]);
  assert.deepEqual(rules.unknown, ["nothing", "results"]); // results cannot be locked: nothing there can be changed
  assert.deepEqual(rulesOf(""), { hidden: new Set(), locked: new Set(), unknown: [] });
});

test("an embedded page hides most parts, unless its address shows them", () => {
  const hidden = rulesOf("?show=training&hide=results", { isEmbedded: true }).hidden;
  assert.ok(hidden.has("network") && hidden.has("results"));
  assert.ok(!hidden.has("training") && !hidden.has("run"));
});

test("rules are written as they are read", () => {
  const query = queryOf({ hidden: ["data", "time"], locked: ["run"] });
  assert.equal(query, "hide=data,time&lock=run");
  assert.deepEqual([...rulesOf(`?${query}`).hidden], ["data", "time"]);
  assert.equal(queryOf({ hidden: [], locked: [] }), "");
});

test("each change belongs to a part, and a locked part refuses it by its label", () => {
  const changes = /** @type {[any, string[]][]} */ ([
    [{ kind: "add", points: [] }, ["data"]],
    [{ kind: "clear" }, ["data"]],
    [{ kind: "weight", entry: {} }, ["network"]],
    [{ kind: "patch", patch: { classes: 3, network: {} } }, ["data", "network"]],
    [{ kind: "patch", patch: { training: {} } }, ["training"]],
    [{ kind: "patch", patch: { title: "A", view: {} } }, []],
    [{ kind: "command", name: "step" }, ["run"]],
    [{ kind: "command", name: "back" }, ["time"]],
    [{ kind: "command", name: "undo" }, ["data", "network", "training"]],
  ]);
  for (const [change, parts] of changes) {
    assert.deepEqual(partsOf(change), parts);
    for (const { name, label, locks } of PARTS) {
      const expected = locks && parts.includes(name) ? label : null;
      assert.equal(lockOf(rulesOf(`?lock=${name}`), change), expected);
    }
  }
});
