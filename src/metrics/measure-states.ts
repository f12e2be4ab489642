/** When a backend was up, failing or silent. */
import { BACKEND_STATES } from "../engine/readings/backend-state.ts";
import { FAILURE_REASONS } from "../engine/readings/failure-reason.ts";
import type { StateSpan } from "../engine/readings/state-span.ts";
import { NANOSECONDS_PER_SECOND } from "../units.ts";
import type { BackendState, FailureReason } from "./backend-state.ts";
import { nameOf } from "./name-of.ts";

/** A backend's states, in order of time. */
export function measureStates(spans: readonly StateSpan[]): BackendState[] {
  return spans.map(({ state, fromNs, toNs, reason }) => ({
    state: nameOf(BACKEND_STATES, state),
    fromSeconds: fromNs / NANOSECONDS_PER_SECOND,
    toSeconds: toNs / NANOSECONDS_PER_SECOND,
    reason: failureReason(reason),
  }));
}

/** Why a backend failed; `null` where it did not. */
export function failureReason(reason: number): FailureReason | null {
  return FAILURE_REASONS[reason] ?? null;
}
