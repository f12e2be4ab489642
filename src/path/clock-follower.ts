/** How far the second clock is ahead while packets come: well enough to read both captures in step, and to tell copies apart. */

/** What is fastest of late fades: a packet counts for so much of it. */
const FASTEST_SHARE = 1024;

export class ClockFollower {
  /** Second clock less first, ns: half-way between the fastest packets of both ways. */
  offsetNs: number;
  /** Second tap's time less the first's, of the fastest of late each way; NaN: none yet. A queue on one way does not bend it. */
  readonly #fastestNs: [number, number] = [Number.NaN, Number.NaN];
  readonly #isKnown: boolean;

  /** @param isKnown whether the offset is known, and stays */
  constructor(offsetNs: number, isKnown: boolean) {
    this.offsetNs = offsetNs;
    this.#isKnown = isKnown;
  }

  /** The next packet. @param way 0 there, 1 back @param differenceNs second tap's time of it less the first's */
  take(way: 0 | 1, differenceNs: number): void {
    const before = this.#fastestNs[way];
    const faded = Number.isNaN(before) ? differenceNs : before + (differenceNs - before) / FASTEST_SHARE;
    // What is on its way there makes the difference larger, what is on its way back makes it smaller.
    this.#fastestNs[way] = way === 0 ? Math.min(differenceNs, faded) : Math.max(differenceNs, faded);
    const [there, back] = this.#fastestNs;
    if (!this.#isKnown && !Number.isNaN(there) && !Number.isNaN(back)) this.offsetNs = (there + back) / 2;
  }
}
