/** What the terminal can show. */
import { isatty } from "node:tty";

/** Columns where nobody says how many there are: a pipe, a file. */
const DEFAULT_WIDTH = 80;

/** Columns of standard output. */
export function outputWidth(): number {
  if (isatty(1) && process.stdout.columns > 0) return process.stdout.columns;
  const columns = Number(process.env["COLUMNS"]);
  return Number.isInteger(columns) && columns > 0 ? columns : DEFAULT_WIDTH;
}

/** Whether to colour standard output. */
export function outputHasColour(): boolean {
  return hasColour(1);
}

/** Whether to colour standard error. */
export function errorHasColour(): boolean {
  return hasColour(2);
}

/**
 * Only a terminal is coloured, and never a dumb one. FORCE_COLOR decides before NO_COLOR, as in Node itself
 * (https://nodejs.org/api/cli.html#force_color1-2-3, https://no-color.org).
 */
function hasColour(descriptor: 1 | 2): boolean {
  const forced = process.env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  const refused = process.env["NO_COLOR"];
  if (refused !== undefined && refused !== "") return false;
  return isatty(descriptor) && process.env["TERM"] !== "dumb";
}
