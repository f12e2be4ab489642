/**
 * The tcp room's noun: a connection, and its two directions. Records are taken from a pool and used again. Compiled to
 * WebAssembly, where a record is a row of numbers in one memory. Times are integer ns since the capture's first packet.
 */
import type { AckMarks } from "./ack-marks.ts";
import type { FlightEntry } from "./flight-entry.ts";
import type { Hole } from "./hole.ts";
import type { IdGap } from "./id-gap.ts";
import type { SegmentTally } from "./segment-tally.ts";
import type { StraySegment } from "./stray-segment.ts";
import type { Suspicion } from "./suspicion.ts";
import type { UnreadableRanges } from "./unreadable-ranges.ts";
import type { WaitingQueue } from "./waiting-segments.ts";

/** What one side sends, and what is known of how it arrives. */
export class Direction {
  /** Slot of the connection, and which of its sides sends: 0 is the sender of the first segment seen. */
  slot: i32 = 0;
  side: i32 = 0;

  // Wireshark's analysis, as in `wireshark-analysis.ts`.
  /** Highest end seen, 0 = none, and when. */
  nextSequence: u32 = 0;
  nextSequenceNs: f64 = 0;
  /** End of the contiguous run. */
  maxAck: u32 = 0;
  lastAck: u32 = 0;
  lastAckNs: f64 = 0;
  /** −1 before the first segment. */
  window: i32 = -1;
  duplicateAcks: i32 = 0;
  /** Bits of `analysis-flags.ts`: those of the direction's last segment. */
  lastAnalysis: i32 = 0;
  /** Initial sequence number, where known. */
  isBaseKnown: boolean = false;
  baseSequence: u32 = 0;

  // What the other side takes: see `receive-window.ts`.
  /** Sequence number of the SYN that was taken, as long as it is a bound. */
  isStartKnown: boolean = false;
  startSequence: u32 = 0;
  /** Largest window that this side announced, unscaled, and the shift of its windows; −1 = not known. */
  largestWindow: i32 = 0;
  windowScale: i32 = -1;

  // Order of the stream.
  isStreamStarted: boolean = false;
  /** Next byte to hand to the HTTP room, where the stream has started. */
  expected: u32 = 0;
  isFinSeen: boolean = false;
  /** Whether it was told that somebody passes the direction's frames on: see `RecordWriter.passedOn`. */
  isPassedOnTold: boolean = false;
  /** Sequence number after the FIN's data. */
  finSequence: u32 = 0;
  /** The HTTP room was told that the direction ended. */
  isStreamClosed: boolean = false;
  /** A RST of the other side waits to come into force: until then nothing from this sequence number on is handed on. */
  isLimited: boolean = false;
  limit: u32 = 0;
  /** Out-of-order payload that waits. */
  waiting: WaitingQueue | null = null;
  /** ACKs of bytes that were not recorded, since the stream was last whole. */
  ackMarks: AckMarks | null = null;
  /** The ACK number of the direction's last segment with data. */
  hasSentData: boolean = false;
  sentAck: u32 = 0;

  // Coverage: sequence space that was seen.
  isCovered: boolean = false;
  /** Highest end of sequence space seen (without keep-alive probes), where covered. */
  highestEnd: u32 = 0;
  /** Sequence space below `highestEnd` that was not seen. */
  holes: Hole[] | null = null;

  /** Sequence space of recorded frames that can't be read; `null` without any. */
  unreadable: UnreadableRanges | null = null;

  // Acknowledgements and segments in flight.
  isAcked: boolean = false;
  /** Highest ACK number seen from the other side for this direction's bytes. */
  highestAcked: u32 = 0;
  /** First and last segment in flight. */
  flightHead: FlightEntry | null = null;
  flightTail: FlightEntry | null = null;
  flightCount: i32 = 0;

  // Losses.
  /** IPv4 ID that the direction's next packet has where IDs count, −1 = not known. */
  expectedIpId: i32 = -1;
  /** IDs that were left out; `null` without any. */
  idGaps: IdGap[] | null = null;
  /** Maximum segment size that this side announced in its SYN, 0 = not seen. */
  announcedMss: i32 = 0;
  /** Copies of its segments that may have been lost beyond the tap. */
  suspicions: Suspicion[] | null = null;
  /** A SACK of this side was seen. */
  hasSacked: boolean = false;
  /** It repeated an ACK that others of its kind would have sent with one. */
  hasNotSacked: boolean = false;
  /** Its SYN did not permit it. */
  refusesSack: boolean = false;
  /** When its first SYN/ACK without timestamps came that a repeated SYN awaited, −∞ = none. */
  bareSynAckNs: f64 = -Infinity;
  /** When the last repeat of something in flight was recorded, and the least round trip of one of the direction's segments, 0 = none. */
  repeatedNs: f64 = -Infinity;
  leastRoundTripNs: f64 = 0;
  /** When the direction's last segment was recorded, and whether it had data. */
  lastNs: f64 = 0;
  lastHadData: boolean = false;

  /** Its segments that nobody was told of yet; `null` without any. */
  tally: SegmentTally | null = null;

  /** A number of its own for each direction in use. */
  get key(): i32 {
    return this.slot * 2 + this.side;
  }

  /** Forgets everything: the record is used again. */
  clear(): void {
    this.nextSequence = 0;
    this.nextSequenceNs = 0;
    this.maxAck = 0;
    this.lastAck = 0;
    this.lastAckNs = 0;
    this.window = -1;
    this.duplicateAcks = 0;
    this.lastAnalysis = 0;
    this.isBaseKnown = false;
    this.baseSequence = 0;
    this.beginAnew();
  }

  /** Forgets everything but Wireshark's analysis, for which the stream goes on. */
  beginAnew(): void {
    this.isStartKnown = false;
    this.startSequence = 0;
    this.largestWindow = 0;
    this.windowScale = -1;
    this.isStreamStarted = false;
    this.expected = 0;
    this.isFinSeen = false;
    this.isPassedOnTold = false;
    this.finSequence = 0;
    this.isStreamClosed = false;
    this.isLimited = false;
    this.limit = 0;
    this.waiting = null;
    this.ackMarks = null;
    this.hasSentData = false;
    this.sentAck = 0;
    this.isCovered = false;
    this.highestEnd = 0;
    this.holes = null;
    this.unreadable = null;
    this.isAcked = false;
    this.highestAcked = 0;
    this.flightHead = null;
    this.flightTail = null;
    this.flightCount = 0;
    this.expectedIpId = -1;
    this.idGaps = null;
    this.announcedMss = 0;
    this.suspicions = null;
    this.hasSacked = false;
    this.hasNotSacked = false;
    this.refusesSack = false;
    this.bareSynAckNs = -Infinity;
    this.repeatedNs = -Infinity;
    this.leastRoundTripNs = 0;
    this.lastNs = 0;
    this.lastHadData = false;
    this.tally = null;
  }
}

/** A connection, from the first segment of its four-tuple on. */
export class Connection {
  readonly slot: i32;
  /** Directions of the two sides, each named for the side that sends in it. */
  readonly first: Direction = new Direction();
  readonly second: Direction = new Direction();

  /** Key: the two address numbers in ascending order of (address, port), and their ports. */
  lowAddress: i32 = 0;
  highAddress: i32 = 0;
  /** Low endpoint's port in the upper half. */
  ports: i32 = 0;
  /** Side 0 is the key's low endpoint. */
  firstIsLow: boolean = false;
  isInUse: boolean = false;
  /** 1, 2, … by first frame. */
  ordinal: i32 = 0;
  /** Sequence number of its first segment. */
  firstSequence: u32 = 0;

  /** A RST was taken, by which side it was sent, when, and in which frame. */
  isReset: boolean = false;
  resetSide: i32 = 0;
  resetNs: f64 = 0;
  resetFrame: i32 = 0;
  /** Its number as long as it waits to come into force, 0 = none waits. */
  resetNumber: f64 = 0;
  /** Its place in the sequence space of its side, and what was known of the other side's then. */
  resetSequence: u32 = 0;
  resetOtherEnd: u32 = 0;
  /** It came into force. */
  isOver: boolean = false;
  /** A segment out of place, the last one: what comes next tells whether it was a left-over. */
  stray: StraySegment | null = null;
  /** The SYN of the connection was seen. */
  isSynSeen: boolean = false;
  /** A SYN/ACK, or data or ACKs of both sides were seen: more than a knock on the door. */
  isAnswered: boolean = false;
  lastNs: f64 = 0;
  /** Most recent SYN without ACK; −∞ = none. */
  synNs: f64 = -Infinity;
  /** Wireshark's initial RTT: most recent SYN → first ACK without SYN; 0 = not known. */
  initialRttNs: f64 = 0;
  /** A handshake whose first SYN/ACK was lost: SYNs and SYN/ACKs recorded since; 0 SYNs = none. */
  lateSyns: i32 = 0;
  lateSynAcks: i32 = 0;

  constructor(slot: i32) {
    this.slot = slot;
    this.first.slot = slot;
    this.second.slot = slot;
    this.second.side = 1;
  }

  /** The direction in which `side` sends. */
  direction(side: i32): Direction {
    return side === 0 ? this.first : this.second;
  }

  /** Number of the address at the given side. */
  address(side: i32): i32 {
    return this.firstIsLow === (side === 0) ? this.lowAddress : this.highAddress;
  }

  /** Port at the given side. */
  port(side: i32): i32 {
    return this.firstIsLow === (side === 0) ? this.ports >>> 16 : this.ports & 0xffff;
  }

  /** Forgets everything but the slot and the key: the record is used again. */
  clear(): void {
    this.first.clear();
    this.second.clear();
    this.ordinal = 0;
    this.firstSequence = 0;
    this.synNs = -Infinity;
    this.initialRttNs = 0;
    this.forget();
  }

  /** The four-tuple is used again within what Wireshark takes for one stream. */
  beginAnew(): void {
    this.first.beginAnew();
    this.second.beginAnew();
    this.forget();
  }

  private forget(): void {
    this.isReset = false;
    this.resetSide = 0;
    this.resetNs = 0;
    this.resetFrame = 0;
    this.resetNumber = 0;
    this.resetSequence = 0;
    this.resetOtherEnd = 0;
    this.isOver = false;
    this.stray = null;
    this.isSynSeen = false;
    this.isAnswered = false;
    this.lastNs = 0;
    this.lateSyns = 0;
    this.lateSynAcks = 0;
  }
}
