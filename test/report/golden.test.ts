/**
 * Whole reports, compared with the files in expected/. A file's name says what it is: RUN.LANGUAGE.WIDTH.txt for the
 * terminal, RUN.LANGUAGE.WIDTH.screen.txt for its first screen, RUN.LANGUAGE.md, RUN.csv, RUN.json. To add one, make an empty file; to update all after a change that was
 * meant: LBQOS_UPDATE_EXPECTED=1 npx vitest run test/report, then read the difference.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { RunMetrics } from "../../src/metrics/run-metrics.ts";
import { buildDocument } from "../../src/report/build-document.ts";
import { renderCsv } from "../../src/report/render-csv.ts";
import { renderJson } from "../../src/report/render-json.ts";
import { renderMarkdown } from "../../src/report/render-markdown.ts";
import { renderFirstScreen } from "../../src/report/terminal/render-first-screen.ts";
import { renderTerminal } from "../../src/report/terminal/render-terminal.ts";
import { type Language, languages } from "../../src/words/language.ts";
import { emptyRun, hostileRun, manyPairsRun, roundRobinRun, troubledRun } from "./sample-run.ts";

const FOLDER = new URL("expected/", import.meta.url);
const UPDATE = process.env["LBQOS_UPDATE_EXPECTED"] === "1";

const RUNS: Readonly<Record<string, () => RunMetrics>> = {
  "round-robin": roundRobinRun,
  troubled: troubledRun,
  "many-pairs": manyPairsRun,
  nothing: emptyRun,
  hostile: hostileRun,
};

/** Renders what a file's name says. */
function renderNamed(file: string): string {
  const [name = "", ...parts] = file.split(".");
  const makeRun = RUNS[name];
  const language = languages.find((one) => one === parts[0]);
  if (makeRun === undefined) throw new Error(`expected/${file}: there is no run "${name}"`);
  const run = makeRun();
  if (file.endsWith(".json")) return renderJson(run);
  if (file.endsWith(".csv")) return renderCsv(run);
  if (language === undefined) throw new Error(`expected/${file}: its name has no language`);
  if (file.endsWith(".md")) return renderMarkdown(document(run, language));
  const terminal = { width: Number(parts[1]), colour: false };
  if (parts[2] === "screen") return renderFirstScreen(run, language, terminal);
  return renderTerminal(document(run, language), terminal);
}

function document(run: RunMetrics, language: Language) {
  return buildDocument(run, { language, pairLimit: 5 });
}

describe("expected/", () => {
  const files = readdirSync(FOLDER).sort();

  test.each(files)("%s", (file) => {
    const rendered = renderNamed(file);
    if (UPDATE) writeFileSync(new URL(file, FOLDER), rendered);
    expect(rendered).toBe(readFileSync(new URL(file, FOLDER), "utf8"));
  });

  test("covers every run, format and language", () => {
    const used = new Set(files.map((file) => file.split(".")[0]));
    expect([...used].sort()).toEqual(Object.keys(RUNS).sort());
    for (const ending of [
      ".en.80.txt",
      ".id.80.txt",
      ".80.screen.txt",
      ".en.md",
      ".id.md",
      ".csv",
      ".json",
    ]) {
      expect(files.filter((file) => file.endsWith(ending))).not.toEqual([]);
    }
  });
});
