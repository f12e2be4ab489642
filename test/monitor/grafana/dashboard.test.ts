/** The dashboard that ships, against what builds it. */
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { buildBalancers } from "../../../scripts/grafana-balancers.ts";
import { buildDashboard, dashboardSources } from "../../../scripts/grafana-dashboard.ts";
import { balancersJson, dashboardJson } from "../../../src/monitor/grafana/dashboard-json.ts";
import { recordingRulesYaml } from "../../../src/monitor/grafana/recording-rules.ts";
import { metricDescriptions } from "../../../src/monitor/prometheus/prometheus-exposition.ts";
import { SHIPPED } from "./dashboard-queries.ts";

const SHIPPED_FILES = fileURLToPath(new URL("../../../src/monitor/grafana/", import.meta.url));

describe("the dashboard", () => {
  // `npm run dashboard` is this test with --update, which writes the files.
  test.each([...dashboardSources()])("that ships is the one that is built: %s", async (name, source) => {
    await expect(source).toMatchFileSnapshot(`${SHIPPED_FILES}${name}`);
  });

  test("of many balancers asks only for what is recorded", () => {
    const recorded = new Set(recordingRulesYaml().match(/(?<=record: )\S+/g));
    const asked = (buildBalancers().panels ?? []).flatMap(
      (panel) => JSON.stringify(panel).match(/(balancer|job):lbqos_\w+:\w+/g) ?? ["none"],
    );
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((name) => !recorded.has(name))).toEqual([]);
    expect(balancersJson()).not.toMatch(/[^:]lbqos_/);
  });

  test("asks only for metrics that there are", () => {
    const known = new Set([...metricDescriptions.map(({ name }) => name), "lbqos_build_info"]);
    const asked = SHIPPED.panels.flatMap(({ targets }) =>
      targets.flatMap(({ expr }) => expr.match(/lbqos_\w+/g) ?? []),
    );
    expect(asked.length).toBeGreaterThan(SHIPPED.panels.length);
    expect(asked.map((name) => name.replace(/_bucket$/, "")).filter((name) => !known.has(name))).toEqual([]);
  });

  test.each([
    ["one", buildDashboard()],
    ["many", buildBalancers()],
  ])("has a place and a name of its own for every panel: of %s", (_, { panels = [] }) => {
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
    expect(JSON.parse(balancersJson())).toEqual(JSON.parse(JSON.stringify(buildBalancers())));
  });
});
