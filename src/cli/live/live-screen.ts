/**
 * Lines at the end of a terminal that replace each other. Nothing of the terminal's own state is changed (no hidden
 * cursor, no other screen, no raw mode), so there is nothing to be put back, however lbqos ends: the cursor waits at the
 * start of the line below.
 */
import { displayWidth } from "../../report/display-width.ts";
import type { BackgroundWriter } from "./background-writer.ts";

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** What makes the lines, for a terminal of a size. */
export type Draw = (size: ScreenSize) => readonly string[];

/** ECMA-48: CPL (up, to the first column), ED (all below), EL (the whole line). */
const up = (lines: number): string => (lines > 0 ? `\u001b[${lines}F` : "\r");
const CLEAR_BELOW = "\u001b[J";
const CLEAR_LINE = "\u001b[2K";
// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours themselves
const COLOURS = /\u001b\[\d+m/g;

export class LiveScreen {
  readonly #writer: Pick<BackgroundWriter, "write" | "isBusy">;
  readonly #size: () => ScreenSize;
  #draw: Draw = () => [];
  /** Columns that each line of what stands there takes. */
  #shown: readonly number[] = [];

  constructor(writer: Pick<BackgroundWriter, "write" | "isBusy">, size: () => ScreenSize) {
    this.#writer = writer;
    this.#size = size;
  }

  /** Shows lines in place of those before; left out while a slow terminal still has those to show. */
  show(draw: Draw): void {
    this.#draw = draw;
    if (!this.#writer.isBusy) this.#writer.write(this.#toTop() + this.#drawn());
  }

  /** Shows the same again, for a terminal whose size has changed. */
  redraw(): void {
    this.show(this.#draw);
  }

  /** Leaves what stands there as it is: others have written below it, or will. */
  forget(): void {
    this.#shown = [];
    this.#draw = () => [];
  }

  /** Prints lines that stay, above those that are replaced. */
  say(lines: readonly string[]): void {
    if (lines.length === 0) return;
    const text = lines.map((line) => `${line}\n`).join("");
    this.#writer.write(`${this.#toTop()}${CLEAR_BELOW}${text}${this.#drawn()}`);
  }

  /** What takes the lines away, to be written. */
  cleared(): string {
    const text = this.#shown.length > 0 ? this.#toTop() + CLEAR_BELOW : "";
    this.#shown = [];
    return text;
  }

  /** To the first line of what stands there. A terminal that got narrower has broken its lines anew. */
  #toTop(): string {
    const { columns, rows } = this.#size();
    const taken = this.#shown.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
    return up(Math.min(taken, rows - 1));
  }

  /** A line is cleared before it is written: behind its last column the cursor would still stand on it. */
  #drawn(): string {
    const { columns, rows } = this.#size();
    const lines = this.#draw({ columns, rows: Math.max(1, rows - 1) });
    this.#shown = lines.map((line) => displayWidth(line.replaceAll(COLOURS, "")));
    return lines.map((line) => `${CLEAR_LINE}${line}\n`).join("") + CLEAR_BELOW;
  }
}
