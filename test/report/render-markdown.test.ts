import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildDocument } from "../../src/report/build-document.ts";
import { renderMarkdown } from "../../src/report/render-markdown.ts";
import { busyPair, runOf } from "./sample-run.ts";

/** Cells of a row: what stands between bars that are not escaped. */
function cells(line: string): string[] {
  return line.replaceAll(/\\[^\n]/g, "xx").split("|");
}

describe("Markdown", () => {
  test("keeps its tables whatever the pairs are called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const markdown = renderMarkdown(
          buildDocument(runOf([busyPair({ name, destination: "10.0.0.1" })]), { language: "en" }),
        );
        for (const table of markdown.split("\n\n").filter((block) => block.startsWith("| "))) {
          const widths = new Set(table.split("\n").map((line) => cells(line).length));
          expect(widths.size, table).toBe(1);
        }
        expect(markdown.match(/^# /gm)).toHaveLength(1);
        expect(markdown.replaceAll(/\\[^\n]/g, "")).not.toMatch(/<|\]\(/);
      }),
    );
  });
});
