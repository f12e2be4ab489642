/** The dashboard that ships, against what builds it. */
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { dashboardJson } from "../../../src/monitor/grafana/dashboard-json.ts";
import { buildDashboard, dashboardSource } from "../../setup/grafana-dashboard.ts";

const SHIPPED = fileURLToPath(new URL("../../../src/monitor/grafana/dashboard.ts", import.meta.url));

describe("the dashboard", () => {
  // `npm run dashboard` is this test with --update, which writes the file.
  test("that ships is the one that is built", async () => {
    await expect(dashboardSource()).toMatchFileSnapshot(SHIPPED);
  });

  test("is printed whole", () => {
    expect(JSON.parse(dashboardJson())).toEqual(JSON.parse(JSON.stringify(buildDashboard())));
  });
});
