/** The delays of a path under way, by hand: packets of 0.1 ms each way, and clocks that part. */
import { expect, test } from "vitest";
import { DelaySamples } from "../../src/path/delay-samples.ts";
import { RecentDelays } from "../../src/path/recent-delays.ts";

const MS = 1e6;
const SECONDS = 10;
const PACKETS_PER_SECOND = 20;
const PPM = 200;

/** The second clock, at a true time; the first clock tells the truth. */
const second = (trueNs: number) => 5 * MS + trueNs * (1 + PPM / 1e6);

/** Seconds of packets, all of 0.1 ms but for one of 500 ms in the fifth. */
function recent(isForward: boolean): RecentDelays {
  const delays = new RecentDelays(isForward);
  for (let step = 0; step < SECONDS; step++) {
    const samples = new DelaySamples(isForward, 5 * MS);
    for (let packet = 0; packet < PACKETS_PER_SECOND; packet++) {
      const sentNs = (step * PACKETS_PER_SECOND + packet) * 50 * MS;
      const arrivalNs = sentNs + (step === 5 && packet === 10 ? 500 : 0.1) * MS;
      const [firstNs, secondNs] = isForward ? [sentNs, second(arrivalNs)] : [arrivalNs, second(sentNs)];
      samples.add(isForward ? secondNs : firstNs, Math.round(secondNs - firstNs));
    }
    delays.addStep(samples);
  }
  return delays;
}

test.each([true, false])("a long delay is right where the clocks part (forward: %s)", (isForward) => {
  const [there, back] = [recent(true), recent(false)];
  const { model, figures } = there.clocksWith(back, null);
  expect(figures.driftPpm).toBeCloseTo(PPM, 0);
  const { delayMs } = (isForward ? there : back).delays(model);
  // Against the smallest delay, which no asymmetry bends. 200 ppm of 500 ms are 100 µs.
  expect(Math.abs((delayMs?.max ?? 0) - (delayMs?.min ?? 0) - 499.9)).toBeLessThan(0.005);
});

test("clocks that are known are taken as they are", () => {
  const [there, back] = [recent(true), recent(false)];
  const { model, figures } = there.clocksWith(back, 5 * MS);
  expect(figures).toEqual({ delayBoundMs: 0, driftPpm: 0 });
  // By the end of ten seconds the second clock is 2 ms ahead of what it is said to be.
  const { delayMs } = there.delays(model);
  expect(delayMs?.min).toBeCloseTo(0.1, 2);
  expect(delayMs?.p95).toBeLessThan(2.1);
});
