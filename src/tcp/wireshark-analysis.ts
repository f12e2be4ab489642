/**
 * TCP analysis exactly as Wireshark 4.0 does it (`tcp_analyze_sequence_number` in packet-tcp.c, restated), so that users
 * can check lbqos against the tool they know. What happened on the wire is the loss estimate's question, not this file's.
 *
 * State per direction: `NEXT_SEQUENCE` (highest end seen; 0 = none yet, as in Wireshark, also where a sequence number
 * really is 0), `MAX_ACK` (end of the contiguous run), `LAST_ACK`, `LAST_ACK_TIME`, `WINDOW` (of the last segment, data
 * or not), `DUPLICATE_ACKS`, `LAST_ANALYSIS`.
 */
import type { Segment } from "../packet/segment.ts";
import { ACK, FIN, RST, SYN } from "../packet/tcp-flags.ts";
import * as AnalysisFlag from "./analysis-flags.ts";
import { Direction, DirectionFlag, Field } from "./connection.ts";
import { sequenceAdd, sequenceDistance } from "./sequence.ts";

/** What the analysis says of one segment; a fast or spurious retransmission carries RETRANSMISSION too. */
export { AnalysisFlag };

/** A fast retransmission follows the last duplicate ACK within 20 ms. */
const FAST_RETRANSMISSION_NS = 20_000_000;
/** Value of DUPLICATE_ACKS after an ACK of unseen data: the same lost packet is not reported again. */
const UNSEEN_REPORTED = -1;
/** What counts as reordering where the connection's initial RTT is not known. */
const DEFAULT_REORDERING_NS = 3_000_000;

/**
 * Analyses one segment and moves the state on.
 * @param page memory of the connection's record
 * @param record where the record starts
 * @param forward where the block of the segment's direction starts
 * @param reverse where the block of the other direction starts
 * @returns bits of `AnalysisFlag`
 */
export function analyzeAsWireshark(
  page: DataView,
  record: number,
  forward: number,
  reverse: number,
  segment: Segment,
  timeNs: number,
): number {
  const flags = segment.flags;
  const length = segment.payloadLength;
  const sequence = segment.sequence;
  const acknowledgement = segment.acknowledgement;
  const window = segment.window;
  const opensOrCloses = (flags & (SYN | FIN | RST)) !== 0;
  const nextSequence = page.getUint32(forward + Direction.NEXT_SEQUENCE, true);
  const lastAck = page.getUint32(forward + Direction.LAST_ACK, true);
  let duplicateAcks = page.getInt32(forward + Direction.DUPLICATE_ACKS, true);
  let analysis = 0;

  const saysAnew = (flags & (SYN | ACK)) === (SYN | ACK);
  rememberBase(page, forward, (flags & SYN) !== 0 ? sequence : sequenceAdd(sequence, -1), saysAnew);
  if ((flags & ACK) !== 0) rememberBase(page, reverse, sequenceAdd(acknowledgement, -1), false);

  if (length === 1 && sequence === nextSequence && page.getInt32(reverse + Direction.WINDOW, true) === 0) {
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
      window === page.getInt32(forward + Direction.WINDOW, true);
    if (repeats) {
      const answered = page.getUint32(reverse + Direction.LAST_ANALYSIS, true);
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
  page.setInt32(forward + Direction.DUPLICATE_ACKS, duplicateAcks, true);

  if ((flags & ACK) !== 0 && acknowledgesUnseen(page, reverse, acknowledgement))
    analysis |= AnalysisFlag.ACKED_UNSEEN;

  const occupies = length > 0 || (flags & (SYN | FIN)) !== 0;
  if (occupies && (analysis & AnalysisFlag.KEEP_ALIVE) === 0) {
    analysis |= kindOfRepetition(page, record, forward, reverse, segment, nextSequence, timeNs);
  }

  moveOn(page, forward, sequence, length, flags, analysis, nextSequence, timeNs);
  page.setInt32(forward + Direction.WINDOW, window, true);
  page.setUint32(forward + Direction.LAST_ACK, acknowledgement, true);
  page.setFloat64(forward + Direction.LAST_ACK_TIME, timeNs, true);
  page.setUint32(forward + Direction.LAST_ANALYSIS, analysis, true);
  return analysis;
}

/**
 * The direction's initial sequence number: its SYN's, else the first thing that tells or stands in for it, its own
 * segment or the other side's ACK. A SYN/ACK says it `anew`.
 */
function rememberBase(page: DataView, direction: number, sequence: number, anew: boolean): void {
  const known = page.getUint32(direction + Direction.FLAGS, true);
  if ((known & DirectionFlag.BASE_KNOWN) !== 0 && !anew) return;
  page.setUint32(direction + Direction.FLAGS, known | DirectionFlag.BASE_KNOWN, true);
  page.setUint32(direction + Direction.BASE_SEQUENCE, sequence, true);
}

/** Rule 6: the ACK lies beyond the contiguous run of the other direction. */
function acknowledgesUnseen(page: DataView, reverse: number, acknowledgement: number): boolean {
  const maxAck = page.getUint32(reverse + Direction.MAX_ACK, true);
  if (maxAck === 0 || sequenceDistance(acknowledgement, maxAck) <= 0) return false;
  const reverseNext = page.getUint32(reverse + Direction.NEXT_SEQUENCE, true);
  if (sequenceDistance(reverseNext, maxAck) > 0) {
    page.setUint32(reverse + Direction.MAX_ACK, reverseNext, true);
    return true;
  }
  const first = page.getInt32(reverse + Direction.DUPLICATE_ACKS, true) === 0;
  page.setInt32(reverse + Direction.DUPLICATE_ACKS, UNSEEN_REPORTED, true);
  return first;
}

/** Rule 7: spurious, fast, out of order or plain retransmission; 0 for new data. */
function kindOfRepetition(
  page: DataView,
  record: number,
  forward: number,
  reverse: number,
  segment: Segment,
  nextSequence: number,
  timeNs: number,
): number {
  const { sequence, payloadLength: length } = segment;
  const dataEnd = sequenceAdd(sequence, length);
  const end = (segment.flags & (SYN | FIN)) !== 0 ? sequenceAdd(dataEnd, 1) : dataEnd;
  const acknowledged = page.getUint32(reverse + Direction.LAST_ACK, true);
  if (length > 0 && acknowledged !== 0 && sequenceDistance(dataEnd, acknowledged) <= 0) {
    return AnalysisFlag.SPURIOUS_RETRANSMISSION | AnalysisFlag.RETRANSMISSION;
  }
  const repeats = nextSequence !== 0 && sequenceDistance(sequence, nextSequence) < 0;
  const afterProbe = length > 1 && sequence === sequenceAdd(nextSequence, -1);
  if (!repeats || afterProbe) return 0;

  const sinceAck = timeNs - page.getFloat64(reverse + Direction.LAST_ACK_TIME, true);
  const duplicateAcks = page.getInt32(reverse + Direction.DUPLICATE_ACKS, true);
  // Wireshark's count is unsigned: there its "reported" (−1) passes for many duplicate ACKs.
  const askedAgain = duplicateAcks >= 2 || duplicateAcks === UNSEEN_REPORTED;
  if (askedAgain && sequence === acknowledged && isWithin(sinceAck, FAST_RETRANSMISSION_NS)) {
    return AnalysisFlag.FAST_RETRANSMISSION | AnalysisFlag.RETRANSMISSION;
  }
  const initialRtt = page.getFloat64(record + Field.INITIAL_RTT, true);
  const threshold = initialRtt === 0 ? DEFAULT_REORDERING_NS : initialRtt;
  const sinceHighest = timeNs - page.getFloat64(forward + Direction.NEXT_SEQUENCE_TIME, true);
  if (end !== nextSequence && isWithin(sinceHighest, threshold)) return AnalysisFlag.OUT_OF_ORDER;
  return AnalysisFlag.RETRANSMISSION;
}

/** Wireshark compares times as unsigned numbers: time that runs backwards is longer than any that runs forwards. */
function isWithin(elapsedNs: number, limitNs: number): boolean {
  return elapsedNs < 0 === limitNs < 0 ? elapsedNs < limitNs : limitNs < 0;
}

/** Moves `NEXT_SEQUENCE` and `MAX_ACK`; a zero-window probe moves neither. */
function moveOn(
  page: DataView,
  forward: number,
  sequence: number,
  length: number,
  flags: number,
  analysis: number,
  nextSequence: number,
  timeNs: number,
): void {
  if ((analysis & AnalysisFlag.ZERO_WINDOW_PROBE) !== 0) return;
  const end = sequenceAdd(sequence, (flags & (SYN | FIN)) !== 0 ? length + 1 : length);
  let highest = nextSequence;
  if (nextSequence === 0 || sequenceDistance(end, nextSequence) > 0) {
    highest = end;
    page.setUint32(forward + Direction.NEXT_SEQUENCE, end, true);
    page.setFloat64(forward + Direction.NEXT_SEQUENCE_TIME, timeNs, true);
  }
  const maxAck = page.getUint32(forward + Direction.MAX_ACK, true);
  if (maxAck === 0 || sequence === maxAck) page.setUint32(forward + Direction.MAX_ACK, highest, true);
}
