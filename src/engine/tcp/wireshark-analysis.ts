/**
 * TCP analysis exactly as Wireshark 4.0 does it (`tcp_analyze_sequence_number` in packet-tcp.c, restated), so that users
 * can check lbqos against the tool they know. What happened on the wire is the loss estimate's question, not this file's.
 *
 * State per direction: `nextSequence` (highest end seen; 0 = none yet, as in Wireshark, also where a sequence number
 * really is 0), `maxAck` (end of the contiguous run), `lastAck`, `lastAckNs`, `window` (of the last segment, data or
 * not), `duplicateAcks`, `lastAnalysis`.
 */
import type { Segment } from "../segments/segment.ts";
import { ACK, FIN, RST, SYN } from "../segments/tcp-flags.ts";
import * as AnalysisFlag from "./analysis-flags.ts";
import type { Connection, Direction } from "./connection.ts";
import { sequenceAdd, sequenceDistance } from "./sequence.ts";

/** A fast retransmission follows the last duplicate ACK within 20 ms. */
const FAST_RETRANSMISSION_NS: f64 = 20_000_000;
/** Value of `duplicateAcks` after an ACK of unseen data: the same lost packet is not reported again. */
const UNSEEN_REPORTED: i32 = -1;
/** What counts as reordering where the connection's initial RTT is not known. */
const DEFAULT_REORDERING_NS: f64 = 3_000_000;

/**
 * Analyzes one segment and moves the state on.
 * @param forward the segment's direction
 * @param reverse the other direction
 * @returns bits of `AnalysisFlag`; a fast or spurious retransmission carries RETRANSMISSION too
 */
export function analyzeAsWireshark(
  connection: Connection,
  forward: Direction,
  reverse: Direction,
  segment: Segment,
  timeNs: f64,
): i32 {
  const flags = segment.flags;
  const length = segment.payloadLength;
  const sequence = segment.sequence;
  const acknowledgement = segment.acknowledgement;
  const window = segment.window;
  const opensOrCloses = (flags & (SYN | FIN | RST)) !== 0;
  const nextSequence = forward.nextSequence;
  const lastAck = forward.lastAck;
  let duplicateAcks = forward.duplicateAcks;
  let analysis: i32 = 0;

  const saysAnew = (flags & (SYN | ACK)) === (SYN | ACK);
  rememberBase(forward, (flags & SYN) !== 0 ? sequence : sequenceAdd(sequence, -1), saysAnew);
  if ((flags & ACK) !== 0) rememberBase(reverse, sequenceAdd(acknowledgement, -1), false);

  if (length === 1 && sequence === nextSequence && reverse.window === 0) {
    analysis = AnalysisFlag.ZERO_WINDOW_PROBE;
  } else {
    if (window === 0 && !opensOrCloses) analysis |= AnalysisFlag.ZERO_WINDOW;
    if (nextSequence !== 0 && sequenceDistance(sequence, nextSequence) > 0 && (flags & RST) === 0) {
      analysis |= AnalysisFlag.LOST_SEGMENT;
    }
    if (length <= 1 && sequence === sequenceAdd(nextSequence, -1) && !opensOrCloses) {
      analysis |= AnalysisFlag.KEEP_ALIVE;
    }
    const repeats =
      length === 0 &&
      !opensOrCloses &&
      sequence === nextSequence &&
      acknowledgement === lastAck &&
      window === forward.window;
    if (repeats) {
      const answered = reverse.lastAnalysis;
      if (window === 0) {
        if ((answered & AnalysisFlag.ZERO_WINDOW_PROBE) !== 0) analysis |= AnalysisFlag.ZERO_WINDOW_PROBE_ACK;
      } else if ((answered & AnalysisFlag.KEEP_ALIVE) !== 0) {
        analysis |= AnalysisFlag.KEEP_ALIVE_ACK;
      } else {
        analysis |= AnalysisFlag.DUPLICATE_ACK;
        duplicateAcks = duplicateAcks === UNSEEN_REPORTED ? 1 : duplicateAcks + 1;
      }
    }
  }
  if (acknowledgement !== lastAck) duplicateAcks = 0;
  forward.duplicateAcks = duplicateAcks;

  if ((flags & ACK) !== 0 && acknowledgesUnseen(reverse, acknowledgement)) {
    analysis |= AnalysisFlag.ACKED_UNSEEN;
  }

  const occupies = length > 0 || (flags & (SYN | FIN)) !== 0;
  if (occupies && (analysis & AnalysisFlag.KEEP_ALIVE) === 0) {
    analysis |= kindOfRepetition(connection, forward, reverse, segment, nextSequence, timeNs);
  }

  moveOn(forward, sequence, length, flags, analysis, nextSequence, timeNs);
  forward.window = window;
  forward.lastAck = acknowledgement;
  forward.lastAckNs = timeNs;
  forward.lastAnalysis = analysis;
  return analysis;
}

/** Keeps Wireshark's initial RTT: most recent SYN → first ACK without SYN, whether its receiver takes it or not. */
export function noteInitialRtt(connection: Connection, flags: i32, timeNs: f64): void {
  const kind = flags & (SYN | ACK);
  if (kind === SYN) connection.synNs = timeNs;
  else if (kind === ACK && connection.synNs > -Infinity && connection.initialRttNs === 0) {
    connection.initialRttNs = timeNs - connection.synNs;
  }
}

/**
 * The direction's initial sequence number: its SYN's, else the first thing that tells or stands in for it, its own
 * segment or the other side's ACK. A SYN/ACK says it `anew`.
 */
function rememberBase(direction: Direction, sequence: u32, anew: boolean): void {
  if (direction.isBaseKnown && !anew) return;
  direction.isBaseKnown = true;
  direction.baseSequence = sequence;
}

/** Rule 6 of docs/wireshark-rules.md: the ACK lies beyond the contiguous run of the other direction. */
function acknowledgesUnseen(reverse: Direction, acknowledgement: u32): boolean {
  const maxAck = reverse.maxAck;
  if (maxAck === 0 || sequenceDistance(acknowledgement, maxAck) <= 0) return false;
  if (sequenceDistance(reverse.nextSequence, maxAck) > 0) {
    reverse.maxAck = reverse.nextSequence;
    return true;
  }
  const first = reverse.duplicateAcks === 0;
  reverse.duplicateAcks = UNSEEN_REPORTED;
  return first;
}

/** Rule 7 of docs/wireshark-rules.md: spurious, fast, out of order or plain retransmission; 0 for new data. */
function kindOfRepetition(
  connection: Connection,
  forward: Direction,
  reverse: Direction,
  segment: Segment,
  nextSequence: u32,
  timeNs: f64,
): i32 {
  const sequence = segment.sequence;
  const length = segment.payloadLength;
  const dataEnd = sequenceAdd(sequence, length);
  const acknowledged = reverse.lastAck;
  if (length > 0 && acknowledged !== 0 && sequenceDistance(dataEnd, acknowledged) <= 0) {
    return AnalysisFlag.SPURIOUS_RETRANSMISSION | AnalysisFlag.RETRANSMISSION;
  }
  const repeats = nextSequence !== 0 && sequenceDistance(sequence, nextSequence) < 0;
  const afterProbe = length > 1 && sequence === sequenceAdd(nextSequence, -1);
  if (!repeats || afterProbe) return 0;

  const sinceAckNs = timeNs - reverse.lastAckNs;
  const duplicateAcks = reverse.duplicateAcks;
  // Wireshark's count is unsigned: there its "reported" (−1) passes for many duplicate ACKs.
  const askedAgain = duplicateAcks >= 2 || duplicateAcks === UNSEEN_REPORTED;
  if (askedAgain && sequence === acknowledged && isWithin(sinceAckNs, FAST_RETRANSMISSION_NS)) {
    return AnalysisFlag.FAST_RETRANSMISSION | AnalysisFlag.RETRANSMISSION;
  }
  const end = (segment.flags & (SYN | FIN)) !== 0 ? sequenceAdd(dataEnd, 1) : dataEnd;
  const thresholdNs = connection.initialRttNs === 0 ? DEFAULT_REORDERING_NS : connection.initialRttNs;
  const sinceHighestNs = timeNs - forward.nextSequenceNs;
  if (end !== nextSequence && isWithin(sinceHighestNs, thresholdNs)) return AnalysisFlag.OUT_OF_ORDER;
  return AnalysisFlag.RETRANSMISSION;
}

/** Wireshark compares times as unsigned numbers: time that runs backwards is longer than any that runs forwards. */
function isWithin(elapsedNs: f64, limitNs: f64): boolean {
  return elapsedNs < 0 === limitNs < 0 ? elapsedNs < limitNs : limitNs < 0;
}

/** Moves `nextSequence` and `maxAck`; a zero-window probe moves neither. */
function moveOn(
  forward: Direction,
  sequence: u32,
  length: i32,
  flags: i32,
  analysis: i32,
  nextSequence: u32,
  timeNs: f64,
): void {
  if ((analysis & AnalysisFlag.ZERO_WINDOW_PROBE) !== 0) return;
  const end = sequenceAdd(sequence, (flags & (SYN | FIN)) !== 0 ? length + 1 : length);
  let highest = nextSequence;
  if (nextSequence === 0 || sequenceDistance(end, nextSequence) > 0) {
    highest = end;
    forward.nextSequence = end;
    forward.nextSequenceNs = timeNs;
  }
  if (forward.maxAck === 0 || sequence === forward.maxAck) forward.maxAck = highest;
}
