/**
 * What can go wrong, as values: a `Failure` ends the work, a `Warning` goes into every report.
 */

/** Exit status of the command: 1 the work can't be done, 2 the command was used wrongly. */
export type FailureStatus = 1 | 2;

/**
 * An error meant for the user: one line that says what happened, in which file at which byte or line,
 * and what to do about it. Everything else that is thrown is a bug of lbqos.
 */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly status: FailureStatus;

  constructor(message: string, status: FailureStatus = 1) {
    super(message);
    this.status = status;
  }
}

/** A doubt about the quality of the data or of a number, printed in every report. */
export interface Warning {
  /** Stable, kebab-case name of the kind of warning, for programs: `cut-tail`. */
  readonly code: string;
  /** What is the matter, in one sentence, with file and byte where there is one. */
  readonly message: string;
  /** What the user can do about it, in one sentence. */
  readonly advice: string;
}
