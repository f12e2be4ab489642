/** Runs a command as its users do, and measures it: wall time, CPU time, peak memory. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Node.js doesn't tell what its children used; asking the system meanwhile would cost the time that is measured. */
const RUN_MEASURED = fileURLToPath(new URL("run-measured.py", import.meta.url));
/** Without certificates that some machines have Node.js read at each start, whatever it does. */
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

/**
 * Runs `command` with its output thrown away.
 * @returns seconds of wall and CPU time, and the peak resident memory of the process in MB
 */
export async function measure(command) {
  const { stdout } = await promisify(execFile)("python3", [RUN_MEASURED, ...command], { env });
  const [wallSeconds, cpuSeconds, peakMb, status] = stdout.trim().split(" ").map(Number);
  if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}`);
  return { wallSeconds, cpuSeconds, peakMb };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
