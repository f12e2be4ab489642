/**
 * The live view at many sizes, compared with the files in expected/: MOMENT.LANGUAGE.WIDTHxHEIGHT.txt. To update all
 * after a change that was meant: LBQOS_UPDATE_EXPECTED=1 npx vitest run test/report/live, then read the difference.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LiveSnapshot } from "../../../src/live/live-snapshot.ts";
import { displayWidth } from "../../../src/report/display-width.ts";
import { type LiveViewOptions, renderLive } from "../../../src/report/live/render-live.ts";
import { languages } from "../../../src/words/language.ts";
import { busyPair, runOf } from "../sample-run.ts";
import {
  hostile,
  livePair,
  manyPairs,
  noHttp,
  snapshotOf,
  steady,
  troubled,
  waiting,
} from "./sample-snapshot.ts";

const FOLDER = new URL("expected/", import.meta.url);
const UPDATE = process.env["LBQOS_UPDATE_EXPECTED"] === "1";
// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours themselves
const SGR = /\u001b\[\d+m/g;

const MOMENTS: Readonly<Record<string, () => LiveSnapshot>> = {
  steady,
  troubled,
  "many-pairs": manyPairs,
  waiting,
  "no-http": noHttp,
  hostile,
};
const URL_OF_PAGE = "http://127.0.0.1:8080/";

function view(snapshot: LiveSnapshot, options: Partial<LiveViewOptions> = {}): readonly string[] {
  return renderLive(snapshot, {
    width: 80,
    height: 24,
    colour: false,
    language: "en",
    hasNamedPairs: true,
    url: URL_OF_PAGE,
    ...options,
  });
}

function viewNamed(file: string): string {
  const [moment = "", tongue, size = ""] = file.split(".");
  const [width, height] = size.split("x").map(Number);
  const language = languages.find((one) => one === tongue);
  const make = MOMENTS[moment];
  if (make === undefined || language === undefined || width === undefined || height === undefined)
    throw new Error(`expected/${file}: is not named MOMENT.LANGUAGE.WIDTHxHEIGHT.txt`);
  return view(make(), { width, height, language })
    .map((line) => `${line}\n`)
    .join("");
}

describe("expected/", () => {
  const files = readdirSync(FOLDER).sort();

  test.each(files)("%s", (file) => {
    const drawn = viewNamed(file);
    if (UPDATE) writeFileSync(new URL(file, FOLDER), drawn);
    expect(drawn).toBe(readFileSync(new URL(file, FOLDER), "utf8"));
  });

  test("covers every moment, and widths of 40 to 200 in both languages", () => {
    expect([...new Set(files.map((file) => file.split(".")[0]))].sort()).toEqual(Object.keys(MOMENTS).sort());
    for (const part of [
      ".en.40x",
      ".en.80x",
      ".en.120x",
      ".en.200x",
      ".id.40x",
      ".id.80x",
      ".id.120x",
      ".id.200x",
    ])
      expect(files.filter((file) => file.includes(part))).not.toEqual([]);
  });
});

describe("the live view", () => {
  test("fits, whatever the size, the names and the numbers", () => {
    const name = fc.string({ unit: "grapheme-composite", minLength: 1, maxLength: 60 });
    const figure = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e12, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, figure), { maxLength: 12 }),
        fc.integer({ min: 40, max: 220 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(...languages),
        (pairs, width, height, language) => {
          const run = runOf(
            pairs.map(([one, value], index) =>
              livePair(busyPair({ name: one, destination: `10.0.0.${index}` }), {
                inFlight: Math.floor(value),
                recent: { requestsPerSecond: Math.min(value, 1e7), lossPercent: value % 100 },
              }),
            ),
          );
          const lines = view(snapshotOf(run), { width, height, language });
          expect(lines.length).toBeGreaterThan(0);
          expect(lines.length).toBeLessThanOrEqual(height);
          for (const line of lines) expect(displayWidth(line), line).toBeLessThanOrEqual(width);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("says the same in colour", () => {
    for (const make of Object.values(MOMENTS)) {
      const coloured = view(make(), { colour: true });
      expect(coloured.map((line) => line.replaceAll(SGR, ""))).toEqual(view(make()));
    }
  });

  test("has each state as a word and a colour", () => {
    const text = view(troubled(), { colour: true }).join("\n");
    expect(text).toContain("\u001b[32mUP\u001b[39m");
    expect(text).toContain("\u001b[33mFAILING\u001b[39m");
    expect(text).toContain("\u001b[31mDOWN\u001b[39m");
  });

  test("lets nothing from outside command the terminal", () => {
    for (const line of view(hostile(), { width: 200 })) expect(line).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  test("drops columns one by one as the terminal gets narrower, and never brings one back", () => {
    const headers = (width: number): string[] =>
      view(steady(), { width, height: 30 })
        .find((line) => line.startsWith("Pair"))
        ?.split(/\s{2,}/) ?? [];
    let wider = headers(200).length;
    for (let width = 199; width >= 40; width--) {
      const here = headers(width).length;
      expect(here, `${width} columns`).toBeLessThanOrEqual(wider);
      expect(here, `${width} columns`).toBeGreaterThanOrEqual(wider - 1);
      wider = here;
    }
    expect(headers(40)).toEqual(["Pair", "State", "/s", "p95 ms"]);
  });

  test("keeps pairs in trouble, then the busiest, where not all fit, and counts the rest", () => {
    const lines = view(manyPairs(), { height: 10 });
    const rows = lines.filter((line) => line.startsWith("10.0.0."));
    expect(rows[0]).toMatch(/^10\.0\.0\.21 .* FAILING /);
    expect(rows[1]).toMatch(/ 290\.0 /);
    expect(rows[2]).toMatch(/ 280\.0 /);
    expect(lines.join("\n")).toContain(`and ${30 - rows.length} more`);
  });

  test("has discovered pairs in the order of their names, so that they don't jump", () => {
    const snapshot = manyPairs();
    const { metrics } = snapshot;
    const busiestFirst = { ...snapshot, metrics: { ...metrics, pairs: metrics.pairs.toReversed() } };
    const options = { height: 60, hasNamedPairs: false };
    expect(view(busiestFirst, options)).toEqual(view(snapshot, options));
    expect(view(busiestFirst, { height: 60 })).not.toEqual(view(snapshot, { height: 60 }));
  });

  test("adds up pairs of one source only", () => {
    const total = (snapshot: LiveSnapshot) =>
      view(snapshot, { height: 50 }).find((line) => line.startsWith("Total"));
    expect(total(steady())).toMatch(/^Total +1000\.2 /);
    expect(total(manyPairs())).toBeUndefined();
  });
});
