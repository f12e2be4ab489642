/** A terminal as far as lbqos uses one (ECMA-48): what the user sees in the end, and what has scrolled away. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences themselves
const SEQUENCE = /^\u001b\[(\d*)([A-Za-z])/;

export class TerminalScreen {
  /** Lines from the top of what ever was shown; the last `rows` of them stand on the screen. */
  readonly #lines: string[][] = [[]];
  readonly #columns: number;
  readonly #rows: number;
  #line = 0;
  #column = 0;

  constructor(columns: number, rows: number) {
    this.#columns = columns;
    this.#rows = rows;
  }

  /** Line and column of the cursor, from 0. */
  get cursor(): readonly [line: number, column: number] {
    return [this.#line, this.#column];
  }

  /** All lines without spaces at their ends. */
  get text(): string {
    const lines = this.#lines.map((line) =>
      Array.from(line, (one) => one ?? " ")
        .join("")
        .trimEnd(),
    );
    return lines.join("\n").trimEnd();
  }

  /** @throws Error for a sequence that lbqos has no business to write */
  write(text: string): this {
    for (let at = 0; at < text.length; ) {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      if (character === "\u001b") {
        const [sequence, count = "", final = ""] = SEQUENCE.exec(text.slice(at)) ?? [];
        if (sequence === undefined)
          throw new Error(`an unknown sequence: ${JSON.stringify(text.slice(at, at + 12))}`);
        this.#obey(count, final);
        at += sequence.length;
        continue;
      }
      at += character.length;
      if (character === "\r") this.#column = 0;
      else if (character === "\n") this.#down();
      else if (character < " ") throw new Error(`a control character: ${JSON.stringify(character)}`);
      else this.#put(character);
    }
    return this;
  }

  #obey(count: string, final: string): void {
    const line = this.#lines[this.#line] ?? [];
    switch (final) {
      case "F": {
        const top = Math.max(0, this.#lines.length - this.#rows);
        this.#line = Math.max(top, this.#line - Number(count || "1"));
        this.#column = 0;
        return;
      }
      case "J":
        this.#lines.length = this.#line + 1;
        line.length = Math.min(line.length, this.#column);
        return;
      case "K":
        line.length = count === "2" ? 0 : Math.min(line.length, this.#column);
        return;
      case "m":
        return;
      default:
        throw new Error(`an unknown sequence: CSI ${count}${final}`);
    }
  }

  #down(): void {
    this.#line++;
    if (this.#lines[this.#line] === undefined) this.#lines[this.#line] = [];
  }

  /** Behind the last column a character goes to the next line. */
  #put(character: string): void {
    if (this.#column >= this.#columns) {
      this.#column = 0;
      this.#down();
    }
    const line = this.#lines[this.#line] ?? [];
    for (let column = line.length; column < this.#column; column++) line[column] = " ";
    line[this.#column] = character;
    this.#column++;
  }
}
