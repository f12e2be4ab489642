/** How an exchange ended, for those who count. States are those of `exchange-state.ts`. */
import * as ExchangeState from "./exchange-state.ts";
import type { OpenExchange } from "./open-exchange.ts";

/** The server failed (RFC 9110 §15.6); whatever is above counts, too. */
export const MIN_SERVER_ERROR: i32 = 500;

/** The state of an exchange that ends. */
export function stateOf(exchange: OpenExchange): i32 {
  if (!exchange.hasRequest) return ExchangeState.RESPONSE_ONLY;
  if (exchange.isUncertain) return ExchangeState.UNCERTAIN;
  if (exchange.isMalformed) return ExchangeState.MALFORMED;
  if (exchange.isCut) return ExchangeState.ABORTED;
  if (exchange.isRunning) return ExchangeState.RUNNING;
  if (!exchange.hasResponse) return ExchangeState.UNANSWERED;
  return exchange.hasHole ? ExchangeState.BODY_HOLE : ExchangeState.COMPLETE;
}

/** Whether an exchange ended, and whoever asked got no whole answer. */
export function lacksAnswer(state: i32): boolean {
  return (
    state === ExchangeState.UNANSWERED || state === ExchangeState.ABORTED || state === ExchangeState.MALFORMED
  );
}

/** Whether the exchange went well enough for its times to mean something: of one that still runs, the first. */
export function isTimed(state: i32): boolean {
  return (
    state === ExchangeState.COMPLETE || state === ExchangeState.BODY_HOLE || state === ExchangeState.RUNNING
  );
}

/** Whether an answer came that says that the server failed: by HTTP's status, or by gRPC's, of which 0 alone is a success. */
export function isErrorAnswer(exchange: OpenExchange): boolean {
  return isServerError(exchange.status) || exchange.grpcStatus > 0;
}

/** Whether the status says that the server failed. */
export function isServerError(status: i32): boolean {
  return status >= MIN_SERVER_ERROR;
}
