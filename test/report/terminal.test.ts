import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildDocument } from "../../src/report/build-document.ts";
import { displayWidth } from "../../src/report/display-width.ts";
import type { Document, Table } from "../../src/report/document.ts";
import { renderMarkdown } from "../../src/report/render-markdown.ts";
import { renderTerminal } from "../../src/report/terminal/render-terminal.ts";
import { wrapText } from "../../src/report/terminal/wrap-text.ts";
import { busyPair, roundRobinRun, runOf, troubledRun } from "./sample-run.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours themselves
const SGR = /\u001b\[\d+m/g;

describe("the terminal", () => {
  test("gets lines that fit, whatever it is wide and the pairs are called", () => {
    const name = fc.string({ unit: "grapheme-composite", minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 40, max: 200 }),
        (names, width) => {
          const run = runOf(
            names.map((one, index) => busyPair({ name: one, destination: `10.0.0.${index}` })),
          );
          const text = renderTerminal(buildDocument(run, { language: "id" }), { width, colour: false });
          for (const line of text.split("\n")) expect(displayWidth(line), line).toBeLessThanOrEqual(width);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("gets colours only when asked, and the same text with them", () => {
    const document = buildDocument(troubledRun(), { language: "en" });
    const plain = renderTerminal(document, { width: 80, colour: false });
    const coloured = renderTerminal(document, { width: 80, colour: true });
    expect(plain).not.toContain("\u001b");
    expect(coloured).toContain("\u001b[31m");
    expect(coloured.replaceAll(SGR, "")).toBe(plain);
  });

  test("sees good, fair and bad in colour", () => {
    const coloured = (run: ReturnType<typeof troubledRun>) =>
      renderTerminal(buildDocument(run, { language: "en" }), { width: 100, colour: true });
    expect(coloured(roundRobinRun())).toContain("\u001b[32mexcellent\u00a04\u001b[39m");
    expect(coloured(troubledRun())).toContain("\u001b[33mfair\u00a02\u001b[39m");
    expect(coloured(troubledRun())).toContain("\u001b[31mpoor\u00a01\u001b[39m");
    expect(coloured(roundRobinRun())).not.toContain("\u001b[31m");
  });

  test("counts a terminal below 40 columns as 40", () => {
    const document = buildDocument(roundRobinRun(), { language: "en" });
    expect(renderTerminal(document, { width: 7, colour: false })).toBe(
      renderTerminal(document, { width: 40, colour: false }),
    );
  });
});

test("tables may have more rows than a call takes arguments", () => {
  const document = buildDocument(roundRobinRun(), { language: "en" });
  const table: Table = {
    kind: "table",
    title: "Many",
    columns: [
      { header: "Pair", align: "left", digits: 0 },
      { header: "Requests", align: "right", digits: 0 },
    ],
    rows: Array.from({ length: 150_000 }, (_, index) => [
      { kind: "text", text: `pair ${index}` },
      { kind: "number", value: index },
    ]),
    total: null,
  };
  const long: Document = { ...document, sections: [{ heading: "Pairs", blocks: [table] }] };
  expect(renderTerminal(long, { width: 80, colour: false }).split("\n").length).toBeGreaterThan(150_000);
  expect(renderMarkdown(long).split("\n").length).toBeGreaterThan(150_000);
});

describe("widths on a terminal", () => {
  test.each([
    ["Flask A", 7],
    ["服务器", 6],
    ["e\u0301", 1],
    ["🙂", 2],
    ["–¹", 2],
    ["", 0],
  ])("of %j: %d", (text, width) => expect(displayWidth(text)).toBe(width));
});

describe("wrapped text", () => {
  test.each([
    ["one two three", 7, ["one two", "three"]],
    ["abcdefgh", 3, ["abc", "def", "gh"]],
    ["a abcdefgh b", 4, ["a", "abcd", "efgh", "b"]],
    ["服务器", 4, ["服务", "器"]],
    ["", 5, [""]],
  ])("%j in %d columns", (text, width, lines) => expect(wrapText(text, width)).toEqual(lines));

  test("loses nothing", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 20 }), (text, width) => {
        expect(wrapText(text, width).join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      }),
    );
  });
});
