/** Who follows a run on standard error: a view that stays in its place, plain lines, or nobody. */
import { isatty } from "node:tty";
import type { LiveSnapshot } from "../../live/live-snapshot.ts";
import { progressLine } from "../../report/live/progress-line.ts";
import { renderLive } from "../../report/live/render-live.ts";
import { StateWatch, stateChangeLine } from "../../report/live/state-changes.ts";
import { numberText } from "../../report/number-text.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { errorHasColour } from "../terminal.ts";
import { writeText } from "../write-text.ts";
import { BackgroundWriter } from "./background-writer.ts";
import { isInForeground } from "./foreground.ts";
import { LiveScreen, type ScreenSize } from "./live-screen.ts";

export interface LiveWatch {
  /** The run's latest moment. */
  show(snapshot: LiveSnapshot): void;
  /** A line that stays, without a newline. */
  say(line: string): void;
  /** Takes the view away; fulfilled when everything is written. */
  end(): Promise<void>;
  /** Takes the view away before the process ends at once. */
  endAtOnce(): void;
}

export interface WatchOptions {
  readonly language: Language;
  readonly hasNamedPairs: boolean;
  /** Of the live page; `null`: there is none. */
  readonly url: string | null;
  /** Between refreshes; `null`: the default of what follows. */
  readonly everySeconds: number | null;
  readonly quiet: boolean;
}

const VIEW_SECONDS = 1;
const LINE_SECONDS = 10;
/** Snapshots come about once a second: one that is a little early counts. */
const TOLERANCE_SECONDS = 0.3;
/** Changes of state that are told at once; when a switch fails, every pair behind it changes. */
const MAX_CHANGES = 10;
const SIZE_UNKNOWN: ScreenSize = { columns: 80, rows: 24 };

export function startWatch(options: WatchOptions): LiveWatch {
  if (options.quiet) return new Nobody();
  return isatty(2) && process.env["TERM"] !== "dumb" ? new TerminalWatch(options) : new PlainLines(options);
}

class Nobody implements LiveWatch {
  show(): void {}
  say(): void {}
  async end(): Promise<void> {}
  endAtOnce(): void {}
}

class TerminalWatch implements LiveWatch {
  readonly #options: WatchOptions;
  readonly #writer = new BackgroundWriter();
  readonly #screen = new LiveScreen(this.#writer, terminalSize);
  readonly #states = new StateWatch();
  readonly #pace: Pace;
  readonly #colour = errorHasColour();
  readonly #resized = () => {
    if (this.#mayDraw()) this.#screen.redraw();
  };
  readonly #continued = () => {
    this.#wasAway = true;
  };
  /** Whether the shell may have written below the view since it was drawn. */
  #wasAway = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#pace = new Pace(options.everySeconds ?? VIEW_SECONDS, true);
    process.stderr.on("resize", this.#resized);
    process.on("SIGCONT", this.#continued);
  }

  show(snapshot: LiveSnapshot): void {
    const { language, url, hasNamedPairs } = this.#options;
    const mayDraw = this.#mayDraw();
    const lines = changeLines(this.#states, snapshot, language);
    this.#screen.say(lines.map((line) => `lbqos: ${line}`));
    if (!mayDraw || !this.#pace.isDue()) return;
    this.#screen.show(({ columns, rows }) =>
      renderLive(snapshot, {
        width: columns,
        height: rows,
        colour: this.#colour,
        language,
        hasNamedPairs,
        url,
      }),
    );
  }

  say(line: string): void {
    this.#mayDraw();
    this.#screen.say([`lbqos: ${line}`]);
  }

  end(): Promise<void> {
    this.#mayDraw();
    process.stderr.off("resize", this.#resized);
    process.off("SIGCONT", this.#continued);
    this.#writer.write(this.#screen.cleared());
    return this.#writer.drained();
  }

  endAtOnce(): void {
    this.#mayDraw();
    writeText("stderr", this.#screen.cleared());
  }

  /** Whether the terminal is ours; where it was the shell's meanwhile, what stands there is left alone. */
  #mayDraw(): boolean {
    const isOurs = isInForeground();
    if (this.#wasAway || !isOurs) this.#screen.forget();
    this.#wasAway = !isOurs;
    return isOurs;
  }
}

class PlainLines implements LiveWatch {
  readonly #options: WatchOptions;
  readonly #writer = new BackgroundWriter();
  readonly #states = new StateWatch();
  readonly #pace: Pace;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#pace = new Pace(options.everySeconds ?? LINE_SECONDS, false);
  }

  show(snapshot: LiveSnapshot): void {
    for (const line of changeLines(this.#states, snapshot, this.#options.language)) this.say(line);
    if (snapshot.phase !== "ended" && this.#pace.isDue()) this.say(`live ${progressLine(snapshot)}`);
  }

  say(line: string): void {
    this.#writer.write(`lbqos: ${line}\n`);
  }

  end(): Promise<void> {
    return this.#writer.drained();
  }

  endAtOnce(): void {}
}

/** Every so many seconds, by this machine's clock: a replay's own may run many times as fast. */
class Pace {
  readonly #seconds: number;
  #lastMs: number;

  /** @param firstAtOnce whether the first moment is due, or that after so many seconds */
  constructor(seconds: number, firstAtOnce: boolean) {
    this.#seconds = seconds;
    this.#lastMs = firstAtOnce ? Number.NEGATIVE_INFINITY : performance.now();
  }

  isDue(): boolean {
    const nowMs = performance.now();
    if (nowMs - this.#lastMs < 1000 * (this.#seconds - TOLERANCE_SECONDS)) return false;
    this.#lastMs = nowMs;
    return true;
  }
}

function changeLines(states: StateWatch, snapshot: LiveSnapshot, language: Language): readonly string[] {
  const changes = states.changes(snapshot);
  const lines = changes.slice(0, MAX_CHANGES).map((change) => stateChangeLine(change, language));
  const more = changes.length - lines.length;
  if (more <= 0) return lines;
  const count = numberText(more, 0, wordsOf(language).report.numberStyle);
  return [...lines, wordsOf(language).live.moreChanges(count)];
}

/** Asked of the system each time: a terminal may be resized while nobody listens. */
function terminalSize(): ScreenSize {
  const [columns = 0, rows = 0] = process.stderr.isTTY ? process.stderr.getWindowSize() : [];
  return columns > 0 && rows > 0 ? { columns, rows } : SIZE_UNKNOWN;
}
