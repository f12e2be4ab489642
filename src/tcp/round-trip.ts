/**
 * Round-trip times as seen from the tap: a segment that occupies sequence space → the ACK that ends exactly where it
 * ends. A cumulative ACK gives one sample, for the last segment that it covers (the others' would contain the
 * receiver's waiting). No sample from a range that was sent more than once, nor from an ACK that covers one (RFC 6298
 * §3, Karn's rule; tcptrace's `rtt_ackin` does the same), nor where bytes before it came later: the receiver waited for
 * them, so the sample would contain the repair of what was lost before the tap. Bias: a delayed ACK makes the sample
 * longer, never shorter.
 */
import { type Segment, TcpFlag } from "../packet/segment.ts";
import { Direction, DirectionFlag } from "./connection.ts";
import { type ConnectionSink, RoundTripKind } from "./connection-sink.ts";
import type { DirectionPlace } from "./direction-place.ts";
import { type Flight, NONE } from "./flight.ts";
import { sequenceAdd, sequenceDistance } from "./sequence.ts";

/**
 * Takes what `segment`'s ACK covers out of flight and reports the round trip.
 * @param sender the direction whose segments are acknowledged
 */
export function measureRoundTrips(
  sink: ConnectionSink,
  flight: Flight,
  sender: DirectionPlace,
  segment: Segment,
  timeNs: number,
): void {
  const { page, at } = sender;
  const acknowledgement = segment.acknowledgement;
  noteAcknowledged(page, at, acknowledgement);
  // A refusal is no answer of the stream.
  let ambiguous = (segment.flags & TcpFlag.RST) !== 0;
  /** When the latest of the covered segments was recorded. */
  let latestNs = Number.NEGATIVE_INFINITY;
  for (;;) {
    const entry = page.getInt32(at + Direction.FLIGHT_HEAD, true);
    if (entry === NONE) return;
    const end = flight.end(entry);
    const beyond = sequenceDistance(end, acknowledgement);
    if (beyond > 0) return;
    if (flight.copies(entry) > 1) ambiguous = true;
    const sentNs = flight.firstNs(entry);
    if (sentNs < latestNs) ambiguous = true;
    latestNs = sentNs;
    if (beyond === 0 && !ambiguous) {
      const duration = timeNs - sentNs;
      if (duration >= 0)
        sink.roundTrip(sender.connection, sender.side, kindOf(page, at, segment, end), duration);
    }
    flight.dropHead(page, at);
  }
}

function kindOf(page: DataView, at: number, segment: Segment, end: number): RoundTripKind {
  if ((segment.flags & TcpFlag.SYN) !== 0) return RoundTripKind.HANDSHAKE;
  const base = page.getUint32(at + Direction.BASE_SEQUENCE, true);
  return end === sequenceAdd(base, 1) ? RoundTripKind.HANDSHAKE_REPLY : RoundTripKind.DATA;
}

function noteAcknowledged(page: DataView, at: number, acknowledgement: number): void {
  const flags = page.getUint32(at + Direction.FLAGS, true);
  if ((flags & DirectionFlag.ACKED) === 0) {
    page.setUint32(at + Direction.FLAGS, flags | DirectionFlag.ACKED, true);
  } else if (sequenceDistance(acknowledgement, page.getUint32(at + Direction.HIGHEST_ACKED, true)) <= 0) {
    return;
  }
  page.setUint32(at + Direction.HIGHEST_ACKED, acknowledgement, true);
}
