/**
 * Segments of one direction joined to messages, as Wireshark 4.0 does it with its default preferences: segments that its
 * analysis takes for repeated or out of order are not read on their own, a message that spans segments is read in the frame that
 * completes it, and one of which a segment is missing never is.
 *
 * Invariants: messages are in ascending order of where they begin. Of a message the bytes before `readTo` were read; what is
 * stored lies at or after it.
 */
import { sequenceAdd, sequenceDistance } from "../../engine/tcp/sequence.ts";
import { Demand, type PayloadReader, type ReadContext, type UnfinishedMessage } from "./demand.ts";
import { NOTHING } from "./octets.ts";

/** "Everything up to the FIN", in bytes: below half of the sequence space. */
const UNTIL_FIN_LENGTH = 0x4000_0000;
/** Above this a segment's rest is not joined. */
const MAX_FIRST_LENGTH = 2 ** 20;
/** Messages that are remembered, to know their repeated segments. */
const MAX_MESSAGES = 64;

/** Bytes of a message that came, by their places in it. */
interface JoinedPiece {
  readonly start: number;
  readonly end: number;
  /** `null`: nobody needs them. */
  readonly bytes: Uint8Array | null;
}

interface JoinedMessage {
  /** Where it begins, and what comes after it, as far as is known. */
  begin: number;
  next: number;
  /** Whatever the next segment holds belongs to it. */
  takesWholeSegment: boolean;
  /** The last frame with a part of it. */
  lastFrame: number;
  /** Where it ends, once a segment that ends it came; −1 before. */
  end: number;
  isComplete: boolean;
  /** It was complete, and its reader asked for more. */
  goesOn: boolean;
  readTo: number;
  pieces: JoinedPiece[];
  unfinished: UnfinishedMessage | null;
}

/** One segment's payload. */
export interface JoinedSegment {
  frame: number;
  sequence: number;
  payload: Uint8Array;
  /** Payload bytes on the wire. */
  length: number;
  /** Wireshark's analysis says that it is a retransmission. */
  isRetransmission: boolean;
  /** Its analysis says something for which payloads are not read. */
  isUnread: boolean;
  isFin: boolean;
}

export class StreamJoiner {
  readonly #reader: PayloadReader;
  readonly #messages: JoinedMessage[] = [];
  #isUntilFin = false;
  #isFinSeen = false;

  constructor(reader: PayloadReader) {
    this.#reader = reader;
  }

  /** Forgets everything: the record is used again. */
  clear(): void {
    this.#messages.length = 0;
    this.#isUntilFin = false;
    this.#isFinSeen = false;
  }

  /** Takes a segment with payload, or with a FIN. */
  take(segment: JoinedSegment): void {
    const { isFin, length, payload } = segment;
    if (isFin && this.#isUntilFin && !this.#isFinSeen) {
      this.#isFinSeen = true;
      if (this.#endWithFin(segment)) return;
    }
    if (length === 0) return;
    if (payload.length < length) {
      // Cut off by the snap length: Wireshark reads what is there, and joins nothing.
      this.#read(
        payload,
        null,
        { isLast: isFin, mayAsk: false, missingBytes: length - payload.length },
        segment,
      );
    } else this.#join(segment);
  }

  /** Reads what is quoted of a segment. */
  takeQuoted(payload: Uint8Array): void {
    this.#reader.read(payload, null, { isLast: false, mayAsk: false, missingBytes: 0 });
  }

  #join(segment: JoinedSegment): void {
    const { sequence, length } = segment;
    const end = sequenceAdd(sequence, length);
    let at = sequence;
    // A message's last segment may hold the beginning of the next one: each turn takes one part of the segment.
    while (at !== end) {
      const part = this.#part(segment, at, end);
      if (part <= 0) return;
      at = sequenceAdd(at, part);
    }
  }

  /** @returns how many bytes were taken; 0: the rest of the segment is not read */
  #part(segment: JoinedSegment, at: number, end: number): number {
    const message = this.#messageAt(at);
    const isHere = message !== null && message.begin === at;
    if (isHere && !isAfter(end, message.next) && message.lastFrame !== segment.frame) return 0;
    const isContinued = message !== null && isAfter(message.next, at);
    if (segment.isRetransmission) return 0;
    return isContinued ? this.#continue(message, segment, at, end) : this.#begin(segment, at, end);
  }

  /** The last message that begins at or before a place. */
  #messageAt(at: number): JoinedMessage | null {
    for (let index = this.#messages.length - 1; index >= 0; index--) {
      const message = this.#messages[index] as JoinedMessage;
      if (!isAfter(message.begin, at)) return message;
    }
    return null;
  }

  /** The part of a segment that stands alone: its rest. */
  #begin(segment: JoinedSegment, at: number, end: number): number {
    const bytes = segment.payload.subarray(sequenceDistance(at, segment.sequence));
    const unfinished = this.#read(
      bytes,
      null,
      { isLast: segment.isFin, mayAsk: true, missingBytes: 0 },
      segment,
    );
    if (unfinished === null) return 0;
    const begin = sequenceAdd(at, this.#reader.unfinishedAt);
    if (unfinished.demand === Demand.untilFin) this.#isUntilFin = true;
    if (sequenceDistance(end, begin) > MAX_FIRST_LENGTH) return 0;
    const message: JoinedMessage = {
      begin,
      next: end,
      takesWholeSegment: false,
      lastFrame: segment.frame,
      end: -1,
      isComplete: false,
      goesOn: false,
      readTo: sequenceDistance(end, begin),
      pieces: [],
      unfinished,
    };
    this.#ask(message, end);
    this.#remember(message);
    return 0;
  }

  /** Moves on what comes after a message by what its reader asks for, from `from` on. */
  #ask(message: JoinedMessage, from: number): void {
    const demand = message.unfinished?.demand ?? Demand.none;
    if (demand === Demand.oneMoreSegment) {
      message.next = sequenceAdd(from, 1);
      message.takesWholeSegment = true;
    } else if (demand === Demand.untilFin) message.next = sequenceAdd(message.begin, UNTIL_FIN_LENGTH);
    else message.next = sequenceAdd(from, demand);
  }

  #remember(message: JoinedMessage): void {
    const messages = this.#messages;
    let place = messages.length;
    while (place > 0 && isAfter((messages[place - 1] as JoinedMessage).begin, message.begin)) place--;
    const replaces = place > 0 && (messages[place - 1] as JoinedMessage).begin === message.begin;
    if (replaces) messages[place - 1] = message;
    else messages.splice(place, 0, message);
    if (messages.length > MAX_MESSAGES) messages.shift();
  }

  /** The part of a segment that continues a message. */
  #continue(message: JoinedMessage, segment: JoinedSegment, at: number, end: number): number {
    message.lastFrame = segment.frame;
    const rest = sequenceDistance(end, at);
    const length = message.takesWholeSegment ? rest : Math.min(rest, sequenceDistance(message.next, at));
    if (this.#add(message, segment, at, length, isAfter(message.next, end))) {
      if (message.takesWholeSegment) {
        message.takesWholeSegment = false;
        if (isAfter(end, message.next)) message.next = end;
      }
      const goingOn = this.#readOn(message, segment, at, {
        isLast: segment.isFin,
        mayAsk: true,
        missingBytes: 0,
      });
      if (goingOn !== null) {
        const readTo = sequenceAdd(at, length);
        const isByBytes = (goingOn.unfinished?.demand ?? Demand.none) > 0;
        this.#ask(goingOn, latest(isByBytes ? readTo : end, goingOn.next));
        return length;
      }
    }
    return isAfter(end, message.next) ? sequenceDistance(message.next, at) : 0;
  }

  /** A FIN ends the message that takes everything up to it. @returns whether it was read */
  #endWithFin(segment: JoinedSegment): boolean {
    const { sequence, length } = segment;
    const message = this.#messageAt(sequenceAdd(sequence, -1));
    if (message === null || !this.#add(message, segment, sequence, length, false)) return false;
    this.#readOn(message, segment, sequence, { isLast: true, mayAsk: false, missingBytes: 0 });
    return true;
  }

  /**
   * Adds a part of a segment to a message.
   * @param isFollowed whether more of the message comes after it
   * @returns whether that completes the message
   */
  #add(
    message: JoinedMessage,
    { payload, sequence }: JoinedSegment,
    at: number,
    length: number,
    isFollowed: boolean,
  ): boolean {
    const start = sequenceDistance(at, message.begin);
    const end = start + length;
    if (message.isComplete && message.goesOn && end >= message.end) {
      message.isComplete = false;
      message.goesOn = false;
      message.end = -1;
    }
    if (!isFollowed && message.end < 0) message.end = end;
    if (message.isComplete) return false;
    if (end > message.readTo) {
      const from = sequenceDistance(at, sequence);
      const isOpaque = message.unfinished?.isOpaque ?? true;
      store(message.pieces, start, end, isOpaque ? null : payload.slice(from, from + length));
    }
    if (message.end < 0 || reach(message) < message.end) return false;
    message.isComplete = true;
    return true;
  }

  /** Reads what completed a message. @returns what goes on after it: the message itself, or one that begins in it */
  #readOn(
    message: JoinedMessage,
    segment: JoinedSegment,
    at: number,
    context: ReadContext,
  ): JoinedMessage | null {
    const { readTo, unfinished, end } = message;
    const bytes = unfinished === null || unfinished.isOpaque ? NOTHING : joined(message);
    message.readTo = end;
    message.pieces = [];
    const left = this.#read(bytes, unfinished, context, segment);
    message.unfinished = left;
    if (left === null) return null;
    if (left.demand === Demand.untilFin) this.#isUntilFin = true;
    const { unfinishedAt } = this.#reader;
    const begin = sequenceAdd(message.begin, readTo + unfinishedAt);
    if (unfinishedAt < 0 || !isAfter(begin, at)) {
      message.goesOn = true;
      return message;
    }
    // What comes next is a message of its own: a copy of its first segment must be known as one.
    message.unfinished = null;
    const next = { ...message, begin, unfinished: left, readTo: end - (readTo + unfinishedAt), end: -1 };
    next.isComplete = false;
    message.next = begin;
    this.#remember(next);
    return next;
  }

  #read(
    bytes: Uint8Array,
    message: UnfinishedMessage | null,
    context: ReadContext,
    { isUnread }: JoinedSegment,
  ): UnfinishedMessage | null {
    return isUnread ? null : this.#reader.read(bytes, message, context);
  }
}

function isAfter(a: number, b: number): boolean {
  return sequenceDistance(a, b) > 0;
}

function latest(a: number, b: number): number {
  return isAfter(a, b) ? a : b;
}

/** Keeps a piece in its place; what nobody reads becomes one with its neighbour. */
function store(pieces: JoinedPiece[], start: number, end: number, bytes: Uint8Array | null): void {
  const last = pieces.at(-1);
  if (bytes === null && last?.bytes === null && start >= last.start && start <= last.end) {
    pieces[pieces.length - 1] = { start: last.start, end: Math.max(last.end, end), bytes: null };
    return;
  }
  let place = pieces.length;
  while (place > 0 && (pieces[place - 1] as JoinedPiece).start > start) place--;
  pieces.splice(place, 0, { start, end, bytes });
}

/** Up to where a message is there without a gap. */
function reach({ pieces, readTo }: JoinedMessage): number {
  let end = readTo;
  for (const piece of pieces) if (piece.start <= end && piece.end > end) end = piece.end;
  return end;
}

/** The bytes of a message that were not read yet. */
function joined({ pieces, readTo, end }: JoinedMessage): Uint8Array {
  const bytes = new Uint8Array(end - readTo);
  for (const piece of pieces) {
    if (piece.bytes === null || piece.end <= readTo || piece.start >= end) continue;
    const from = Math.max(0, readTo - piece.start);
    const to = Math.min(piece.end, end) - piece.start;
    bytes.set(piece.bytes.subarray(from, to), piece.start + from - readTo);
  }
  return bytes;
}
