/** The interfaces of a machine as a table for a terminal. */
import type { FoundInterface } from "../../capture/engines/list-interfaces.ts";
import type { Language } from "../../words/language.ts";
import { say } from "../../words/say.ts";
import { type Words, wordsOf } from "../../words/words.ts";
import { EMPTY, text, textColumn } from "../cells.ts";
import type { Cell, Document, Table } from "../document.ts";
import { printableText } from "../printable-text.ts";
import { paintColours, paintNothing } from "../terminal/paint.ts";
import { renderTable } from "../terminal/render-table.ts";
import type { TerminalOptions } from "../terminal/render-terminal.ts";
import { wrapText } from "../terminal/wrap-text.ts";

type InterfaceWords = Words["live"]["interfaces"];

/** Lines end in a newline, none is wider than the terminal; below the table why some can't be captured on. */
export function renderInterfaces(
  interfaces: readonly FoundInterface[],
  language: Language,
  options: TerminalOptions,
): string {
  const words = wordsOf(language).live.interfaces;
  const width = Math.max(40, options.width);
  const paint = options.colour ? paintColours : paintNothing;
  const obstacles = new Map<string, string[]>();
  for (const { name, obstacle } of interfaces) {
    if (obstacle === null) continue;
    const why = say(obstacle, language);
    obstacles.set(why, [...(obstacles.get(why) ?? []), name]);
  }
  const notes = [...obstacles].flatMap(([why, names]) => {
    const note = `${names.join(", ")} ${words.obstacle}: ${why}`;
    return wrapText(printableText(note), width - 2).map((line, index) =>
      index === 0 ? `${paint("fair", "!")} ${line}` : `  ${line}`,
    );
  });
  const table = interfaceTable(interfaces, words);
  const lines = renderTable(documentAround(language), table, width, paint);
  return [...lines, ...notes].map((line) => `${line}\n`).join("");
}

function interfaceTable(interfaces: readonly FoundInterface[], words: InterfaceWords): Table {
  return {
    kind: "table",
    title: words.title,
    columns: words.columns.map(textColumn),
    rows: interfaces.map(({ name, up, kind, driver, addresses }): readonly Cell[] => [
      text(name),
      { kind: "text", text: up ? words.states.up : words.states.down, tone: up ? "good" : "fair" },
      text(`${words.kinds[kind]}${driver === null ? "" : ` (${driver})`}`.trim()),
      addresses.length === 0 ? EMPTY : text(addresses.join(" ")),
    ]),
    total: null,
  };
}

function documentAround(language: Language): Document {
  const { numberStyle, notMeasured } = wordsOf(language).report;
  return {
    language,
    title: "",
    summary: "",
    sections: [],
    numberStyle,
    notMeasuredMark: "–",
    notMeasuredWords: notMeasured,
  };
}
