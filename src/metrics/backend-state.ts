/** What a backend was over a time: the rules, and why they are so, are in `backend-history.ts` of the engine. */
import type { BACKEND_STATES } from "../engine/readings/backend-state.ts";
import type { FAILURE_REASONS } from "../engine/readings/failure-reason.ts";

/**
 * Why a backend was failing:
 * - `refused`: a reset in answer to a SYN
 * - `unanswered`: a SYN had to be repeated, or the source closed the connection while a request waited for its answer (its
 *   timer ran out, or its own client had gone)
 * - `reset`: the backend closed the connection while a request waited for its answer, or within the answer
 * - `5xx`: an answer of 500 or above
 */
export type FailureReason = (typeof FAILURE_REASONS)[number];

/**
 * A backend's state over a time. `slow`: it answered, but late, by the rule of the finding of that name (docs/diagnosis.md); only of
 * a run that was diagnosed.
 */
export interface BackendState {
  readonly state: (typeof BACKEND_STATES)[number] | "slow";
  /** Seconds since the capture's first packet. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** The first failure of a failing time; `null` otherwise. */
  readonly reason: FailureReason | null;
}
