/** `lbqos interfaces` and `lbqos grafana` from outside. */
import { readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lbqos, workingFolder } from "./lbqos-command.ts";

describe("lbqos interfaces", () => {
  test("lists those of this machine, as a table and as JSON", () => {
    const names = Object.keys(networkInterfaces());
    const table = lbqos(["interfaces"]);
    expect(table).toMatchObject({ status: 0, stderr: "" });
    const listed = JSON.parse(lbqos(["interfaces", "--json"]).stdout).map(
      ({ name }: { name: string }) => name,
    );
    expect(listed).toEqual(expect.arrayContaining(names));
    for (const name of names) expect(table.stdout).toMatch(new RegExp(`^${name} +(up|down) `, "m"));
    expect(lbqos(["interfaces", "--lang", "id"], { env: { COLUMNS: "200" } }).stdout).toMatch(
      /^lo +aktif +loopback: lalu lintas mesin ini/m,
    );
  });
});

describe("lbqos grafana", () => {
  test("prints a dashboard, or rules", () => {
    const dashboard = JSON.parse(lbqos(["grafana"]).stdout);
    expect(dashboard.panels.length).toBeGreaterThan(3);
    expect(JSON.parse(lbqos(["grafana", "--dashboard"]).stdout)).toEqual(dashboard);
    expect(JSON.parse(lbqos(["grafana", "--balancers"]).stdout).uid).toBe("lbqos-balancers");
    expect(lbqos(["grafana", "--alerts"]).stdout).toMatch(/^groups:/m);
    expect(lbqos(["grafana", "--recording"]).stdout).toMatch(/^groups:/m);
  });

  test("writes files", () => {
    const folder = workingFolder();
    const names = [
      "lbqos-dashboard.json",
      "lbqos-balancers.json",
      "lbqos-alerts.yaml",
      "lbqos-recording.yaml",
    ];
    const all = lbqos(["grafana", "-o", "a/b"], { cwd: folder });
    expect(all).toEqual({
      status: 0,
      stdout: names.map((name) => `a/b/${name}\n`).join(""),
      stderr: "",
    });
    expect(readFileSync(join(folder, "a/b/lbqos-dashboard.json"), "utf8")).toBe(lbqos(["grafana"]).stdout);
    expect(readFileSync(join(folder, "a/b/lbqos-alerts.yaml"), "utf8")).toBe(
      lbqos(["grafana", "--alerts"]).stdout,
    );
    expect(lbqos(["grafana", "--alerts", "-o", "c"], { cwd: folder }).stdout).toBe("c/lbqos-alerts.yaml\n");
  });

  test("refuses both at once, and a folder that is a file", () => {
    expect(lbqos(["grafana", "--alerts", "--dashboard"]).status).toBe(2);
    expect(lbqos(["grafana", "-o", "/dev/null/x"])).toMatchObject({ status: 1, stdout: "" });
  });
});
