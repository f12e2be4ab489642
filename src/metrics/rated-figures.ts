/** What of a pair may be rated: figures that were measured, and nothing that only looks like one. */
import type { PairReadings } from "../engine/readings/pair-readings.ts";
import type { RatedFigures } from "./category-profiles.ts";
import type { HttpMetrics, PaperMetrics, TransportMetrics } from "./run-metrics.ts";

const NOTHING: RatedFigures = {
  packetLossPercent: null,
  delayMs: null,
  jitterMs: null,
  throughputMbps: null,
};

/** Whether segments passed here in one direction only: what the other side did is not known. */
export function isOneSided({ toBackend, fromBackend }: TransportMetrics): boolean {
  return (toBackend.packets === 0) !== (fromBackend.packets === 0);
}

/** Whether requests pass here, and nothing of who is asked: its answers take another way (direct server return). */
export function answersPassElsewhere({ http, transport }: PairReadings): boolean {
  const { toBackend, fromBackend } = transport;
  return http.requests > 0 && toBackend.packets > 0 && fromBackend.packets === 0;
}

/** Requests that look unanswered, and only look so: their answers do not pass here. */
export function unseenAnswers(readings: PairReadings): number {
  return answersPassElsewhere(readings) ? readings.http.unanswered : 0;
}

/**
 * Whether figures may be rated. Without a request that was answered (TLS, a snap length that cuts every header, a server that
 * never answers, one direction recorded), they say nothing about a service.
 */
export function isServed(http: HttpMetrics, transport: TransportMetrics): boolean {
  return http.requests > 0 && http.responses > 0 && !isOneSided(transport);
}

/** The figures to rate. */
export function ratedFigures(
  paper: PaperMetrics,
  http: HttpMetrics,
  transport: TransportMetrics,
): RatedFigures {
  return isServed(http, transport) ? paper : NOTHING;
}
