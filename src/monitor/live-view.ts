/**
 * What the page shows of a moment: the snapshot's own figures in the order of the page's tables, bounded in number, and
 * with every text made printable. Nothing is computed here: sums and shares are of the metrics room.
 */
import type { LiveSnapshot, RecordingState } from "../live/live-snapshot.ts";
import type { FailureReason } from "../metrics/backend-state.ts";
import { endpointText } from "../metrics/endpoints.ts";
import type { LiveState } from "../metrics/live-metrics.ts";
import type { PairMetrics } from "../metrics/run-metrics.ts";
import { lossOfPairs, pairsByState, recentMbps, recentRequestRate, sumOf } from "../metrics/run-totals.ts";
import { pathLines } from "../report/live/path-lines.ts";
import { printableText } from "../report/printable-text.ts";
import { type LabelledPair, labelPairs } from "../report/run/labelled-pair.ts";
import { overviewTexts, runFindings } from "../report/run/overview.ts";
import type { Language } from "../words/language.ts";
import { say } from "../words/say.ts";
import type { ChartValues, HistoryPoint } from "./history.ts";
import { pageTables, type TableName } from "./page/columns.ts";
import type { PairIds } from "./pair-ids.ts";

/** Pairs that the page shows; discovered pairs, one per client and server, can be thousands. */
const MAX_PAIRS = 20;
/** Pairs beyond those that are shown because they fail or are down. */
const MAX_TROUBLED_PAIRS = 20;
const MAX_WARNINGS = 20;
const FINDINGS = { findings: 5, explained: true } as const;
const MAX_FILES = 5;
/** Characters of one text: names come from the user or from the capture. */
const LONGEST_TEXT = 400;

export interface ViewPair {
  readonly id: string;
  /** As reports name it: where several pairs have one name, with what tells them apart. */
  readonly name: string;
  /** `192.0.2.7:80`, without the port where the pair spans all ports. */
  readonly destination: string;
  /** Where its requests come from; `null`: from the balancer, as those of every pair. */
  readonly source: string | null;
  readonly state: LiveState;
  readonly reason: FailureReason | null;
  /** How long it has been in that state; `null`: unknown. */
  readonly stateSeconds: number | null;
  /** Values by table, in the order of its columns. */
  readonly cells: Readonly<Record<TableName, readonly (number | null)[]>>;
}

export interface ViewTotals {
  readonly requestsPerSecond: number;
  readonly inFlight: number;
  /** Requests seen to their last byte, and those without an answer, in the whole capture. */
  readonly requests: number;
  readonly unanswered: number;
  /** Lost over sent in all pairs and both directions; `null` before anything was sent. */
  readonly lossPercent: number | null;
  /** Backends (pairs) by state. */
  readonly states: Readonly<Record<LiveState, number>>;
  /** Seconds that `requestsPerSecond` looks back; `null` without pairs. */
  readonly windowSeconds: number | null;
}

export interface ViewRecording {
  /** The last few. */
  readonly files: readonly string[];
  /** Files before those. */
  readonly earlierFiles: number;
  readonly bytes: number;
  readonly failure: string | null;
}

export interface LiveView {
  readonly phase: LiveSnapshot["phase"];
  readonly elapsedSeconds: number;
  readonly method: string | null;
  readonly run: number | null;
  readonly balancer: string | null;
  readonly engine: LiveSnapshot["source"]["engine"];
  readonly program: string | null;
  readonly timestampSource: LiveSnapshot["source"]["timestampSource"];
  readonly interfaces: readonly string[];
  readonly packets: number;
  readonly recorderDrops: number | null;
  readonly skippedFrames: number;
  readonly recording: ViewRecording | null;
  /** The sentence that judges the run so far; `null` before the first request. */
  readonly verdict: string | null;
  /** What is wrong, the worst first. */
  readonly findings: readonly string[];
  /** The path to a peer's tap, one line per fact; empty: there is no peer. */
  readonly path: readonly string[];
  readonly totals: ViewTotals;
  readonly pairs: readonly ViewPair[];
  readonly pairsNotShown: number;
  readonly warnings: readonly string[];
  readonly warningsNotShown: number;
}

export function liveView(snapshot: LiveSnapshot, ids: PairIds, language: Language): LiveView {
  const { metrics, source, recording } = snapshot;
  const shown = shownPairs(labelPairs(metrics.pairs), ({ pair }) => pair);
  const balancer = snapshot.balancer ?? null;
  const now = secondsSinceFirstPacket(snapshot);
  return {
    phase: snapshot.phase,
    elapsedSeconds: snapshot.elapsedSeconds,
    method: shownOrNull(snapshot.method),
    run: snapshot.run,
    balancer: shownOrNull(balancer),
    engine: source.engine,
    program: shownOrNull(source.program),
    timestampSource: source.timestampSource,
    interfaces: source.interfaces.map(shownText),
    packets: metrics.capture.packets,
    recorderDrops: snapshot.recorderDrops,
    skippedFrames: snapshot.skippedFrames,
    recording: recording === null ? null : viewRecording(recording, language),
    ...viewDiagnosis(snapshot, language),
    path: snapshot.path === undefined ? [] : pathLines(snapshot.path, language).map(shownText),
    totals: totalsOf(snapshot),
    pairs: shown.map((labelled) => viewPair(labelled, ids.idOf(labelled.pair), balancer, now)),
    pairsNotShown: metrics.pairs.length - shown.length,
    warnings: metrics.warnings
      .slice(0, MAX_WARNINGS)
      .map(({ words }) => shownText(`${say(words.message, language)} ${say(words.advice, language)}`)),
    warningsNotShown: Math.max(0, metrics.warnings.length - MAX_WARNINGS),
  };
}

function viewDiagnosis(
  { metrics }: LiveSnapshot,
  language: Language,
): Pick<LiveView, "verdict" | "findings"> {
  if (metrics.http.requests === 0) return { verdict: null, findings: [] };
  const { verdict, items } = overviewTexts(metrics, runFindings(metrics, language), FINDINGS, language);
  return { verdict: shownText(verdict), findings: items.map(shownText) };
}

/** The first pairs, and of the others those that need a look. */
function shownPairs<T>(pairs: readonly T[], pairOf: (one: T) => PairMetrics): readonly T[] {
  const isTroubled = (one: T) => ["slow", "failing", "down"].includes(pairOf(one).live?.state ?? "unknown");
  const troubled = pairs.slice(MAX_PAIRS).filter(isTroubled);
  return [...pairs.slice(0, MAX_PAIRS), ...troubled.slice(0, MAX_TROUBLED_PAIRS)];
}

function viewRecording({ files, bytes, failure }: RecordingState, language: Language): ViewRecording {
  return {
    files: files.slice(-MAX_FILES).map(shownText),
    earlierFiles: Math.max(0, files.length - MAX_FILES),
    bytes,
    failure: failure === null ? null : shownText(say(failure, language)),
  };
}

/**
 * The moment's point of the charts: the same pairs that the page shows.
 * @param previousSeconds the moment before, as its point has it; `null` for the first
 */
export function historyPoint(
  snapshot: LiveSnapshot,
  ids: PairIds,
  previousSeconds: number | null,
): HistoryPoint {
  const pairs: Record<string, ChartValues> = {};
  const stepSeconds = snapshot.elapsedSeconds - (previousSeconds ?? snapshot.elapsedSeconds);
  for (const pair of shownPairs(snapshot.metrics.pairs, (one) => one)) {
    const { live } = pair;
    if (live === undefined) continue;
    const { recent } = live;
    pairs[ids.idOf(pair)] = [
      // Of the seconds since the point before: sharper than the mean of ten.
      recentRequestRate(live, stepSeconds),
      recentMbps(live),
      recent.timeToFirstByteMs.p50,
      recent.timeToFirstByteMs.p95,
      recent.lossPercent,
      live.inFlight,
    ].map(shortNumber);
  }
  return { atSeconds: Math.round(snapshot.elapsedSeconds * 10) / 10, pairs };
}

/** Four significant digits are more than a chart shows, and a fifth of the bytes. */
function shortNumber(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(4));
}

function viewPair(
  { label, pair }: LabelledPair,
  id: string,
  balancer: string | null,
  nowSeconds: number | null,
): ViewPair {
  const since = pair.live?.stateSinceSeconds ?? null;
  const values = (table: TableName) => pageTables[table].map(({ value }) => value(pair));
  return {
    id,
    name: shownText(label),
    destination: shownText(endpointText(pair.destination, pair.destinationPort)),
    source: balancer === null ? shownText(pair.source) : null,
    state: pair.live?.state ?? "unknown",
    reason: pair.live?.stateReason ?? null,
    stateSeconds: since === null || nowSeconds === null ? null : Math.max(0, nowSeconds - since),
    cells: {
      recent: values("recent"),
      answers: values("answers"),
      network: values("network"),
      paper: values("paper"),
    },
  };
}

function totalsOf({ metrics }: LiveSnapshot): ViewTotals {
  const { pairs } = metrics;
  return {
    requestsPerSecond: sumOf(pairs, ({ live }) => live?.recent.requestsPerSecond),
    inFlight: sumOf(pairs, ({ live }) => live?.inFlight),
    requests: metrics.http.requests,
    unanswered: metrics.http.unanswered,
    lossPercent: lossOfPairs(pairs),
    states: pairsByState(pairs),
    windowSeconds: pairs[0]?.live?.recent.windowSeconds ?? null,
  };
}

/** States count from the capture's first packet, the snapshot's moment from 1970. */
function secondsSinceFirstPacket({ atUnixMs, metrics }: LiveSnapshot): number | null {
  if (metrics.capture.start === null) return null;
  return (atUnixMs - Date.parse(metrics.capture.start)) / 1000;
}

/** Printable, and not longer than `LONGEST_TEXT`. */
function shownText(text: string): string {
  const printable = printableText(text.slice(0, LONGEST_TEXT + 1));
  return printable.length > LONGEST_TEXT ? `${printable.slice(0, LONGEST_TEXT)}…` : printable;
}

function shownOrNull(text: string | null): string | null {
  return text === null ? null : shownText(text);
}
