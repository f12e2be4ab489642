/** Whether this user can capture on this machine at all, found out without capturing. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import process from "node:process";
import { type Message, message } from "../../words/message.ts";
import { capVersion } from "./cap.ts";
import { findProgram } from "./find-program.ts";

/** Number of CAP_NET_RAW, capabilities(7). */
const CAP_NET_RAW = 13n;

/** Why no engine can capture, with what to do; `null` where one can. */
export async function captureObstacle(): Promise<Message | null> {
  const dumpcap = findProgram("dumpcap");
  const tcpdump = findProgram("tcpdump");
  const programs = [dumpcap, tcpdump].flatMap((file) => (file?.executable === true ? [file.path] : []));
  const isPrivileged = hasRawSockets();
  if (isPrivileged && (programs.length > 0 || capVersion() !== null)) return null;
  if (dumpcap === null && tcpdump === null && capVersion() === null) return message("noCaptureProgram");
  // Programs may have rights that this process has not.
  for (const program of programs) if (await mayOpen(program)) return null;
  if (dumpcap !== null && !dumpcap.executable) return message("dumpcapForGroup");
  const program = programs[0];
  return program === undefined ? message("useSudo") : message("allowCapture", program);
}

/** Whether this process may itself open an interface. */
function hasRawSockets(): boolean {
  if (process.platform !== "linux") return process.getuid?.() === 0;
  try {
    const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0";
    return ((BigInt(`0x${effective}`) >> CAP_NET_RAW) & 1n) === 1n;
  } catch {
    return false;
  }
}

/** Whether a capture program can open the loopback interface, which is everywhere: it lists the link types, and ends. */
function mayOpen(program: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(program, ["-L", "-i", "lo"], { timeout: 5000 }, (error) => resolve(error === null));
  });
}
