#!/usr/bin/env node
/**
 * Whether a live capture's memory stays flat: `npm run build && node test/bench/live-memory.mjs`. Replays 26 million packets
 * with fresh connections throughout, as fast as they are taken, and prints the resident memory as it goes on, as Markdown. Needs 3 GB for temporary files.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { repeatCapture } from "./repeated-capture.mjs";

const SOURCE = fileURLToPath(new URL("../../fixtures/captures/round-robin-1.pcapng.gz", import.meta.url));
const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const TIMES = 1200;
const LOOK_MS = 1000;

const folder = mkdtempSync(join(tmpdir(), "lbqos-memory-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const capture = join(folder, "long.pcap");
const { packets } = await repeatCapture(SOURCE, capture, TIMES, true);
const lbqos = spawn(
  process.execPath,
  [
    ...[MAIN, "live", "--replay", capture, "--speed", "max", "--quiet", "--json"],
    ...["--balancer", "192.168.56.103", "--backend", "A=192.168.56.109", "--backend", "B=192.168.56.113"],
    ...["--backend", "C=192.168.56.110"],
  ],
  { stdio: ["ignore", "pipe", "inherit"] },
);
let output = "";
lbqos.stdout.on("data", (data) => {
  output += data;
});
const started = performance.now();
console.log("| after (s) | resident (MB) |\n| --: | --: |");
const timer = setInterval(() => {
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${lbqos.pid}/status`, "utf8"))?.[1]);
  console.log(`| ${((performance.now() - started) / 1000).toFixed(0)} | ${(kilobytes / 1024).toFixed(0)} |`);
}, LOOK_MS);
lbqos.on("exit", () => clearInterval(timer));
await new Promise((resolve) => lbqos.on("close", resolve));
const { capture: facts, tcp } = JSON.parse(output);
console.log(`\n${facts.packets} of ${packets} packets analyzed, ${tcp.connections} connections.`);
if (facts.packets !== packets) process.exitCode = 1;
