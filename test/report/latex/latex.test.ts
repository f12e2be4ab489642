/** LaTeX: texts that can't break it, and a document that pdfLaTeX compiles. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import { comparisonCharts } from "../../../src/report/charts/comparison-charts.ts";
import { renderChart } from "../../../src/report/charts/render-chart.ts";
import {
  buildComparisonDocument,
  buildComparisonSummary,
} from "../../../src/report/comparison/build-comparison-document.ts";
import type { Document } from "../../../src/report/document.ts";
import { renderLatexTable } from "../../../src/report/latex/latex-table.ts";
import { latexText } from "../../../src/report/latex/latex-text.ts";
import { renderLatex } from "../../../src/report/latex/render-latex.ts";
import { experimentOf, publishedExperiment } from "../../experiment/experiment-builder.ts";
import { needs } from "../../real-part.ts";

const ALL_ASCII = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join("");
const NAME = `${ALL_ASCII} ÀÉîöüßøŁžşğı ± × → ≤ “q” … 中 🙂 \u202e`;

describe("texts", () => {
  test.each([
    ["50 % of a_b & $x", "50 \\% of a\\_b \\& \\$x"],
    ["\\input{/etc/passwd}", "\\textbackslash{}input\\{/etc/passwd\\}"],
    ["<0.001 ± 2", "$<$0.001 $\\pm$ 2"],
    ["--bandwidth --- a-b", "-{}-bandwidth -{}-{}- a-b"],
    ["–¹ 中", "--\\textsuperscript{1} [U+4E2D]"],
  ])("%s", (text, latex) => {
    expect(latexText(text)).toBe(latex);
  });
});

test("a table of a paper", () => {
  const comparison = compareMethods(publishedExperiment);
  const document = buildComparisonDocument(comparison);
  const table = document.sections
    .flatMap(({ blocks }) => blocks)
    .find((block) => block.kind === "table" && block.id === "summary-network");
  if (table?.kind !== "table") throw new Error("there is no such table");
  expect(renderLatexTable(document, table)).toMatchInlineSnapshot(`
    "\\begin{table}
      \\centering
      \\caption{The network}\\label{tab:summary-network}
      \\small
      \\setbox0=\\hbox{%
      \\begin{tabular}{@{}lrr@{}}
        \\toprule
        Method & Runs & Packet loss \\\\
         &  & (\\%) \\\\
        \\midrule
        direct & 10 & 5.533 (4.849--6.314) \\\\
        round-robin & 10 & 0.467 (0.269--0.808) \\\\
        least-connection & 10 & 0.400 (0.231--0.692) \\\\
        ip-hash & 10 & 4.400 (3.296--5.873) \\\\
        \\bottomrule
      \\end{tabular}}%
      \\leavevmode\\ifdim\\wd0>\\linewidth\\resizebox{\\linewidth}{!}{\\box0}\\else\\box0\\fi
    \\end{table}
    "
  `);
});

test("a table of several pages has its caption and label once", () => {
  const document = buildComparisonDocument(compareMethods(publishedExperiment));
  const sources = document.sections
    .flatMap(({ blocks }) => blocks)
    .find((block) => block.kind === "table" && block.id === "sources");
  if (sources?.kind !== "table") throw new Error("there is no such table");
  const latex = renderLatexTable(document, sources);
  const repeated = latex.slice(latex.indexOf("\\endfirsthead"), latex.indexOf("\\endhead"));
  expect(latex.match(/\\label/g)).toHaveLength(1);
  expect(latex.indexOf("\\label")).toBeLessThan(latex.indexOf("\\endfirsthead"));
  expect(repeated).toContain("Captures, or table and line");
  expect(repeated).not.toContain("caption");
});

/** Compiles a document beside its figures; the log where that fails. */
function compile(document: Document, folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "report.tex"), renderLatex(document));
  for (const block of [...(document.opening ?? []), ...document.sections.flatMap(({ blocks }) => blocks)]) {
    if (block.kind !== "figure") continue;
    const path = block.files.find((file) => file.endsWith(".pdf")) ?? "";
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), renderChart(block.chart, { format: "pdf" }));
  }
  const { status, stdout } = spawnSync(
    "pdflatex",
    ["-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "report.tex"],
    { cwd: folder, encoding: "utf8" },
  );
  const overfull = stdout.split("\n").filter((line) => /^Overfull \\hbox \((?:[2-9]\d|\d{3,})/.test(line));
  return status === 0 ? overfull.join("\n") : stdout.slice(-2000);
}

needs("pdflatex")("pdfLaTeX", () => {
  const folder = mkdtempSync(join(tmpdir(), "lbqos-latex-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("compiles the study with its tables and figures, none wider than the page", () => {
    const comparison = compareMethods(publishedExperiment);
    const drawn = { folder: "charts", formats: ["pdf"] } as const;
    const document = buildComparisonDocument(comparison, { charts: comparisonCharts(comparison), drawn });
    expect(compile(document, join(folder, "study"))).toBe("");
    expect(readFileSync(join(folder, "study/report.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
  }, 120_000);

  test("compiles the summary to one page, its table no wider than a column", () => {
    const methods = ["round-robin", "least-connection"];
    const manifest = {
      title: "Two methods",
      balancer: "10.0.0.1",
      backends: [{ name: "A", address: "10.0.0.2" }],
      methods: methods.map((name) => ({ name })),
    };
    const runs = (timesToFirstByteMs: readonly number[]) =>
      timesToFirstByteMs.map((timeToFirstByteMs) => ({
        pairs: [{ name: "A", destination: "10.0.0.2", timeToFirstByteMs, serverErrors: 3 }],
      }));
    const experiment = experimentOf(JSON.stringify(manifest), {
      "round-robin": runs([0.97, 0.98, 0.99, 1, 1.01, 1.02]),
      "least-connection": runs([0.5, 0.51, 0.52, 0.53, 0.54, 0.55]),
    });
    const comparison = compareMethods(experiment);
    const drawn = { folder: "charts", formats: ["pdf"] } as const;
    const document = buildComparisonSummary(comparison, { charts: comparisonCharts(comparison), drawn });
    const kinds = document.opening?.map(({ kind }) => kind);
    expect([kinds?.[0], kinds?.at(-1)]).toEqual(["paragraph", "table"]);
    expect(compile(document, join(folder, "summary"))).toBe("");
    const log = readFileSync(join(folder, "summary/report.log"), "utf8");
    expect(log).toContain("Output written on report.pdf (1 page");
  }, 120_000);

  test("compiles whatever names people give", () => {
    const manifest = {
      title: NAME,
      notes: NAME,
      balancer: "10.0.0.1",
      backends: [{ name: NAME.trim(), address: "10.0.0.2" }],
      methods: [{ name: NAME.trim() }],
    };
    const sketch = { pairs: [{ name: NAME.trim(), destination: "10.0.0.2" }] };
    const experiment = experimentOf(JSON.stringify(manifest), { [NAME.trim()]: [sketch, sketch] });
    const comparison = compareMethods(experiment);
    expect(comparison.runTables).toHaveLength(1);
    const log = compile(buildComparisonDocument(comparison), join(folder, "names"));
    expect(log.replace(/^Overfull.*$/gm, "").trim()).toBe("");
  }, 120_000);
});
