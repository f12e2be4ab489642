/** Captures that hold several runs: between them nobody asked anything for long. */
import { sumOf } from "../metrics/run-totals.ts";
import { MILLISECONDS_PER_SECOND } from "../units.ts";
import { timeFilter } from "./display-filter.ts";
import type { SeveralRunsFinding } from "./finding.ts";
import type { Subject } from "./subject.ts";

/** A silence of so long parts two runs, … */
const SILENT_SECONDS = 10;
/** Where a request got no answer so shortly before, whoever asked may have waited. */
const WAITED_SECONDS = 1;
/** … each with so many requests, as many as this per second: whoever asks seldom is silent often. */
const FEWEST_REQUESTS = 50;
const FEWEST_PER_SECOND = 5;

interface Run {
  readonly beginSeconds: number;
  endSeconds: number;
  requests: number;
  /** When the last request was asked that got no whole answer. */
  unansweredSeconds: number;
}

export function findSeveralRuns(subjects: readonly Subject[]): readonly SeveralRunsFinding[] {
  const runs = runsOf(subjects);
  const isBusy = ({ beginSeconds, endSeconds, requests }: Run) =>
    requests >= FEWEST_REQUESTS && requests >= FEWEST_PER_SECOND * (endSeconds - beginSeconds);
  const hasWaited = runs.some(
    ({ endSeconds, unansweredSeconds }) => endSeconds - unansweredSeconds < WAITED_SECONDS,
  );
  if (runs.length < 2 || hasWaited || !runs.every(isBusy)) return [];
  const silences = runs.slice(1).map(({ beginSeconds }, index) => {
    const from = runs[index]?.endSeconds ?? 0;
    return { from, to: beginSeconds, seconds: beginSeconds - from };
  });
  const longest = silences.reduce((most, one) => (one.seconds > most.seconds ? one : most));
  return [
    {
      kind: "severalRuns",
      pair: null,
      pairIndex: null,
      beginSeconds: null,
      endSeconds: null,
      requests: sumOf(runs, ({ requests }) => requests),
      failedRequests: 0,
      addedSeconds: null,
      certainty: "likely",
      displayFilter: timeFilter(longest.from, longest.to),
      runs: runs.length,
      longestSilenceSeconds: longest.seconds,
      begunSeconds: runs.map(({ beginSeconds }) => beginSeconds),
    },
  ];
}

/** Times in which anybody asked or waited, with the long silences between. */
function runsOf(subjects: readonly Subject[]): Run[] {
  const times = subjects
    .flatMap(({ timeline: { steps, stepSeconds } }) =>
      steps.map(({ startSeconds, requests, maxTimeToFirstByteMs, withoutAnswer }) => ({
        from: startSeconds,
        to: startSeconds + stepSeconds + maxTimeToFirstByteMs / MILLISECONDS_PER_SECOND,
        requests,
        isAnswered: withoutAnswer === 0,
      })),
    )
    .sort((one, other) => one.from - other.from);
  const runs: Run[] = [];
  for (const { from, to, requests, isAnswered } of times) {
    let last = runs.at(-1);
    if (last === undefined || from - last.endSeconds >= SILENT_SECONDS) {
      last = { beginSeconds: from, endSeconds: to, requests: 0, unansweredSeconds: Number.NEGATIVE_INFINITY };
      runs.push(last);
    }
    last.endSeconds = Math.max(last.endSeconds, to);
    last.requests += requests;
    if (!isAnswered) last.unansweredSeconds = from;
  }
  return runs;
}
