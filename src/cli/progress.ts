/** How far the reading is, on standard error while it takes long. */
import { isatty } from "node:tty";
import { writeText } from "./write-text.ts";

/** Nothing is shown before, so that small captures don't flicker. */
const FIRST_AFTER_MS = 300;
const REDRAW_AFTER_MS = 100;
const BAR_WIDTH = 24;
const BYTES_PER_MEGABYTE = 1e6;
/** Back to the first column, and the line deleted from there (ECMA-48 CR, EL). */
const CLEAR_LINE = "\r\u001b[K";

export interface Progress {
  readonly update: (bytesRead: number, bytesTotal: number | null) => void;
  /** Takes the line away again. */
  readonly stop: () => void;
}

/** A progress line, if standard error is a terminal that can delete it again; otherwise nothing. */
export function startProgress(quiet: boolean): Progress {
  if (quiet || !isatty(2) || process.env["TERM"] === "dumb")
    return { update: () => undefined, stop: () => undefined };
  let nextAt = performance.now() + FIRST_AFTER_MS;
  let shown = false;
  return {
    update: (bytesRead, bytesTotal) => {
      const now = performance.now();
      if (now < nextAt) return;
      nextAt = now + REDRAW_AFTER_MS;
      shown = true;
      writeText("stderr", `${CLEAR_LINE}${progressLine(bytesRead, bytesTotal)}`);
    },
    stop: () => {
      if (shown) writeText("stderr", CLEAR_LINE);
      shown = false;
      nextAt = Number.POSITIVE_INFINITY;
    },
  };
}

/** `██████░░  75 %  90.0 / 120.0 MB`, or the bytes alone where nobody knows of how many. */
export function progressLine(bytesRead: number, bytesTotal: number | null): string {
  const megabytes = (bytes: number): string => (bytes / BYTES_PER_MEGABYTE).toFixed(1);
  if (bytesTotal === null || bytesTotal <= 0) return `${megabytes(bytesRead)} MB`;
  const share = Math.min(1, bytesRead / bytesTotal);
  const filled = Math.floor(share * BAR_WIDTH);
  const bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
  const percent = `${Math.floor(share * 100)}`.padStart(3);
  return `${bar} ${percent} %  ${megabytes(bytesRead)} / ${megabytes(bytesTotal)} MB`;
}
