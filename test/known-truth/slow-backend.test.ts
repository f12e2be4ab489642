/**
 * Where theory knows the answer: one backend of three is slow, so clients of round-robin wait for it with every third request, and
 * those of least-connection hardly ever. The comparison must say so; of two methods that are the same, it must conclude nothing.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { PrintedComparison } from "../../src/report/comparison/render-comparison-json.ts";
import { lbqos } from "../cli/lbqos-command.ts";
import { LAB_PROGRAMS, needs, needsRoot } from "../real-part.ts";

const METHODS = ["round-robin", "least-connection"] as const;

needs(...LAB_PROGRAMS, "httperf")("one slow backend", () => {
  needsRoot("in the lab", () => {
    const folder = mkdtempSync(join(tmpdir(), "lbqos-slow-"));
    const name = `s${process.pid}`;
    afterAll(() => {
      lbqos(["lab", "down", "--name", name]);
      rmSync(folder, { recursive: true, force: true });
    });

    test("least-connection wins, by what clients waited", { timeout: 300_000 }, () => {
      const made = lbqos([
        ...["lab", "run", "--name", name, "-o", folder, "--methods", METHODS.join(","), "--runs", "5"],
        ...["--requests", "400", "--rate", "300", "--at", "0.02:fa:slow=0.05", "--no-report", "--quiet"],
      ]);
      expect(made.stderr).toBe("");
      const { stdout } = lbqos(["compare", folder, "--format", "json", "--quiet"]);
      const comparison: PrintedComparison = JSON.parse(stdout);
      expect(comparison).toMatchObject({
        pooling: "clients",
        design: { kind: "independent", reason: "too-few-blocks" },
        primary: { metric: "timeToFirstByteMeanMs" },
      });
      const primary = comparison.tests.find(({ role }) => role === "primary");
      expect(primary?.pairs).toMatchObject([{ a: "round-robin", b: "least-connection", verdict: "differs" }]);
      // A third of the requests waits 50 ms with round-robin.
      expect(primary?.pairs[0]?.shift.estimate).toBeGreaterThan(8);
      const conclusion = comparison.findings.find(({ code }) => code === "conclusion")?.text.en;
      expect(conclusion).toMatch(/as clients waited: least-connection is best, lower than round-robin by/);
      const behaviours = comparison.shares.map(({ method, behaviour }) => [method, behaviour.verdict]);
      expect(behaviours).toEqual([
        ["round-robin", "as-named"],
        ["least-connection", "as-named"],
      ]);
      const requests = comparison.summaries.map(({ summaries }) => summaries.requests?.mean);
      expect(requests).toEqual([400, 400]);
    });
  });
});
