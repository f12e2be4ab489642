/**
 * The tcp room's noun: a connection, and its two directions. Records are taken from a pool and used again. Compiled to
 * WebAssembly, where a record is a row of numbers in one memory. Times are integer ns since the capture's first packet.
 */
import type { FlightEntry } from "./flight-entry.ts";
import type { Hole } from "./hole.ts";
import type { SegmentTally } from "./segment-tally.ts";
import type { Suspicion } from "./suspicion.ts";
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

  // Order of the stream.
  isStreamStarted: boolean = false;
  /** Next byte to hand to the HTTP room, where the stream has started. */
  expected: u32 = 0;
  isFinSeen: boolean = false;
  /** Sequence number after the FIN's data. */
  finSequence: u32 = 0;
  /** The HTTP room was told that the direction ended. */
  isStreamClosed: boolean = false;
  /** Out-of-order payload that waits. */
  waiting: WaitingQueue | null = null;

  // Coverage: sequence space that was seen.
  isCovered: boolean = false;
  /** Highest end of sequence space seen (without keep-alive probes), where covered. */
  highestEnd: u32 = 0;
  /** Sequence space below `highestEnd` that was not seen. */
  holes: Hole[] | null = null;

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
  /** Maximum segment size that this side announced in its SYN, 0 = not seen. */
  announcedMss: i32 = 0;
  /** Copies of its segments that may have been lost beyond the tap. */
  suspicions: Suspicion[] | null = null;
  /** When the direction's last segment was recorded. */
  lastNs: f64 = 0;

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
    this.isStreamStarted = false;
    this.expected = 0;
    this.isFinSeen = false;
    this.finSequence = 0;
    this.isStreamClosed = false;
    this.waiting = null;
    this.isCovered = false;
    this.highestEnd = 0;
    this.holes = null;
    this.isAcked = false;
    this.highestAcked = 0;
    this.flightHead = null;
    this.flightTail = null;
    this.flightCount = 0;
    this.expectedIpId = -1;
    this.announcedMss = 0;
    this.suspicions = null;
    this.lastNs = 0;
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

  /** Some RST was seen. */
  isReset: boolean = false;
  /** The SYN of the connection was seen. */
  isSynSeen: boolean = false;
  /** A SYN/ACK, or data or ACKs of both sides were seen: more than a knock on the door. */
  isAnswered: boolean = false;
  lastNs: f64 = 0;
  /** Most recent SYN without ACK. */
  synNs: f64 = 0;
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
    this.isReset = false;
    this.isSynSeen = false;
    this.isAnswered = false;
    this.lastNs = 0;
    this.synNs = 0;
    this.initialRttNs = 0;
    this.lateSyns = 0;
    this.lateSynAcks = 0;
  }
}
