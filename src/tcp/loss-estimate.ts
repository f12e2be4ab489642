/**
 * How many segments were lost, and where, as seen from one tap. Counting retransmissions is not measuring loss: a lost
 * ACK makes a sender repeat data that had arrived. Each kind of evidence has its own file, with its bias:
 *
 * - `suspected-copies.ts`: beyond the tap, by repetition, taken back by duplicate SACKs and echoed timestamps;
 * - `id-gaps.ts`: before the tap, by gaps in IPv4 IDs;
 * - `lost-holes.ts`: before the tap, by holes that were repaired; capture drops, by holes that were acknowledged;
 * - `lost-handshakes.ts`: SYN/ACKs before the tap, by their timing.
 *
 * Where the evidence leaves a choice, the bounds of the estimate are told too (`ConnectionSink.unsure`).
 */
import type { Segment } from "../packet/segment.ts";
import { ACK, RST, SYN } from "../packet/tcp-flags.ts";
import { ConnectionFlag, Direction, DirectionFlag, Field } from "./connection.ts";
import { type ConnectionSink, LossEvidence, LossPlace } from "./connection-sink.ts";
import type { Coverage } from "./coverage.ts";
import type { DirectionPlace } from "./direction-place.ts";
import { EchoClock } from "./echo-clock.ts";
import { type Flight, NONE } from "./flight.ts";
import { IdGaps } from "./id-gaps.ts";
import type { IdStep } from "./id-step.ts";
import { LostHandshakes } from "./lost-handshakes.ts";
import { LostHoles } from "./lost-holes.ts";
import { sequenceDistance } from "./sequence.ts";
import { SuspectedCopies } from "./suspected-copies.ts";

/** A receiver that speaks this many initial RTTs after a segment without acknowledging it has not received it. */
const ANSWER_RTTS = 2;

export class LossEstimate {
  readonly #sink: ConnectionSink;
  readonly #flight: Flight;
  readonly #coverage: Coverage;
  readonly #copies: SuspectedCopies;
  readonly #ids: IdGaps;
  readonly #holes: LostHoles;
  readonly #handshakes: LostHandshakes;

  constructor(sink: ConnectionSink, flight: Flight, coverage: Coverage) {
    const clock = new EchoClock(flight);
    this.#sink = sink;
    this.#flight = flight;
    this.#coverage = coverage;
    this.#copies = new SuspectedCopies(sink, flight);
    this.#ids = new IdGaps(sink, coverage, clock);
    this.#holes = new LostHoles(sink, coverage, this.#ids);
    this.#handshakes = new LostHandshakes(sink, flight, clock);
  }

  /** How the last segment's IPv4 ID followed its predecessor's. */
  get idStep(): IdStep {
    return this.#ids.step;
  }

  /**
   * Takes a segment, after its coverage is known and before its ACK takes the other side's segments out of flight.
   * @param occupies it occupies sequence space, `space` of it
   */
  segment(
    forward: DirectionPlace,
    reverse: DirectionPlace,
    record: number,
    segment: Segment,
    occupies: boolean,
    space: number,
    timeNs: number,
  ): void {
    const coverage = this.#coverage;
    const { flags } = segment;
    this.#ids.follow(forward, reverse, segment, occupies, timeNs);
    if (occupies) {
      if (coverage.seenAgain > 0) this.#copies.repeated(forward, segment, space, timeNs);
      if (coverage.filled !== null) this.#holes.filled(forward, record, coverage.filled, segment, timeNs);
      if ((flags & SYN) !== 0) this.#handshake(forward, reverse, segment, timeNs);
    }
    if ((flags & ACK) === 0 || (flags & RST) !== 0) return;
    const { page, at } = reverse;
    const troubled =
      page.getUint32(at + Direction.FLAGS, true) & (DirectionFlag.HOLES | DirectionFlag.SUSPECTED);
    const highest = page.getUint32(at + Direction.HIGHEST_END, true);
    if (troubled === 0 && highest === segment.acknowledgement) return;
    this.#holes.acknowledged(reverse, segment.acknowledgement, timeNs);
    this.#copies.acknowledged(reverse, segment);
  }

  /** The connection ends. */
  end(place: DirectionPlace, reverse: DirectionPlace, record: number): void {
    this.#handshakes.end(place.connection);
    this.#tail(place, reverse, record);
    this.#copies.end(place);
    this.#holes.end(place);
  }

  #handshake(forward: DirectionPlace, reverse: DirectionPlace, segment: Segment, timeNs: number): void {
    if (segment.maximumSegmentSize > 0) {
      forward.page.setUint32(forward.at + Direction.ANNOUNCED_MSS, segment.maximumSegmentSize, true);
    }
    this.#handshakes.segment(forward, reverse, segment, timeNs);
  }

  /**
   * Segments that nobody acknowledged before the connection ended. Where the receiver spoke on, well after it should
   * have had them, they were lost beyond the tap; otherwise nothing tells, and they widen the upper bound. A reset says
   * that the receiver didn't want them.
   */
  #tail(place: DirectionPlace, reverse: DirectionPlace, record: number): void {
    const { page } = place;
    const flags = page.getUint32(record + Field.FLAGS, true);
    if ((flags & ConnectionFlag.ANSWERED) === 0 || (flags & ConnectionFlag.RESET) !== 0) return;
    const spokeNs = page.getFloat64(reverse.at + Direction.LAST_TIME, true);
    const answerNs = ANSWER_RTTS * page.getFloat64(record + Field.INITIAL_RTT, true);
    const acked = (page.getUint32(place.at + Direction.FLAGS, true) & DirectionFlag.ACKED) !== 0;
    const highestAcked = page.getUint32(place.at + Direction.HIGHEST_ACKED, true);
    let entry = page.getInt32(place.at + Direction.FLIGHT_HEAD, true);
    for (; entry !== NONE; entry = this.#flight.next(entry)) {
      // Recorded after its ACK: two capture queues.
      if (acked && sequenceDistance(this.#flight.end(entry), highestAcked) <= 0) continue;
      const ignored = answerNs > 0 && spokeNs - this.#flight.lastNs(entry) > answerNs;
      if (ignored) this.#sink.lost(place.connection, place.side, LossPlace.BEYOND_TAP, LossEvidence.ANY, 1);
      this.#sink.unsure(place.connection, place.side, LossEvidence.ANY, ignored ? 1 : 0, ignored ? 0 : 1);
    }
  }
}
