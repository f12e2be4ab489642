/**
 * Whole reports of experiments, compared with the files in expected/: EXPERIMENT.LANGUAGE.WIDTH.txt for the terminal,
 * EXPERIMENT.LANGUAGE.md, EXPERIMENT.csv. To update all after a change that was meant: LBQOS_UPDATE_EXPECTED=1 npx vitest
 * run test/report/comparison, then read the difference.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import type { Comparison } from "../../../src/experiment/comparison/comparison.ts";
import { buildComparisonDocument } from "../../../src/report/comparison/build-comparison-document.ts";
import { renderComparisonCsv } from "../../../src/report/comparison/render-comparison-csv.ts";
import { renderMarkdown } from "../../../src/report/render-markdown.ts";
import { renderTerminal } from "../../../src/report/terminal/render-terminal.ts";
import { languages } from "../../../src/words/language.ts";
import { experimentOf, publishedExperiment } from "../../experiment/experiment-builder.ts";

const FOLDER = new URL("expected/", import.meta.url);
const UPDATE = process.env["LBQOS_UPDATE_EXPECTED"] === "1";

const A = { name: "A", destination: "10.0.0.2" };
const B = { name: "B", destination: "10.0.0.3" };

const EXPERIMENTS: Readonly<Record<string, () => Comparison>> = {
  /** The study's own table: no captures, four methods of ten runs. */
  study: () => compareMethods(publishedExperiment),
  /** One run here, two there, a backend without traffic, a method without runs, something not measured. */
  gaps: () =>
    compareMethods(
      experimentOf(
        [
          "title: Little to go by",
          "notes: Two afternoons.",
          "balancer: 10.0.0.1",
          "backends: [{ name: A, address: 10.0.0.2 }, { name: B, address: 10.0.0.3 }]",
          "methods: [{ name: direct, source: 10.0.0.9 }, { name: round-robin }, { name: ip-hash }, { name: random }]",
          "load: { requests: 200 }",
        ].join("\n"),
        {
          direct: [{ pairs: [{ ...A, source: "10.0.0.9", timeToFirstByteMs: null }] }],
          "round-robin": [
            { pairs: [A, B] },
            {
              pairs: [
                { ...A, delayMs: 3.5 },
                { ...B, requests: 99, jitterMs: null },
              ],
            },
          ],
          "ip-hash": [
            {
              pairs: [
                { ...A, requests: 200 },
                { ...B, requests: 0 },
              ],
            },
          ],
          random: [],
        },
      ),
    ),
  nothing: () => compareMethods(experimentOf("methods: [{ name: round-robin }]", {})),
};

function renderNamed(file: string): string {
  const [name = "", ...parts] = file.split(".");
  const comparison = EXPERIMENTS[name]?.();
  const language = languages.find((one) => one === parts[0]);
  if (comparison === undefined) throw new Error(`expected/${file}: there is no experiment "${name}"`);
  if (file.endsWith(".csv")) return renderComparisonCsv(comparison);
  if (language === undefined) throw new Error(`expected/${file}: its name has no language`);
  if (file.endsWith(".md")) return renderMarkdown(buildComparisonDocument(comparison, { language }));
  const document = buildComparisonDocument(comparison, { language, definitions: false });
  return renderTerminal(document, { width: Number(parts[1]), colour: false });
}

describe("expected/", () => {
  const files = readdirSync(FOLDER).sort();

  test.each(files)("%s", (file) => {
    const rendered = renderNamed(file);
    if (UPDATE) writeFileSync(new URL(file, FOLDER), rendered);
    expect(rendered).toBe(readFileSync(new URL(file, FOLDER), "utf8"));
  });

  test("covers every experiment, format and language", () => {
    const used = new Set(files.map((file) => file.split(".")[0]));
    expect([...used].sort()).toEqual(Object.keys(EXPERIMENTS).sort());
    for (const ending of [".en.100.txt", ".id.80.txt", ".en.md", ".id.md", ".csv"]) {
      expect(files.filter((file) => file.endsWith(ending))).not.toEqual([]);
    }
  });
});
