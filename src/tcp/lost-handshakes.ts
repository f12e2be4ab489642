/**
 * SYN/ACKs lost before the tap. A SYN/ACK that comes a timeout after the SYN that it answers was sent before: Linux
 * repeats it after 1 s, 3 s, 7 s … The echoed timestamp says which SYN it answers; without timestamps, the last one.
 *
 * When the first SYN/ACK was lost, client and server repeat at about the same time, and the server answers the second
 * SYN once more: two SYN/ACKs are due. Where only one was recorded, either the second SYN was lost beyond the tap or a
 * second SYN/ACK before it; the capture can't tell which, so the metrics room decides by the losses around it.
 */
import { type Segment, TcpFlag } from "../packet/segment.ts";
import { Direction } from "./connection.ts";
import { type ConnectionSink, LossEvidence, LossPlace } from "./connection-sink.ts";
import type { DirectionPlace } from "./direction-place.ts";
import type { EchoClock } from "./echo-clock.ts";
import { type Flight, NONE } from "./flight.ts";

/** SYN and SYN/ACK are first repeated after 1 s (RFC 6298 §2.1); timers fire a little early against the tap's clock. */
const SYN_TIMEOUT_LATE_NS = 900_000_000;
/** Up to here only the first repetition can have happened. */
const SECOND_TIMEOUT_NS = 1_900_000_000;

/** A handshake whose first SYN/ACK was lost. */
interface LateHandshake {
  syns: number;
  synAcks: number;
}

export class LostHandshakes {
  readonly #sink: ConnectionSink;
  readonly #clock: EchoClock;
  readonly #flight: Flight;
  readonly #late = new Map<number, LateHandshake>();

  constructor(sink: ConnectionSink, flight: Flight, clock: EchoClock) {
    this.#flight = flight;
    this.#sink = sink;
    this.#clock = clock;
  }

  /**
   * Takes a segment with SYN.
   * @param reverse the other direction: for a SYN/ACK, the one whose SYN it answers
   */
  segment(place: DirectionPlace, reverse: DirectionPlace, segment: Segment, timeNs: number): void {
    const known = this.#late.size === 0 ? undefined : this.#late.get(place.connection);
    if ((segment.flags & TcpFlag.ACK) === 0) {
      if (known !== undefined) known.syns++;
      return;
    }
    if (known !== undefined) {
      known.synAcks++;
      return;
    }
    const entry = reverse.page.getInt32(reverse.at + Direction.FLIGHT_HEAD, true);
    if (entry === NONE) return;
    const sinceSynNs = timeNs - this.#clock.echoedNs(entry, segment);
    if (sinceSynNs < SYN_TIMEOUT_LATE_NS) return;
    const lost = Math.round(Math.log2(sinceSynNs / 1e9 + 1));
    this.#sink.lost(place.connection, place.side, LossPlace.BEFORE_TAP, LossEvidence.ANY, lost);
    if (sinceSynNs < SECOND_TIMEOUT_NS)
      this.#late.set(place.connection, { syns: this.#flight.copies(entry), synAcks: 1 });
  }

  /** The connection ends: was a SYN/ACK due that was not recorded? */
  end(connection: number): void {
    if (this.#late.size === 0) return;
    const late = this.#late.get(connection);
    if (late === undefined) return;
    this.#late.delete(connection);
    if (late.syns === 2 && late.synAcks === 1) this.#sink.lostEitherWay(connection);
  }
}
