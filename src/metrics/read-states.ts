/** Reads when a backend was up, failing or silent: the readings of `BackendStateTally`. */
import { NANOSECONDS_PER_SECOND } from "../units.ts";
import type { BackendState, FailureReason } from "./backend-state.ts";
import type { ReadingsReader } from "./readings-reader.ts";

/** Names of `tally/backend-states.ts`. */
const STATES: readonly BackendState["state"][] = ["up", "failing", "silent"];
/** Names of `tally/failure-reason.ts`. */
const REASONS: readonly FailureReason[] = ["refused", "unanswered", "reset", "5xx"];

/** A backend's states, in order of time. */
export function readStates(reader: ReadingsReader): BackendState[] {
  return reader.list(() => ({
    state: STATES[reader.number()] as BackendState["state"],
    fromSeconds: reader.number() / NANOSECONDS_PER_SECOND,
    toSeconds: reader.number() / NANOSECONDS_PER_SECOND,
    reason: readReason(reader),
  }));
}

/** Why a backend failed; `null` where it did not. */
export function readReason(reader: ReadingsReader): FailureReason | null {
  return REASONS[reader.number()] ?? null;
}
