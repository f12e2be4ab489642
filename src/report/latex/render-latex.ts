/** A document as a LaTeX file that compiles by itself with pdfLaTeX; its tables can also be taken one by one. */
import { factText } from "../cell-text.ts";
import type { Block, Document, Figure } from "../document.ts";
import { warningText } from "../sentence.ts";
import { renderLatexTable } from "./latex-table.ts";
import { latexText } from "./latex-text.ts";

/** Tables and figures stand where they are named: a report of dozens of floats would overrun LaTeX's memory for them. */
const PREAMBLE = [
  "\\documentclass[a4paper]{article}",
  "\\usepackage[utf8]{inputenc}",
  "\\IfFileExists{lmodern.sty}{\\usepackage[T1]{fontenc}\\usepackage{lmodern}}{}",
  "\\usepackage[margin=2cm]{geometry}",
  "\\usepackage{booktabs,graphicx,longtable,float}",
  "\\makeatletter\\def\\fps@table{H}\\def\\fps@figure{H}\\makeatother",
];

export function renderLatex(document: Document): string {
  return [
    ...PREAMBLE,
    `\\title{${latexText(document.title)}}`,
    "\\date{}",
    "\\begin{document}",
    "\\maketitle",
    latexText(document.summary),
    "",
    ...(document.opening ?? []).flatMap((block) => [...blockLines(document, block), ""]),
    ...document.sections.flatMap(({ heading, blocks }) => [
      `\\section{${latexText(heading)}}`,
      "",
      ...blocks.flatMap((block) => [...blockLines(document, block), ""]),
    ]),
    "\\end{document}",
    "",
  ].join("\n");
}

function blockLines(document: Document, block: Block): readonly string[] {
  switch (block.kind) {
    case "paragraph":
      return [latexText(block.text)];
    case "list":
      return itemLines(block.items.map(latexText));
    case "table":
      return [renderLatexTable(document, block)];
    case "facts":
      return [
        `\\subsection*{${latexText(block.title)}}`,
        ...itemLines(
          block.facts.map((fact) => `${latexText(fact.label)}: ${latexText(factText(document, fact))}`),
        ),
      ];
    case "figure":
      return figureLines(block);
    case "warnings":
      return itemLines(
        block.groups.map((group) => `\\textbf{${latexText(group.code)}}: ${latexText(warningText(group))}`),
      );
  }
}

/** pdfLaTeX reads PDF and PNG. */
function figureLines({ chart, files }: Figure): readonly string[] {
  const file = files.find((one) => one.endsWith(".pdf")) ?? files.find((one) => one.endsWith(".png"));
  if (file === undefined) return [];
  return [
    "\\begin{figure}",
    "  \\centering",
    `  \\includegraphics[width=0.8\\linewidth]{${file}}`,
    `  \\caption{${latexText(chart.title)}}`,
    `  \\label{fig:${chart.id}}`,
    "\\end{figure}",
  ];
}

function itemLines(items: readonly string[]): readonly string[] {
  return ["\\begin{itemize}", ...items.map((item) => `  \\item ${item}`), "\\end{itemize}"];
}
