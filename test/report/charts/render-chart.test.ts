/** Charts as they are drawn: sizes, formats, fonts, the same bytes every time. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Failure } from "../../../src/failure.ts";
import { type Loader, newCanvas } from "../../../src/report/charts/chart-canvas.ts";
import type { BoxChart } from "../../../src/report/charts/chart-spec.ts";
import { comparisonCharts } from "../../../src/report/charts/comparison-charts.ts";
import { points } from "../../../src/report/charts/print-size.ts";
import { chartFormats, frameChart, renderChart } from "../../../src/report/charts/render-chart.ts";
import { needs } from "../../real-part.ts";
import { drawing } from "./drawing.ts";
import { chartNamed, compareCaptures, published } from "./experiments.ts";
import { svgOutline } from "./svg-outline.ts";

const charts = [...comparisonCharts(published), ...comparisonCharts(await compareCaptures(), "id")];
const metrics = chartNamed(charts, "metrics");

/** Width and height of a PNG: its first chunk, after 16 bytes (PNG specification 11.2.1). */
function pngSize(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return [view.getUint32(16), view.getUint32(20)];
}

/** Every font size in the settings of a chart. */
function fontSizes(value: unknown): number[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    name === "font" && "size" in part ? [Number(part.size)] : fontSizes(part),
  );
}

describe("the layout", () => {
  test.each(charts)("of $id has no font below 7 pt, and says which font for every text", (chart) => {
    const { options } = frameChart(chart, 8.5, true);
    const sizes = fontSizes(options);
    expect(sizes.length).toBeGreaterThan(5);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(points(7));
  });

  test("leaves title and note to the paper's caption when asked to", () => {
    expect(frameChart(metrics, 8.5, false).height).toBeLessThan(frameChart(metrics, 8.5, true).height);
  });
});

drawing("PNG, SVG and PDF", () => {
  test("a PNG of 8.5 cm at 300 dpi is 1004 pixels wide, at 600 dpi 2008", () => {
    const [width, height] = pngSize(renderChart(metrics, { format: "png", widthCm: 8.5 }));
    expect(width).toBe(1004);
    expect(pngSize(renderChart(metrics, { format: "png", widthCm: 8.5, dpi: 600 }))).toEqual([
      2008,
      2 * height,
    ]);
    expect(pngSize(renderChart(metrics, { format: "png" }))[0]).toBe(1050);
  });

  test.each(charts)("$id is drawn in every format, with the same bytes twice", (chart) => {
    const START = { png: "\x89PNG", svg: "<?xml", pdf: "%PDF-" };
    for (const format of chartFormats) {
      const bytes = renderChart(chart, { format });
      const start = Buffer.from(bytes).toString("latin1", 0, START[format].length);
      expect(start).toBe(START[format]);
      expect(renderChart(chart, { format })).toEqual(bytes);
    }
  });

  test("a chart that was drawn leaves no trace in the next one", () => {
    const alone = renderChart(metrics, { format: "svg" });
    for (const chart of charts) renderChart(chart, { format: "svg" });
    expect(renderChart(metrics, { format: "svg" })).toEqual(alone);
  });

  test.each(["throughput", "runs-delay", "time-to-first-byte", "request-share"])(
    "%s is drawn as it was",
    async (id) => {
      const svg = Buffer.from(renderChart(chartNamed(charts, id), { format: "svg", widthCm: 8.5 })).toString(
        "utf8",
      );
      await expect(svgOutline(svg)).toMatchFileSnapshot(`expected/${id}.txt`);
    },
  );

  test("names of any length and any number of series are drawn", () => {
    const names = Array.from({ length: 20 }, (_, index) => `${"very-".repeat(20)}long name ${index}`);
    const chart: BoxChart = {
      kind: "boxes",
      id: "many",
      language: "en",
      title: "word ".repeat(100),
      note: "unbroken".repeat(50),
      categories: { key: "method", title: "Method", names, styles: names.map((_, index) => index) },
      series: { key: "backend", title: "Backend", names, styles: names.map((_, index) => index) },
      quantity: { key: "x", title: "A quantity with a long name (unit)" },
      scale: "linear",
      samples: names.map((_, row) => names.map((_, column) => [{ run: 1, value: row * column }])),
    };
    expect(pngSize(renderChart(chart, { format: "png", widthCm: 6 }))[0]).toBe(709);
  });
});

needs("pdfinfo")("PDF, read by poppler", () => {
  drawing("drawn here", () => {
    const folder = mkdtempSync(join(tmpdir(), "lbqos-chart-"));
    afterAll(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "chart.pdf");
    beforeAll(() => writeFileSync(path, renderChart(metrics, { format: "pdf", widthCm: 8.5 })));

    test("is one page of the width asked for, made at no time", () => {
      const facts = execFileSync("pdfinfo", [path], { encoding: "utf8", env: { ...process.env, TZ: "UTC" } });
      expect(facts).toMatch(/^Pages: +1$/m);
      // 8.5 cm are 240.9 pt.
      expect(facts).toMatch(/^Page size: +241 x \d+ pts/m);
      expect(facts).toMatch(/^CreationDate: +Thu Jan +1 00:00:00 1970/m);
    });

    test("holds its words as text in embedded fonts of 7 pt and more", () => {
      const text = execFileSync("pdftotext", [path, "-"], { encoding: "utf8" });
      for (const word of ["Throughput (Mbps)", "Packet loss (%)", "Delay (ms)", "round-robin", "Flask A"]) {
        expect(text).toContain(word);
      }
      const boxes = execFileSync("pdftotext", ["-bbox", path, "-"], { encoding: "utf8" });
      const words = [...boxes.matchAll(/xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.+?)</g)].map(
        ([, left, top, right, bottom, word = ""]) => ({
          word,
          width: Number(right) - Number(left),
          height: Number(bottom) - Number(top),
        }),
      );
      const level = words.filter(({ word, width, height }) => word.length > 3 && width > height);
      expect(level.map(({ word }) => word)).toContain("round-robin");
      // DejaVu Sans reaches 1.164 of its size from its lowest to its highest point.
      expect(Math.min(...level.map(({ height }) => height / 1.164))).toBeGreaterThan(6.99);
    });
  });
});

describe("without the optional packages", () => {
  const loaderThat = (load: (name: string) => unknown): Loader =>
    Object.assign(load, { resolve: (name: string) => name, cache: {} });

  test("drawing fails in one line that says what to install", () => {
    const load = loaderThat((name) => {
      throw Object.assign(new Error(`Cannot find module '${name}'\nRequire stack:\n- x`), {
        code: "MODULE_NOT_FOUND",
      });
    });
    const draw = () => newCanvas(10, 10, null, load);
    expect(draw).toThrow(Failure);
    expect(draw).toThrow(
      /^charts can't be drawn: Cannot find module 'chartjs-node-canvas'\. .*apt-get install .*libcairo2-dev.*npm install in lbqos.s folder\)$/,
    );
  });

  test("a bug in them is no missing package", () => {
    const load = loaderThat(() => {
      throw new TypeError("a bug");
    });
    expect(() => newCanvas(10, 10, null, load)).toThrow(TypeError);
  });
});
