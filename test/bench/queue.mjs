/**
 * How long `compare --queue` takes with one worker and with two, of one thread each, beside `compare --jobs 1` here:
 *
 *   node test/bench/queue.mjs [CAPTURES] [ROUNDS]
 *
 * Needs redis-server. The captures are copies of fixtures of 22,000 packets.
 */
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const main = join(root, "dist/main.js");
const [captures = 40, rounds = 3] = process.argv.slice(2).map(Number);
const port = 17_000 + (process.pid % 1_000);
const url = `redis://127.0.0.1:${port}`;

const folder = mkdtempSync(join(tmpdir(), "lbqos-queue-bench-"));
mkdirSync(join(folder, "runs"));
for (let run = 1; run <= captures; run++) {
  copyFileSync(
    join(root, `fixtures/captures/round-robin-${1 + (run % 2)}.pcapng.gz`),
    join(folder, `runs/${String(run).padStart(3, "0")}.pcapng.gz`),
  );
}
writeFileSync(
  join(folder, "experiment.yaml"),
  'balancer: 192.168.56.103\nmethods:\n  - { name: round-robin, captures: "runs/*.pcapng.gz" }\n',
);

const processes = [
  spawn("redis-server", ["--port", port, "--save", "", "--dir", folder], { stdio: "ignore" }),
];
const redis = (...args) => spawnSync("redis-cli", ["-p", port, ...args]);

function compare(...args) {
  const began = performance.now();
  const all = [main, "compare", folder, "--no-cache", "--quiet", "--format", "json", ...args];
  const { status, stderr } = spawnSync(process.execPath, all, { cwd: folder });
  if (status !== 0) throw new Error(String(stderr));
  return (performance.now() - began) / 1000;
}

async function worker() {
  const args = [main, "worker", "--queue", url, "--root", folder, "--concurrency", "1"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  processes.push(child);
  await new Promise((resolve) => child.stderr.once("data", resolve));
  return child;
}

try {
  await pause(500);
  const best = { local: Infinity, one: Infinity, two: Infinity };
  for (let round = 0; round < rounds; round++) {
    best.local = Math.min(best.local, compare("--jobs", "1"));
    const first = await worker();
    redis("flushall");
    best.one = Math.min(best.one, compare("--queue", url));
    const second = await worker();
    redis("flushall");
    best.two = Math.min(best.two, compare("--queue", url));
    first.kill("SIGKILL");
    second.kill("SIGKILL");
    await pause(200);
    console.log(`round ${round + 1}: ${JSON.stringify(best)}`);
  }
  const overhead = (1000 * (best.one - best.local)) / captures;
  console.log(
    `${captures} captures, best of ${rounds}: here ${best.local.toFixed(2)} s, one worker ${best.one.toFixed(2)} s,`,
  );
  console.log(
    `two ${best.two.toFixed(2)} s (${(best.two / best.one).toFixed(2)} of one); the queue takes ${overhead.toFixed(1)} ms a capture`,
  );
} finally {
  for (const one of processes) one.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
