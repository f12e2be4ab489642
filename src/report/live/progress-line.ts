/** A run under way as one plain line, for logs: `key=value` pairs that people and programs read alike. */
import type { LiveSnapshot } from "../../live/live-snapshot.ts";
import { pairsByState, sumOf, withoutWholeAnswer } from "../../metrics/run-totals.ts";
import { hasOneSource } from "./pair-order.ts";

/**
 * Numbers with a decimal point in every language; what is not known is left out. Requests are those of the pairs where
 * they have one source, else those of the whole capture.
 */
export function progressLine(snapshot: LiveSnapshot): string {
  const { metrics, recording, recorderDrops } = snapshot;
  const { pairs } = metrics;
  const isOneSource = hasOneSource(pairs);
  const states = pairsByState(pairs);
  const fields: readonly (readonly [string, string | number | null])[] = [
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
  ];
  return fields.flatMap(([key, value]) => (value === null ? [] : [`${key}=${value}`])).join(" ");
}
