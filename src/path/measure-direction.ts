/** From the matched packets of one direction, and the clocks, to its metrics. */
import { millisecondsFromNanoseconds, NANOSECONDS_PER_SECOND } from "../units.ts";
import { BeforeLosses } from "./before-losses.ts";
import { type ClockModel, eachDelay } from "./clock-model.ts";
import { distributionOf } from "./delay-distribution.ts";
import type { DelaySample } from "./delay-samples.ts";
import { DelaySteps } from "./delay-steps.ts";
import type { PathDirection } from "./path-direction.ts";
import type { DelayDistribution, PathDirectionMetrics } from "./path-metrics.ts";
import { Reordering } from "./reordering.ts";

/** RFC 3550 §6.4.1: each difference counts for a sixteenth. */
const RFC3550_GAIN = 1 / 16;

/**
 * @param lastedNs from the first packet to the last, for the delay over time
 * @param memory for as many numbers as there are packets kept, of which nothing stays
 */
export function measureDirection(
  direction: PathDirection,
  clocks: ClockModel,
  lastedNs: number,
  memory: Float64Array,
): PathDirectionMetrics {
  const { samples, runs, sent, lost } = direction;
  const values = memory.subarray(0, samples.kept);
  const delays: VisitDelays = (visit) => eachDelay(samples, clocks, visit);
  const reordering = new Reordering();
  const before = new BeforeLosses(direction.lossTimesNs);
  const steps = new DelaySteps(lastedNs);
  let rfc3550Ns = 0;
  let previousNs = 0;
  let count = 0;
  delays((delayNs, { arrivalNs, sentNs, isNext }) => {
    values[count++] = delayNs;
    reordering.add(sentNs, arrivalNs);
    before.add(sentNs, delayNs);
    steps.add(arrivalNs, delayNs);
    if (isNext) rfc3550Ns += (Math.abs(delayNs - previousNs) - rfc3550Ns) * RFC3550_GAIN;
    previousNs = delayNs;
  });
  const delayNs = distributionOf(values);
  const beforeLoss = before.metrics(values);
  const variation = variations(delays, values);
  const ipdvNs = distributionOf(variation);
  return {
    sent,
    received: samples.total,
    lost,
    lossPercent: sent === 0 ? null : (100 * lost) / sent,
    duplicated: direction.duplicated,
    notRecordedAtSender: direction.notRecorded,
    reordering: reordering.metrics,
    delayMs: delayNs === null ? null : inMilliseconds(delayNs, 0),
    ipdvMs: ipdvNs === null ? null : inMilliseconds(ipdvNs, 0),
    pdvMs: delayNs === null ? null : inMilliseconds(delayNs, delayNs.min),
    rfc3550JitterMs: ipdvNs === null ? null : millisecondsFromNanoseconds(rfc3550Ns),
    lossRuns: runs.metrics,
    beforeLoss,
    opened: direction.opened,
    overTime: steps.steps.map(({ beginNs, packets, sumNs, maxNs }) => ({
      secondsSinceStart: beginNs / NANOSECONDS_PER_SECOND,
      packets,
      meanDelayMs: millisecondsFromNanoseconds(sumNs / packets),
      maxDelayMs: millisecondsFromNanoseconds(maxNs),
    })),
  };
}

/** Goes through the delays of a direction in the order of arrival. */
type VisitDelays = (visit: (delayNs: number, sample: DelaySample) => void) => void;

/** The differences of successive delays, in the memory of what isn't needed any more. */
function variations(delays: VisitDelays, memory: Float64Array): Float64Array {
  let count = 0;
  let previousNs = 0;
  delays((delayNs, { isNext }) => {
    if (isNext) memory[count++] = Math.abs(delayNs - previousNs);
    previousNs = delayNs;
  });
  return memory.subarray(0, count);
}

function inMilliseconds(
  { mean, min, p50, p95, p99, max }: DelayDistribution,
  lessNs: number,
): DelayDistribution {
  const of = (ns: number): number => millisecondsFromNanoseconds(ns - lessNs);
  return { mean: of(mean), min: of(min), p50: of(p50), p95: of(p95), p99: of(p99), max: of(max) };
}
