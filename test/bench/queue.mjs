/**
 * How long `compare --queue` takes with one worker and with two, of one thread each, beside `compare --jobs 1` here; and what each of the
 * processes uses of a processor per capture, which doesn't depend on what else runs:
 *
 *   node test/bench/queue.mjs [CAPTURES] [ROUNDS]
 *
 * Needs redis-server. The captures are copies of fixtures of 22,000 packets.
 */
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
const redis = (...args) => spawnSync("redis-cli", ["-p", port, ...args], { encoding: "utf8" });

/** Seconds of a processor that the last comparison used, of user and system. */
let compareCpu = 0;

function compare(...args) {
  const began = performance.now();
  const all = [
    process.execPath,
    main,
    "compare",
    folder,
    "--no-cache",
    "--quiet",
    "--format",
    "json",
    ...args,
  ];
  const timed = ["-c", 'TIMEFORMAT="cpu %U %S"; time "$@"', "bash", ...all];
  const { status, stderr } = spawnSync("bash", timed, { cwd: folder, maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(String(stderr));
  const [, user, system] = /cpu (\S+) (\S+)/.exec(String(stderr)) ?? [];
  compareCpu = Number(user) + Number(system);
  return (performance.now() - began) / 1000;
}

/** Seconds of a processor that a process has used: proc_pid_stat(5), fields 14 and 15, in hundredths. */
function cpuOf({ pid }) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function worker() {
  const args = [main, "worker", "--queue", url, "--root", folder, "--concurrency", "1"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  processes.push(child);
  await new Promise((resolve) => child.stderr.once("data", resolve));
  return child;
}

const usedMemory = () => Number(/used_memory:(\d+)/.exec(redis("info", "memory").stdout)?.[1]);
const use = { local: Infinity, worker: Infinity, redis: Infinity, compare: Infinity };

try {
  await pause(500);
  const best = { local: Infinity, one: Infinity, two: Infinity };
  for (let round = 0; round < rounds; round++) {
    best.local = Math.min(best.local, compare("--jobs", "1"));
    use.local = Math.min(use.local, compareCpu);
    const first = await worker();
    redis("flushall");
    redis("config", "resetstat");
    const before = { worker: cpuOf(first), redis: cpuOf(processes[0]), bytes: usedMemory() };
    best.one = Math.min(best.one, compare("--queue", url));
    Object.assign(use, {
      worker: Math.min(use.worker, cpuOf(first) - before.worker),
      redis: Math.min(use.redis, cpuOf(processes[0]) - before.redis),
      compare: Math.min(use.compare, compareCpu),
      commands: Number(/total_commands_processed:(\d+)/.exec(redis("info", "stats").stdout)?.[1]),
      bytes: usedMemory() - before.bytes,
    });
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
  const ms = (seconds) => ((1000 * seconds) / captures).toFixed(1);
  console.log(
    `per capture, ms of a processor: here ${ms(use.local)}; with the queue worker ${ms(use.worker)}, compare ${ms(use.compare)}, Redis ${ms(use.redis)};`,
  );
  console.log(
    `Redis: ${(use.commands / captures).toFixed(0)} commands and ${(use.bytes / captures / 1024).toFixed(0)} KiB a capture; load ${readFileSync("/proc/loadavg", "utf8").trim()}`,
  );
} finally {
  for (const one of processes) one.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
