/** How an exchange ended, by the engine's rules. */
import { isServerError, isTimed, lacksAnswer } from "../../engine/http/exchange-outcome.ts";
import { EXCHANGE_STATES } from "../../engine/http/exchange-state.ts";
import { MILLISECONDS_PER_SECOND } from "../../units.ts";
import type { ExchangeRow } from "./exchange-row.ts";

/** Whether whoever asked got no whole answer, a status of 500 or more, or one of gRPC other than 0. */
export function hasFailed({ status, grpcStatus = 0, state }: ExchangeRow): boolean {
  return isServerError(status ?? 0) || grpcStatus > 0 || lacksAnswer(EXCHANGE_STATES.indexOf(state));
}

/** Whether its times count in distributions: those of a guess, or of what was cut, don't. */
export function countsInTimes({ state }: ExchangeRow): boolean {
  return isTimed(EXCHANGE_STATES.indexOf(state));
}

/** When it was over, in seconds since the capture's first frame; `Infinity` without a whole answer. */
export function endSecondsOf({
  requestStartSeconds,
  requestDurationMs,
  timeToLastByteMs,
}: ExchangeRow): number {
  if (requestStartSeconds === null || timeToLastByteMs === null) return Number.POSITIVE_INFINITY;
  return requestStartSeconds + ((requestDurationMs ?? 0) + timeToLastByteMs) / MILLISECONDS_PER_SECOND;
}
