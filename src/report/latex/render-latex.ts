/** A document as a LaTeX file that compiles by itself with pdfLaTeX; its tables can also be taken one by one. */
import { factText } from "../cell-text.ts";
import type { Block, Document } from "../document.ts";
import { sentence } from "../sentence.ts";
import { renderLatexTable } from "./latex-table.ts";
import { latexText } from "./latex-text.ts";

/** Tables and figures stand where they are named: a report of dozens of floats would overrun LaTeX's memory for them. */
const PREAMBLE = [
  "\\documentclass[a4paper]{article}",
  "\\usepackage[T1]{fontenc}",
  "\\usepackage[utf8]{inputenc}",
  "\\usepackage{textcomp}",
  "\\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}",
  "\\usepackage[margin=2cm]{geometry}",
  "\\usepackage{booktabs,graphicx,float}",
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
      return block.file === null
        ? []
        : [
            "\\begin{figure}",
            "  \\centering",
            `  \\includegraphics[width=0.8\\linewidth]{${block.file}.pdf}`,
            `  \\caption{${latexText(block.chart.title)}}`,
            `  \\label{fig:${block.chart.id}}`,
            "\\end{figure}",
          ];
    case "warnings":
      return itemLines(
        block.groups.map(({ code, messages, more, advice }) => {
          const sentences = [...messages.map(sentence), ...(more === null ? [] : [more]), sentence(advice)];
          return `\\textbf{${latexText(code)}}: ${latexText(sentences.join(" "))}`;
        }),
      );
  }
}

function itemLines(items: readonly string[]): readonly string[] {
  return ["\\begin{itemize}", ...items.map((item) => `  \\item ${item}`), "\\end{itemize}"];
}
