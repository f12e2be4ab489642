/** The conversations of this folder's Markdown files; a failing one names its file and line. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { casesIn, type GoldenCase } from "./golden-cases.ts";
import { USUAL_SEQUENCES, WRAPPING_SEQUENCES } from "./plan-segment.ts";
import { type Played, play } from "./play-segments.ts";
import { parseSegments } from "./segment-notation.ts";

const FOLDER = new URL("./", import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith(".md") && name !== "README.md");

/** What a block of a case shows of a conversation. */
const BLOCKS: Readonly<Record<string, (played: Played) => readonly string[]>> = {
  analysis: ({ analysis }) => analysis,
  losses: ({ losses }) => losses,
  "losses in all": ({ lossTotals }) => lossTotals,
  "round trips": ({ roundTrips }) => roundTrips,
  stream: ({ stream }) => stream,
  coverage: ({ coverage }) => coverage,
  "recorded twice": ({ duplicates }) => duplicates.map((number) => `#${number}`),
};

test("conversations are found", () => {
  expect(FILES.length).toBeGreaterThan(6);
});

describe.each(FILES)("%s", (file) => {
  const cases = casesIn(readFileSync(new URL(file, FOLDER), "utf8"));

  test.each(cases)(`${file}:$line $title`, ({ blocks }) => {
    expect(shown(blocks, USUAL_SEQUENCES)).toEqual(expected(blocks));
  });

  test.each(cases)(`${file}:$line $title, sequence numbers wrapping`, ({ blocks }) => {
    expect(shown(blocks, WRAPPING_SEQUENCES)).toEqual(expected(blocks));
  });
});

function expected(blocks: GoldenCase["blocks"]): Record<string, string> {
  return Object.fromEntries([...blocks].filter(([name]) => name !== "segments"));
}

function shown(blocks: GoldenCase["blocks"], initial: typeof USUAL_SEQUENCES): Record<string, string> {
  const played = play(parseSegments(blocks.get("segments") ?? ""), initial);
  return Object.fromEntries(
    Object.keys(expected(blocks)).map((name) => {
      const lines = BLOCKS[name];
      if (lines === undefined) throw new Error(`no block of the notation: ${name}`);
      return [name, lines(played).join("\n")];
    }),
  );
}
