#!/usr/bin/env node
/**
 * Speed against the tools that users know, in the same run, on captures that it makes: `npm run bench [-- --large]`.
 * Prints medians and ratios as Markdown, and ends with 1 where a ratio is below its floor. Quiet machines only: run it
 * when nothing else does.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measure, median } from "./measure-command.mjs";
import { repeatCapture } from "./repeated-capture.mjs";

const ROUNDS = 3;
const SOURCE = fileURLToPath(new URL("../../fixtures/captures/round-robin-1.pcapng.gz", import.meta.url));
const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const SIZES = { small: 1, medium: 50, large: 400 };

const folder = mkdtempSync(join(tmpdir(), "lbqos-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const lbqos = (file) => ["node", MAIN, "analyze", "--json", "--quiet", file];
const PEERS = {
  "tcpdump, a filter": (file) => ["tcpdump", "-r", file, "-w", "/dev/null", "host 192.168.56.109"],
  capinfos: (file) => ["capinfos", file],
  "tshark -q -z io,stat,0": (file) => ["tshark", "-q", "-z", "io,stat,0", "-r", file],
  "tshark, http with two fields": (file) => [
    ...["tshark", "-r", file, "-Y", "http", "-T", "fields", "-e", "frame.time_epoch", "-e", "frame.len"],
  ],
  "tcptrace with RTT": (file) => ["tcptrace", "-nlr", file],
};
/** Floors: how many times as fast as the peer, in wall time (tcpdump: CPU time). */
const FLOORS = [
  ["small", "tshark -q -z io,stat,0", "wallSeconds", 1],
  ["medium", "tshark -q -z io,stat,0", "wallSeconds", 20],
  ["medium", "tshark, http with two fields", "wallSeconds", 60],
  ["medium", "tcptrace with RTT", "wallSeconds", 12],
  ["large", "tcpdump, a filter", "cpuSeconds", 1 / 4],
];

const sizes = process.argv.includes("--large") ? ["small", "medium", "large"] : ["small", "medium"];
const results = new Map();
console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}; medians of ${ROUNDS}.\n`,
);
console.log("| capture | packets | program | wall (s) | CPU (s) | packets/s | peak (MB) | lbqos is |");
console.log("| --- | --: | --- | --: | --: | --: | --: | --: |");
for (const size of sizes) {
  const file = join(folder, `${size}.pcap`);
  const packets = await repeatCapture(SOURCE, file, SIZES[size]);
  const programs = Object.entries({ lbqos, ...PEERS }).filter(([, command]) => isInstalled(command(file)[0]));
  const rounds = new Map(programs.map(([name]) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, command] of programs) {
      // On the large capture only those that finish within seconds are raced.
      if (size === "large" && /tshark|tcptrace/.test(name)) continue;
      rounds.get(name).push(await measure(command(file)));
    }
  }
  for (const [name, runs] of rounds) if (runs.length > 0) results.set(`${size} ${name}`, summary(runs));
  for (const [name] of programs) printRow(size, packets, name);
}

function summary(runs) {
  return {
    wallSeconds: median(runs.map((run) => run.wallSeconds)),
    cpuSeconds: median(runs.map((run) => run.cpuSeconds)),
    peakMb: median(runs.map((run) => run.peakMb)),
  };
}

function printRow(size, packets, name) {
  const result = results.get(`${size} ${name}`);
  if (result === undefined) return;
  const ours = results.get(`${size} lbqos`);
  const times = result.wallSeconds / ours.wallSeconds;
  const speed = Math.round(packets / result.wallSeconds).toLocaleString("en");
  const verdict =
    name === "lbqos"
      ? ""
      : times >= 1
        ? `${times.toFixed(1)} × as fast`
        : `${(1 / times).toFixed(1)} × as slow`;
  const figures = [
    result.wallSeconds.toFixed(2),
    result.cpuSeconds.toFixed(2),
    speed,
    result.peakMb.toFixed(0),
  ];
  console.log(`| ${[size, packets.toLocaleString("en"), name, ...figures, verdict].join(" | ")} |`);
}

function isInstalled(program) {
  try {
    execFileSync("which", [program], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

console.log();
for (const [size, peer, unit, floor] of FLOORS) {
  const ours = results.get(`${size} lbqos`);
  const theirs = results.get(`${size} ${peer}`);
  if (ours === undefined || theirs === undefined) continue;
  const ratio = theirs[unit] / ours[unit];
  const met = ratio >= floor;
  if (!met) process.exitCode = 1;
  console.log(`- ${met ? "met" : "NOT MET"}: ${size}, against ${peer}: ${ratio.toFixed(2)}, floor ${floor}`);
}
