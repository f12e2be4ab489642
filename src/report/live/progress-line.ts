/** A run under way as one plain line, for logs: `key=value` pairs that people and programs read alike. */
import type { LiveSnapshot } from "../../live/live-snapshot.ts";
import type { LiveState } from "../../metrics/live-metrics.ts";
import { hasOneSource } from "./pair-order.ts";

/**
 * Numbers with a decimal point in every language; what is not known is left out. Requests are those of the pairs where
 * they have one source, else those of the whole capture.
 */
export function progressLine(snapshot: LiveSnapshot): string {
  const { metrics, recording, recorderDrops } = snapshot;
  const { pairs } = metrics;
  const isOneSource = hasOneSource(pairs);
  const inState = (state: LiveState): number => pairs.filter(({ live }) => live?.state === state).length;
  const sum = (figureOf: (pair: (typeof pairs)[number]) => number): number =>
    pairs.reduce((total, pair) => total + figureOf(pair), 0);
  const fields: readonly (readonly [string, string | number | null])[] = [
    ["elapsed_s", snapshot.elapsedSeconds.toFixed(1)],
    ["packets", metrics.capture.packets],
    ["dropped", recorderDrops],
    ["skipped", snapshot.skippedFrames],
    ["requests", isOneSource ? sum(({ http }) => http.requests) : metrics.http.requests],
    [
      "requests_per_s",
      isOneSource ? sum(({ live }) => live?.recent.requestsPerSecond ?? 0).toFixed(1) : null,
    ],
    ["unanswered", isOneSource ? sum(({ http }) => http.unanswered + http.aborted) : metrics.http.unanswered],
    ["in_flight", isOneSource ? sum(({ live }) => live?.inFlight ?? 0) : null],
    ["up", inState("up")],
    ["failing", inState("failing")],
    ["down", inState("down")],
    ["recorded_bytes", recording?.bytes ?? null],
  ];
  return fields.flatMap(([key, value]) => (value === null ? [] : [`${key}=${value}`])).join(" ");
}
