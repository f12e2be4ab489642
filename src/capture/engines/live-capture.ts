/** A capture under way: what every engine (dumpcap, tcpdump, cap, a command of the user's, a replay) looks like from outside. */
import type { Failure, Warning } from "../../failure.ts";

/** Engines that record on this machine's interfaces, best first. */
export const engineNames = ["dumpcap", "tcpdump", "cap"] as const;
export type EngineName = (typeof engineNames)[number];

/** What a capture under way comes from: an engine, a command of the user's, or a saved capture that is replayed. */
export type CapturerName = EngineName | "command" | "replay";

/**
 * Where timestamps come from: the kernel, when a frame passed; or this process, when it saw the frame, which adds its own waiting
 * to every gap; or whoever recorded the file that is replayed.
 */
export type TimestampSource = "kernel" | "process" | "recorded";

/** What to record. */
export interface EngineRequest {
  /** Names of network interfaces, at least one; `any` means all (Linux). */
  readonly interfaces: readonly string[];
  /** Capture filter in libpcap's language (pcap-filter(7)); empty: everything. */
  readonly filter: string;
  /** Bytes kept of each frame; `null`: whole frames. */
  readonly snapLengthBytes: number | null;
  /** Kernel's capture buffer in MiB; `null`: the engine's default. */
  readonly bufferMebibytes: number | null;
  /** Also take frames that are not addressed to this machine. */
  readonly promiscuous: boolean;
  /** Command that runs the recorder elsewhere (`ip netns exec NAME`). Absent: here. */
  readonly launcher?: readonly string[];
}

/** A capture under way. */
export interface LiveCapture {
  /** Name for reports: `dumpcap`, `tcpdump`, `cap`, `command`, `replay`. */
  readonly engine: CapturerName;
  /** Program with its version, or the file that is replayed; `null` where nobody says. */
  readonly program: string | null;
  readonly timestampSource: TimestampSource;
  /** Interfaces recorded on; empty where it isn't known (replay, command). */
  readonly interfaces: readonly string[];
  /**
   * The capture as a pcap or pcapng stream, in pieces of any size, each in memory of its own. Ends when the engine was
   * stopped (after what it still held) or died; never throws, see `failure`.
   */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Whether the engine waits for who reads it without losing frames (a replay does, a kernel's buffer does not). */
  readonly waits: boolean;
  /** The present, in ns since 1970, on the clock of the frames. */
  nowNs(): bigint;
  /** Frames that the engine or its kernel buffer dropped so far; `null` where it doesn't say (yet). */
  drops(): number | null;
  /** Why the engine ended although nobody stopped it, in one line; `null` while it runs or when it was stopped. */
  readonly failure: Failure | null;
  /** Doubts about what is replayed, known when `bytes` ended: a damaged file. Absent: none. */
  readonly warnings?: readonly Warning[];
  /** Ends the capture: `bytes` ends soon after. Harmless when called twice. */
  stop(): void;
}
