/** When a backend of a run under way fails, goes down and comes back, as lines that stay. */
import type { LiveSnapshot } from "../../live/live-snapshot.ts";
import type { FailureReason } from "../../metrics/backend-state.ts";
import type { LiveState } from "../../metrics/live-metrics.ts";
import type { PairMetrics } from "../../metrics/run-metrics.ts";
import { isoTime } from "../../units.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { printableText } from "../printable-text.ts";
import { labelPairs } from "../run/labelled-pair.ts";

export interface StateChange {
  /** The pair's name, as the table shows it. */
  readonly label: string;
  /** ms since 1970, on the clock of the frames. */
  readonly atUnixMs: number;
  readonly from: LiveState;
  readonly to: LiveState;
  readonly reason: FailureReason | null;
}

/** The last known state of every pair, to tell what has changed. */
export class StateWatch {
  readonly #states = new Map<string, LiveState>();

  /** What has changed since the last snapshot. A backend's first success is no change: nobody thought it was down. */
  changes(snapshot: LiveSnapshot): readonly StateChange[] {
    const { pairs } = snapshot.metrics;
    const before = new Map<PairMetrics, LiveState>();
    for (const pair of pairs) {
      const state = pair.live?.state ?? "unknown";
      const key = `${pair.source} ${pair.destination} ${pair.destinationPort ?? ""}`;
      const from = this.#states.get(key) ?? "unknown";
      if (state === from || state === "unknown") continue;
      this.#states.set(key, state);
      if (from !== "unknown" || state !== "up") before.set(pair, from);
    }
    if (before.size === 0) return [];
    return labelPairs(pairs).flatMap(({ label, pair }) => {
      const from = before.get(pair);
      if (from === undefined || pair.live === undefined) return [];
      const { state, stateReason } = pair.live;
      return [{ label, atUnixMs: changeTime(snapshot, pair), from, to: state, reason: stateReason }];
    });
  }
}

/** `2026-11-22T20:54:26.324Z Flask A: UP → DOWN (connections refused)`. */
export function stateChangeLine(
  { label, atUnixMs, from, to, reason }: StateChange,
  language: Language,
): string {
  const { states, reasons } = wordsOf(language).live;
  const before = from === "unknown" ? "" : `${states[from]} → `;
  const why = reason === null ? "" : ` (${reasons[reason]})`;
  const at = isoTime(BigInt(Math.round(atUnixMs)) * 1_000_000n)?.replace(/\d{6}Z$/, "Z") ?? "–";
  return `${at} ${printableText(label)}: ${before}${states[to]}${why}`;
}

/** When the state began, by the frames; the snapshot's moment where that isn't known. */
function changeTime({ atUnixMs, metrics }: LiveSnapshot, { live }: PairMetrics): number {
  const startMs = metrics.capture.start === null ? Number.NaN : Date.parse(metrics.capture.start);
  const since = live?.stateSinceSeconds ?? null;
  return since === null || Number.isNaN(startMs) ? atUnixMs : startMs + Math.round(since * 1000);
}
