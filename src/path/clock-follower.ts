/** How far the second clock is ahead while packets come: well enough to read both captures in step, and to tell copies apart. */

/** A packet counts for so much of what is usual of late, and of what is fastest. */
const LATEST_SHARE = 16;
const FASTEST_SHARE = 1024;

export class ClockFollower {
  /** Second clock less first, ns. */
  offsetNs: number;
  /** The same by the latest packets of each way; NaN: none yet. */
  readonly #latestNs: [number, number] = [Number.NaN, Number.NaN];
  /** By the fastest of late: a queue on one way does not bend it. */
  readonly #fastestNs: [number, number] = [Number.NaN, Number.NaN];
  readonly #isKnown: boolean;

  /** @param isKnown whether the offset is known, and stays */
  constructor(offsetNs: number, isKnown: boolean) {
    this.offsetNs = offsetNs;
    this.#isKnown = isKnown;
  }

  /** What the difference of the next packet's times is expected to be. @param way 0 there, 1 back, `null`: unknown */
  expectedNs(way: 0 | 1 | null): number {
    const latestNs = way === null ? Number.NaN : this.#latestNs[way];
    return Number.isNaN(latestNs) ? this.offsetNs : latestNs;
  }

  /** @param differenceNs second tap's time of a packet less the first's */
  take(way: 0 | 1, differenceNs: number): void {
    this.#latestNs[way] = nearer(this.#latestNs[way], differenceNs, LATEST_SHARE);
    const faded = nearer(this.#fastestNs[way], differenceNs, FASTEST_SHARE);
    // What is on its way there makes the difference larger, what is on its way back makes it smaller.
    this.#fastestNs[way] = way === 0 ? Math.min(differenceNs, faded) : Math.max(differenceNs, faded);
    const [there, back] = this.#fastestNs;
    if (!this.#isKnown && !Number.isNaN(there) && !Number.isNaN(back)) this.offsetNs = (there + back) / 2;
  }
}

function nearer(before: number, now: number, share: number): number {
  return Number.isNaN(before) ? now : before + (now - before) / share;
}
