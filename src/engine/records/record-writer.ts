import { copyOctets } from "../dialect/byte-order.ts";
import { putDouble } from "../dialect/doubles.ts";
import { max } from "../dialect/integers.ts";
import { unfilledOctets, unfilledWords } from "../dialect/unfilled.ts";
import type { Segment } from "../segments/segment.ts";
import { FIN, RST, SYN } from "../segments/tcp-flags.ts";
import type { AddressTable } from "../tcp/address-table.ts";
import type { Connection, Direction } from "../tcp/connection.ts";
import type { ConnectionSink } from "../tcp/connection-sink.ts";
import type { SegmentFacts } from "../tcp/segment-facts.ts";
import { SegmentTally } from "../tcp/segment-tally.ts";
import type { StreamListener } from "../tcp/stream-listener.ts";
import * as Finding from "./records.ts";

/** Room to begin with: for what is handed on at a time (`count-thread.ts`). What is not needed is not touched. */
const INITIAL_WORDS: i32 = 1 << 18;
const INITIAL_OCTETS: i32 = 1 << 19;

/** Writes down what the tcp room tells, in its order, as words: see `findings.ts`. */
export class RecordWriter implements ConnectionSink, StreamListener {
  /** The records, in `words[0 … length)`. */
  words: Int32Array = unfilledWords(INITIAL_WORDS);
  length: i32 = 0;
  /** The bytes of streams that records speak of, in `octets[0 … octetsLength)`. */
  octets: Uint8Array = unfilledOctets(INITIAL_OCTETS);
  octetsLength: i32 = 0;
  /** Where it is written, and all memory that there is for it. */
  private place: i32 = 0;
  private readonly places: Int32Array[] = [];
  private readonly octetPlaces: Uint8Array[] = [];
  private readonly addresses: AddressTable;
  private readonly everySegment: boolean;
  /** Directions with a tally; those whose connection has ended meanwhile have told it. */
  private readonly tallied: Direction[] = [];
  /** Used again and again, so that the few that are in use stay in the processor's cache. */
  private readonly spareTallies: SegmentTally[] = [];
  /** The frame that is being processed. */
  private frameNumber: i32 = 0;
  private wireLength: i32 = 0;
  private timeNs: f64 = 0;
  private isFrameTold: boolean = true;
  /** Addresses that were written down already. */
  private addressesTold: i32 = 0;

  /** @param everySegment whether every segment is told, beside the tallies */
  constructor(addresses: AddressTable, everySegment: boolean) {
    this.addresses = addresses;
    this.everySegment = everySegment;
    this.places.push(this.words);
    this.octetPlaces.push(this.octets);
  }

  /** Begins anew in memory of this number, 0, 1, …: what was written elsewhere stays there until it is its turn again. */
  writeTo(place: i32): void {
    this.places[this.place] = this.words;
    this.octetPlaces[this.place] = this.octets;
    while (this.places.length <= place) {
      this.places.push(unfilledWords(this.words.length));
      this.octetPlaces.push(unfilledOctets(this.octets.length));
    }
    this.words = this.places[place] as Int32Array;
    this.octets = this.octetPlaces[place] as Uint8Array;
    this.place = place;
    this.length = 0;
    this.octetsLength = 0;
  }

  /** The frame whose segment is tracked next. It is written down when something is told of it that asks for it. */
  frame(number: i32, wireLength: i32, timeNs: f64): void {
    this.frameNumber = number;
    this.wireLength = wireLength;
    this.timeNs = timeNs;
    this.isFrameTold = false;
  }

  /** The frame's segment, after everything else about it was told; to be tallied, and told apart only where it has to be. */
  segment(direction: Direction, facts: SegmentFacts, segment: Segment): void {
    this.tallyOf(direction).add(facts, segment, this.wireLength, this.timeNs);
    if (facts.duplicate) return;
    const ends = (segment.flags & (FIN | RST)) !== 0;
    if (ends || ((segment.flags & SYN) !== 0 && facts.seenAgainBytes > 0))
      this.turn(direction, segment.flags);
    if (!this.everySegment) return;
    this.tellFrame();
    const at = this.take(Finding.SEGMENT_SIZE);
    const words = this.words;
    words[at] = Finding.SEGMENT;
    words[at + 1] = direction.key;
    words[at + 2] = facts.occupies ? 1 : 0;
    words[at + 3] = facts.newPayloadBytes > 0 ? 1 : 0;
  }

  /** Tells what was tallied and not told yet. */
  tellTallies(): void {
    const tallied = this.tallied;
    for (let index: i32 = 0; index < tallied.length; index++) this.tally(tallied[index] as Direction);
    tallied.length = 0;
  }

  /** A connection begins; `clientSide` −1: its SYN was not seen. */
  connectionOpened(connection: Connection, clientSide: i32): void {
    this.tellFrame();
    while (this.addressesTold < this.addresses.size) this.tellAddress(this.addressesTold++);
    const at = this.take(Finding.CONNECTION_OPENED_SIZE);
    const words = this.words;
    words[at] = Finding.CONNECTION_OPENED;
    words[at + 1] = connection.slot;
    words[at + 2] = clientSide;
    words[at + 3] = connection.ordinal;
    words[at + 4] = connection.address(0);
    words[at + 5] = connection.port(0);
    words[at + 6] = connection.address(1);
    words[at + 7] = connection.port(1);
  }

  /** The connection is gone: its slot may be used again. `isFailed`: its SYN was seen, and no answer to it. */
  connectionClosed(connection: Connection, isFailed: boolean): void {
    this.tally(connection.first);
    this.tally(connection.second);
    const at = this.take(Finding.CONNECTION_CLOSED_SIZE);
    this.words[at] = Finding.CONNECTION_CLOSED;
    this.words[at + 1] = connection.slot;
    this.words[at + 2] = isFailed ? 1 : 0;
  }

  /** A round trip of a segment of the direction, from the tap to the receiver and back; kinds: `round-trip-kind.ts`. */
  roundTrip(direction: Direction, kind: i32, durationNs: f64): void {
    if (this.everySegment) this.tellFrame();
    const at = this.take(Finding.ROUND_TRIP_SIZE);
    const words = this.words;
    words[at] = Finding.ROUND_TRIP;
    words[at + 1] = direction.key;
    words[at + 2] = kind;
    putDouble(words, at + 3, durationNs);
  }

  /**
   * `segments` of the direction that occupy sequence space were lost; negative where later evidence takes an earlier
   * count back.
   */
  lost(direction: Direction, place: i32, evidence: i32, segments: i32): void {
    this.tellFrame();
    this.tellLoss(Finding.LOST, direction, place, evidence, segments);
  }

  /** The evidence leaves a choice: of the direction's losses, `below` may be none, and `above` more may be. */
  unsure(direction: Direction, evidence: i32, below: i32, above: i32): void {
    this.tellLoss(Finding.UNSURE, direction, evidence, below, above);
  }

  /** One segment of the handshake was lost: a SYN beyond the tap or a SYN/ACK before it; nothing tells which. */
  lostEitherWay(slot: i32): void {
    const at = this.take(Finding.LOST_EITHER_WAY_SIZE);
    this.words[at] = Finding.LOST_EITHER_WAY;
    this.words[at + 1] = slot;
  }

  /** `connectionOpened` tells it. */
  open(_connection: i32, _fromStart: boolean, _clientSide: i32): void {}

  data(connection: i32, side: i32, bytes: Uint8Array, start: i32, end: i32, timeNs: f64, frame: i32): void {
    this.tellFrame();
    const length = end - start;
    this.tellStream(Finding.DATA, connection * 2 + side, length, timeNs, frame);
    const to = this.octetsLength;
    if (to + length > this.octets.length) this.growOctets(to + length);
    copyOctets(bytes, start, length, this.octets, to);
    this.octetsLength = to + length;
  }

  gap(connection: i32, side: i32, length: i32, timeNs: f64, frame: i32): void {
    this.tellFrame();
    this.tellStream(Finding.GAP, connection * 2 + side, length, timeNs, frame);
  }

  close(connection: i32, side: i32, reason: i32, timeNs: f64, frame: i32): void {
    this.tellFrame();
    this.tellStream(Finding.CLOSE, connection * 2 + side, reason, timeNs, frame);
  }

  /** `connectionClosed` tells it. */
  forget(_connection: i32): void {}

  /** A record of the loss estimate: LOST and UNSURE are of the same form. */
  private tellLoss(kind: i32, direction: Direction, first: i32, second: i32, third: i32): void {
    const at = this.take(Finding.LOST_SIZE);
    const words = this.words;
    words[at] = kind;
    words[at + 1] = direction.key;
    words[at + 2] = first;
    words[at + 3] = second;
    words[at + 4] = third;
  }

  /** A record of a stream: they are all of the same form. */
  private tellStream(kind: i32, ends: i32, what: i32, timeNs: f64, frame: i32): void {
    const at = this.take(Finding.DATA_SIZE);
    const words = this.words;
    words[at] = kind;
    words[at + 1] = ends;
    words[at + 2] = what;
    putDouble(words, at + 3, timeNs);
    words[at + 5] = frame;
  }

  private tallyOf(direction: Direction): SegmentTally {
    const known = direction.tally;
    if (known !== null) return known;
    const spare = this.spareTallies;
    const tally = spare.length > 0 ? (spare.pop() as SegmentTally) : new SegmentTally();
    direction.tally = tally;
    this.tallied.push(direction);
    return tally;
  }

  private turn(direction: Direction, flags: i32): void {
    this.tellFrame();
    const at = this.take(Finding.TURN_SIZE);
    this.words[at] = Finding.TURN;
    this.words[at + 1] = direction.key;
    this.words[at + 2] = flags;
  }

  private tally(direction: Direction): void {
    const tally = direction.tally;
    if (tally === null) return;
    const at = this.take(Finding.TALLY_SIZE);
    const words = this.words;
    words[at] = Finding.TALLY;
    words[at + 1] = direction.key;
    words[at + 2] = tally.frames;
    words[at + 3] = tally.lostSegments;
    putDouble(words, at + 4, tally.firstNs);
    putDouble(words, at + 6, tally.lastNs);
    words[at + 8] = tally.packets;
    putDouble(words, at + 9, tally.bytes);
    putDouble(words, at + 11, tally.payloadBytes);
    words[at + 13] = tally.zeroWindows;
    words[at + 14] = tally.resets;
    words[at + 15] = tally.idSteps;
    words[at + 16] = tally.nextIds;
    words[at + 17] = tally.segments;
    putDouble(words, at + 18, tally.newPayloadBytes);
    words[at + 20] = tally.retransmittedSegments;
    putDouble(words, at + 21, tally.retransmittedBytes);
    direction.tally = null;
    tally.clear();
    this.spareTallies.push(tally);
  }

  private tellFrame(): void {
    if (this.isFrameTold) return;
    this.isFrameTold = true;
    const at = this.take(Finding.FRAME_SIZE);
    const words = this.words;
    words[at] = Finding.FRAME;
    words[at + 1] = this.frameNumber;
    words[at + 2] = this.wireLength;
    putDouble(words, at + 3, this.timeNs);
  }

  private tellAddress(number: i32): void {
    const at = this.take(Finding.ADDRESS_SIZE);
    const words = this.words;
    words[at] = Finding.ADDRESS;
    words[at + 1] = this.addresses.version(number);
    for (let index: i32 = 0; index < 4; index++) words[at + 2 + index] = this.addresses.word(number, index);
  }

  /** Room for a record; where it starts. */
  private take(size: i32): i32 {
    const at = this.length;
    this.length = at + size;
    if (this.length > this.words.length) this.grow();
    return at;
  }

  private grow(): void {
    const larger = unfilledWords(2 * this.length);
    larger.set(this.words);
    this.words = larger;
  }

  private growOctets(length: i32): void {
    const larger = unfilledOctets(max(length, 2 * this.octets.length));
    larger.set(this.octets);
    this.octets = larger;
  }
}
