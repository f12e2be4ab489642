#!/usr/bin/env node
/**
 * Whether a live capture keeps up: `npm run bench:live [-- --seconds 60 --rate 30000]`, as root. One network namespace sends
 * real HTTP traffic (a shipped capture, repeated with connections of its own each time) to another, where each engine
 * records and analyses it. Prints a Markdown table, and ends with 1 where a frame was lost by the recorder or the analysis.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { repeatCapture } from "./repeated-capture.mjs";

const SOURCE = fileURLToPath(new URL("../../fixtures/captures/round-robin-1.pcapng.gz", import.meta.url));
const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const SENDER = fileURLToPath(new URL("send-frames.py", import.meta.url));
const FRAMES_OF_SOURCE = 22_014;
const STARTED_WITHIN_MS = 15_000;
const POLL_MS = 200;

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    rate: { type: "string", default: "30000" },
    engine: { type: "string", multiple: true, default: ["dumpcap", "tcpdump", "cap"] },
  },
});
const seconds = Number(values.seconds);
const rate = Number(values.rate);
const sender = `lbs${process.pid}`;
const recorder = `lbr${process.pid}`;
const folder = mkdtempSync(join(tmpdir(), "lbqos-live-"));
process.on("exit", () => {
  for (const namespace of [sender, recorder]) {
    try {
      execFileSync("ip", ["netns", "del", namespace], { stdio: "ignore" });
    } catch {
      // It was never made.
    }
  }
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

const ip = (...args) => execFileSync("ip", args);
ip("netns", "add", sender);
ip("netns", "add", recorder);
ip("-n", sender, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", recorder);
for (const namespace of [sender, recorder]) {
  execFileSync("ip", ["netns", "exec", namespace, "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1"]);
  ip("-n", namespace, "link", "set", "eth0", "up");
}

const capture = join(folder, "load.pcap");
await repeatCapture(SOURCE, capture, Math.ceil((seconds * rate) / FRAMES_OF_SOURCE));
console.log(`${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}.\n`);
console.log(
  "| engine | sent | frames/s | recorded | analyzed | dropped by the kernel | CPU of lbqos (s) | peak (MB) |",
);
console.log("| --- | --: | --: | --: | --: | --: | --: | --: |");
for (const engine of values.engine) await race(engine);

async function race(engine) {
  const file = join(folder, `${engine}.${engine === "dumpcap" ? "pcapng" : "pcap"}`);
  const lbqos = spawn(
    "ip",
    [
      ...[
        "netns",
        "exec",
        recorder,
        process.execPath,
        MAIN,
        "live",
        "--interface",
        "eth0",
        "--engine",
        engine,
      ],
      ...["--balancer", "192.168.56.103", "--backend", "A=192.168.56.109", "--backend", "B=192.168.56.113"],
      ...["--backend", "C=192.168.56.110", "--write", file, "--json", "--quiet"],
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let output = "";
  lbqos.stdout.on("data", (data) => {
    output += data;
  });
  const ended = new Promise((resolve) => lbqos.on("close", resolve));
  await until(() => recordingBegan(file));
  const [sent, took] = execFileSync(
    "ip",
    ["netns", "exec", sender, "python3", SENDER, capture, "eth0", `${rate}`],
    { encoding: "utf8", maxBuffer: 1024 },
  )
    .trim()
    .split(" ")
    .map(Number);
  // What the kernel still holds is read within this time.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const { cpuSeconds, peakMb } = usage(lbqos.pid);
  lbqos.kill("SIGINT");
  await ended;
  const { capture: facts, live } = JSON.parse(output);
  const counted = execFileSync("capinfos", ["-Mc", file], { encoding: "utf8" });
  const recorded = Number(/Number of packets\D+(\d+)/.exec(counted)?.[1]);
  const cells = [
    engine,
    sent,
    Math.round(sent / took),
    recorded,
    facts.packets,
    live.recorderDrops ?? "not reported",
  ];
  console.log(`| ${[...cells, cpuSeconds.toFixed(1), peakMb.toFixed(0)].join(" | ")} |`);
  if (recorded !== sent || facts.packets !== sent) process.exitCode = 1;
}

/** Whether the capture's header was written: the engine is recording. */
function recordingBegan(file) {
  try {
    return readFileSync(file).length > 0;
  } catch {
    return false;
  }
}

async function until(condition) {
  const deadline = performance.now() + STARTED_WITHIN_MS;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error("lbqos live did not begin to record");
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** CPU time and peak memory of a process that still runs. `ip netns exec` becomes the command itself. */
function usage(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  const cpuSeconds = (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  const peakMb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  return { cpuSeconds, peakMb };
}
