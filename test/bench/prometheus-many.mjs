/**
 * What a Prometheus uses that scrapes many `lbqos live`, each with as many series as one with three servers:
 *
 *   node test/bench/prometheus-many.mjs [BALANCERS] [SECONDS]
 *
 * Needs prometheus. Each is scraped once a second, with the recording rules of `lbqos grafana --recording`.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const [balancers = 50, seconds = 20] = process.argv.slice(2).map(Number);
const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const capture = fileURLToPath(new URL("../../fixtures/captures/round-robin-1.pcapng.gz", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "lbqos-prometheus-bench-"));

/** What a real one says of three servers; its counters grow here with the time. */
async function exposition() {
  const backends = { A: "192.168.56.109", B: "192.168.56.113", C: "192.168.56.110" };
  const args = ["live", "--replay", capture, "--speed", "1", "--http", "127.0.0.1:0", "--stay"];
  args.push("--balancer", "192.168.56.103", "--write", join(folder, "replayed.pcapng"));
  for (const [name, address] of Object.entries(backends)) args.push("--backend", `${name}=${address}`);
  const live = spawn(process.execPath, [main, ...args], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  try {
    let said = "";
    live.stderr.on("data", (text) => {
      said += text;
    });
    let address = null;
    while (address === null) {
      await pause(100);
      address = /http:\/\/(127\.0\.0\.1:\d+)/.exec(said)?.[1] ?? null;
    }
    await pause(2000);
    return await (await fetch(`http://${address}/metrics`)).text();
  } finally {
    live.kill("SIGKILL");
  }
}

const lines = (await exposition()).split("\n");
const began = Date.now();
const server = createServer((_, response) => {
  const passed = Math.floor((Date.now() - began) / 100);
  const text = lines.map((line) =>
    /^[^#].*(_total|_bucket|_count)\b/.test(line)
      ? line.replace(/ [\d.e+-]+$/, (value) => ` ${Number(value) + passed}`)
      : line,
  );
  response.setHeader("content-type", "text/plain; version=0.0.4").end(text.join("\n"));
});
await new Promise((resolve) => server.listen(0, resolve));
const { port } = server.address();

// Addresses of loopback: each balancer is a target of its own.
const targets = Array.from(
  { length: balancers },
  (_, index) => `127.0.${index >> 8}.${index & 255 || 255}:${port}`,
);
writeFileSync(join(folder, "rules.yaml"), execFileSync(process.execPath, [main, "grafana", "--recording"]));
writeFileSync(
  join(folder, "prometheus.yml"),
  JSON.stringify({
    global: { scrape_interval: "1s", scrape_timeout: "1s", evaluation_interval: "15s" },
    rule_files: ["rules.yaml"],
    scrape_configs: [{ job_name: "lbqos", static_configs: [{ targets }] }],
  }),
);
const own = 19_000 + (process.pid % 1_000);
const options = [
  "--config.file=prometheus.yml",
  "--storage.tsdb.path=data",
  `--web.listen-address=127.0.0.1:${own}`,
];
const prometheus = spawn("prometheus", options, { cwd: folder, stdio: "ignore" });

async function ownMetric(name) {
  const text = await (await fetch(`http://127.0.0.1:${own}/metrics`)).text();
  return Number(new RegExp(`^${name}(?:{[^}]*})? (\\S+)`, "m").exec(text)?.[1]);
}

try {
  await pause(10_000);
  const names = ["process_cpu_seconds_total", "prometheus_tsdb_head_samples_appended_total"];
  const [cpu, samples] = await Promise.all(names.map(ownMetric));
  await pause(1000 * seconds);
  const [cpuThen, samplesThen] = await Promise.all(names.map(ownMetric));
  const series = await ownMetric("prometheus_tsdb_head_series");
  const memory = await ownMetric("process_resident_memory_bytes");
  const read = samplesThen - samples;
  console.log(
    `${balancers} balancers, ${series} series, ${(read / seconds).toFixed(0)} samples/s: ${((1e6 * (cpuThen - cpu)) / read).toFixed(1)} µs of a processor a sample, ${(memory / 1e6).toFixed(0)} MB, ${(memory / series / 1024).toFixed(1)} KiB a series`,
  );
  console.log(`load ${readFileSync("/proc/loadavg", "utf8").trim()}`);
} finally {
  prometheus.kill("SIGKILL");
  server.close();
  server.closeAllConnections();
  await pause(200);
  rmSync(folder, { recursive: true, force: true });
}
