// All tests of this folder in one process: with a process for each file they take three times as long.

import { readdirSync } from "node:fs";

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".test.js"));
for (const file of files.sort()) await import(`./${file}`);
