/** What goes wrong, said in one line. */
import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";
import type { ExitStatus } from "./command.ts";
import { Interrupted } from "./interrupted.ts";
import { printLine } from "./print-line.ts";
import { PipeClosed, writeText } from "./write-text.ts";

/** Prints the line for an error, where there is something to say, and returns the exit status that belongs to it. */
export function reportError(error: unknown): ExitStatus {
  if (error instanceof PipeClosed) return 0;
  if (error instanceof Interrupted) return error.status;
  if (error instanceof Failure) {
    printLine(error.words);
    return error.status;
  }
  if (process.env["LBQOS_DEBUG"] === "1" && error instanceof Error) writeText("stderr", `${error.stack}\n`);
  printLine(message("internalError", String(error)));
  return 1;
}
