/** Engine tcpdump: kernel timestamps in nanoseconds, classic pcap, one interface; says what it drops meanwhile. */
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { message } from "../../words/message.ts";
import { credibleDrops, sumOfDrops } from "../drop-counters.ts";
import { ChildCapture } from "./child-capture.ts";
import { EngineUnsuited, explainEnding, missingEngine } from "./engine-problem.ts";
import { findProgram } from "./find-program.ts";
import type { EngineRequest, LiveCapture } from "./live-capture.ts";
import { programVersion } from "./program-version.ts";

/** tcpdump's own default is 2 MiB. */
const DEFAULT_BUFFER_MEBIBYTES = 64;
const KIBIBYTES_PER_MEBIBYTE = 1024;

/** Makes tcpdump say its counts (tcpdump(1)); SIGUSR1 would end one that was built for BSD or macOS. */
const ASK: NodeJS.Signals = process.platform === "linux" ? "SIGUSR1" : "SIGINFO";
/** The answer is there when drops are asked for the next time. */
const ASK_EVERY_MS = 1000;

/** The kernel hands over a part of its buffer when that is full or 1 s old (tcpdump's read timeout). */
const SILENT_MS = 1500;
/** Not longer, whatever happens. */
const SETTLE_MAX_MS = 60_000;
const SETTLE_STEP_MS = 50;

/** Asked: all counts in one line. At the end: a line for each. */
const CAPTURED = /(\d+) packets? captured/;
const RECEIVED = /(\d+) packets? received by filter/;
const DROPPED = /(\d+) packets? dropped by kernel/;
/** Said where it is not 0 (tcpdump.c, `info`): the card or its driver had no room for them. */
const DROPPED_BY_INTERFACE = /(\d+) packets? dropped by interface/;

/**
 * Starts tcpdump; resolves when it captures. A frame arrives at most about 1 s after it passed: without delay
 * (`--immediate-mode`) every frame would take as much of the kernel's buffer as the longest.
 * @throws Failure where it can't capture
 */
export async function openTcpdump(request: EngineRequest): Promise<LiveCapture> {
  if (request.interfaces.length > 1) {
    throw new EngineUnsuited(message("oneInterfaceOnly", "tcpdump"));
  }
  const file = findProgram("tcpdump");
  if (file === null) throw missingEngine("tcpdump", "sudo apt-get install tcpdump");
  const permission = message("allowProgram", file.path);
  const engine = { name: "tcpdump", request, permission };
  const counts = new TcpdumpCounts();
  const capture = new ChildCapture({
    engine: "tcpdump",
    program: await programVersion(file.path),
    timestampSource: "kernel",
    interfaces: request.interfaces,
    launcher: request.launcher ?? [],
    argv: [file.path, ...tcpdumpArguments(request)],
    environment: { LC_ALL: "C" },
    onLine: (line) => counts.read(line),
    drops: () => {
      askNowAndThen();
      return counts.dropped;
    },
    settle: (child) => settle(child, counts),
    explain: (ending) => explainEnding(engine, ending),
  });
  let askedAtMs = 0;
  const askNowAndThen = (): void => {
    if (performance.now() - askedAtMs < ASK_EVERY_MS) return;
    askedAtMs = performance.now();
    capture.signal(ASK);
  };
  if (await capture.begun()) return capture;
  throw capture.failure ?? new Error("tcpdump ended before it began, and was not stopped");
}

/** `-U`: each frame is written when tcpdump gets it. The user that tcpdump becomes (`-Z`) is its own business. */
export function tcpdumpArguments(request: EngineRequest): string[] {
  return [
    ...["-n", "-U", "--time-stamp-precision=nano"],
    ...(request.promiscuous ? [] : ["-p"]),
    ...["-s", String(request.snapLengthBytes ?? 0)],
    ...["-B", String((request.bufferMebibytes ?? DEFAULT_BUFFER_MEBIBYTES) * KIBIBYTES_PER_MEBIBYTE)],
    ...request.interfaces.flatMap((name) => ["-i", name]),
    ...["-w", "-"],
    ...(request.filter === "" ? [] : [request.filter]),
  ];
}

/** The counts that tcpdump reported last; `null`: none yet. */
export class TcpdumpCounts {
  captured: number | null = null;
  received: number | null = null;
  /** By the kernel's buffer for tcpdump. */
  inKernel: number | null = null;
  byInterface: number | null = null;
  /** How often it has answered. */
  answers = 0;

  read(line: string): void {
    this.captured = countIn(line, CAPTURED) ?? this.captured;
    this.received = countIn(line, RECEIVED) ?? this.received;
    this.inKernel = countIn(line, DROPPED) ?? this.inKernel;
    this.byInterface = countIn(line, DROPPED_BY_INTERFACE) ?? this.byInterface;
    if (DROPPED.test(line)) this.answers += 1;
  }

  /** What never reached tcpdump; `null`: not said yet, or what is said can't be. */
  get dropped(): number | null {
    if (this.inKernel === null) return null;
    return sumOfDrops(
      credibleDrops(this.inKernel, this.received),
      credibleDrops(this.byInterface ?? 0, null),
    );
  }
}

function countIn(line: string, pattern: RegExp): number | null {
  const count = pattern.exec(line)?.[1];
  return count === undefined ? null : Number(count);
}

/** Waits until tcpdump has captured or dropped as many frames as the kernel has received for it by now. */
async function settle(child: ChildCapture, counts: TcpdumpCounts): Promise<void> {
  const startedMs = performance.now();
  const answers = counts.answers;
  let received: number | null = null;
  for (let sinceMs = 0; sinceMs < SETTLE_MAX_MS; sinceMs = performance.now() - startedMs) {
    child.signal(ASK);
    await sleep(SETTLE_STEP_MS);
    if (counts.answers !== answers) {
      received ??= counts.received ?? 0;
      if ((counts.captured ?? 0) + (counts.inKernel ?? 0) >= received) return;
    }
    if (sinceMs >= SILENT_MS && child.idleMs >= SILENT_MS) return;
  }
}
