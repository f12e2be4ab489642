/**
 * A program that records with an engine of lbqos, as `lbqos live` does, so that tests can run it in a network namespace,
 * as another user, and kill it. Arguments: the folder of the compiled engines, and a plan as JSON (`RecorderPlan`).
 * It writes what happens to standard output, one JSON value a line, and takes `stop`, `read` and `drops` on standard input.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [, , folder, planText] = process.argv;
const plan = JSON.parse(planText);
const load = (path) => import(pathToFileURL(`${folder}/${path}.js`).href);
const say = (event) => console.log(JSON.stringify(event));

const { Failure } = await load("failure");
const { openEngine } = await load("capture/engines/open-engine");
const { openCommand } = await load("capture/engines/command");

async function open() {
  try {
    return plan.command ? openCommand(plan.command) : await openEngine(plan.request, plan.choice);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    say({ event: "refused", message: error.message, status: error.status });
    process.exit(1);
  }
}

const capture = await open();
const { engine, program, timestampSource, interfaces, waits } = capture;
say({
  event: "open",
  engine,
  program,
  timestampSource,
  interfaces,
  waits,
  aheadMs: Number(capture.nowNs() / 1_000_000n) - Date.now(),
});

process.on("SIGINT", () => capture.stop());
let mayRead = () => {};
const told = new Promise((resolve) => {
  mayRead = resolve;
});
const commands = createInterface({ input: process.stdin });
commands.on("line", (line) => {
  if (line === "stop") capture.stop();
  if (line === "read") mayRead();
  if (line === "drops") say({ event: "drops", drops: capture.drops() });
});

if (plan.readWhenTold) await told;
const file = openSync(plan.output, "w");
let bytes = 0;
let chunks = 0;
for await (const chunk of capture.bytes) {
  if (chunk.byteLength === 0 || chunk.buffer.byteLength < chunk.byteLength) throw new Error("an odd chunk");
  writeSync(file, chunk);
  bytes += chunk.length;
  chunks += 1;
  say({ event: "bytes", bytes });
  if (plan.breakAfter === chunks) break;
}
closeSync(file);
say({ event: "end", bytes, drops: capture.drops(), failure: capture.failure?.message ?? null });
commands.close();
