/** The captures that a command reads: files, or `-` for standard input. */
import { isatty } from "node:tty";
import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";

const STANDARD_INPUT = "-";

/** @throws Failure (status 2) where standard input is to be read twice */
export function parseCaptures(captures: readonly string[]): readonly string[] {
  if (captures.filter((capture) => capture === STANDARD_INPUT).length > 1) {
    throw new Failure(message("inputOnce"), 2);
  }
  return captures;
}

/** @throws Failure (status 2) where somebody would have to type a capture */
export function refuseTyping(captures: readonly string[]): void {
  if (captures.includes(STANDARD_INPUT) && isatty(0)) throw new Failure(message("pipeCapture"), 2);
}
