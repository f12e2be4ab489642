/** Engine dumpcap, Wireshark's: kernel timestamps in nanoseconds, pcapng, several interfaces at once. */
import { setTimeout as sleep } from "node:timers/promises";
import { message } from "../../words/message.ts";
import { credibleDrops, sumOfDrops } from "../drop-counters.ts";
import { ChildCapture } from "./child-capture.ts";
import { EngineUnsuited, explainEnding, missingEngine } from "./engine-problem.ts";
import { findProgram } from "./find-program.ts";
import type { EngineRequest, LiveCapture } from "./live-capture.ts";
import { PcapngPosition } from "./pcapng-position.ts";
import { programVersion } from "./program-version.ts";

/**
 * The kernel hands over a part of its buffer when that is full or 250 ms old (dumpcap's CAP_READ_TIMEOUT, at most), and
 * an interrupted dumpcap leaves the rest there without a word (tried: five frames, "0 dropped"). So before it is stopped
 * it goes on until its stream is as far as `AHEAD_MS` after the stop, or silent for `SILENT_MS`.
 */
const AHEAD_MS = 300;
const SILENT_MS = 500;
const SETTLE_STEP_MS = 25;
/** Not longer, whatever happens. */
const SETTLE_MAX_MS = 60_000;

/** Kernel buffer for each interface; dumpcap's own default, 2 MiB, is full after 130 ms of 30,000 packets/s. */
const DEFAULT_BUFFER_MEBIBYTES = 64;

/**
 * One line for each interface at the end: `… on interface 'eth0': 120/3 (pcap:3/dumpcap:0/flushed:0/ps_ifdrop:0) …`. The 120
 * reached dumpcap; the 3 are the sum of the first three in brackets, and those of the interface itself come on top.
 */
const DROPS =
  /^Packets received\/dropped on interface .*: \d+\/\d+ \(pcap:(\d+)\/dumpcap:(\d+)\/flushed:(\d+)\/ps_ifdrop:(\d+)\)/;

/**
 * Starts dumpcap; resolves when it captures. A frame arrives at most about 250 ms after it passed. Drops are known
 * when it has ended.
 * @throws Failure where it can't capture
 */
export async function openDumpcap(request: EngineRequest): Promise<LiveCapture> {
  const file = findProgram("dumpcap");
  if (file === null) throw missingEngine("dumpcap", "sudo apt-get install wireshark-common");
  if (!file.executable) {
    throw new EngineUnsuited(message("groupOnly", request.interfaces.join(", ")));
  }
  const counts = new DumpcapCounts();
  const position = new PcapngPosition();
  const engine = { name: "dumpcap", request, permission: message("allowProgram", file.path) };
  const capture = new ChildCapture({
    engine: "dumpcap",
    program: await programVersion(file.path),
    timestampSource: "kernel",
    interfaces: request.interfaces,
    launcher: request.launcher ?? [],
    argv: [file.path, ...dumpcapArguments(request)],
    environment: { LC_ALL: "C" },
    onLine: (line) => counts.read(line),
    drops: () => counts.dropped,
    onBytes: (bytes) => position.feed(bytes),
    settle: (child) => settle(child, position),
    explain: (ending) => explainEnding(engine, ending),
  });
  if (await capture.begun()) return capture;
  throw capture.failure ?? new Error("dumpcap ended before it began, and was not stopped");
}

/** What dumpcap says that it dropped, over all interfaces. */
export class DumpcapCounts {
  /** `null`: nothing said yet, or what is said can't be. */
  dropped: number | null = null;
  #isKnown = true;

  read(line: string): void {
    const counts = DROPS.exec(line)?.slice(1);
    if (counts === undefined) return;
    const ofInterface = counts.map((count) => credibleDrops(Number(count), null)).reduce(sumOfDrops, 0);
    this.#isKnown &&= ofInterface !== null;
    this.dropped = this.#isKnown ? sumOfDrops(this.dropped ?? 0, ofInterface) : null;
  }
}

async function settle(child: ChildCapture, position: PcapngPosition): Promise<void> {
  const stopNs = child.nowNs();
  const stopMs = performance.now();
  const aheadNs = stopNs + BigInt(AHEAD_MS) * 1_000_000n;
  for (let sinceMs = 0; sinceMs < SETTLE_MAX_MS; sinceMs = performance.now() - stopMs) {
    if (position.latestNs >= aheadNs) return;
    if (sinceMs >= SILENT_MS && child.idleMs >= SILENT_MS) return;
    await sleep(SETTLE_STEP_MS);
  }
}

/** Options before the first interface hold for all of them. */
export function dumpcapArguments(request: EngineRequest): string[] {
  return [
    "-q",
    ...(request.promiscuous ? [] : ["-p"]),
    ...(request.filter === "" ? [] : ["-f", request.filter]),
    ...(request.snapLengthBytes === null ? [] : ["-s", String(request.snapLengthBytes)]),
    ...["-B", String(request.bufferMebibytes ?? DEFAULT_BUFFER_MEBIBYTES)],
    ...request.interfaces.flatMap((name) => ["-i", name]),
    ...["-w", "-"],
  ];
}
