/**
 * Round-trip times as seen from the tap: a segment that occupies sequence space → the ACK that ends exactly where it
 * ends. A cumulative ACK gives one sample, for the last segment that it covers (the others' would contain the
 * receiver's waiting). No sample from a range that was sent more than once, nor from an ACK that covers one (RFC 6298
 * §3, Karn's rule; tcptrace's `rtt_ackin` does the same), nor where bytes before it came later: the receiver waited for
 * them, so the sample would contain the repair of what was lost before the tap. Bias: a delayed ACK makes the sample
 * longer, never shorter. An ACK that carries data waited for the program that wrote them (RFC 9293 §3.8.6.3), so it is
 * a kind of its own, as is that of a FIN; all kinds together, but for handshakes whose SYN was repeated, are tcptrace's
 * samples.
 */
import type { Segment } from "../segments/segment.ts";
import { FIN, RST, SYN } from "../segments/tcp-flags.ts";
import type { Direction } from "./connection.ts";
import type { ConnectionSink } from "./connection-sink.ts";
import * as RoundTripKind from "./connection-sink.ts";
import type { Flight } from "./flight.ts";
import { sequenceAdd, sequenceDistance } from "./sequence.ts";

/**
 * Takes what `segment`'s ACK covers out of flight and reports the round trip.
 * @param sender the direction whose segments are acknowledged
 */
export function measureRoundTrips(
  sink: ConnectionSink,
  flight: Flight,
  sender: Direction,
  segment: Segment,
  timeNs: f64,
): void {
  const acknowledgement = segment.acknowledgement;
  noteAcknowledged(sender, acknowledgement);
  // A refusal is no answer of the stream.
  let ambiguous = (segment.flags & RST) !== 0;
  /** When the latest of the covered segments was recorded. */
  let latestNs: f64 = -Infinity;
  for (let entry = sender.flightHead; entry !== null; entry = sender.flightHead) {
    const beyond = sequenceDistance(entry.end, acknowledgement);
    if (beyond > 0) return;
    if (entry.copies > 1 || entry.isPart || entry.firstNs < latestNs) ambiguous = true;
    latestNs = entry.firstNs;
    const durationNs = timeNs - entry.firstNs;
    if (beyond === 0 && durationNs >= 0) {
      if (!ambiguous) {
        const leastNs = sender.leastRoundTripNs;
        if (durationNs < leastNs || leastNs === 0) sender.leastRoundTripNs = durationNs;
        sink.roundTrip(sender, kindOf(sender, segment, entry.end), durationNs);
      } else if (isHandshake(segment)) sink.roundTrip(sender, RoundTripKind.REPEATED_HANDSHAKE, durationNs);
    }
    flight.dropHead(sender, entry);
  }
}

function isHandshake(segment: Segment): boolean {
  return (segment.flags & (SYN | RST)) === SYN;
}

function kindOf(sender: Direction, segment: Segment, end: u32): i32 {
  if ((segment.flags & SYN) !== 0) return RoundTripKind.HANDSHAKE;
  if (end === sequenceAdd(sender.baseSequence, 1)) return RoundTripKind.HANDSHAKE_REPLY;
  if (sender.isFinSeen && end === sequenceAdd(sender.finSequence, 1)) return RoundTripKind.CLOSING;
  const isPure = segment.payloadLength === 0 && (segment.flags & FIN) === 0;
  return isPure ? RoundTripKind.DATA : RoundTripKind.ANSWERED_DATA;
}

function noteAcknowledged(sender: Direction, acknowledgement: u32): void {
  if (sender.isAcked && sequenceDistance(acknowledgement, sender.highestAcked) <= 0) return;
  sender.isAcked = true;
  sender.highestAcked = acknowledgement;
}
