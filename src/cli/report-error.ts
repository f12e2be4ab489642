/** What goes wrong, said in one line. */
import { Failure } from "../failure.ts";
import { printableText } from "../report/printable-text.ts";
import type { ExitStatus } from "./command.ts";
import { Interrupted } from "./interrupted.ts";
import { PipeClosed, writeText } from "./write-text.ts";

/** Prints the line for an error, where there is something to say, and returns the exit status that belongs to it. */
export function reportError(error: unknown): ExitStatus {
  if (error instanceof PipeClosed) return 0;
  if (error instanceof Interrupted) return error.status;
  if (error instanceof Failure) {
    printLine(error.message);
    return error.status;
  }
  if (process.env["LBQOS_DEBUG"] === "1" && error instanceof Error) writeText("stderr", `${error.stack}\n`);
  printLine(
    `internal error (${String(error)}): this is a bug of lbqos, please report it with the command that you gave and, if you can, the capture; LBQOS_DEBUG=1 shows where`,
  );
  return 1;
}

function printLine(message: string): void {
  writeText("stderr", `lbqos: ${printableText(message)}\n`);
}
