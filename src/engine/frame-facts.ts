/**
 * What the frames say of the capture itself. The tracking program keeps it as `FrameFacts`, and hands it to the host as one
 * block of doubles. A new count is a field, its place in the block, and a line each in `putFacts` and `readFacts`.
 */
import * as AnalysisFlag from "./tcp/analysis-flags.ts";

/** Wireshark's analysis flags, counted over all segments. */
export class WiresharkEvents {
  retransmissions: i32 = 0;
  fastRetransmissions: i32 = 0;
  spuriousRetransmissions: i32 = 0;
  outOfOrder: i32 = 0;
  lostSegments: i32 = 0;
  ackedUnseenSegments: i32 = 0;
  duplicateAcks: i32 = 0;
  zeroWindows: i32 = 0;
}

export class FrameFacts {
  frames: i32 = 0;
  /** On the wire, link layer included. */
  bytes: f64 = 0;
  /** Segments tracked. */
  segments: i32 = 0;
  /** Times of the earliest and the latest frame; ±∞ without any. */
  earliestNs: f64 = Infinity;
  latestNs: f64 = -Infinity;
  /** Frames recorded before the one in front of them, the largest such step, and the frame after it. */
  backwards: i32 = 0;
  largestStepNs: f64 = 0;
  largestStepFrame: i32 = 0;
  /** The second largest step, and whether time went on from the largest one, rather than catching up at once. */
  secondStepNs: f64 = 0;
  stepStays: i32 = 0;
  /** The longest time without any frame, and the frame after it. */
  longestSilenceNs: f64 = 0;
  longestSilenceFrame: i32 = 0;
  /** Segments whose payload the snap length cut. */
  cutPayloads: i32 = 0;
  /** Frames that hold several segments of the wire (GRO, TSO), and the first of them; 0 = none. */
  oversizedFrames: i32 = 0;
  firstOversizedFrame: i32 = 0;
  /** Frames recorded twice. */
  duplicateFrames: i32 = 0;
  /** Connections that had to make room for others while they may have gone on. */
  forgottenConnections: i32 = 0;
  readonly events: WiresharkEvents = new WiresharkEvents();
}

/** Counts one segment's flags (bits of `analysis-flags.ts`). */
export function countEvents(events: WiresharkEvents, analysis: i32): void {
  if (analysis === 0) return;
  if ((analysis & AnalysisFlag.RETRANSMISSION) !== 0) events.retransmissions++;
  if ((analysis & AnalysisFlag.FAST_RETRANSMISSION) !== 0) events.fastRetransmissions++;
  if ((analysis & AnalysisFlag.SPURIOUS_RETRANSMISSION) !== 0) events.spuriousRetransmissions++;
  if ((analysis & AnalysisFlag.OUT_OF_ORDER) !== 0) events.outOfOrder++;
  if ((analysis & AnalysisFlag.LOST_SEGMENT) !== 0) events.lostSegments++;
  if ((analysis & AnalysisFlag.ACKED_UNSEEN) !== 0) events.ackedUnseenSegments++;
  if ((analysis & AnalysisFlag.DUPLICATE_ACK) !== 0) events.duplicateAcks++;
  if ((analysis & AnalysisFlag.ZERO_WINDOW) !== 0) events.zeroWindows++;
}

/** Places in the block. */
const FRAMES: i32 = 0;
const BYTES: i32 = 1;
const SEGMENTS: i32 = 2;
const EARLIEST_NS: i32 = 3;
const LATEST_NS: i32 = 4;
const BACKWARDS: i32 = 5;
const LARGEST_STEP_NS: i32 = 6;
const LARGEST_STEP_FRAME: i32 = 7;
const CUT_PAYLOADS: i32 = 8;
const DUPLICATE_FRAMES: i32 = 9;
const RETRANSMISSIONS: i32 = 10;
const FAST_RETRANSMISSIONS: i32 = 11;
const SPURIOUS_RETRANSMISSIONS: i32 = 12;
const OUT_OF_ORDER: i32 = 13;
const LOST_SEGMENTS: i32 = 14;
const ACKED_UNSEEN_SEGMENTS: i32 = 15;
const DUPLICATE_ACKS: i32 = 16;
const ZERO_WINDOWS: i32 = 17;
const SECOND_STEP_NS: i32 = 18;
const STEP_STAYS: i32 = 19;
const LONGEST_SILENCE_NS: i32 = 20;
const LONGEST_SILENCE_FRAME: i32 = 21;
const OVERSIZED_FRAMES: i32 = 22;
const FIRST_OVERSIZED_FRAME: i32 = 23;
const FORGOTTEN_CONNECTIONS: i32 = 24;
/** Doubles of the block. */
export const FRAME_FACTS_LENGTH: i32 = 25;

export function putFacts(facts: FrameFacts, block: Float64Array): void {
  block[FRAMES] = facts.frames;
  block[BYTES] = facts.bytes;
  block[SEGMENTS] = facts.segments;
  block[EARLIEST_NS] = facts.earliestNs;
  block[LATEST_NS] = facts.latestNs;
  block[BACKWARDS] = facts.backwards;
  block[LARGEST_STEP_NS] = facts.largestStepNs;
  block[LARGEST_STEP_FRAME] = facts.largestStepFrame;
  block[SECOND_STEP_NS] = facts.secondStepNs;
  block[STEP_STAYS] = facts.stepStays;
  block[LONGEST_SILENCE_NS] = facts.longestSilenceNs;
  block[LONGEST_SILENCE_FRAME] = facts.longestSilenceFrame;
  block[CUT_PAYLOADS] = facts.cutPayloads;
  block[OVERSIZED_FRAMES] = facts.oversizedFrames;
  block[FIRST_OVERSIZED_FRAME] = facts.firstOversizedFrame;
  block[DUPLICATE_FRAMES] = facts.duplicateFrames;
  block[FORGOTTEN_CONNECTIONS] = facts.forgottenConnections;
  const events = facts.events;
  block[RETRANSMISSIONS] = events.retransmissions;
  block[FAST_RETRANSMISSIONS] = events.fastRetransmissions;
  block[SPURIOUS_RETRANSMISSIONS] = events.spuriousRetransmissions;
  block[OUT_OF_ORDER] = events.outOfOrder;
  block[LOST_SEGMENTS] = events.lostSegments;
  block[ACKED_UNSEEN_SEGMENTS] = events.ackedUnseenSegments;
  block[DUPLICATE_ACKS] = events.duplicateAcks;
  block[ZERO_WINDOWS] = events.zeroWindows;
}

/** Reads what `putFacts` put. */
export function readFacts(block: Float64Array): FrameFacts {
  const facts = new FrameFacts();
  facts.frames = block[FRAMES] as i32;
  facts.bytes = block[BYTES] as f64;
  facts.segments = block[SEGMENTS] as i32;
  facts.earliestNs = block[EARLIEST_NS] as f64;
  facts.latestNs = block[LATEST_NS] as f64;
  facts.backwards = block[BACKWARDS] as i32;
  facts.largestStepNs = block[LARGEST_STEP_NS] as f64;
  facts.largestStepFrame = block[LARGEST_STEP_FRAME] as i32;
  facts.secondStepNs = block[SECOND_STEP_NS] as f64;
  facts.stepStays = block[STEP_STAYS] as i32;
  facts.longestSilenceNs = block[LONGEST_SILENCE_NS] as f64;
  facts.longestSilenceFrame = block[LONGEST_SILENCE_FRAME] as i32;
  facts.cutPayloads = block[CUT_PAYLOADS] as i32;
  facts.oversizedFrames = block[OVERSIZED_FRAMES] as i32;
  facts.firstOversizedFrame = block[FIRST_OVERSIZED_FRAME] as i32;
  facts.duplicateFrames = block[DUPLICATE_FRAMES] as i32;
  facts.forgottenConnections = block[FORGOTTEN_CONNECTIONS] as i32;
  const events = facts.events;
  events.retransmissions = block[RETRANSMISSIONS] as i32;
  events.fastRetransmissions = block[FAST_RETRANSMISSIONS] as i32;
  events.spuriousRetransmissions = block[SPURIOUS_RETRANSMISSIONS] as i32;
  events.outOfOrder = block[OUT_OF_ORDER] as i32;
  events.lostSegments = block[LOST_SEGMENTS] as i32;
  events.ackedUnseenSegments = block[ACKED_UNSEEN_SEGMENTS] as i32;
  events.duplicateAcks = block[DUPLICATE_ACKS] as i32;
  events.zeroWindows = block[ZERO_WINDOWS] as i32;
  return facts;
}
