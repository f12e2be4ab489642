/**
 * What stamps of a process (engine cap) do to jitter and delay, against the kernel's (engine dumpcap), on the same
 * traffic: HTTP requests between two network namespaces, recorded by both at once. Prints a Markdown table.
 *   sudo node test/known-truth/cap-jitter.mjs [REQUESTS [ANSWER_BYTES [GAP_MS]]]
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const [requests = "2000", answerBytes = "3000", gapMs = "1"] = process.argv.slice(2);
const root = fileURLToPath(new URL("../../", import.meta.url));
const engines = join(root, "test/capture/engines/");
const MODULES = [
  "analyze-files",
  "failure",
  "capture/open-capture",
  ...["open-engine", "cap-recorder", "command"].map((name) => `capture/engines/${name}`),
];

const [client, server] = ["c", "s"].map((host) => `lj${process.pid}${host}`);
const folder = mkdtempSync(join(tmpdir(), "lbqos-jitter-"));
const compiled = join(folder, "compiled");
const children = [];

const ip = (...words) => execFileSync("ip", words, { stdio: "pipe" });
const run = (space, ...words) => {
  const child = spawn("ip", ["netns", "exec", space, process.execPath, ...words], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.push(child);
  return child;
};
const ended = (child) => new Promise((done) => child.once("close", done));

/** Compiles lbqos as far as it is needed here: Node 20 runs no TypeScript. */
async function compile() {
  const source = join(root, "src/");
  const build = await rolldown({
    input: Object.fromEntries(MODULES.map((path) => [path, `${source}${path}.ts`])),
    platform: "node",
    external: (id) => !id.startsWith(".") && !id.startsWith("/"),
  });
  await build.write({ dir: compiled, format: "esm", preserveModules: true, preserveModulesRoot: source });
  await build.close();
  symlinkSync(join(root, "node_modules"), join(compiled, "node_modules"));
  const load = (path) => import(pathToFileURL(join(compiled, `${path}.js`)).href);
  return { ...(await load("analyze-files")), ...(await load("capture/open-capture")) };
}

/** Starts a recorder; fulfilled when it captures. */
async function record(engine) {
  const output = join(folder, engine);
  const request = {
    interfaces: ["eth0"],
    filter: "tcp",
    snapLengthBytes: null,
    bufferMebibytes: null,
    promiscuous: true,
  };
  const plan = JSON.stringify({ choice: engine, request, output });
  const child = run(client, join(engines, "engine-recorder.mjs"), compiled, plan);
  await new Promise((done, fail) => {
    createInterface({ input: child.stdout }).on("line", done);
    child.once("close", () => fail(new Error(`${engine} does not record`)));
  });
  return { child, output };
}

/** Absolute times of all frames, in ns. */
async function stampsOf(path, openCapture) {
  const capture = await openCapture(path);
  const stamps = [];
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    for (let i = 0; i < batch.count; i += 1)
      stamps.push(Number(capture.startNs % 10n ** 15n) + batch.timeNs[i]);
  }
  await capture.close();
  return stamps;
}

try {
  const { analyze, openCapture } = await compile();
  for (const space of [client, server]) ip("netns", "add", space);
  ip("-n", client, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", server);
  for (const [space, address] of [
    [client, "10.79.0.1"],
    [server, "10.79.0.2"],
  ]) {
    ip("-n", space, "addr", "add", `${address}/24`, "dev", "eth0");
    ip("-n", space, "link", "set", "eth0", "up");
  }
  const traffic = join(engines, "engine-traffic.mjs");
  const backend = run(server, traffic, "server", "10.79.0.2");
  const port = String(await new Promise((done) => backend.stdout.once("data", (text) => done(Number(text)))));
  const recorders = [await record("dumpcap"), await record("cap")];
  await ended(run(client, traffic, "client", "10.79.0.2", port, requests, answerBytes, gapMs));
  await sleep(200);
  for (const { child } of recorders) child.stdin.write("stop\n");
  await Promise.all(recorders.map(({ child }) => ended(child)));

  const [kernel, cap] = await Promise.all(recorders.map(({ output }) => analyze(output, { threads: 1 })));
  const [kernelStamps, capStamps] = await Promise.all(
    recorders.map(({ output }) => stampsOf(output, openCapture)),
  );
  if (kernelStamps.length !== capStamps.length) throw new Error("the two recordings differ in their frames");
  const lateMs = kernelStamps.map((stamp, i) => (capStamps[i] - stamp) / 1e6).sort((a, b) => a - b);
  const late = (share) => lateMs[Math.floor(share * (lateMs.length - 1))].toFixed(4);

  const figures = [
    ["jitter of the study", (pair) => pair.paper.jitterMs],
    ["delay of the study", (pair) => pair.paper.delayMs],
    ["jitter of first bytes (mean difference)", (pair) => pair.http.jitterMs.meanDifference],
    ["jitter of first bytes (RFC 3550)", (pair) => pair.http.jitterMs.rfc3550],
    ["RTT, mean", (pair) => pair.transport.rttMs.mean],
    ["RTT, p99", (pair) => pair.transport.rttMs.p99],
    ["time to first byte, mean", (pair) => pair.http.timeToFirstByteMs.mean],
  ];
  console.log(`${requests} requests, ${kernelStamps.length} frames, the same in both recordings\n`);
  console.log("| ms | dumpcap (kernel) | cap (process) | cap beyond |");
  console.log("| --- | ---: | ---: | ---: |");
  for (const [name, figure] of figures) {
    const [ours, theirs] = [figure(kernel.pairs[0]), figure(cap.pairs[0])];
    const beyond = `${(100 * (theirs / ours - 1)).toFixed(1)} %`;
    console.log(`| ${name} | ${ours.toFixed(4)} | ${theirs.toFixed(4)} | ${beyond} |`);
  }
  console.log(
    `\ncap's stamps are late by ${late(0.5)} ms (p50), ${late(0.95)} (p95), ${late(0.99)} (p99), ${late(1)} (max)`,
  );
} finally {
  for (const child of children) child.kill("SIGKILL");
  for (const space of [client, server]) {
    try {
      ip("netns", "del", space);
    } catch {
      // It was never made.
    }
  }
  rmSync(folder, { recursive: true, force: true });
}
