/**
 * The earlier half of an analysis: frames are decoded, and connections followed. A WebAssembly program does it
 * (`follower/entry.ts`), made of the packet and tcp rooms' own sources, in a memory of its own. A frame that is not a plain
 * one (tunnels, fragments, IPv6, other link layers) is decoded here, and its segment handed in.
 */
import type { FrameBatch } from "../capture/frame.ts";
import type { Findings } from "../engine/records/records.ts";
import type { Segment } from "../engine/segments/segment.ts";
import bytes from "../engine/tracking.wasm";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import type { WiresharkCounts } from "../metrics/run-metrics.ts";
import { FrameDecoder } from "../packet/decode-frame.ts";
import { countsAsTcpInWireshark, SEGMENT_DECODED } from "../packet/skip-reason.ts";
import { Program, type ProgramExports } from "./program.ts";
import { sharedMemory } from "./shared-memory.ts";
import { TrackedBatch } from "./tracked-batch.ts";

type Exports = typeof import("../engine/tracking.ts") & ProgramExports;

/** What the frames say of the capture itself. */
export interface FrameFacts {
  readonly frames: number;
  readonly bytes: number;
  /** Frames that Wireshark counts as TCP. */
  readonly tcpFrames: number;
  /** Times of the earliest and the latest frame; ±∞ without any. */
  readonly earliestNs: number;
  readonly latestNs: number;
  /** Frames that are no TCP segment, by the code of the reason. */
  readonly skipped: ReadonlyMap<number, number>;
  /** Frames recorded before the one in front of them, the largest such step, and where it was. */
  readonly backwards: number;
  readonly largestStepNs: number;
  readonly largestStepFrame: number;
  /** Segments whose payload the snap length cut. */
  readonly cutPayloads: number;
  /** What Wireshark's analysis says of all segments. */
  readonly events: Omit<WiresharkCounts, "connections">;
  /** Frames recorded twice. */
  readonly duplicateFrames: number;
}

/** Findings that are lent, and the number to give them back by. */
export interface Loan {
  readonly findings: Findings;
  readonly place: number;
}

/** Takes frames, and says what is in them. Everything in it is synchronous. */
export class FrameTracker {
  /** Frames that are read into this batch needn't be copied to be followed. */
  readonly batch: TrackedBatch;
  readonly #program: Program<Exports>;
  readonly #decoder = new FrameDecoder();
  readonly #skipped = new Map<number, number>();
  /** Where findings are written, and where else they may be. */
  #place = 0;
  #places = 0;
  readonly #idlePlaces: number[] = [];
  /** Frames beside the program's segments that Wireshark counts as TCP. */
  #otherTcpFrames = 0;

  /** @param everySegment whether every segment is told, beside the tallies of segments */
  constructor(everySegment: boolean) {
    this.#program = new Program(bytes, { wantsEverySegment: () => everySegment }, sharedMemory());
    this.batch = new TrackedBatch(this.#program);
  }

  /**
   * Takes a batch of frames, in the order in which they were recorded.
   * @throws Failure when there is no memory for what has to be remembered of them
   */
  feed(batch: FrameBatch): void {
    if (batch !== this.batch) this.batch.copy(batch);
    this.#program.run((program) => {
      const { count } = batch;
      program.setCount(count);
      for (let row = program.follow(0); row < count; row = program.follow(row + 1)) this.#takeOther(row);
    });
  }

  /** The capture has ended: closes what is open. @throws Failure as `feed` */
  finish(): void {
    this.#program.run((program) => program.finish());
  }

  /** How much waits to be taken, in bytes. */
  get waitingBytes(): number {
    const { wordsLength, octetsLength } = this.#program.exports;
    return wordsLength() * Int32Array.BYTES_PER_ELEMENT + octetsLength();
  }

  /** What was found since the last time; valid until the next call of whatever method. */
  take(): Findings {
    const program = this.#program;
    program.collect();
    const found = this.#found();
    program.exports.writeFindingsTo(this.#place);
    return found;
  }

  /**
   * What was found since the last time, in shared memory: it may be read in another thread, until it is given back. As long as
   * it isn't, what is found is written elsewhere.
   */
  lend(): Loan {
    const program = this.#program;
    program.collect();
    const findings = this.#found();
    const place = this.#place;
    this.#place = this.#idlePlaces.pop() ?? ++this.#places;
    program.run((exports) => exports.writeFindingsTo(this.#place));
    return { findings, place };
  }

  /** What was lent was read. */
  giveBack(place: number): void {
    this.#idlePlaces.push(place);
  }

  #found(): Findings {
    const program = this.#program;
    const { exports } = program;
    const words = program.words(exports.wordsAt(), exports.wordsLength());
    const octets = program.octets(exports.octetsAt(), exports.octetsLength());
    return { words, octets };
  }

  /** The facts so far. */
  get facts(): FrameFacts {
    const program = this.#program.exports;
    return {
      frames: program.frames(),
      bytes: program.wireBytes(),
      tcpFrames: program.segments() + this.#otherTcpFrames,
      earliestNs: program.earliestNs(),
      latestNs: program.latestNs(),
      skipped: this.#skipped,
      backwards: program.backwards(),
      largestStepNs: program.largestStepNs(),
      largestStepFrame: program.largestStepFrame(),
      cutPayloads: program.cutPayloads(),
      events: {
        retransmissions: program.retransmissions(),
        fastRetransmissions: program.fastRetransmissions(),
        spuriousRetransmissions: program.spuriousRetransmissions(),
        outOfOrder: program.outOfOrder(),
        lostSegments: program.lostSegments(),
        ackedUnseenSegments: program.ackedUnseenSegments(),
        duplicateAcks: program.duplicateAcks(),
        zeroWindows: program.zeroWindows(),
      },
      duplicateFrames: program.duplicateFrames(),
    };
  }

  /** A frame that is not plain. */
  #takeOther(row: number): void {
    const result = this.#decoder.decode(this.batch, row);
    if (result === SEGMENT_DECODED) {
      this.#trackOther(row, this.#decoder.segment);
      return;
    }
    if (countsAsTcpInWireshark(result)) this.#otherTcpFrames++;
    this.#skipped.set(result, (this.#skipped.get(result) ?? 0) + 1);
  }

  #trackOther(row: number, segment: Segment): void {
    const program = this.#program.exports;
    const isForeign = segment.bytes !== this.batch.bytes;
    if (isForeign) {
      const at = program.foreignAt(segment.bytes.length);
      new Uint8Array(program.memory.buffer, at, segment.bytes.length).set(segment.bytes);
    }
    for (let index = 0; index < segment.sackCount; index++) {
      program.setSackBlock(index, segment.sackLeft[index] as number, segment.sackRight[index] as number);
    }
    program.setOptions(
      segment.hasTimestamp,
      segment.timestampValue,
      segment.timestampEcho,
      segment.maximumSegmentSize,
      segment.sackCount,
    );
    program.trackOther(
      row,
      isForeign,
      segment.ipVersion,
      segment.sourceAddressOffset,
      segment.destinationAddressOffset,
      segment.ipId,
      segment.sourcePort,
      segment.destinationPort,
      segment.sequence,
      segment.acknowledgement,
      segment.flags,
      segment.window,
      segment.payloadOffset,
      segment.payloadLength,
      segment.capturedPayloadLength,
    );
  }
}

/** Whether every segment is to be told for these options. */
export function wantsEverySegment({ live, chartData }: AnalysisOptions): boolean {
  return live === true || chartData === true;
}
