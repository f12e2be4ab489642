/** A table as lines of a terminal. */
import { cellText, footnoteMark, footnoteText, tableReasons } from "../cell-text.ts";
import { displayWidth } from "../display-width.ts";
import type { Cell, Column, Document, Row, Table } from "../document.ts";
import { printableText } from "../printable-text.ts";
import type { Ink, Paint } from "./paint.ts";
import {
  type ColumnTexts,
  GROUP_RULE,
  groupSpans,
  layOutColumns,
  type Panel,
  totalWidth,
  widthsOf,
} from "./table-layout.ts";
import { wrapText } from "./wrap-text.ts";

/** A piece of a line: what stands in one column. */
interface Piece {
  readonly text: string;
  readonly ink: Ink;
}

export function renderTable(
  document: Document,
  table: Table,
  width: number,
  paint: Paint,
): readonly string[] {
  const reasons = tableReasons(table);
  const texts = table.columns.map((column, index) => columnTexts(document, table, column, index, reasons));
  const { panels, gap } = layOutColumns(texts, width, table.nameColumns);
  const footnotes = reasons.flatMap((reason, index) => {
    const note = `${footnoteMark(index)} ${footnoteText(document, printableText(reason))}`;
    return wrapText(note, width).map((line) => paint("faint", line));
  });
  return [
    paint("strong", printableText(table.title)),
    ...panels.flatMap((panel, index) => [
      ...(index > 0 ? [""] : []),
      ...renderPanel(table, texts, panel, gap, paint),
    ]),
    ...footnotes,
  ];
}

function columnTexts(
  document: Document,
  table: Table,
  column: Column,
  index: number,
  reasons: readonly string[],
): ColumnTexts {
  const cells = tableRows(table).map((row) => row[index]);
  return {
    header: printableText(column.header),
    group: column.group === undefined ? null : printableText(column.group),
    unit: printableText(column.unit ?? ""),
    breakable: column.align === "left",
    cells: cells.map((cell) =>
      cell === undefined ? "" : printableText(cellText(document, column, cell, reasons)),
    ),
    notes: cells.map((cell) => (cell?.kind === "number" ? printableText(cell.note ?? "") : "")),
  };
}

function tableRows(table: Table): readonly Row[] {
  return table.total === null ? table.rows : [...table.rows, table.total];
}

function renderPanel(
  table: Table,
  texts: readonly ColumnTexts[],
  panel: Panel,
  gap: number,
  paint: Paint,
): readonly string[] {
  const rule = paint("faint", "─".repeat(totalWidth(widthsOf(panel), gap)));
  const lines = [...headerLines(table, texts, panel, gap, paint), rule];
  const rows = tableRows(table);
  const names = texts[0]?.cells ?? [];
  let name: readonly Piece[] = [];
  for (const [index, row] of rows.entries()) {
    const isTotal = index === table.rows.length;
    if (isTotal) lines.push(rule);
    const stacks = rowStacks(texts, panel, row, index);
    // Rows of one name, one below the other, share it: it stands at the first, and goes on beside the next.
    if (isTotal || index === 0 || names[index] !== names[index - 1]) name = stacks[0] ?? [];
    const height = Math.max(1, ...stacks.slice(1).map((stack) => stack.length));
    const isLast = index + 1 >= table.rows.length || names[index] !== names[index + 1];
    const shown = isLast ? name : name.slice(0, height);
    name = name.slice(shown.length);
    lines.push(...stackLines(table, panel, [shown, ...stacks.slice(1)], gap, paint));
  }
  return lines;
}

function headerLines(
  table: Table,
  texts: readonly ColumnTexts[],
  panel: Panel,
  gap: number,
  paint: Paint,
): readonly string[] {
  const headers = panel.map(({ column, width }) => wrapText(texts[column]?.header ?? "", width));
  const height = Math.max(...headers.map((lines) => lines.length));
  const lines: string[] = [];
  const groups = groupLine(texts, panel, gap);
  if (groups.trim() !== "") lines.push(groups.trimEnd());
  for (let level = 0; level < height; level += 1) {
    // Short headers stand at the bottom, next to their unit.
    const pieces = headers.map(
      (one): Piece => ({ text: one[level - height + one.length] ?? "", ink: "plain" }),
    );
    lines.push(joinPieces(table, panel, pieces, gap, paint));
  }
  const units = panel.map(({ column }): Piece => ({ text: texts[column]?.unit ?? "", ink: "faint" }));
  if (units.some(({ text }) => text !== "")) lines.push(joinPieces(table, panel, units, gap, paint));
  return lines;
}

/** Headings over several columns: `── RTT ──`. */
function groupLine(texts: readonly ColumnTexts[], panel: Panel, gap: number): string {
  return groupSpans(panel, texts)
    .map(({ group, first, last }) => {
      const width = totalWidth(widthsOf(panel.slice(first, last + 1)), gap);
      if (group === null) return " ".repeat(width);
      const rest = width - displayWidth(group);
      if (rest < GROUP_RULE) return `${" ".repeat(Math.max(0, rest))}${wrapText(group, width)[0] ?? ""}`;
      const before = Math.floor((rest - 2) / 2);
      return `${"─".repeat(before)} ${group} ${"─".repeat(rest - 2 - before)}`;
    })
    .join(" ".repeat(gap));
}

/** For each column of the panel, the lines of its cell. */
function rowStacks(
  texts: readonly ColumnTexts[],
  panel: Panel,
  row: Row,
  index: number,
): readonly (readonly Piece[])[] {
  return panel.map(({ column, width }) => {
    const cell = row[column];
    if (cell === undefined) return [];
    return cellPieces(cell, texts[column]?.cells[index] ?? "", texts[column]?.notes[index] ?? "", width);
  });
}

function stackLines(
  table: Table,
  panel: Panel,
  stacks: readonly (readonly Piece[])[],
  gap: number,
  paint: Paint,
): readonly string[] {
  const height = Math.max(...stacks.map((stack) => stack.length));
  return Array.from({ length: height }, (_, level) =>
    joinPieces(
      table,
      panel,
      stacks.map((stack) => stack[level] ?? { text: "", ink: "plain" }),
      gap,
      paint,
    ),
  );
}

function cellPieces(cell: Cell, text: string, note: string, width: number): readonly Piece[] {
  const tone = cell.kind === "number" || cell.kind === "text" ? (cell.tone ?? "plain") : "plain";
  const notes = note === "" ? [] : wrapText(note, width);
  return [...wrapText(text, width), ...notes].map((line) => ({ text: line, ink: tone }));
}

function joinPieces(table: Table, panel: Panel, pieces: readonly Piece[], gap: number, paint: Paint): string {
  const padded = panel.map(({ column, width }, place) => {
    const { text, ink } = pieces[place] ?? { text: "", ink: "plain" };
    const padding = " ".repeat(Math.max(0, width - displayWidth(text)));
    const painted = paint(ink, text);
    return table.columns[column]?.align === "right" ? padding + painted : painted + padding;
  });
  return padded.join(" ".repeat(gap)).trimEnd();
}
