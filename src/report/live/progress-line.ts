/** A run under way as one plain line, for logs: `key=value` pairs that people and programs read alike. */
import type { LiveSnapshot } from "../../live/live-snapshot.ts";
import { pairsByState, sumOf, withoutWholeAnswer } from "../../metrics/run-totals.ts";
import type { LiveDirectionMetrics } from "../../path/live-path-metrics.ts";
import { DIGITS } from "../digits.ts";
import { hasOneSource } from "./pair-order.ts";

type ProgressField = readonly [string, string | number | null];

/**
 * Numbers with a decimal point in every language; what is not known is left out. Requests are those of the pairs where
 * they have one source, else those of the whole capture.
 */
export function progressLine(snapshot: LiveSnapshot): string {
  const { metrics, recording, recorderDrops } = snapshot;
  const { pairs } = metrics;
  const isOneSource = hasOneSource(pairs);
  const states = pairsByState(pairs);
  const fields: readonly ProgressField[] = [
    ["elapsed_s", snapshot.elapsedSeconds.toFixed(1)],
    ["packets", metrics.capture.packets],
    ["dropped", recorderDrops],
    ["skipped", snapshot.skippedFrames],
    ["requests", isOneSource ? sumOf(pairs, ({ http }) => http.requests) : metrics.http.requests],
    [
      "requests_per_s",
      isOneSource ? sumOf(pairs, ({ live }) => live?.recent.requestsPerSecond).toFixed(1) : null,
    ],
    [
      "unanswered",
      isOneSource ? sumOf(pairs, ({ http }) => withoutWholeAnswer(http)) : metrics.http.unanswered,
    ],
    ["in_flight", isOneSource ? sumOf(pairs, ({ live }) => live?.inFlight) : null],
    ["up", states.up],
    ["failing", states.failing],
    ["down", states.down],
    ["recorded_bytes", recording?.bytes ?? null],
    ...pathFields("to_peer", snapshot.path?.figures?.forward),
    ...pathFields("from_peer", snapshot.path?.figures?.backward),
  ];
  return fields.flatMap(([key, value]) => (value === null ? [] : [`${key}=${value}`])).join(" ");
}

function pathFields(way: string, direction: LiveDirectionMetrics | undefined): readonly ProgressField[] {
  if (direction === undefined) return [];
  const { sent, lost, delayMs, meanIpdvMs } = direction;
  return [
    [`${way}_packets`, sent],
    [`${way}_lost`, lost],
    [`${way}_delay_ms`, delayMs?.mean.toFixed(DIGITS.milliseconds) ?? null],
    [`${way}_jitter_ms`, meanIpdvMs?.toFixed(DIGITS.milliseconds) ?? null],
  ];
}
