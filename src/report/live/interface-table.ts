/** The interfaces of a machine as a table for a terminal. */
import type { InterfaceInfo } from "../../capture/engines/list-interfaces.ts";
import type { Language } from "../../words/language.ts";
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
  interfaces: readonly InterfaceInfo[],
  language: Language,
  options: TerminalOptions,
): string {
  const words = wordsOf(language).live.interfaces;
  const width = Math.max(40, options.width);
  const paint = options.colour ? paintColours : paintNothing;
  const obstacles = new Map<string, string[]>();
  for (const { name, obstacle } of interfaces) {
    if (obstacle !== null) obstacles.set(obstacle, [...(obstacles.get(obstacle) ?? []), name]);
  }
  const notes = [...obstacles].flatMap(([obstacle, names]) => {
    const note = `${names.join(", ")} ${words.obstacle}: ${obstacle}`;
    return wrapText(printableText(note), width - 2).map((line, index) =>
      index === 0 ? `${paint("fair", "!")} ${line}` : `  ${line}`,
    );
  });
  const table = interfaceTable(interfaces, words);
  const lines = renderTable(documentAround(language), table, width, paint);
  return [...lines, ...notes].map((line) => `${line}\n`).join("");
}

function interfaceTable(interfaces: readonly InterfaceInfo[], words: InterfaceWords): Table {
  return {
    kind: "table",
    title: words.title,
    columns: words.columns.map(textColumn),
    rows: interfaces.map(({ name, up, kind, description, addresses }): readonly Cell[] => [
      text(name),
      { kind: "text", text: up ? words.states.up : words.states.down, tone: up ? "good" : "fair" },
      text(`${words.kinds[kind]} ${driverOf(description)}`.trim()),
      addresses.length === 0 ? EMPTY : text(addresses.join(" ")),
    ]),
    total: null,
  };
}

/** `(virtio_net)` of `network card (virtio_net)`. */
function driverOf(description: string): string {
  return /\(.*\)$/.exec(description)?.[0] ?? "";
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
