/**
 * What can go wrong, as values: a `Failure` ends the work, a `Warning` goes into every report.
 */
import { type Message, sayInEnglish, withNames } from "./words/message.ts";

/** Exit status of the command: 1 the work can't be done, 2 the command was used wrongly. */
export type FailureStatus = 1 | 2;

/**
 * An error meant for the user: one line that says what happened, in which file at which byte or line,
 * and what to do about it. Everything else that is thrown is a bug of lbqos.
 */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly status: FailureStatus;
  /** Not enumerable, as `message` is not: errors are compared and printed by what they say. */
  readonly #words: Message;

  constructor(words: Message, status: FailureStatus = 1) {
    super(sayInEnglish(words));
    this.#words = words;
    this.status = status;
  }

  /** What `message` says in English, for every language. */
  get words(): Message {
    return this.#words;
  }
}

/** What a warning says in JSON. */
export interface PrintedWarning {
  /** Stable, kebab-case name of the kind of warning, for programs: `cut-tail`. */
  readonly code: string;
  /** What is the matter, in one English sentence, with file and byte where there is one. */
  readonly message: string;
  /** What the user can do about it, in one English sentence. */
  readonly advice: string;
}

/** A doubt about the quality of the data or of a number, printed in every report. */
export interface Warning extends PrintedWarning {
  /** The file, pair or run that it is about; `null`: the whole capture or experiment. */
  readonly source: string | null;
  /** What `message` and `advice` say in English, for every language. */
  readonly words: { readonly message: Message; readonly advice: Message };
}

/** A warning from its texts. */
export function warningOf(
  code: string,
  message: Message,
  advice: Message,
  source: string | null = null,
): Warning {
  return {
    code,
    message: sayInEnglish(message),
    advice: sayInEnglish(advice),
    source,
    words: { message, advice },
  };
}

/** The part of a warning that JSON shows. */
export function printedWarning({ code, message, advice }: Warning): PrintedWarning {
  return { code, message, advice };
}

/** The same warning about a source that its reader knows by another name. */
export function renamedWarning(warning: Warning, nameOf: (name: string) => string): Warning {
  const { code, source, words } = warning;
  return warningOf(
    code,
    withNames(words.message, nameOf),
    words.advice,
    source === null ? null : nameOf(source),
  );
}
