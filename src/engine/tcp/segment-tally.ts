/**
 * Segments of one direction of a connection, counted until they are handed on as a record. A new count is a field, its word, a
 * rule in `add`, and a line each in `clear`, `write` and `read`.
 */
import { doubleAt, putDouble } from "../dialect/doubles.ts";
import { min } from "../dialect/integers.ts";
import type { Segment } from "../segments/segment.ts";
import { RST } from "../segments/tcp-flags.ts";
import { LOST_SEGMENT, ZERO_WINDOW } from "./analysis-flags.ts";
import type { SegmentFacts } from "./segment-facts.ts";
import * as IdStep from "./segment-facts.ts";

/** Where the fields lie in a record. Counts take one word; times and bytes, which are doubles, two. */
const FRAMES: i32 = 0;
const LOST_SEGMENTS: i32 = 1;
const FIRST_NS: i32 = 2;
const LAST_NS: i32 = 4;
const PACKETS: i32 = 6;
const BYTES: i32 = 7;
const PAYLOAD_BYTES: i32 = 9;
const ZERO_WINDOWS: i32 = 11;
const RESETS: i32 = 12;
const ID_STEPS: i32 = 13;
const NEXT_IDS: i32 = 14;
const SEGMENTS: i32 = 15;
const WIRE_SEGMENTS: i32 = 16;
const NEW_PAYLOAD_BYTES: i32 = 17;
const RETRANSMITTED_SEGMENTS: i32 = 19;
const RETRANSMITTED_BYTES: i32 = 20;
export const SEGMENT_TALLY_WORDS: i32 = 22;

/** One packet that was numbered by a counter of the host says more than one that was not numbered next. */
const FOREIGN_STEPS: i32 = 12;

export class SegmentTally {
  /** All frames, those recorded twice included, and how many of them Wireshark says follow a lost segment. */
  frames: i32 = 0;
  lostSegments: i32 = 0;
  /** Times of the first and the latest of these frames. */
  firstNs: f64 = Infinity;
  lastNs: f64 = -Infinity;
  /** The rest counts no frame recorded twice. Bytes on the wire, and of payload. */
  packets: i32 = 0;
  bytes: f64 = 0;
  payloadBytes: f64 = 0;
  zeroWindows: i32 = 0;
  resets: i32 = 0;
  /** Packets whose IPv4 ID had one to compare with, foreign ones counted several times, and those that directly followed it. */
  idSteps: i32 = 0;
  nextIds: i32 = 0;
  /** Segments that occupy sequence space, as recorded and as on the wire, their payload bytes seen for the first time, and what was seen again. */
  segments: i32 = 0;
  wireSegments: i32 = 0;
  newPayloadBytes: f64 = 0;
  retransmittedSegments: i32 = 0;
  retransmittedBytes: f64 = 0;

  /** Counts a segment. @param wireLength of its frame, in bytes */
  add(facts: SegmentFacts, segment: Segment, wireLength: i32, timeNs: f64): void {
    this.frames++;
    if ((facts.analysis & LOST_SEGMENT) !== 0) this.lostSegments++;
    if (timeNs < this.firstNs) this.firstNs = timeNs;
    if (timeNs > this.lastNs) this.lastNs = timeNs;
    if (facts.duplicate) return;
    this.packets++;
    this.bytes += wireLength;
    this.payloadBytes += segment.payloadLength;
    if ((facts.analysis & ZERO_WINDOW) !== 0) this.zeroWindows++;
    if ((segment.flags & RST) !== 0) this.resets++;
    if (facts.idStep === IdStep.FOREIGN) this.idSteps += FOREIGN_STEPS;
    else if (facts.idStep !== IdStep.NONE) {
      this.idSteps++;
      if (facts.idStep === IdStep.NEXT) this.nextIds++;
      // It agrees with the gap that it fills.
      else if (facts.idStep === IdStep.BACK) this.nextIds += 2;
      else if (facts.idStep === IdStep.OWN_BACK) this.nextIds += 1 + FOREIGN_STEPS;
    }
    if (!facts.occupies) return;
    this.segments++;
    this.wireSegments += facts.wireSegments;
    this.newPayloadBytes += facts.newPayloadBytes;
    if (facts.seenAgainBytes > 0) {
      this.retransmittedSegments++;
      this.retransmittedBytes += min(facts.seenAgainBytes, segment.payloadLength);
    }
  }

  /** Begins anew. */
  clear(): void {
    this.frames = 0;
    this.lostSegments = 0;
    this.firstNs = Infinity;
    this.lastNs = -Infinity;
    this.packets = 0;
    this.bytes = 0;
    this.payloadBytes = 0;
    this.zeroWindows = 0;
    this.resets = 0;
    this.idSteps = 0;
    this.nextIds = 0;
    this.segments = 0;
    this.wireSegments = 0;
    this.newPayloadBytes = 0;
    this.retransmittedSegments = 0;
    this.retransmittedBytes = 0;
  }

  /** Writes the counts to `words[at … at + SEGMENT_TALLY_WORDS)`. */
  write(words: Int32Array, at: i32): void {
    words[at + FRAMES] = this.frames;
    words[at + LOST_SEGMENTS] = this.lostSegments;
    putDouble(words, at + FIRST_NS, this.firstNs);
    putDouble(words, at + LAST_NS, this.lastNs);
    words[at + PACKETS] = this.packets;
    putDouble(words, at + BYTES, this.bytes);
    putDouble(words, at + PAYLOAD_BYTES, this.payloadBytes);
    words[at + ZERO_WINDOWS] = this.zeroWindows;
    words[at + RESETS] = this.resets;
    words[at + ID_STEPS] = this.idSteps;
    words[at + NEXT_IDS] = this.nextIds;
    words[at + SEGMENTS] = this.segments;
    words[at + WIRE_SEGMENTS] = this.wireSegments;
    putDouble(words, at + NEW_PAYLOAD_BYTES, this.newPayloadBytes);
    words[at + RETRANSMITTED_SEGMENTS] = this.retransmittedSegments;
    putDouble(words, at + RETRANSMITTED_BYTES, this.retransmittedBytes);
  }

  /** Reads what `write` wrote. */
  read(words: Int32Array, at: i32): void {
    this.frames = words[at + FRAMES] as i32;
    this.lostSegments = words[at + LOST_SEGMENTS] as i32;
    this.firstNs = doubleAt(words, at + FIRST_NS);
    this.lastNs = doubleAt(words, at + LAST_NS);
    this.packets = words[at + PACKETS] as i32;
    this.bytes = doubleAt(words, at + BYTES);
    this.payloadBytes = doubleAt(words, at + PAYLOAD_BYTES);
    this.zeroWindows = words[at + ZERO_WINDOWS] as i32;
    this.resets = words[at + RESETS] as i32;
    this.idSteps = words[at + ID_STEPS] as i32;
    this.nextIds = words[at + NEXT_IDS] as i32;
    this.segments = words[at + SEGMENTS] as i32;
    this.wireSegments = words[at + WIRE_SEGMENTS] as i32;
    this.newPayloadBytes = doubleAt(words, at + NEW_PAYLOAD_BYTES);
    this.retransmittedSegments = words[at + RETRANSMITTED_SEGMENTS] as i32;
    this.retransmittedBytes = doubleAt(words, at + RETRANSMITTED_BYTES);
  }
}
