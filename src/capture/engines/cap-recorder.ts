/**
 * The program that engine cap runs in a process of its own: captures by the package cap (libpcap in process) and writes
 * a classic pcap stream to standard output. Of its own since an interface that goes away aborts the process
 * (cap 0.2.1, `assert(status == 0)`), and since what is analyzed meanwhile would delay the stamps.
 * Argument: a `CapJob` as JSON. SIGINT ends it.
 */
import { writeSync } from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";
import { errorCode } from "../system-error.ts";
import { PcapWriter } from "./pcap-writer.ts";

/** What to record. */
export interface CapJob {
  readonly interfaceName: string;
  readonly filter: string;
  readonly snapLengthBytes: number | null;
  readonly bufferMebibytes: number;
}

/** Of the package's, what is used; it has no types. */
interface CapPackage {
  readonly Cap: new () => CapSession;
}
interface CapSession {
  open(device: string, filter: string, bufferBytes: number, frame: Buffer): string;
  on(event: "packet", listener: (length: number) => void): void;
  close(): void;
}

/** LINKTYPE_* by cap's name of it. */
const LINK_TYPES: ReadonlyMap<string, number> = new Map([
  ["NULL", 0],
  ["ETHERNET", 1],
  ["RAW", 101],
  ["LINKTYPE_LINUX_SLL", 113],
  ["IEEE802_11_RADIO", 127],
]);

/** Longest frame that cap gets from libpcap. */
const CAP_SNAP_BYTES = 65_535;
const LAST_LOOK_MS = 20;
const FULL_PIPE_WAIT_MS = 2;
/** Nobody wakes it. */
const SLEEPER = new Int32Array(new SharedArrayBuffer(4));
const STDOUT = 1;
const STDERR = 2;

function record(job: CapJob): void {
  const { Cap } = createRequire(import.meta.url)("cap") as CapPackage;
  const session = new Cap();
  const frame = Buffer.alloc(CAP_SNAP_BYTES);
  const linkName = session.open(job.interfaceName, job.filter, job.bufferMebibytes * 2 ** 20, frame);
  const linkType = LINK_TYPES.get(linkName);
  if (linkType === undefined) throw new Error(`${linkName} of ${job.interfaceName}`);
  const snapLength = Math.min(job.snapLengthBytes ?? CAP_SNAP_BYTES, CAP_SNAP_BYTES);
  const writer = new PcapWriter(linkType, snapLength, writeAll);

  // The clock of the system when this process began, and a steady one since: gaps are not bent by a clock that is set.
  const originNs = Math.round((performance.timeOrigin % 1000) * 1e6);
  const originSeconds = Math.floor(performance.timeOrigin / 1000);
  session.on("packet", (length) => {
    const sinceNs = originNs + Math.round(performance.now() * 1e6);
    const seconds = Math.floor(sinceNs / 1e9);
    const isCut = length === CAP_SNAP_BYTES;
    const wireLength = isCut ? lengthByIp(frame, linkType) : length;
    writer.add(originSeconds + seconds, sinceNs - seconds * 1e9, frame, length, wireLength);
    // All frames that wait come in one turn of the event loop; then what is left in the block is written.
    if (writer.pendingFrames === 1) setImmediate(() => writer.flush());
  });
  const finish = (): void => {
    session.close();
    writer.flush();
  };
  // After a timer and before an immediate the event loop looks for frames, and cap takes all that wait: what has passed
  // is recorded.
  process.once("SIGINT", () => setTimeout(() => setImmediate(finish), LAST_LOOK_MS));
}

/** Length of an Ethernet frame that cap may have cut, from its IP header: segments of 64 KiB are a little longer. */
function lengthByIp(frame: Buffer, linkType: number): number {
  if (linkType !== 1) return CAP_SNAP_BYTES;
  const etherType = frame.readUInt16BE(12);
  const length = etherType === 0x0800 ? 14 + frame.readUInt16BE(16) : 54 + frame.readUInt16BE(18);
  const isIp = etherType === 0x0800 || etherType === 0x86dd;
  return isIp ? Math.max(CAP_SNAP_BYTES, length) : CAP_SNAP_BYTES;
}

/** Writes to the pipe, and waits where it is full: meanwhile frames wait in the kernel's buffer. */
function writeAll(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(STDOUT, bytes, at);
    } catch (error) {
      if (errorCode(error) !== "EAGAIN") throw error;
      // Node's pipes don't block (libuv): wait without giving up the order of things.
      Atomics.wait(SLEEPER, 0, 0, FULL_PIPE_WAIT_MS);
    }
  }
}

try {
  record(JSON.parse(process.argv[2] ?? "{}") as CapJob);
} catch (error) {
  writeSync(STDERR, `${error instanceof Error ? error.message : String(error)}\n`);
}
