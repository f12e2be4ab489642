#!/usr/bin/env node
/**
 * Speed against the tools that users know, in the same run, on captures that it makes: `npm run bench [-- --large]`.
 * Prints medians and ratios as Markdown, and ends with 1 where a ratio is below its floor. Quiet machines only: run it
 * when nothing else does. `--large` needs 2 GB in the folder for temporary files.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { CAPTURES } from "./captures.mjs";
import { FLOORS } from "./floors.mjs";
import { measure, median } from "./measure-command.mjs";
import { BARE_NODE, contestants, LBQOS, VERSION } from "./programs.mjs";

const ROUNDS = 3;
const START_UP_ROUNDS = 11;
const NOT_RUN = { packets: Number.NaN, wallSeconds: Number.NaN, cpuSeconds: Number.NaN, peakMb: Number.NaN };

const folder = mkdtempSync(join(tmpdir(), "lbqos-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

const results = new Map();
const of = (capture, program) => results.get(`${capture} ${program}`) ?? NOT_RUN;

const processor = `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown processor"}`;
console.log(`${processor}, Node ${process.version}; medians of ${ROUNDS}.\n`);
console.log("| capture | packets | program | wall (s) | CPU (s) | packets/s | peak (MB) | lbqos is |");
console.log("| --- | --: | --- | --: | --: | --: | --: | --: |");
for (const [capture, make] of Object.entries(CAPTURES)) {
  if (capture === "large" && !process.argv.includes("--large")) continue;
  const { file, packets } = await make(folder);
  // Whatever ran while the disk is still being written to would be slowed down by it.
  execFileSync("sync");
  const programs = contestants(capture, file);
  await race(capture, packets, programs, ROUNDS);
  for (const [name] of programs) printRow(capture, name);
  rmSync(file);
}
const startUps = [
  ["node -e 0", BARE_NODE],
  ["lbqos --version", VERSION],
];
await race("start-up", Number.NaN, startUps, START_UP_ROUNDS);
for (const [name] of startUps) {
  const { wallSeconds, cpuSeconds, peakMb } = of("start-up", name);
  const figures = [wallSeconds.toFixed(3), cpuSeconds.toFixed(3), "", peakMb.toFixed(0), ""];
  console.log(`| ${["start-up", "", name, ...figures].join(" | ")} |`);
}
printFloors();

/** Runs the programs in turn, several times, so that what disturbs the machine disturbs all of them. */
async function race(capture, packets, programs, rounds) {
  const runs = new Map(programs.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, command] of programs) runs.get(name).push(await measure(command));
  }
  for (const [name, measured] of runs) {
    results.set(`${capture} ${name}`, {
      packets,
      wallSeconds: median(measured.map((run) => run.wallSeconds)),
      cpuSeconds: median(measured.map((run) => run.cpuSeconds)),
      peakMb: median(measured.map((run) => run.peakMb)),
    });
  }
}

function printRow(capture, name) {
  const { packets, wallSeconds, cpuSeconds, peakMb } = of(capture, name);
  const times = wallSeconds / of(capture, LBQOS).wallSeconds;
  const slower = times >= 1 ? `${times.toFixed(1)} × as fast` : `${(1 / times).toFixed(1)} × as slow`;
  const speed = Math.round(packets / wallSeconds).toLocaleString("en");
  const figures = [wallSeconds.toFixed(2), cpuSeconds.toFixed(2), speed, peakMb.toFixed(0)];
  const verdict = name === LBQOS ? "" : slower;
  console.log(`| ${[capture, packets.toLocaleString("en"), name, ...figures, verdict].join(" | ")} |`);
}

function printFloors() {
  console.log();
  for (const { what, floor, aim, ratio } of FLOORS) {
    const reached = ratio(of);
    // A peer that is not installed, or the large capture that was not asked for.
    if (Number.isNaN(reached)) {
      console.log(`- not run: ${what}`);
      continue;
    }
    const verdict = reached >= aim ? "met, aim too" : reached >= floor ? "met" : "NOT MET";
    if (reached < floor) process.exitCode = 1;
    const [is, least, wanted] = [reached, floor, aim].map((number) => number.toFixed(2));
    console.log(`- ${verdict}: ${what}: ${is}, floor ${least}, aim ${wanted}`);
  }
}
