/** A run over time: what each server was asked, what failed, and how long answers took, on one clock. */
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import { serversAndRequests } from "../../metrics/served-requests.ts";
import type { Timeline } from "../../metrics/timeline.ts";
import { pictureStepSeconds, type TimelineRates, timelineRates } from "../../metrics/timeline-rates.ts";
import { type Language, numberText } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { labelPairs } from "../run/labelled-pair.ts";
import type { LineChart, LinePanel } from "./chart-spec.ts";
import { backendDimension } from "./dimensions.ts";

/** Servers with a line of their own, the busiest first: more can't be told apart. */
const MOST_SERVERS = 8;

export interface ServerLine {
  readonly label: string;
  readonly timeline: Timeline;
}

/** `null` where no timeline was kept. */
export function answersOverTime(run: RunMetrics, language: Language): LineChart | null {
  const lines = serverLines(run);
  const { durationSeconds } = run.capture;
  if (lines.length === 0 || durationSeconds === null || durationSeconds === 0) return null;
  const stepSeconds = pictureStepSeconds(durationSeconds);
  const words = wordsOf(language).charts.answersOverTime;
  const rates = lines.map(({ timeline }) => timelineRates(timeline, stepSeconds, durationSeconds));
  const panel = (key: string, title: string, read: (rate: TimelineRates) => number | null): LinePanel => ({
    quantity: { key, title },
    lines: rates.map((own) => own.map((rate) => ({ x: rate.middleSeconds, y: read(rate) }))),
    top: null,
    levels: [],
  });
  const hasFailures = rates.some((own) => own.some(({ failedPerSecond }) => failedPerSecond > 0));
  const labels = lines.map(({ label }) => label);
  return {
    kind: "lines",
    id: "answers-over-time",
    language,
    title: words.title,
    note: words.note(numberText(stepSeconds, language)),
    x: { key: "time_s", title: words.x },
    xScale: "linear",
    series: backendDimension(labels, labels, language),
    panels: [
      panel("requests_per_s", words.requests, (rate) => rate.requestsPerSecond),
      ...(hasFailures ? [panel("failed_per_s", words.failed, (rate) => rate.failedPerSecond)] : []),
      panel("time_to_first_byte_p95_ms", words.p95, (rate) => rate.timeToFirstByteP95Ms),
    ],
  };
}

/** Servers that have a timeline, the busiest first. */
export function serverLines(run: RunMetrics): readonly ServerLine[] {
  const { pairs } = serversAndRequests(run);
  return labelPairs(pairs)
    .flatMap(({ label, pair }): ServerLine[] => {
      const timeline = run.timelines?.pairs[run.pairs.indexOf(pair)] ?? null;
      return timeline === null || timeline.steps.length === 0 ? [] : [{ label, timeline }];
    })
    .slice(0, MOST_SERVERS);
}
