import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";

/** A table of text cells, with the line of the file on which each row begins. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly CsvRow[];
  /** `,`, `;` or a tab; with the latter two, numbers may have a decimal comma. */
  readonly separator: string;
}

/** One row of text cells. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A results table is written by people; anything bigger was opened by mistake. */
const MAX_CHARACTERS = 64 << 20;

/**
 * Reads comma-, semicolon- or tab-separated values (RFC 4180, byte-order mark and any line ends accepted). Empty lines
 * are passed over; cells are trimmed.
 * @throws Failure that names file and line
 */
export function parseCsv(text: string, fileName: string): CsvTable {
  if (text.length > MAX_CHARACTERS) throw new Failure(message("tableTooBig", fileName));
  const body = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const firstLine = body.split(/\r?\n|\r/).find((line) => line.trim() !== "") ?? "";
  const separator = [";", "\t"].find((candidate) => firstLine.includes(candidate)) ?? ",";
  const [head, ...rows] = splitRows(body, separator, fileName);
  if (head === undefined) throw new Failure(message("tableIsEmpty", fileName));
  const uneven = rows.find((row) => row.cells.length !== head.cells.length);
  if (uneven !== undefined) {
    throw new Failure(
      message("unevenCells", fileName, uneven.line, uneven.cells.length, head.cells.length, separator),
    );
  }
  return { header: head.cells, rows, separator };
}

function splitRows(text: string, separator: string, fileName: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let line = 1;
  let rowLine = 1;
  let cells: string[] = [];
  let start = 0;
  let at = 0;
  let quoted: string | null = null;
  let quoteEnd = 0;
  const endCell = () => {
    if (quoted !== null && text.slice(quoteEnd, at).trim() !== "") {
      throw new Failure(message("textAfterQuote", fileName, line));
    }
    cells.push((quoted ?? text.slice(start, at)).trim());
    quoted = null;
  };
  const endRow = () => {
    endCell();
    if (cells.some((cell) => cell !== "")) rows.push({ line: rowLine, cells });
    cells = [];
  };
  while (at < text.length) {
    const character = text[at];
    if (character === '"' && text.slice(start, at).trim() === "" && quoted === null) {
      const openedOn = line;
      let content = "";
      for (let from = at + 1; ; ) {
        const close = text.indexOf('"', from);
        if (close < 0) throw new Failure(message("quoteNotClosed", fileName, openedOn));
        content += text.slice(from, close);
        at = close + 1;
        if (text[at] !== '"') break;
        content += '"';
        from = at + 1;
      }
      line += content.split("\n").length - 1;
      quoted = content;
      quoteEnd = at;
    } else if (character === separator) {
      endCell();
      start = ++at;
    } else if (character === "\n" || character === "\r") {
      endRow();
      at += character === "\r" && text[at + 1] === "\n" ? 2 : 1;
      start = at;
      rowLine = ++line;
    } else {
      at++;
    }
  }
  endRow();
  return rows;
}
