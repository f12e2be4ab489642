/** Runs a command as its users do, and measures it: wall time, CPU time, peak memory. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const POLL_MS = 5;
/** Without certificates that some machines have Node.js read at each start, whatever it does. */
const { NODE_EXTRA_CA_CERTS: _, ...ENVIRONMENT } = process.env;

/**
 * Runs `command` with its output thrown away.
 * @returns seconds of wall and CPU time, and the peak resident memory in MB of the process (of its last poll)
 */
export async function measure(command) {
  const script = `TIMEFORMAT="%R %U %S"; time "$@" > /dev/null 2> /dev/null`;
  const child = spawn("bash", ["-c", script, "bash", ...command], {
    stdio: ["ignore", "ignore", "pipe"],
    env: ENVIRONMENT,
  });
  let text = "";
  child.stderr.on("data", (data) => {
    text += data;
  });
  let peakMb = 0;
  const poll = setInterval(() => {
    peakMb = Math.max(peakMb, peakOfChildren(child.pid));
  }, POLL_MS);
  const status = await new Promise((resolve) => child.on("close", resolve));
  clearInterval(poll);
  const [wall, user, system] = text.trim().split(/\s+/).slice(-3).map(Number);
  if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}`);
  return { wallSeconds: wall, cpuSeconds: user + system, peakMb };
}

function peakOfChildren(pid) {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
      .trim()
      .split(" ")
      .filter(Boolean);
    return Math.max(
      0,
      ...children.map(
        (child) =>
          Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child}/status`, "utf8"))?.[1] ?? 0) / 1024,
      ),
    );
  } catch {
    return 0;
  }
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
