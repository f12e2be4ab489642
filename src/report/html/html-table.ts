/** A table as HTML: caption, headers with their scope, footnotes. */
import { cellText, footnoteMark, footnoteText, intervalText, tableReasons, valueText } from "../cell-text.ts";
import { columnGroups } from "../column-groups.ts";
import type { Cell, Column, Document, Row, Table } from "../document.ts";
import { escapeHtml } from "./escape-html.ts";

export function htmlTable(document: Document, table: Table): string {
  const reasons = tableReasons(table);
  const row = (cells: Row): string =>
    `<tr>${table.columns.map((column, index) => htmlCell(document, column, cells[index], index, reasons)).join("")}</tr>`;
  const id = table.id === undefined ? "" : ` id="table-${escapeHtml(table.id)}"`;
  return [
    `<div class="table" tabindex="0" role="region" aria-label="${escapeHtml(table.title)}">`,
    `<table${id}>`,
    `<caption>${escapeHtml(table.title)}</caption>`,
    `<thead>${groupRow(table.columns)}<tr>${table.columns.map(headerCell).join("")}</tr></thead>`,
    "<tbody>",
    ...table.rows.map(row),
    "</tbody>",
    ...(table.total === null ? [] : [`<tfoot>${row(table.total)}</tfoot>`]),
    "</table>",
    ...reasons.map(
      (reason, index) =>
        `<p class="footnote">${footnoteMark(index)} ${escapeHtml(footnoteText(document, reason))}</p>`,
    ),
    "</div>",
  ].join("\n");
}

function headerCell({ header, unit, align }: Column): string {
  const unitText = unit === undefined ? "" : ` <span class="unit">${escapeHtml(unit)}</span>`;
  return `<th scope="col" class="${align}">${escapeHtml(header)}${unitText}</th>`;
}

/** Headings over several columns; empty where there are none. */
function groupRow(columns: readonly Column[]): string {
  const groups = columnGroups(columns);
  if (groups.length === 0) return "";
  const cells = groups.map(({ group, width }) =>
    group === null
      ? `<td colspan="${width}"></td>`
      : `<th scope="colgroup" colspan="${width}">${escapeHtml(group)}</th>`,
  );
  return `<tr>${cells.join("")}</tr>`;
}

function htmlCell(
  document: Document,
  column: Column,
  cell: Cell | undefined,
  index: number,
  reasons: readonly string[],
): string {
  const content = cell === undefined ? "" : contentOf(document, column, cell, reasons);
  if (index === 0) return `<th scope="row" class="${column.align}">${content}</th>`;
  const tone = cell?.kind === "number" || cell?.kind === "text" ? cell.tone : undefined;
  const note =
    cell?.kind === "number" && cell.note !== undefined
      ? `<span class="note">${escapeHtml(cell.note)}</span>`
      : "";
  const value = cell?.kind === "number" ? ` data-value="${cell.value}"` : "";
  const why =
    cell?.kind === "notMeasured" ? ` title="${escapeHtml(footnoteText(document, cell.reason))}"` : "";
  return `<td class="${column.align}${tone === undefined ? "" : ` ${tone}`}"${value}${why}>${content}${note}</td>`;
}

/** The cell's text; an interval stands below its number, so that tables keep to a screen. */
function contentOf(document: Document, column: Column, cell: Cell, reasons: readonly string[]): string {
  const interval = cell.kind === "number" ? intervalText(document, column, cell) : null;
  if (cell.kind !== "number" || interval === null)
    return escapeHtml(cellText(document, column, cell, reasons));
  return `${escapeHtml(valueText(document, column, cell))} <span class="interval">${escapeHtml(interval)}</span>`;
}
