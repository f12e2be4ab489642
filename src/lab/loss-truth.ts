/**
 * Segments lost between two taps, one by one: the truth against which lbqos's estimate from one tap is checked. What the
 * sender's tap recorded is cut into the segments of the wire; each has arrived if a frame at the receiver's tap holds it.
 */
import { parseIpAddress } from "../packet/ip-address.ts";
import { NANOSECONDS_PER_MILLISECOND } from "../units.ts";
import { readTap, type TappedFrame } from "./tapped-segments.ts";

/** Wire segments of one direction; `_seq` counts those that occupy sequence space: SYN, data, FIN. */
export interface DirectionTruth {
  readonly sent: number;
  readonly lost: number;
  readonly sent_seq: number;
  readonly lost_seq: number;
  /** Frames that arrived and that nothing sent explains, but for copies that the network made: 0 where the truth is whole. */
  readonly unexplained: number;
}

/** A backend's truth, in the form of the truth files. */
export interface BackendTruth {
  readonly to_backend: DirectionTruth;
  readonly from_backend: DirectionTruth;
}

/** The time in which both recorders were at work, in ms since 1970. */
export interface RecordedTime {
  readonly fromUnixMs: number;
  readonly untilUnixMs: number;
}

/** A frame at the receiver's tap, and what of it is not explained yet. */
interface ArrivedFrame extends TappedFrame {
  /** Ranges of offsets from its first sequence number, ends excluded; of a frame without length, one empty range. */
  free: (readonly [from: number, to: number])[];
}

/** Both taps see one clock; one may keep microseconds. */
const CLOCK_RESOLUTION_NS = 1_000;
const SEQUENCE_SPACE = 2 ** 32;
const ID_SPACE = 2 ** 16;

/**
 * Compares the capture of a near tap with that of a tap at the backend. Both taps see the same clock.
 *
 * Segments are told apart by all of a segment that the way does not change: addresses, ports, sequence and acknowledgement
 * numbers, flags, window, timestamps, SACK blocks, length, and the ID of IPv4. Identical ones are matched in their order, and
 * none arrives before it was sent. Bias: where the network makes copies and neither ID nor timestamp tells a
 * repetition from what it repeats, a copy can hide the loss of the repetition.
 * @param ends addresses of the near tap's host, which asked, and of the backend
 * @param time segments sent before or after it don't count: one of the recorders may not have seen them
 * @throws Failure where a capture can't be read
 */
export async function lossBetween(
  nearCapture: string,
  backendCapture: string,
  ends: readonly [string, string],
  time: RecordedTime,
): Promise<BackendTruth> {
  const [peer, backend] = [parseIpAddress(ends[0]), parseIpAddress(ends[1])];
  const near = await readTap(nearCapture, peer, backend, time.fromUnixMs);
  const far = await readTap(backendCapture, peer, backend, time.fromUnixMs);
  const durationNs = (time.untilUnixMs - time.fromUnixMs) * NANOSECONDS_PER_MILLISECOND;
  return {
    to_backend: directionTruth(near.toBackend, far.toBackend, durationNs),
    from_backend: directionTruth(far.fromBackend, near.fromBackend, durationNs),
  };
}

function directionTruth(
  sender: readonly TappedFrame[],
  receiver: readonly TappedFrame[],
  durationNs: number,
): DirectionTruth {
  const isInTime = ({ timeNs }: TappedFrame) => timeNs >= 0 && timeNs <= durationNs;
  const arrivals = new Arrivals(receiver);
  const truth = { sent: 0, lost: 0, sent_seq: 0, lost_seq: 0 };
  const sentOnce = new Set<string>();
  for (const frame of sender) {
    for (const segment of cutUp(frame)) {
      const hasArrived = arrivals.take(segment);
      sentOnce.add(identityOf(segment));
      if (!isInTime(frame)) continue;
      truth.sent += 1;
      if (segment.length > 0) truth.sent_seq += 1;
      if (hasArrived) continue;
      truth.lost += 1;
      if (segment.length > 0) truth.lost_seq += 1;
    }
  }
  const unexplained = arrivals.left().filter((frame) => isInTime(frame) && !sentOnce.has(identityOf(frame)));
  return { ...truth, unexplained: unexplained.length };
}

function identityOf({ shared, sequence, length, ipId }: TappedFrame): string {
  return `${shared} ${sequence} ${length} ${ipId}`;
}

/** The segments that a frame is cut into on its way to the wire; their IPv4 IDs count up (Linux: inet_gso_segment). */
function cutUp(frame: TappedFrame): TappedFrame[] {
  const { payload, wirePayload, sequence, ipId } = frame;
  const count = Math.ceil(payload / wirePayload);
  if (count <= 1) return [frame];
  return Array.from({ length: count }, (_, index) => {
    const before = index * wirePayload;
    const isLast = index === count - 1;
    return {
      ...frame,
      sequence: (sequence + before) % SEQUENCE_SPACE,
      payload: isLast ? payload - before : wirePayload,
      // A FIN goes with the last bytes.
      length: isLast ? frame.length - before : wirePayload,
      ipId: ipId < 0 ? ipId : (ipId + index) % ID_SPACE,
    };
  });
}

/** The frames that a receiver's tap recorded, each taken as often as it holds segments. */
class Arrivals {
  readonly #frames: readonly ArrivedFrame[];
  readonly #same = new Map<string, ArrivedFrame[]>();
  readonly #alike = new Map<string, ArrivedFrame[]>();

  constructor(frames: readonly TappedFrame[]) {
    this.#frames = frames.map((frame) => ({ ...frame, free: [[0, frame.length]] }));
    for (const frame of this.#frames) {
      append(this.#same, identityOf(frame), frame);
      append(this.#alike, frame.shared, frame);
    }
  }

  /** Takes the first frame that holds the segment and was recorded no sooner than it was sent. @returns whether there is one */
  take(segment: TappedFrame): boolean {
    const isLater = ({ timeNs }: ArrivedFrame) => timeNs + CLOCK_RESOLUTION_NS >= segment.timeNs;
    const same = this.#same
      .get(identityOf(segment))
      ?.find((frame) => isLater(frame) && holds(frame, 0, segment.length));
    const found =
      same ??
      this.#alike.get(segment.shared)?.find((frame) => {
        const offset = offsetIn(frame, segment);
        return (
          segment.length > 0 &&
          isLater(frame) &&
          holds(frame, offset, offset + segment.length) &&
          hasIdAt(frame, offset, segment.ipId)
        );
      });
    if (found === undefined) return false;
    const from = offsetIn(found, segment);
    const to = from + segment.length;
    found.free = found.free.flatMap((range) => {
      const [start, end] = range;
      if (from < start || to > end) return [range];
      return [...(start < from ? [[start, from] as const] : []), ...(to < end ? [[to, end] as const] : [])];
    });
    return true;
  }

  /** Frames of which something was not taken. */
  left(): ArrivedFrame[] {
    return this.#frames.filter(({ free }) => free.length > 0);
  }
}

function append(lists: Map<string, ArrivedFrame[]>, key: string, frame: ArrivedFrame): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [frame]);
  else list.push(frame);
}

/** Where a segment begins in a frame, in sequence numbers. */
function offsetIn({ sequence }: TappedFrame, segment: TappedFrame): number {
  return (segment.sequence - sequence + SEQUENCE_SPACE) % SEQUENCE_SPACE;
}

function holds({ free }: ArrivedFrame, from: number, to: number): boolean {
  return free.some(([start, end]) => start <= from && to <= end);
}

/** Whether a segment with that ID can lie at an offset: IDs count up from the frame's, one a segment of a byte or more. */
function hasIdAt({ ipId }: ArrivedFrame, offset: number, id: number): boolean {
  if (ipId < 0) return true;
  const steps = (id - ipId + ID_SPACE) % ID_SPACE;
  return offset === 0 ? steps === 0 : steps > 0 && steps <= offset;
}
