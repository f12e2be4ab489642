#!/usr/bin/env node
/**
 * Where one thread's time goes, in ns per packet: `npm run build && node test/bench/per-packet.mjs [FILE]`, three times in one
 * process, the first one cold. Without a file it makes the bench's medium capture.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RecordCounter } from "../../dist/parts/count-records.js";
import { openCapture } from "../../dist/parts/open-capture.js";
import { FrameTracker } from "../../dist/parts/track-frames.js";
import { CAPTURES } from "./captures.mjs";

const TIMES = 3;

const folder = mkdtempSync(join(tmpdir(), "lbqos-per-packet-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const file = process.argv[2] ?? (await CAPTURES.medium(folder)).file;
console.log("| read | track | count |\n| --: | --: | --: |");
for (let time = 0; time < TIMES; time++) {
  const tracker = new FrameTracker(false);
  const counter = new RecordCounter({});
  const capture = await openCapture([file], tracker.batch);
  const spent = [0, 0, 0];
  let packets = 0;
  for (;;) {
    const started = performance.now();
    const batch = await capture.nextBatch();
    const read = performance.now();
    if (batch === null) break;
    packets += batch.count;
    tracker.feed(batch);
    const records = tracker.take();
    const tracked = performance.now();
    counter.read(records);
    spent[0] += read - started;
    spent[1] += tracked - read;
    spent[2] += performance.now() - tracked;
  }
  await capture.close();
  console.log(`| ${spent.map((ms) => ((ms * 1e6) / packets).toFixed(0)).join(" | ")} |`);
}
