/** Segments of one direction of a connection, counted until somebody asks. */
import { min } from "../dialect/integers.ts";
import type { Segment } from "../segments/segment.ts";
import { RST } from "../segments/tcp-flags.ts";
import { LOST_SEGMENT, ZERO_WINDOW } from "./analysis-flags.ts";
import * as IdStep from "./id-step.ts";
import type { SegmentFacts } from "./segment-facts.ts";

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
  /** Packets whose IPv4 ID had one to compare with, and those of them that directly followed it. */
  idSteps: i32 = 0;
  nextIds: i32 = 0;
  /** Segments that occupy sequence space, their payload bytes seen for the first time, and what was seen again. */
  segments: i32 = 0;
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
    if (facts.idStep !== IdStep.NONE) {
      this.idSteps++;
      if (facts.idStep === IdStep.NEXT) this.nextIds++;
    }
    if (!facts.occupies) return;
    this.segments++;
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
    this.newPayloadBytes = 0;
    this.retransmittedSegments = 0;
    this.retransmittedBytes = 0;
  }
}
