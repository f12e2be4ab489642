/** The HTML page as its readers see it: in a browser, on a desktop, a phone and paper, without any network. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import { comparisonCharts } from "../../../src/report/charts/comparison-charts.ts";
import { buildComparisonDocument } from "../../../src/report/comparison/build-comparison-document.ts";
import { renderHtml } from "../../../src/report/html/render-html.ts";
import { publishedExperiment } from "../../experiment/experiment-builder.ts";
import { needs } from "../../real-part.ts";
import { compareCaptures } from "../charts/experiments.ts";
import { LOW_CONTRAST } from "./low-contrast.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

needs("chromium")("the page in Chromium", () => {
  const folder = mkdtempSync(join(tmpdir(), "lbqos-page-"));
  let browser: BrowserContext;
  let page: Page;
  const complaints: string[] = [];
  const requested: string[] = [];

  beforeAll(async () => {
    const comparison = compareMethods(publishedExperiment);
    const document = buildComparisonDocument(comparison, { charts: comparisonCharts(comparison) });
    writeFileSync(join(folder, "report.html"), renderHtml(document));
    // Captures have more metrics than the study's table, and wider tables.
    writeFileSync(
      join(folder, "captures.html"),
      renderHtml(buildComparisonDocument(await compareCaptures(), { language: "id" })),
    );
    browser = await chromium.launchPersistentContext(join(folder, "profile"), {
      executablePath: "/usr/bin/chromium",
      headless: true,
      args: FLAGS,
    });
    page = await browser.newPage();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => requested.push(request.url()));
    await page.goto(pathToFileURL(join(folder, "report.html")).href);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("asks for nothing beside itself and has nothing to complain about", () => {
    expect(requested.filter((url) => !url.endsWith("/report.html"))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("shows every table whole on a screen of 1280 px", async () => {
    const wide = await browser.newPage();
    await wide.setViewportSize({ width: 1280, height: 800 });
    await wide.goto(pathToFileURL(join(folder, "captures.html")).href);
    const cut = await wide
      .locator(".table")
      .evaluateAll((tables) =>
        tables.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.ariaLabel),
      );
    await wide.close();
    expect(cut).toEqual([]);
  });

  test("names every drawing or hides it from screen readers", async () => {
    const nameless = await page
      .locator("svg")
      .evaluateAll(
        (all) =>
          all.filter((one) => one.ariaHidden !== "true" && (one.role !== "img" || !one.ariaLabel)).length,
      );
    expect(await page.locator("svg").count()).toBeGreaterThan(5);
    expect(nameless).toBe(0);
  });

  test("says what a mark means when the mouse is over it", async () => {
    const mark = page.locator("#chart-metrics .mark rect").first();
    await mark.scrollIntoViewIfNeeded();
    await mark.hover();
    await expect
      .poll(() => page.locator("#tip").textContent())
      .toMatch(/^direct, Flask A: Throughput \(Mbps\) 1\.0523 /);
    expect(await page.locator("#tip").isVisible()).toBe(true);
    await page.locator("h1").hover();
    await expect.poll(() => page.locator("#tip").isVisible()).toBe(false);
  });

  test("singles out a series when the mouse is over its name", async () => {
    const figure = page.locator("#chart-metrics");
    await figure.locator(".legend li").nth(1).hover();
    const shown = await figure
      .locator(".mark.shown")
      .evaluateAll((marks) => marks.map((one) => one.getAttribute("data-series")));
    expect(new Set(shown)).toEqual(new Set(["1"]));
  });

  test("sorts a table by the column that is clicked, numbers as numbers", async () => {
    const table = page.locator("#table-summary-by-backend");
    const header = table.locator("thead th").nth(4);
    await header.locator("button").click();
    const values = () =>
      table
        .locator("tbody tr td:nth-child(5)")
        .evaluateAll((cells) => cells.map((one) => Number(one.getAttribute("data-value"))));
    const sorted = await values();
    expect(sorted).toEqual([...sorted].sort((a, b) => a - b));
    expect(new Set(sorted).size).toBeGreaterThan(5);
    expect(await header.getAttribute("aria-sort")).toBe("ascending");
    await header.locator("button").click();
    expect(await values()).toEqual([...sorted].reverse());
  });

  test.each([360, 768, 1280])("has no part wider than a screen of %i", async (width) => {
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate("document.documentElement.scrollWidth");
    expect(wide).toBeLessThanOrEqual(width);
  });

  test("has texts that can be read: a contrast of 4.5 to 1 and more", async () => {
    const low = await page.evaluate(LOW_CONTRAST);
    expect(low).toEqual([]);
  });

  test("prints on paper, without its navigation", async () => {
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("nav").isVisible()).toBe(false);
    expect(await page.locator("#table-categories").isVisible()).toBe(true);
    await page.emulateMedia({ media: "screen" });
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  });
});
