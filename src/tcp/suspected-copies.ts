/**
 * Losses beyond the tap: segments that were recorded and never reached the receiver.
 *
 * A segment sent again while unacknowledged puts one earlier copy under suspicion. It is taken back when the receiver
 * shows that an earlier copy had arrived:
 * - a duplicate SACK (RFC 2883 §4) names bytes that arrived twice;
 * - the covering ACK echoes the timestamp of an earlier copy (RFC 7323 §4.3; Eifel detection, RFC 3522 §3.2): SYN/ACK
 *   and TIME_WAIT ACKs, which carry no duplicate SACK, echo the first copy that arrived.
 * A copy of bytes that the capture had already seen acknowledged is no evidence of loss.
 *
 * Bias: where the receiver has neither SACK nor timestamps, or its duplicate SACK was itself lost, a spurious
 * retransmission counts as a loss: too high, never too low. Without either, the lower bound leaves those out.
 */
import type { Segment } from "../packet/segment.ts";
import { Direction, DirectionFlag } from "./connection.ts";
import { type ConnectionSink, LossEvidence, LossPlace } from "./connection-sink.ts";
import { type DirectionPlace, keyOf } from "./direction-place.ts";
import { type Flight, NONE } from "./flight.ts";
import { sequenceAdd, sequenceDistance } from "./sequence.ts";

/** Retransmissions remembered per direction while their acknowledgement is awaited. */
const MOST_SUSPICIONS = 256;

/** A retransmission that put earlier copies under suspicion. */
interface Suspicion {
  readonly start: number;
  readonly end: number;
  /** Copies that it says were lost; 0 once they are taken back. */
  losses: number;
}

/** RFC 2883 §4: the first block lies below the ACK, or inside the second block. */
export function isDuplicateSack(segment: Segment): boolean {
  if (segment.sackCount === 0) return false;
  const left = segment.sackLeft[0] as number;
  const right = segment.sackRight[0] as number;
  if (sequenceDistance(right, segment.acknowledgement) <= 0) return true;
  if (segment.sackCount < 2) return false;
  return (
    sequenceDistance(left, segment.sackLeft[1] as number) >= 0 &&
    sequenceDistance(right, segment.sackRight[1] as number) <= 0
  );
}

export class SuspectedCopies {
  readonly #sink: ConnectionSink;
  readonly #flight: Flight;
  readonly #suspicions = new Map<number, Suspicion[]>();

  constructor(sink: ConnectionSink, flight: Flight) {
    this.#sink = sink;
    this.#flight = flight;
  }

  /** A segment was seen again: which copies in flight does it put under suspicion? */
  repeated(place: DirectionPlace, segment: Segment, space: number, timeNs: number): void {
    const { page, at } = place;
    const flight = this.#flight;
    const start = segment.sequence;
    const end = sequenceAdd(start, space);
    let losses = 0;
    let entry = page.getInt32(at + Direction.FLIGHT_HEAD, true);
    while (entry !== NONE && sequenceDistance(flight.start(entry), end) < 0) {
      if (sequenceDistance(flight.end(entry), start) > 0) {
        losses++;
        flight.repeat(entry, timeNs, segment.timestampValue);
      }
      entry = flight.next(entry);
    }
    if (losses === 0) return;
    const suspicions = this.#suspicionsOf(place);
    if (suspicions.length === MOST_SUSPICIONS) suspicions.shift();
    suspicions.push({ start, end, losses });
    this.#lost(place, losses);
    // Without timestamps and SACK nothing can clear it.
    if (!segment.hasTimestamp) this.#sink.unsure(place.connection, place.side, LossEvidence.ANY, losses, 0);
  }

  /** The receiver of `place`'s segments sent an ACK: takes back what it clears. Call before it empties the flight. */
  acknowledged(place: DirectionPlace, segment: Segment): void {
    const { page, at } = place;
    if ((page.getUint32(at + Direction.FLAGS, true) & DirectionFlag.SUSPECTED) === 0) return;
    const suspicions = this.#suspicions.get(keyOf(place));
    if (suspicions === undefined) return;
    if (isDuplicateSack(segment)) {
      this.#takeBack(place, suspicions, segment.sackLeft[0] as number, segment.sackRight[0] as number, 1);
    } else if (segment.hasTimestamp) {
      this.#clearByEcho(place, suspicions, segment);
    }
  }

  /** The connection ends. */
  end(place: DirectionPlace): void {
    const flags = place.page.getUint32(place.at + Direction.FLAGS, true);
    if ((flags & DirectionFlag.SUSPECTED) !== 0) this.#suspicions.delete(keyOf(place));
  }

  /** The ACK covers repeated segments: its echoed timestamp says which copy arrived first. */
  #clearByEcho(place: DirectionPlace, suspicions: Suspicion[], segment: Segment): void {
    const flight = this.#flight;
    const echo = segment.timestampEcho;
    let entry = place.page.getInt32(place.at + Direction.FLIGHT_HEAD, true);
    while (entry !== NONE && sequenceDistance(flight.end(entry), segment.acknowledgement) <= 0) {
      const copies = flight.copies(entry);
      if (copies > 1 && sequenceDistance(echo, flight.lastTimestamp(entry)) < 0) {
        const firstArrived = sequenceDistance(echo, flight.firstTimestamp(entry)) <= 0;
        const cleared = firstArrived ? copies - 1 : 1;
        this.#takeBack(place, suspicions, flight.start(entry), flight.end(entry), cleared);
      }
      entry = flight.next(entry);
    }
  }

  /** Takes up to `most` losses back, latest suspicion first. */
  #takeBack(place: DirectionPlace, suspicions: Suspicion[], start: number, end: number, most: number): void {
    let taken = 0;
    for (let index = suspicions.length - 1; index >= 0 && taken < most; index--) {
      const suspicion = suspicions[index] as Suspicion;
      const overlaps =
        sequenceDistance(suspicion.start, end) < 0 && sequenceDistance(suspicion.end, start) > 0;
      if (!overlaps || suspicion.losses === 0) continue;
      suspicion.losses--;
      taken++;
    }
    if (taken > 0) this.#lost(place, -taken);
  }

  #suspicionsOf(place: DirectionPlace): Suspicion[] {
    const key = keyOf(place);
    let suspicions = this.#suspicions.get(key);
    if (suspicions === undefined) {
      suspicions = [];
      this.#suspicions.set(key, suspicions);
      const flags = place.page.getUint32(place.at + Direction.FLAGS, true);
      place.page.setUint32(place.at + Direction.FLAGS, flags | DirectionFlag.SUSPECTED, true);
    }
    return suspicions;
  }

  #lost(place: DirectionPlace, segments: number): void {
    this.#sink.lost(place.connection, place.side, LossPlace.BEYOND_TAP, LossEvidence.ANY, segments);
  }
}
