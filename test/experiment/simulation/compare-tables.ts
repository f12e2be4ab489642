/** `npm run compare:r -- --tables N`: the statistics of random tables against R's, as docs/accuracy.md has them. */
import { parseArgs } from "node:util";
import { compareWithR } from "./compare-with-r.ts";
import { compareNamedWithR } from "./named-tests.ts";

const { values } = parseArgs({ options: { tables: { type: "string", default: "200" } } });
const { agreements, missing } = compareWithR(Number(values.tables), "test/experiment/simulation/oracle.R");
for (const { statistic, compared, maxDifference } of agreements)
  console.log(`${statistic}: ${compared} compared, at most ${maxDifference.toExponential(1)} apart`);
const named = compareNamedWithR(Number(values.tables), "test/experiment/simulation/named-oracle.R");
for (const [name, { compared, maxDifference }] of named)
  console.log(`${name}: ${compared} compared, at most ${maxDifference.toExponential(1)} apart`);
for (const line of missing) console.log(`missing here: ${line}`);
if (missing.length > 0) process.exitCode = 1;
