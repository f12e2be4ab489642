/** What a worker of the queue has done since it was started. */
import { Counter, Registry } from "prom-client";
import type { WorkerCounts } from "../../study/queue/queue-worker.ts";
import { registerProcessMetrics } from "./process-metrics.ts";

/** A registry whose metrics follow the counts. */
export function workerRegistry(counts: Readonly<WorkerCounts>): Registry {
  const registry = new Registry();
  const registers = [registry];
  registerProcessMetrics(registry);
  new Counter({
    name: "lbqos_worker_captures_total",
    help: "Capture sets taken from the queue, by what became of them.",
    labelNames: ["outcome"],
    registers,
    collect() {
      this.reset();
      for (const outcome of ["done", "known", "unreadable", "declined", "broken"] as const) {
        this.inc({ outcome }, counts[outcome]);
      }
    },
  });
  counterOf(registers, "lbqos_worker_read_bytes_total", "Bytes of captures read.", () => counts.bytes);
  counterOf(
    registers,
    "lbqos_worker_busy_seconds_total",
    "Seconds in analyses, of all threads together.",
    () => counts.busySeconds,
  );
  return registry;
}

function counterOf(registers: Registry[], name: string, help: string, value: () => number): void {
  new Counter({
    name,
    help,
    registers,
    collect() {
      this.reset();
      this.inc(value());
    },
  });
}
