/**
 * The process that measures, under the names that Prometheus' client libraries have agreed on, and its build. Of
 * prom-client's default metrics only these: the others are of Node's insides.
 */
import { Counter, Gauge, type Registry } from "prom-client";
import { version } from "../../version.ts";

const MICROSECONDS_PER_SECOND = 1_000_000;

/** Registers the process's and the build's metrics. */
export function registerProcessMetrics(registry: Registry): void {
  const registers = [registry];
  new Counter({
    name: "process_cpu_seconds_total",
    help: "Total user and system CPU time spent in seconds.",
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / MICROSECONDS_PER_SECOND);
    },
  });
  new Gauge({
    name: "process_resident_memory_bytes",
    help: "Resident memory size in bytes.",
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  new Gauge({
    name: "process_start_time_seconds",
    help: "Start time of the process since unix epoch in seconds.",
    registers,
  }).set(Math.floor(Date.now() / 1000 - process.uptime()));
  new Gauge({
    name: "lbqos_build_info",
    help: "Always 1: the versions of lbqos and of Node.js.",
    labelNames: ["version", "node_version"],
    registers,
  }).set({ version: version(), node_version: process.version }, 1);
}
