/** How far the runs of an experiment are, on standard error. */
import { isatty } from "node:tty";
import type { RunsProgress } from "../lab/progress-of-runs.ts";
import { say } from "../words/say.ts";
import { wordsOf } from "../words/words.ts";
import { userLanguage } from "./language.ts";
import { writeText } from "./write-text.ts";

/** Back to the first column, and the line deleted from there (ECMA-48 CR, EL). */
const CLEAR_LINE = "\r\u001b[K";

export interface ProgressLines {
  readonly update: (progress: RunsProgress) => void;
  readonly stop: () => void;
}

/** One line on a terminal that is written over; elsewhere a line for each run. */
export function startProgressLines(quiet: boolean): ProgressLines {
  if (quiet) return { update: () => undefined, stop: () => undefined };
  const isTerminal = isatty(2) && process.env["TERM"] !== "dumb";
  let shown = "";
  return {
    update: (progress) => {
      const line = progressText(progress);
      if (isTerminal) {
        writeText("stderr", `${CLEAR_LINE}${line}`);
        shown = line;
      } else {
        const run = progress.run === null ? "" : say(progress.run, userLanguage());
        if (run !== shown) writeText("stderr", `${line}\n`);
        shown = run;
      }
    },
    stop: () => {
      if (isTerminal && shown !== "") writeText("stderr", CLEAR_LINE);
      shown = "";
    },
  };
}

/** `12 of 60 runs · round-robin, run 3 · 743 requests · about 1 min 20 s left` */
export function progressText({ done, total, run, requests, secondsLeft }: RunsProgress): string {
  const words = wordsOf(userLanguage()).output.progress;
  return [
    words.runs(done, total),
    run === null ? words.preparing : say(run, userLanguage()),
    ...(requests > 0 ? [words.requests(requests)] : []),
    ...(secondsLeft === null ? [] : [words.left(durationText(secondsLeft))]),
  ].join(" · ");
}

function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes === 0 ? `${whole} s` : `${minutes} min ${whole % 60} s`;
}
