/**
 * One RTP stream (both endpoints and an SSRC): which packets are missing (RFC 3550 A.1, A.3), how unevenly they came (A.8), and
 * whether it is RTP at all. Jitter's mean and maximum are taken over the packets that Wireshark takes (`ui/tap-rtp-analysis.c`).
 */
import { NANOSECONDS_PER_MILLISECOND, NANOSECONDS_PER_SECOND } from "../../units.ts";
import type { RtpHeader } from "./rtp-header.ts";

const SEQUENCES = 2 ** 16;
/** Sequence numbers, newest ones, of which it is known whether they came; a later packet is of a sequence begun anew. */
const WINDOW = 1024;
/** A step of more is a loss only where time enough has passed for so many packets (RFC 3550 A.1: MAX_DROPOUT). */
const MAX_DROPOUT = 3000;
/** Such a step in less than this share of the time that it would have taken is no loss. */
const LEAST_TIME = 0.25;

/** What makes a stream RTP where nobody said so: so many packets over such a time, … */
const LEAST_PACKETS = 16;
const LEAST_NS = 0.2 * NANOSECONDS_PER_SECOND;
/** … nearly all of which step on by 1 … 100, … */
const GOOD_SHARE = 0.9;
const SMALL_STEP = 100;
/** … while timestamps move at the rate of a media clock; where the payload type tells it, at twice or half of it at most. */
const SLOWEST_CLOCK_HZ = 4000;
const FASTEST_CLOCK_HZ = 200_000;
const RATE_FACTOR = 2;

/** Of a stream's packets that a selection shows. */
interface PacketCounts {
  packets: number;
  lost: number;
  copies: number;
}

const NOTHING: Readonly<PacketCounts> = { packets: 0, lost: 0, copies: 0 };

export class RtpStream {
  readonly number: number;
  readonly ssrc: number;
  /** The ends' addresses, 4 or 16 bytes. */
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** The user said that there is RTP on its port. */
  readonly isAsserted: boolean;

  packets = 0;
  /** Expected less received: a copy hides one. */
  lost = 0;
  /** Packets whose number had come before. */
  copies = 0;
  /** How often numbers began anew. */
  restarts = 0;
  readonly payloadTypes = new Set<number>();
  /** The last one that is known; `null`: none was. */
  clockRateHz: number | null = null;
  meanJitterMs = 0;
  maxJitterMs = 0;
  /** Of the packet taken last: packets lost before it (less than 0: it filled a gap), and whether it is a copy. */
  lostBefore = 0;
  isCopy = false;

  /** By the number of a selection. */
  readonly #ofSelections: PacketCounts[] = [];
  readonly #seen = new Uint8Array(WINDOW);
  #lowest = 0;
  #highest = 0;
  #firstNs = 0;
  #lastNs = 0;
  #smallSteps = 0;
  #lastTimestamp = 0;
  /** Steps of the timestamp, and the time that they took; none across a beginning anew. */
  #ticks = 0;
  #tickingNs = 0;
  #jitterMs = 0;
  #lastClockedNs = 0;
  #lastClockedTimestamp = 0;
  #hasClocked = false;
  #wasComfortNoise = false;

  constructor(
    number: number,
    ssrc: number,
    source: Uint8Array,
    sourcePort: number,
    destination: Uint8Array,
    destinationPort: number,
    isAsserted: boolean,
  ) {
    this.number = number;
    this.ssrc = ssrc;
    this.source = source;
    this.sourcePort = sourcePort;
    this.destination = destination;
    this.destinationPort = destinationPort;
    this.isAsserted = isAsserted;
  }

  /** Whether the evidence is good enough to call it RTP. */
  get isCertain(): boolean {
    if (this.isAsserted) return true;
    const durationNs = this.#tickingNs;
    if (this.packets < LEAST_PACKETS || durationNs < LEAST_NS || this.ssrc === 0) return false;
    if (this.#smallSteps < LEAST_PACKETS - 1) return false;
    if (this.#smallSteps + this.copies < GOOD_SHARE * (this.packets - 1)) return false;
    const rateHz = (this.#ticks * NANOSECONDS_PER_SECOND) / durationNs;
    const known = this.clockRateHz;
    if (known !== null) return rateHz >= known / RATE_FACTOR && rateHz <= known * RATE_FACTOR;
    return rateHz >= SLOWEST_CLOCK_HZ && rateHz <= FASTEST_CLOCK_HZ;
  }

  /**
   * Takes the next packet.
   * @param clockRateHz of its payload; `null`: not known
   */
  take(header: RtpHeader, timeNs: number, clockRateHz: number | null): void {
    this.payloadTypes.add(header.payloadType);
    const begun = this.restarts;
    this.#place(header.sequence, timeNs);
    if (this.packets === 0) this.#firstNs = timeNs;
    else if (this.restarts === begun) {
      this.#ticks += (header.timestamp - this.#lastTimestamp) | 0;
      this.#tickingNs += timeNs - this.#lastNs;
    } else this.#hasClocked = false;
    this.#lastTimestamp = header.timestamp;
    this.#lastNs = timeNs;
    if (clockRateHz !== null) this.#takeJitter(header, timeNs, clockRateHz);
    this.#wasComfortNoise = header.isComfortNoise;
    this.packets++;
    this.lost += this.lostBefore;
    if (this.isCopy) this.copies++;
  }

  /** Counts the packet taken last for a selection, too. */
  countFor(selection: number): void {
    let counts = this.#ofSelections[selection];
    if (counts === undefined) {
      counts = { packets: 0, lost: 0, copies: 0 };
      this.#ofSelections[selection] = counts;
    }
    counts.packets++;
    counts.lost += this.lostBefore;
    if (this.isCopy) counts.copies++;
  }

  /** What was counted for a selection. */
  countsOf(selection: number): Readonly<PacketCounts> {
    return this.#ofSelections[selection] ?? NOTHING;
  }

  /** Where the packet stands among those that came. */
  #place(sequence: number, timeNs: number): void {
    this.lostBefore = 0;
    this.isCopy = false;
    if (this.packets === 0) {
      // A number above 0 even where earlier ones come late.
      this.#begin(sequence + SEQUENCES);
      return;
    }
    const step = ((sequence - this.#highest) << 16) >> 16;
    const extended = this.#highest + step;
    if (step > 0) {
      if (this.#isJump(step, timeNs - this.#lastNs)) this.#beginAnew(extended);
      else this.#moveTo(extended, step);
    } else if (step <= -WINDOW) this.#beginAnew(extended);
    else if (this.#seen[extended % WINDOW] === 1) {
      this.isCopy = true;
      this.lostBefore = -1;
    } else {
      this.#seen[extended % WINDOW] = 1;
      const isBeforeAll = extended < this.#lowest;
      this.lostBefore = isBeforeAll ? this.#lowest - extended - 1 : -1;
      if (isBeforeAll) this.#lowest = extended;
    }
  }

  #moveTo(extended: number, step: number): void {
    for (let skipped = Math.max(this.#highest + 1, extended - WINDOW + 1); skipped < extended; skipped++) {
      this.#seen[skipped % WINDOW] = 0;
    }
    this.#seen[extended % WINDOW] = 1;
    this.#highest = extended;
    this.lostBefore = step - 1;
    if (step <= SMALL_STEP) this.#smallSteps++;
  }

  /** A large step that the time passed is too short for: the sender began anew. */
  #isJump(step: number, gapNs: number): boolean {
    if (step <= MAX_DROPOUT || this.packets < 2) return false;
    const usualNs = (this.#lastNs - this.#firstNs) / (this.packets - 1);
    return gapNs < LEAST_TIME * step * usualNs;
  }

  #beginAnew(extended: number): void {
    this.restarts++;
    this.#begin(extended < SEQUENCES ? extended + SEQUENCES : extended);
  }

  #begin(extended: number): void {
    this.#seen.fill(0);
    this.#seen[extended % WINDOW] = 1;
    this.#lowest = extended;
    this.#highest = extended;
  }

  /** J ← J + (|D| − J) / 16, where D is how much later than its timestamp says the packet came, beside the one before. */
  #takeJitter(header: RtpHeader, timeNs: number, clockRateHz: number): void {
    this.clockRateHz = clockRateHz;
    if (this.#hasClocked) {
      const gapMs = (timeNs - this.#lastClockedNs) / NANOSECONDS_PER_MILLISECOND;
      const ticks = (header.timestamp - this.#lastClockedTimestamp) | 0;
      const difference = Math.abs(gapMs - (1000 * ticks) / clockRateHz);
      this.#jitterMs += (difference - this.#jitterMs) / 16;
      if (!header.hasMarker && !header.isComfortNoise && !this.#wasComfortNoise) {
        this.maxJitterMs = Math.max(this.maxJitterMs, this.#jitterMs);
        const { packets } = this;
        this.meanJitterMs = (this.meanJitterMs * (packets - 1) + this.#jitterMs) / packets;
      }
    }
    this.#hasClocked = true;
    this.#lastClockedNs = timeNs;
    this.#lastClockedTimestamp = header.timestamp;
  }
}
