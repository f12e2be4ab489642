/**
 * Which segments a receiver takes (RFC 9293 §3.10.7.4, RFC 5961): those whose numbers lie in its window. What is left over
 * from a connection before, or made up, is thrown away by the receiver, and must not count here.
 *
 * The tap is no receiver: it may have missed segments. So a number counts as outside only where it is further away than
 * the sender could have been, by what was seen of both sides.
 */
import { max, min } from "../dialect/integers.ts";
import type { Segment } from "../segments/segment.ts";
import { ACK, RST, SYN } from "../segments/tcp-flags.ts";
import type { Direction } from "./connection.ts";
import { sequenceDistance } from "./sequence.ts";

/** The largest shift of a window (RFC 7323 §2.3): taken where no SYN told it. */
const LARGEST_WINDOW_SCALE: i32 = 14;
/** The largest window without a scale; none is taken to be smaller, as a window may grow unseen. */
const SMALLEST_WINDOW: i32 = 65_535;
/** No window is taken to be larger: four of them are less than half of the sequence space. */
const LARGEST_WINDOW: i32 = 1 << 28;
/** Until the stream has come this far, its first sequence number is a bound. */
const START_COUNTS_FOR: i32 = 1 << 30;

/** The usual segment: it begins where the one before it ended, and acknowledges what was seen, or what it did before. */
export function isNextInOrder(forward: Direction, reverse: Direction, segment: Segment): boolean {
  return (
    forward.isCovered &&
    segment.sequence === forward.highestEnd &&
    (segment.flags & (SYN | RST | ACK)) === ACK &&
    !isEnded(forward) &&
    ((reverse.isCovered && segment.acknowledgement === reverse.highestEnd) ||
      (reverse.isAcked && segment.acknowledgement === reverse.highestAcked))
  );
}

/** Where a sequence number of `sender` lies in what `receiver` may take: see below. */
export function placeOf(sender: Direction, receiver: Direction, sequence: u32): i32 {
  // Of a direction that was only acknowledged little is known, unless the handshake says that the ACK is right.
  if (!isKnown(sender) || (!sender.isCovered && !receiver.isStartKnown)) return INSIDE;
  const highest = highestOf(sender);
  const ahead = sequenceDistance(sequence, highest);
  const window = 2 * windowOf(receiver);
  // Nothing comes after the end.
  if (ahead > 0) return ahead > (isEnded(sender) ? 0 : window) ? AHEAD : INSIDE;
  if (sender.isStartKnown && sequenceDistance(sequence, sender.startSequence) < 0) {
    const length = sequenceDistance(highest, sender.startSequence);
    if (length >= 0 && length < START_COUNTS_FOR) return BEHIND;
    sender.isStartKnown = false;
  }
  return ahead < -window ? BEHIND : INSIDE;
}

/** Whether the receiver takes this RST: in its window, or, before the connection is open, an answer to its SYN. */
export function isResetTaken(forward: Direction, reverse: Direction, segment: Segment): boolean {
  const acknowledges = (segment.flags & ACK) !== 0;
  if (!isKnown(forward)) {
    if (!reverse.isStartKnown) return true;
    // RFC 9293 §3.10.7.3: a reset counts if it acknowledges the SYN.
    if (!acknowledges || segment.acknowledgement === reverse.startSequence) return false;
    return placeOf(reverse, forward, segment.acknowledgement) === INSIDE;
  }
  if (placeOf(forward, reverse, segment.sequence) === BEHIND) return false;
  if (forward.isAcked && sequenceDistance(segment.sequence, forward.highestAcked) < 0) return false;
  return sequenceDistance(segment.sequence, highestOf(forward)) <= windowOf(reverse);
}

/** Whether nothing more of the direction's sequence space can come. */
export function isEnded(direction: Direction): boolean {
  return direction.isFinSeen || direction.isStreamClosed;
}

/** Whether anything of the direction's sequence space is known. */
export function isKnown(direction: Direction): boolean {
  return direction.isCovered || direction.isAcked;
}

/** The highest sequence number that was seen of a direction, or acknowledged. */
export function highestOf(direction: Direction): u32 {
  if (!direction.isCovered) return direction.highestAcked;
  if (!direction.isAcked) return direction.highestEnd;
  const isAhead = sequenceDistance(direction.highestAcked, direction.highestEnd) > 0;
  return isAhead ? direction.highestAcked : direction.highestEnd;
}

/** Notes what a segment that was taken says of its side's window. */
export function noteWindow(direction: Direction, segment: Segment): void {
  direction.largestWindow = max(direction.largestWindow, segment.window);
  if ((segment.flags & SYN) === 0) return;
  // Without the option windows are not scaled.
  direction.windowScale = max(0, segment.windowScale);
  direction.isStartKnown = true;
  direction.startSequence = segment.sequence;
}

/** How far beyond what it has acknowledged a side may take data, at most. */
function windowOf(receiver: Direction): i32 {
  const scale = receiver.windowScale;
  const window = receiver.largestWindow << (scale === -1 ? LARGEST_WINDOW_SCALE : scale);
  return min(LARGEST_WINDOW, max(SMALLEST_WINDOW, window));
}

// Where a sequence or ACK number lies, seen from what is known of its direction.
/** Where it may be. */
export const INSIDE = 0;
/** Further back than anything that can still come. */
export const BEHIND = 1;
/** Further ahead than the window allows. */
export const AHEAD = 2;
