/** Delay over time: as many steps as a chart shows. */

const MAX_STEPS = 240;
/** Lengths of a step, ns: as people read time. */
const LENGTHS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, 600, 1800, 3600].map((seconds) => seconds * 1e9);

interface Step {
  readonly beginNs: number;
  packets: number;
  sumNs: number;
  maxNs: number;
}

export class DelaySteps {
  readonly steps: Step[] = [];
  readonly #lengthNs: number;
  #startNs = Number.NaN;

  constructor(lastedNs: number) {
    this.#lengthNs = LENGTHS.find((length) => lastedNs / length <= MAX_STEPS) ?? lastedNs / MAX_STEPS;
  }

  /** The next packet that arrived. */
  add(arrivalNs: number, delayNs: number): void {
    if (Number.isNaN(this.#startNs)) this.#startNs = arrivalNs;
    const beginNs = Math.floor((arrivalNs - this.#startNs) / this.#lengthNs) * this.#lengthNs;
    let step = this.steps.at(-1);
    if (step === undefined || step.beginNs < beginNs) {
      step = { beginNs, packets: 0, sumNs: 0, maxNs: delayNs };
      this.steps.push(step);
    }
    step.packets++;
    step.sumNs += delayNs;
    if (delayNs > step.maxNs) step.maxNs = delayNs;
  }
}
