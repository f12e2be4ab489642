/** The delays of one direction of a path under way: those of the last steps, and the fastest packets of a longer time for the clocks. */
import { millisecondsFromNanoseconds } from "../units.ts";
import type { EnvelopePoints } from "./clock-envelope.ts";
import { fitClockLine, offsetBoundNs } from "./clock-line.ts";
import { type ClockModel, eachDelay, knownClocks, NOISE_NS, steadyClocks } from "./clock-model.ts";
import { distributionOf } from "./delay-distribution.ts";
import type { DelaySamples } from "./delay-samples.ts";
import type { LiveDirectionMetrics, LivePathClocks } from "./live-path-metrics.ts";

/** Steps, of about a second, whose delays are looked at. */
const STEPS = 10;
/** Parts of a step of which the fastest packet is kept, and how many are: they tell the clocks of ten minutes. */
const PARTS_OF_STEP = 4;
const CLOCK_POINTS = 600 * PARTS_OF_STEP;
/** A drift that is known less well says nothing yet. */
const MOST_UNSURE_DRIFT = 100e-6;
/** Share of these points that go where no line fits all: a clock was set. */
const STEP_SHARE = 0.25;
const PARTS_PER_MILLION = 1e6;

/** How the clocks stand now. */
export interface RecentClocks {
  readonly model: ClockModel;
  readonly figures: Omit<LivePathClocks, "isKnown">;
}

export class RecentDelays {
  static readonly steps = STEPS;
  readonly #isForward: boolean;
  readonly #steps: DelaySamples[] = [];
  #atNs: number[] = [];
  #differenceNs: number[] = [];

  constructor(isForward: boolean) {
    this.#isForward = isForward;
  }

  /** Takes what was kept of a step. */
  addStep(samples: DelaySamples): void {
    this.#steps.push(samples);
    if (this.#steps.length > STEPS) this.#steps.shift();
    const sign = this.#isForward ? 1 : -1;
    const width = Math.ceil(samples.kept / PARTS_OF_STEP);
    let least = Number.POSITIVE_INFINITY;
    let packet = 0;
    samples.each(({ sentNs, arrivalNs, differenceNs }) => {
      if (packet++ % width === 0) {
        least = Number.POSITIVE_INFINITY;
        this.#atNs.push(0);
        this.#differenceNs.push(0);
      }
      const delay = sign * differenceNs;
      if (delay >= least) return;
      least = delay;
      this.#atNs[this.#atNs.length - 1] = this.#isForward ? sentNs : arrivalNs;
      this.#differenceNs[this.#differenceNs.length - 1] = differenceNs;
    });
    this.#forget(Math.max(0, this.#atNs.length - CLOCK_POINTS));
  }

  /**
   * Fits the clocks by this direction, the one there, and the one back.
   * @param knownOffsetNs where the clocks are known
   */
  clocksWith(back: RecentDelays, knownOffsetNs: number | null): RecentClocks {
    if (knownOffsetNs !== null)
      return { model: knownClocks(knownOffsetNs), figures: { delayBoundMs: 0, driftPpm: 0 } };
    let line = fitClockLine(this.#points, back.#points);
    while (line.roomNs < -NOISE_NS && Math.min(this.#atNs.length, back.#atNs.length) > 1) {
      this.#forget(Math.ceil(this.#atNs.length * STEP_SHARE));
      back.#forget(Math.ceil(back.#atNs.length * STEP_SHARE));
      line = fitClockLine(this.#points, back.#points);
    }
    const isOneWay = this.#atNs.length === 0 || back.#atNs.length === 0;
    const lately = [this.#atNs, back.#atNs].flatMap((at) => [
      at.at(-1) ?? 0,
      at.at(-STEPS * PARTS_OF_STEP) ?? at[0] ?? 0,
    ]);
    const bounds = lately.map((at) => Math.abs(offsetBoundNs(line, this.#points, back.#points, at)));
    const boundNs = isOneWay ? null : Math.max(...bounds);
    const isDriftKnown = line.highestDrift - line.lowestDrift <= MOST_UNSURE_DRIFT;
    return {
      model: steadyClocks(line, boundNs ?? Number.NaN),
      figures: {
        delayBoundMs: boundNs === null ? null : millisecondsFromNanoseconds(boundNs),
        driftPpm: isDriftKnown ? line.drift * PARTS_PER_MILLION : null,
      },
    };
  }

  /** The delays of the last steps. */
  delays(clocks: ClockModel): Pick<LiveDirectionMetrics, "delayMs" | "meanIpdvMs"> {
    const values: number[] = [];
    let variationNs = 0;
    let variations = 0;
    for (const samples of this.#steps) {
      let previousNs = 0;
      eachDelay(samples, clocks, (delayNs, { isNext }) => {
        if (isNext) {
          variationNs += Math.abs(delayNs - previousNs);
          variations++;
        }
        previousNs = delayNs;
        values.push(millisecondsFromNanoseconds(delayNs));
      });
    }
    return {
      delayMs: distributionOf(Float64Array.from(values)),
      meanIpdvMs: variations === 0 ? null : millisecondsFromNanoseconds(variationNs / variations),
    };
  }

  get #points(): EnvelopePoints {
    return { atNs: this.#atNs, differenceNs: this.#differenceNs };
  }

  #forget(points: number): void {
    if (points === 0) return;
    this.#atNs = this.#atNs.slice(points);
    this.#differenceNs = this.#differenceNs.slice(points);
  }
}
