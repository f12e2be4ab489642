/** Engine of the user's own: any command that writes a capture to its standard output. */
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";
import { ChildCapture, type Ending } from "./child-capture.ts";
import type { LiveCapture } from "./live-capture.ts";

/** A tcpdump at the other end hands over frames when they are up to 1 s old, and is given that time before it is stopped. */
const SETTLE_MS = 1500;

/**
 * Starts a command whose standard output is a pcap or pcapng stream, such as `ssh balancer tcpdump -U -w - -i eth0 tcp`.
 * It is stopped by SIGINT to its whole process group. It has no terminal: ssh must not need to ask for a password.
 * Nothing is waited for: what goes wrong, also at its start, is the capture's `failure`.
 * @param argv the program and its arguments; no shell reads them
 * @throws Failure (wrong usage) where `argv` is empty
 */
export function openCommand(argv: readonly string[]): LiveCapture {
  const [program, ...args] = argv;
  if (program === undefined) throw new Failure(message("captureCommandEmpty"), 2);
  return new ChildCapture({
    engine: "command",
    program,
    timestampSource: "kernel",
    interfaces: [],
    launcher: [],
    argv: [program, ...args],
    environment: {},
    drops: () => null,
    settle: () => sleep(SETTLE_MS),
    explain: (ending) => explainCommand(program, ending),
  });
}

function explainCommand(program: string, { status, signal, spawnError, lines }: Ending): Failure {
  if (spawnError === "ENOENT") return new Failure(message("commandMissing", program));
  if (spawnError !== null) return new Failure(message("engineNotStarted", program, spawnError));
  const last = lines.at(-1) ?? "";
  if (signal !== null) return new Failure(message("commandKilled", program, signal, last));
  return new Failure(message("commandEnded", program, status, last));
}
