/** How much of a run's time requests were served, as far down towards the clients as the capture sees. */
import { countAbove, quantileMs, sumOfCounts } from "../metrics/duration-counts.ts";
import { backendPairs } from "../metrics/measure-all-backends.ts";
import type { PairMetrics, RunMetrics } from "../metrics/run-metrics.ts";
import { percentOf, sumOf } from "../metrics/run-totals.ts";
import type { Timeline, TimelineStep } from "../metrics/timeline.ts";
import { MILLISECONDS_PER_SECOND } from "../units.ts";
import { failuresOf } from "./failing.ts";
import type { Availability } from "./finding.ts";

/** As a run under way calls a backend failing: more than 5 %. */
const FAILED_SHARE = 0.05;
/** … nobody is answered for 3 s, or longer than usual where answers take long anyway. */
const LATE_MS = 3000;
const USUAL_FACTOR = 3;

/** What happened in a second. */
interface ServedCounts {
  asked: number;
  bad: number;
}

/** `null` where nothing was asked, or the capture was too large for timelines. */
export function availabilityOf(run: RunMetrics): Availability | null {
  const clients = timelinesOf(run, clientPairs(run));
  const seesClients = run.balancer !== null && run.balancer !== undefined && clients.length > 0;
  const own = seesClients ? clients : timelinesOf(run, backendPairs(run.pairs));
  const widest = Math.max(...own.map(({ stepSeconds }) => stepSeconds));
  // A whole number of steps, a second long or a little more.
  const width = Math.ceil(1 / widest) * widest;
  const intervals = new Map<number, ServedCounts>();
  for (const timeline of own) addTimeline(timeline, width, intervals);
  if (intervals.size === 0) return null;
  let [all, unserved] = [0, 0];
  const inOrder = [...intervals].sort(([one], [other]) => one - other);
  for (const [index, [place, { asked, bad }]] of inOrder.entries()) {
    // Until somebody asks again it stays as it was: clients that wait for an answer ask nothing more. That may be years.
    const lasting = (inOrder[index + 1]?.[0] ?? place + 1) - place;
    all += lasting;
    if (bad > FAILED_SHARE * asked) unserved += lasting;
  }
  return {
    of: seesClients ? "clients" : "backends",
    percent: percentOf(all - unserved, all) ?? 0,
    unservedSeconds: unserved * width,
    seconds: all * width,
  };
}

/** Pairs at whose end the balancer is. */
function clientPairs({ pairs }: RunMetrics): readonly PairMetrics[] {
  const backends = new Set<PairMetrics>(backendPairs(pairs));
  return pairs.filter((pair) => !backends.has(pair) && pair.http.unanswered !== null);
}

function timelinesOf({ pairs, timelines }: RunMetrics, wanted: readonly PairMetrics[]): Timeline[] {
  return pairs.flatMap((pair, index) => (wanted.includes(pair) ? (timelines?.pairs[index] ?? []) : []));
}

function addTimeline(timeline: Timeline, width: number, intervals: Map<number, ServedCounts>): void {
  const failuresIn = failuresOf(timeline);
  const usualMs = quantileMs(sumOfCounts(timeline.steps.map((step) => step.timesToFirstByte)), 0.5) ?? 0;
  const lateMs = Math.max(LATE_MS, USUAL_FACTOR * usualMs);
  const lastSeconds = timeline.steps.at(-1)?.startSeconds ?? 0;
  const waitingIn = ({ startSeconds, waiting }: TimelineStep) =>
    (lastSeconds - startSeconds) * MILLISECONDS_PER_SECOND >= lateMs ? waiting : 0;
  for (const step of timeline.steps) {
    const asked = step.requests + step.refused;
    if (asked === 0) continue;
    // Without the noise of binary fractions.
    const place = Math.floor(step.startSeconds / width + 1e-9);
    const counts = intervals.get(place) ?? { asked: 0, bad: 0 };
    counts.asked += asked;
    counts.bad += failuresIn(step) + waitingIn(step) + Math.round(countAbove(step.timesToFirstByte, lateMs));
    intervals.set(place, counts);
  }
}

/** Of a backend: the time that it was not out, of that in which it is known. `null`: nothing is known of it. */
export function backendAvailability(
  states: PairMetrics["states"],
  outages: readonly { readonly beginSeconds: number; readonly recoverySeconds: number | null }[],
): number | null {
  const first = states?.[0]?.fromSeconds;
  const last = states?.at(-1)?.toSeconds;
  if (first === undefined || last === undefined || last <= first) return null;
  const out = sumOf(outages, (one) => one.recoverySeconds ?? last - one.beginSeconds);
  return percentOf(last - first - out, last - first);
}
