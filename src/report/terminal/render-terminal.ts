/** A document for the eyes, in a terminal. */
import { factText } from "../cell-text.ts";
import { displayWidth, widestOf } from "../display-width.ts";
import type { Block, Document, Facts, Warnings } from "../document.ts";
import { printableText } from "../printable-text.ts";
import { type Paint, paintColours, paintNothing } from "./paint.ts";
import { renderTable } from "./render-table.ts";
import { wrapText } from "./wrap-text.ts";

export interface TerminalOptions {
  /** Columns of the terminal; below 40 counts as 40. */
  readonly width: number;
  readonly colour: boolean;
}

const NARROWEST = 40;
/** Longer lines of prose are hard to read. */
const WIDEST_PROSE = 100;

/** Lines end in a newline, none is wider than the terminal, control characters in texts are made visible. */
export function renderTerminal(document: Document, options: TerminalOptions): string {
  const width = Math.max(NARROWEST, options.width);
  const prose = Math.min(width, WIDEST_PROSE);
  const paint = options.colour ? paintColours : paintNothing;
  const parts: (readonly string[])[] = [
    wrapText(printableText(document.title), prose).map((line) => paint("strong", line)),
    wrapText(printableText(document.summary), prose),
  ];
  for (const block of document.opening ?? []) {
    parts.push([""], blockLines(document, block, width, prose, paint));
  }
  for (const section of document.sections) {
    parts.push([""], headingLines(printableText(section.heading), prose, paint));
    for (const [index, block] of section.blocks.entries()) {
      if (index > 0) parts.push([""]);
      parts.push(blockLines(document, block, width, prose, paint));
    }
  }
  return `${parts.flat().join("\n")}\n`;
}

/** `── Heading ───────`. */
function headingLines(heading: string, width: number, paint: Paint): readonly string[] {
  const lines = wrapText(heading, width - 6);
  const last = lines.at(-1) ?? "";
  const rule = "─".repeat(Math.max(0, width - displayWidth(last) - 4));
  return lines.map((line, index) =>
    paint("strong", index === lines.length - 1 ? `── ${line} ${rule}` : `── ${line}`),
  );
}

function blockLines(
  document: Document,
  block: Block,
  width: number,
  prose: number,
  paint: Paint,
): readonly string[] {
  switch (block.kind) {
    case "paragraph":
      return wrapText(printableText(block.text), prose);
    case "list":
      return block.items.flatMap((item) => hangingLines("• ", "  ", item, prose));
    case "figure":
      return wrapText(printableText(block.chart.title), prose).map((line) => paint("strong", line));
    case "table":
      return renderTable(document, block, width, paint);
    case "facts":
      return factLines(document, block, prose, paint);
    case "warnings":
      return warningLines(block, prose, paint);
  }
}

function factLines(document: Document, block: Facts, width: number, paint: Paint): readonly string[] {
  const labels = block.facts.map(({ label }) => printableText(label));
  const labelWidth = widestOf(labels) + 2;
  const lines = [paint("strong", printableText(block.title))];
  for (const [index, fact] of block.facts.entries()) {
    const label = labels[index] ?? "";
    const tone = fact.cell.kind === "number" || fact.cell.kind === "text" ? fact.cell.tone : undefined;
    const texts = wrapText(printableText(factText(document, fact)), Math.max(16, width - labelWidth));
    for (const [level, text] of texts.entries()) {
      const head =
        level === 0 ? label + " ".repeat(labelWidth - displayWidth(label)) : " ".repeat(labelWidth);
      lines.push(head + paint(tone ?? "plain", text));
    }
  }
  return lines;
}

/** `! what is the matter [code]`, more of the kind, and below what to do about it. */
function warningLines(block: Warnings, width: number, paint: Paint): readonly string[] {
  const mark = `${paint("fair", "!")} `;
  const arrow = `  ${paint("faint", "→")} `;
  return block.groups.flatMap(({ code, messages, more, advice }) => [
    ...messages.flatMap((message) => hangingLines(mark, "  ", `${message} [${code}]`, width)),
    ...(more === null ? [] : hangingLines(mark, "  ", more, width)),
    ...hangingLines(arrow, "    ", advice, width),
  ]);
}

/** A text after a mark, its further lines as far in. */
function hangingLines(mark: string, indent: string, text: string, width: number): readonly string[] {
  return wrapText(printableText(text), width - indent.length).map(
    (line, index) => (index === 0 ? mark : indent) + line,
  );
}
