/** The dashboard that ships, against what builds it. */
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { buildDashboard, dashboardSource } from "../../../scripts/grafana-dashboard.ts";
import { dashboardJson } from "../../../src/monitor/grafana/dashboard-json.ts";
import { metricDescriptions } from "../../../src/monitor/prometheus/prometheus-exposition.ts";
import { SHIPPED } from "./dashboard-queries.ts";

const SHIPPED_FILE = fileURLToPath(new URL("../../../src/monitor/grafana/dashboard.ts", import.meta.url));

describe("the dashboard", () => {
  // `npm run dashboard` is this test with --update, which writes the file.
  test("that ships is the one that is built", async () => {
    await expect(dashboardSource()).toMatchFileSnapshot(SHIPPED_FILE);
  });

  test("asks only for metrics that there are", () => {
    const known = new Set([...metricDescriptions.map(({ name }) => name), "lbqos_build_info"]);
    const asked = SHIPPED.panels.flatMap(({ targets }) =>
      targets.flatMap(({ expr }) => expr.match(/lbqos_\w+/g) ?? []),
    );
    expect(asked.length).toBeGreaterThan(SHIPPED.panels.length);
    expect(asked.map((name) => name.replace(/_bucket$/, "")).filter((name) => !known.has(name))).toEqual([]);
  });

  test("has a place and a name of its own for every panel", () => {
    const { panels = [] } = buildDashboard();
    const titles = panels.filter(({ type }) => type !== "row").map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } = { x: 0, y: 0, w: 0, h: 0 } }) => {
      const columns = Array.from({ length: w }, (_, column) => x + column);
      return columns.flatMap((column) => Array.from({ length: h }, (_, row) => `${column}:${y + row}`));
    });
    expect(new Set(cells).size).toBe(cells.length);
    expect(cells.filter((cell) => Number(cell.split(":")[0]) >= 24)).toEqual([]);
  });

  test("is printed whole", () => {
    expect(JSON.parse(dashboardJson())).toEqual(JSON.parse(JSON.stringify(buildDashboard())));
  });
});
