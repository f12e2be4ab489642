/**
 * npm run compare:filters -- FOLDER|FILE...
 * Compares what forty filters show with tshark's -Y: frames and bytes, span, mean gap and mean difference of gaps, these computed
 * here from tshark's frame.time_epoch. Prints a row for each capture, every difference, then totals. Exit status: 0 all equal, 1
 * something differs.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { openCapture } from "../../src/capture/open-capture.ts";
import { Failure } from "../../src/failure.ts";
import { measureSelection } from "../../src/metrics/measure-selection.ts";
import { compileFilter, EVERY_FRAME } from "../../src/select/compile-filter.ts";
import { FrameSelector } from "../../src/select/frame-selector.ts";
import { FILTERS } from "./filters.ts";
import { type ShownFrames, shownInOneReading } from "./tshark-frames.ts";

const CAPTURE_NAME = /\.(pcap|pcapng|cap)(\.gz)?$/;
const TOLERANCE = 1e-6;

const figures = ["frames", "bytes", "durationMs", "delayMs", "jitterMs"] as const;
const given = process.argv.slice(2);
const paths = given.flatMap((path) =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => CAPTURE_NAME.test(name))
        .sort()
        .map((name) => join(path, name))
    : [path],
);
if (paths.length === 0) {
  console.error("Usage: npm run compare:filters -- FOLDER|FILE...");
  process.exit(2);
}
const version = execFileSync("tshark", ["--version"], {
  encoding: "utf8",
  stdio: ["ignore", "pipe", "ignore"],
});
console.log(version.split("\n")[0]);
console.log("\n| capture | filters | frames shown | different |\n| --- | --: | --: | --: |");
const differences: string[] = [];
let compared = 0;
let shown = 0;
let different = 0;
/** Files that are no captures, or none that tshark reads to its end. */
let unread = 0;
for (const path of paths) {
  const selector = new FrameSelector(
    FILTERS.map((text) => (text === "" ? EVERY_FRAME : compileFilter(text))),
  );
  const capture = await openCapture(path).catch((error: unknown) => {
    if (error instanceof Failure) return error;
    throw error;
  });
  if (capture instanceof Failure) {
    unread++;
    continue;
  }
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    selector.feed(batch);
  }
  await capture.close();
  const readings = selector.readings();
  const theirs = await shownInOneReading(path, FILTERS).catch(() => null);
  if (theirs === null) {
    unread++;
    continue;
  }
  const shownBefore = shown;
  const differentBefore = different;
  for (const [index, expected] of theirs.entries()) {
    const filter = FILTERS[index] ?? "";
    const counted = readings[index];
    if (counted === undefined) continue;
    const ours = { ...measureSelection(counted), frames: counted.frames, bytes: counted.bytes };
    compared++;
    shown += expected.frames;
    const wrong = figures.filter((name) => !isNear(ours[name], expected[name]));
    if (wrong.length === 0) continue;
    different++;
    const told = wrong.map((name) => `${name} ${ours[name]} ≠ ${expected[name]}`).join(", ");
    differences.push(`${path}\n  ${filter === "" ? "(all)" : filter}: ${told}`);
  }
  const counts = [theirs.length, shown - shownBefore, different - differentBefore];
  console.log(`| ${[basename(path), ...counts].join(" | ")} |`);
}
for (const difference of differences) console.log(`\n${difference}`);
console.log(
  `\n${paths.length - unread} captures × ${FILTERS.length} filters: ${compared} compared, ${shown} frames shown, ${different} different`,
);
if (different > 0) process.exitCode = 1;

function isNear(ours: ShownFrames["delayMs"], theirs: ShownFrames["delayMs"]): boolean {
  if (ours === null || theirs === null) return ours === theirs;
  return Math.abs(ours - theirs) <= TOLERANCE * Math.max(Math.abs(ours), Math.abs(theirs));
}
