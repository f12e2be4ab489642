/** A document as GitHub-flavoured Markdown: for a README, an issue, or pandoc. */
import { factText, footnoteMark, footnoteText, headingText, notedText, tableReasons } from "./cell-text.ts";
import { displayWidth, widestOf } from "./display-width.ts";
import type { Block, Cell, Column, Document, Figure, Row, Table } from "./document.ts";
import { printableText } from "./printable-text.ts";
import { warningText } from "./sentence.ts";

/** A rule below a header needs three dashes in some dialects. */
const NARROWEST_COLUMN = 3;

/** Texts are escaped, so that nothing in them becomes markup; columns are padded, so that the source reads well too. */
export function renderMarkdown(document: Document): string {
  const paragraphs = [`# ${escapeMarkdown(document.title)}`, escapeMarkdown(document.summary)];
  for (const block of document.opening ?? []) paragraphs.push(...blockParagraphs(document, block));
  for (const section of document.sections) {
    paragraphs.push(`## ${escapeMarkdown(section.heading)}`);
    for (const block of section.blocks) paragraphs.push(...blockParagraphs(document, block));
  }
  return `${paragraphs.join("\n\n")}\n`;
}

/** CommonMark lets every ASCII punctuation be escaped; these are the ones that begin inline markup or HTML. */
function escapeMarkdown(text: string): string {
  return printableText(text).replace(/[\\`*_[\]<>|~#&]/g, "\\$&");
}

function blockParagraphs(document: Document, block: Block): readonly string[] {
  switch (block.kind) {
    case "paragraph":
      return [escapeMarkdown(block.text)];
    case "list":
      return [block.items.map((item) => `- ${escapeMarkdown(item)}`).join("\n")];
    case "figure":
      return figureParagraphs(block);
    case "table":
      return tableParagraphs(document, block);
    case "facts": {
      const facts = block.facts.map(
        (fact) => `- ${escapeMarkdown(fact.label)}: ${escapeMarkdown(factText(document, fact))}`,
      );
      return [`### ${escapeMarkdown(block.title)}`, facts.join("\n")];
    }
    case "warnings": {
      const groups = block.groups.map((group) => {
        return `- **${escapeMarkdown(group.code)}**: ${escapeMarkdown(warningText(group))}`;
      });
      return [groups.join("\n")];
    }
  }
}

function figureParagraphs({ chart, files }: Figure): readonly string[] {
  const image = files.find((file) => file.endsWith(".png")) ?? files.find((file) => file.endsWith(".svg"));
  const title = escapeMarkdown(chart.title);
  const note = chart.note === null ? [] : [escapeMarkdown(chart.note)];
  return [image === undefined ? `**${title}**` : `![${title}](${encodeURI(image)})`, ...note];
}

/** One table by itself, as `renderMarkdown` has it in the document. */
export function renderMarkdownTable(document: Document, table: Table): string {
  return `${tableParagraphs(document, table).join("\n\n")}\n`;
}

function tableParagraphs(document: Document, table: Table): readonly string[] {
  const reasons = tableReasons(table);
  const rowTexts = (row: Row, bold: boolean): readonly string[] =>
    table.columns.map((column, index) => markdownCell(document, column, row[index], reasons, bold));
  const rows = [
    table.columns.map((column) => escapeMarkdown(headingText(column))),
    ...table.rows.map((row) => rowTexts(row, false)),
    ...(table.total === null ? [] : [rowTexts(table.total, true)]),
  ];
  const widths = table.columns.map((_, index) =>
    Math.max(NARROWEST_COLUMN, widestOf(rows.map((row) => row[index] ?? ""))),
  );
  const [header = "", ...body] = rows.map((row) => rowLine(table, widths, row));
  const rule = table.columns.map(({ align }, index) => {
    const dashes = "-".repeat((widths[index] ?? NARROWEST_COLUMN) - (align === "right" ? 1 : 0));
    return align === "right" ? `${dashes}:` : dashes;
  });
  const paragraphs = [
    `### ${escapeMarkdown(table.title)}`,
    [header, `| ${rule.join(" | ")} |`, ...body].join("\n"),
  ];
  if (reasons.length > 0) {
    const notes = reasons.map(
      (reason, index) => `${footnoteMark(index)} ${escapeMarkdown(footnoteText(document, reason))}`,
    );
    paragraphs.push(notes.join("\\\n"));
  }
  return paragraphs;
}

function markdownCell(
  document: Document,
  column: Column,
  cell: Cell | undefined,
  reasons: readonly string[],
  bold: boolean,
): string {
  const text = escapeMarkdown(notedText(document, column, cell, reasons));
  return bold && text !== "" ? `**${text}**` : text;
}

function rowLine(table: Table, widths: readonly number[], row: readonly string[]): string {
  const cells = table.columns.map(({ align }, index) => {
    const text = row[index] ?? "";
    const padding = " ".repeat(Math.max(0, (widths[index] ?? 0) - displayWidth(text)));
    return align === "right" ? padding + text : text + padding;
  });
  return `| ${cells.join(" | ")} |`;
}
