import * as ExchangeState from "./exchange-state.ts";

/** Whether an exchange ended, and whoever asked got no whole answer. @param state of `exchange-state.ts` */
export function lacksAnswer(state: i32): boolean {
  return (
    state === ExchangeState.UNANSWERED || state === ExchangeState.ABORTED || state === ExchangeState.MALFORMED
  );
}
