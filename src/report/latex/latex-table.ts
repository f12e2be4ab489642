/** A table for a paper, ruled by booktabs. */
import { footnoteMark, footnoteText, notedText, tableReasons } from "../cell-text.ts";
import { columnGroups } from "../column-groups.ts";
import type { Cell, Column, Document, Row, Table } from "../document.ts";
import { latexText } from "./latex-text.ts";

/** From so many columns on, type and gaps are smaller. */
const MANY_COLUMNS = 6;
/** Texts of more characters are set in lines. */
const LONG_TEXT = 60;

/** Rows that fit on a page. */
const PAGE_ROWS = 40;

/**
 * A `table` with caption and label, as wide as the text at most, or a `longtable` where it is longer than a page. Needs
 * `\usepackage{booktabs,graphicx,longtable}`.
 */
export function renderLatexTable(document: Document, table: Table): string {
  const reasons = tableReasons(table);
  const line = (row: Row): string =>
    `    ${table.columns.map((column, index) => latexCell(document, column, row[index], reasons)).join(" & ")} \\\\`;
  const label = table.id === undefined ? "" : `\\label{tab:${labelText(table.id)}}`;
  const caption = `\\caption{${latexText(table.title)}}${label}`;
  const columns = `{@{}${table.columns.map((column, index) => alignment(table, column, index)).join("")}@{}}`;
  const head = ["    \\toprule", ...headerLines(table.columns), "    \\midrule"];
  const body = [
    ...table.rows.map(line),
    ...(table.total === null ? [] : ["    \\midrule", line(table.total)]),
    "    \\bottomrule",
  ];
  const notes = reasons.map(
    (reason, index) =>
      `  \\par\\smallskip\\footnotesize ${latexText(`${footnoteMark(index)} ${footnoteText(document, reason)}`)}`,
  );
  const size =
    table.columns.length >= MANY_COLUMNS ? "\\footnotesize\\setlength{\\tabcolsep}{3pt}" : "\\small";
  const lines =
    table.rows.length > PAGE_ROWS
      ? [
          `{${size}`,
          `  \\begin{longtable}${columns}`,
          `    ${caption} \\\\`,
          ...head,
          "    \\endfirsthead",
          ...head,
          "    \\endhead",
          ...body,
          "  \\end{longtable}",
          ...notes,
          "}",
        ]
      : [
          "\\begin{table}",
          "  \\centering",
          `  ${caption}`,
          `  ${size}`,
          "  \\setbox0=\\hbox{%",
          `  \\begin{tabular}${columns}`,
          ...head,
          ...body,
          "  \\end{tabular}}%",
          "  \\leavevmode\\ifdim\\wd0>\\linewidth\\resizebox{\\linewidth}{!}{\\box0}\\else\\box0\\fi",
          ...notes,
          "\\end{table}",
        ];
  return `${lines.join("\n")}\n`;
}

/** Labels are names for TeX, letters of other scripts in them are not. */
function labelText(id: string): string {
  return id.replace(/[^\x21-\x7e]|[\\{}#%~^_&$]/g, "-");
}

function alignment(table: Table, column: Column, index: number): string {
  const isLong = table.rows.some((row) => {
    const cell = row[index];
    return cell?.kind === "text" && cell.text.length > LONG_TEXT;
  });
  if (isLong) return "p{0.55\\linewidth}";
  return column.align === "right" ? "r" : "l";
}

/** Headings over several columns, names, units. */
function headerLines(columns: readonly Column[]): readonly string[] {
  const line = (texts: readonly string[]): string => `    ${texts.join(" & ")} \\\\`;
  const lines: string[] = [];
  const groups = columnGroups(columns);
  if (groups.length > 0) {
    lines.push(
      line(
        groups.map(({ group, width }) =>
          group === null
            ? Array.from({ length: width }, () => "").join(" & ")
            : `\\multicolumn{${width}}{c}{${latexText(group)}}`,
        ),
      ),
    );
  }
  lines.push(line(columns.map(({ header }) => latexText(header))));
  if (columns.some(({ unit }) => unit !== undefined)) {
    lines.push(line(columns.map(({ unit }) => (unit === undefined ? "" : `(${latexText(unit)})`))));
  }
  return lines;
}

function latexCell(
  document: Document,
  column: Column,
  cell: Cell | undefined,
  reasons: readonly string[],
): string {
  return latexText(notedText(document, column, cell, reasons)).replace(/^-/, "$-$");
}
