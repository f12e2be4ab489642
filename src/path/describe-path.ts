/** From matched packets to a path's metrics. */
import type { Capture } from "../capture/capture.ts";
import { type Warning, warningOf } from "../failure.ts";
import { millisecondsFromNanoseconds, NANOSECONDS_PER_SECOND } from "../units.ts";
import { message } from "../words/message.ts";
import type { ClockSpan } from "./clock-envelope.ts";
import { type ClockModel, estimateClocks, knownClocks, NOISE_NS } from "./clock-model.ts";
import { FROM_LOW, UNKNOWN } from "./flow-direction.ts";
import { measureDirection } from "./measure-direction.ts";
import type { PathMatcher } from "./path-matcher.ts";
import type { PathClocks, PathDirectionMetrics, PathMetrics, PathTap } from "./path-metrics.ts";
import type { SurveyedPath } from "./survey.ts";
import type { TapSide } from "./tap-side.ts";

const PARTS_PER_MILLION = 1e6;
/** Recorders with several queues write frames out of order by less, ns. */
const DISORDER_NS = 10e6;

/** A path's metrics, and the clocks at every time, each from its capture's first packet. */
export interface DescribedPath {
  readonly path: PathMetrics;
  readonly clocks: ClockModel;
}

/** @param knownOffsetNs second clock less first, each from its capture's first packet, where it is known */
export function describePath(
  matcher: PathMatcher,
  { scheme }: SurveyedPath,
  captures: readonly [Capture, Capture],
  knownOffsetNs: number | null,
): DescribedPath {
  const [first, second] = matcher.taps;
  const span = matchedSpan(matcher);
  const clocks =
    knownOffsetNs === null ? estimateClocks(matcher.directions, span) : knownClocks(knownOffsetNs);
  const lastedNs = span.toNs - span.fromNs;
  // Of millions of packets: one direction after the other, in the same memory.
  const memory = new Float64Array(Math.max(...matcher.directions.map(({ samples }) => samples.kept)));
  const [forward, backward] = matcher.directions.map((one) =>
    measureDirection(one, clocks, lastedNs, memory),
  );
  if (forward === undefined || backward === undefined) throw new Error("a path has two directions");
  const [a, b] = captures;
  const apartNs = Number((b.startNs ?? 0n) - (a.startNs ?? 0n));
  const path: PathMetrics = {
    taps: [describeTap(first, second, a), describeTap(second, first, b)],
    hosts: hostsOf(first),
    matching: {
      sameAddresses: scheme.addresses,
      splitFrames: scheme.split,
      ipId: scheme.ipId,
      content: scheme.content,
    },
    clocks: describeClocks(clocks, knownOffsetNs !== null, apartNs, [forward, backward]),
    forward,
    backward,
    warnings: [...captures.flatMap(({ warnings }) => warnings), ...doubts(matcher, captures, clocks)],
  };
  return { path, clocks };
}

/** From the first matched packet to the last, by the first clock. */
function matchedSpan({ directions }: PathMatcher): ClockSpan {
  let fromNs = Number.POSITIVE_INFINITY;
  let lastNs = Number.NEGATIVE_INFINITY;
  for (const { samples } of directions) {
    samples.each(({ sentNs, arrivalNs }) => {
      const atNs = samples.isForward ? sentNs : arrivalNs;
      if (atNs < fromNs) fromNs = atNs;
      if (atNs > lastNs) lastNs = atNs;
    });
  }
  return { fromNs, toNs: lastNs + 1 };
}

/** @param apartNs between the first packets of both captures, by their own clocks */
function describeClocks(
  model: ClockModel,
  isKnown: boolean,
  apartNs: number,
  [forward, backward]: readonly [PathDirectionMetrics, PathDirectionMetrics],
): PathClocks {
  const [part] = model;
  const { line } = part;
  const isOneWay = forward.delayMs === null || backward.delayMs === null;
  // The second capture's first packet has the time 0 there: at = 0 − offset(at) by the first clock.
  const firstOfSecondNs = -line.offsetNs / (1 + line.drift);
  const bound = Math.max(...model.map(({ boundNs }) => boundNs));
  const boundMs = isKnown ? 0 : isOneWay ? null : millisecondsFromNanoseconds(bound);
  return {
    kind: isKnown ? "synchronous" : isOneWay ? "oneWay" : "estimated",
    offsetMs: millisecondsFromNanoseconds(apartNs + line.offsetNs + line.drift * firstOfSecondNs),
    offsetBoundMs: boundMs,
    driftPpm: line.drift * PARTS_PER_MILLION,
    driftBoundPpm: isKnown
      ? 0
      : isOneWay
        ? null
        : Math.max(line.highestDrift - line.drift, line.drift - line.lowestDrift) * PARTS_PER_MILLION,
    delayBoundMs: boundMs,
    smallestRoundTripMs: sumOf(forward.delayMs?.min, backward.delayMs?.min),
    medianRoundTripMs: sumOf(forward.delayMs?.p50, backward.delayMs?.p50),
    steps: model.slice(1).map(({ fromNs, line: after, boundNs }, index) => {
      const { line: before, boundNs: boundBefore } = model[index] ?? part;
      const stepNs = after.offsetNs - before.offsetNs + (after.drift - before.drift) * fromNs;
      return {
        secondsSinceStart: fromNs / NANOSECONDS_PER_SECOND,
        stepMs: millisecondsFromNanoseconds(stepNs),
        kind: Math.abs(stepNs) > boundNs + boundBefore ? "step" : "bend",
      };
    }),
  };
}

function describeTap(tap: TapSide, other: TapSide, { files }: Capture): PathTap {
  const outside = [other.before, other.after].filter(({ proof }) => proof > 0);
  return {
    files,
    frames: tap.frames,
    otherFrames: tap.otherFrames,
    packetsElsewhere: tap.elsewhere,
    packetsNotShared: tap.unshared,
    packetsIndistinct: tap.indistinct,
    packetsOutside: outside.reduce((sum, { missing, proof }) => sum + missing[0] + missing[1] + proof, 0),
  };
}

/** The hosts on either side of the path. */
function hostsOf({ flows }: TapSide): [string[], string[]] {
  const near = new Set<string>();
  const far = new Set<string>();
  for (const { low, high, direction, isShared } of flows.pairs.list) {
    if (!isShared || direction === UNKNOWN) continue;
    near.add(direction === FROM_LOW ? low : high);
    far.add(direction === FROM_LOW ? high : low);
  }
  return [[...near].sort(), [...far].sort()];
}

function doubts(
  { directions: [forward, backward], taps }: PathMatcher,
  captures: readonly [Capture, Capture],
  clocks: ClockModel,
): Warning[] {
  const [first = "", second = ""] = captures.map(({ files }) => files[0] ?? "");
  const found = captures.flatMap(({ recorderDrops, files }) => {
    const [name = ""] = files;
    if (recorderDrops === null || recorderDrops === 0) return [];
    const words = message("pathRecorderDrops", name, recorderDrops);
    return [warningOf("path-recorder-drops", words, message("pathRecorderDropsAdvice"), name)];
  });
  for (const [index, { earlierFrames, mostEarlierNs }] of taps.entries()) {
    if (mostEarlierNs < DISORDER_NS) continue;
    const words = message("timeRunsBackwards", earlierFrames, millisecondsFromNanoseconds(mostEarlierNs));
    found.push(
      warningOf(
        "time-runs-backwards",
        words,
        message("timeRunsBackwardsAdvice"),
        index === 0 ? first : second,
      ),
    );
  }
  for (const [{ notRecorded }, to, from] of [
    [forward, second, first],
    [backward, first, second],
  ] as const) {
    if (notRecorded === 0) continue;
    const words = message("pathNotRecorded", notRecorded, to, from);
    found.push(warningOf("path-not-recorded", words, message("pathNotRecordedAdvice"), from));
  }
  if (backward.opened > forward.opened)
    found.push(
      warningOf(
        "path-other-order",
        message("pathOtherOrder", second, first),
        message("pathOtherOrderAdvice", second, first),
      ),
    );
  if (clocks.some(({ line }) => line.roomNs < -NOISE_NS))
    found.push(warningOf("path-clocks-unsteady", message("pathClocksUnsteady"), message("pathClocksAdvice")));
  if (forward.samples.total === 0 || backward.samples.total === 0)
    found.push(warningOf("path-one-way", message("pathOneWay"), message("pathClocksAdvice")));
  if ([forward, backward].some(({ samples }) => samples.kept < samples.total))
    found.push(warningOf("path-sampled", message("pathSampled"), message("pathSampledAdvice")));
  return found;
}

function sumOf(a: number | undefined, b: number | undefined): number | null {
  return a === undefined || b === undefined ? null : a + b;
}
