/** How an exchange ended, for those who count. States are those of `exchange-state.ts`. */
import * as ExchangeState from "./exchange-state.ts";

/** The server failed (RFC 9110 §15.6); whatever is above counts, too. */
const MIN_SERVER_ERROR: i32 = 500;

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

/** Whether the status says that the server failed. */
export function isServerError(status: i32): boolean {
  return status >= MIN_SERVER_ERROR;
}
