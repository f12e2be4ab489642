/** The HTML page as text: escaped, allowed nothing, and told apart for those who can't see it. */

import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import type { BoxChart } from "../../../src/report/charts/chart-spec.ts";
import { comparisonCharts } from "../../../src/report/charts/comparison-charts.ts";
import { seriesStyle } from "../../../src/report/charts/series-style.ts";
import { buildComparisonDocument } from "../../../src/report/comparison/build-comparison-document.ts";
import { boxPanelSvg } from "../../../src/report/html/box-panel.ts";
import { htmlFigure } from "../../../src/report/html/html-figure.ts";
import { renderHtml } from "../../../src/report/html/render-html.ts";
import { wordsOf } from "../../../src/words/words.ts";
import { experimentOf, publishedExperiment } from "../../experiment/experiment-builder.ts";
import { sampleWarning } from "../../sample-warning.ts";

const comparison = compareMethods(publishedExperiment);
const STYLE = wordsOf("en").report.numberStyle;
const page = renderHtml(buildComparisonDocument(comparison, { charts: comparisonCharts(comparison) }));

const EVIL = `<script>alert(1)</script>" onload='x' & \\ \u202e\u0007`;
const hostile = compareMethods(
  experimentOf(
    `title: ${JSON.stringify(EVIL)}\nnotes: ${JSON.stringify(EVIL)}\nbalancer: 10.0.0.1\nbackends: [{ name: ${JSON.stringify(EVIL)}, address: 10.0.0.2 }]\nmethods: [{ name: ${JSON.stringify(`rr ${EVIL}`)} }]\n`,
    {
      [`rr ${EVIL}`]: [1, 2].map(() => ({
        pairs: [{ name: EVIL, destination: "10.0.0.2" }],
        warnings: [sampleWarning({ code: "odd", message: EVIL, advice: EVIL })],
      })),
    },
  ),
);

describe("texts of captures and manifests", () => {
  const own = renderHtml(buildComparisonDocument(hostile, { charts: comparisonCharts(hostile) }));

  test("never become markup", () => {
    expect(hostile.runTables).toHaveLength(1);
    expect(own).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(own).not.toContain("<script>alert");
    expect(own.match(/<script/g)).toHaveLength(1);
    expect(own).not.toMatch(/<[^>]*" onload=/);
    expect(["\u202e", "\u0007"].filter((character) => own.includes(character))).toEqual([]);
  });

  test("are the same in attributes: every tag is closed where it should be", () => {
    const tags = Array.from(
      own.matchAll(/<(\/?)(table|tr|td|th|figure|section|g|svg|ul|li|p|details|div)\b/g),
    );
    const open = new Map<string, number>();
    for (const [, slash, name = ""] of tags) open.set(name, (open.get(name) ?? 0) + (slash === "/" ? -1 : 1));
    expect([...open].filter(([, count]) => count !== 0)).toEqual([]);
  });
});

test("the policy allows the page's own style and script, and nothing else", () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? "";
  const hash = (tag: string) => {
    const content = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page)?.[1] ?? "";
    return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
  };
  expect(policy.split("; ")).toEqual([
    "default-src 'none'",
    `style-src ${hash("style")}`,
    `script-src ${hash("script")}`,
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  expect(page).not.toMatch(/ style=| on\w+=|javascript:|https?:\/\//);
});

test("tables have captions and scopes, charts have names, headings have places", () => {
  const tables = page.match(/<table[\s\S]*?<\/table>/g) ?? [];
  expect(tables.length).toBeGreaterThan(15);
  for (const table of tables) {
    expect(table).toMatch(/<caption>[^<]+<\/caption>/);
    expect(table).not.toMatch(/<th(?![^>]*scope=)[ >]/);
  }
  const charts = page.match(/<svg viewBox="0 0 460[^>]*>/g) ?? [];
  expect(charts.length).toBeGreaterThan(10);
  expect(charts.filter((chart) => !/role="img" aria-label="[^"]+"/.test(chart))).toEqual([]);
  const ids = Array.from(page.matchAll(/ id="([^"]+)"/g), ([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const targets = Array.from(page.matchAll(/href="#([^"]+)"/g), ([, id]) => id);
  expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
});

test("charts hold the numbers that they are drawn from", () => {
  expect(page).toContain("confidence_low");
  expect(page).toMatch(
    /<title>round-robin, Flask A: Throughput \(Mbps\) 0\.21534 \[[^\]]+\], n = 10<\/title>/,
  );
});

describe("box plots", () => {
  const runs = (from: number) =>
    [0, 1, 2, 3, 4].map((run) => ({ run: run + 1, value: from * (1 + run / 10) }));
  const chart: BoxChart = {
    kind: "boxes",
    id: "runs-delay",
    language: "en",
    title: "Delay over the runs",
    note: null,
    categories: { key: "method", title: "Method", names: ["rr"], styles: [0] },
    series: { key: "backend", title: "Backend", names: ["B", "C"], styles: [1, 2] },
    quantity: { key: "delay_ms", title: "Delay (ms)" },
    scale: "linear",
    samples: [[runs(1)], [runs(50)]],
  };
  const axis = (svg: string) =>
    [...svg.matchAll(/dy="4" text-anchor="end">([^<]*)</g)].map(([, text]) => text);

  test("have the axis that their note names, from 0 where the printed one begins there", () => {
    const [linear, logarithmic] = [
      boxPanelSvg(chart, STYLE),
      boxPanelSvg({ ...chart, scale: "logarithmic" }, STYLE),
    ];
    expect(axis(linear)).toEqual(["0", "20", "40", "60", "80"]);
    expect(axis(logarithmic)).toEqual(["1", "2", "5", "10", "20", "50"]);
  });

  test("and their legend have the colours of the printed ones", () => {
    const figure = htmlFigure({ kind: "figure", chart, files: [] }, STYLE, wordsOf("en").report.html);
    for (const style of [seriesStyle(1), seriesStyle(2)]) {
      expect(figure.match(new RegExp(`<rect width="12" height="12" fill="${style.fill}"`, "g"))).toHaveLength(
        1,
      );
      expect(figure).toContain(`<circle cx="6" cy="6" r="3" fill="${style.line}"/>`);
      expect(figure).toMatch(new RegExp(`class="box"[^>]* fill="${style.fill}"`));
    }
    expect(figure).not.toContain(seriesStyle(0).fill);
  });
});
