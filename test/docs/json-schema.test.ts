/** The JSON Schemas of docs/schema/ are those of the types, and what lbqos prints is valid by them. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jsonSchema } from "../../scripts/json-schema.ts";
import { analyze } from "../../src/analysis/analyze.ts";
import { compareMethods } from "../../src/experiment/comparison/compare-methods.ts";
import { measureTaps } from "../../src/path/measure-taps.ts";
import { renderComparisonJson } from "../../src/report/comparison/render-comparison-json.ts";
import { liveRunMetrics } from "../../src/report/live/live-facts.ts";
import { renderPathJson } from "../../src/report/path/render-path-json.ts";
import { renderJson } from "../../src/report/render-json.ts";
import { readExperiment } from "../../src/study/read-experiment.ts";
import { CAPTURES, lbqos, ROOT } from "../cli/lbqos-command.ts";
import { capturesOf, exchanges, steadyTraffic } from "../path/two-taps.ts";
import { needsBuild } from "../real-part.ts";
import { troubled } from "../report/live/sample-snapshot.ts";
import { writeTappedExperiment } from "../study/tapped-experiment.ts";

const OUTAGES = join(ROOT, "fixtures/outages/outages.pcapng.gz");
const captures = readdirSync(CAPTURES).filter((name) => name.endsWith(".pcapng.gz"));

// `npm run docs:schema` is this test with --update, which writes the files.
test.each(["run", "live", "path", "comparison"] as const)(
  "docs/schema/%s.schema.json is up to date",
  async (name) => {
    await expect(jsonSchema(name, true)).toMatchFileSnapshot(join(ROOT, `docs/schema/${name}.schema.json`));
  },
);

/** Checks documents against the types as they are: a field that they lack is wrong too. */
function validator(name: "run" | "live" | "path" | "comparison"): ValidateFunction {
  return new Ajv({ allErrors: true }).compile(JSON.parse(jsonSchema(name, false)));
}

/** What is wrong with a document. */
function faultsOf(isValid: ValidateFunction, json: string): unknown {
  return isValid(JSON.parse(json)) ? [] : isValid.errors;
}

describe("by the schema of a run,", () => {
  let isRun: ValidateFunction;
  beforeAll(() => {
    isRun = validator("run");
  });

  test.each([...captures.map((name) => join(CAPTURES, name)), OUTAGES])("%s is valid", async (path) => {
    const run = await analyze(path, { balancer: "192.168.56.103" });
    expect(faultsOf(isRun, renderJson(run))).toEqual([]);
  });

  test("a figure of the wrong type, an unknown and a missing field are not", async () => {
    const run = await analyze(OUTAGES);
    const { tcp: _missing, ...rest } = run;
    for (const wrong of [{ ...run, tcp: { ...run.tcp, connections: "7" } }, { ...run, more: 1 }, rest]) {
      expect(isRun(wrong)).toBe(false);
    }
  });
});

test("by the schema of a live run, one whose recording failed is valid, and says why in words", () => {
  const last = troubled();
  const run = liveRunMetrics({ metrics: last.metrics, last, endedBy: "recording", failure: null });
  expect(run.live.recording?.failure).toMatch(/\w /);
  // What only a run under way has, `live` of its pairs, is in the types too.
  expect(faultsOf(validator("live"), renderJson(run))).toEqual([]);
});

describe("by the schemas of paths and comparisons,", () => {
  const folder = mkdtempSync(join(tmpdir(), "lbqos-schema-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("paths are valid: with losses, copies and jumps, one way, by one clock, and with parted times", async () => {
    const isPath = validator("path");
    const lossy = steadyTraffic(80, (packet, index) =>
      index % 19 === 5 ? { ...packet, delaysNs: index === 5 ? [1e6, 2e6] : [] } : packet,
    );
    const jump = (ns: number): number => ns + (ns > 400e6 ? 90e6 : 0);
    const oneWay = steadyTraffic(30).filter(({ isForward }) => isForward);
    const [first, second] = capturesOf(exchanges());
    const told = [
      await measureTaps(capturesOf(lossy, {}, { clock: jump })),
      await measureTaps(capturesOf(oneWay)),
      await measureTaps([first, second], { synchronousClocks: true, hostTimes: true }),
    ];
    expect(told[0]?.paths[0]?.clocks.steps).toHaveLength(1);
    expect(told[2]?.paths[0]).toMatchObject({ papers: {}, hostTimes: {} });
    for (const taps of told) expect(faultsOf(isPath, renderPathJson(taps))).toEqual([]);
    expect(isPath({ arrangement: "row", paths: [{}] })).toBe(false);
  });

  test("a comparison whose runs have taps is valid", async () => {
    const { experiment } = await readExperiment(writeTappedExperiment(folder), { jobs: 1 });
    const comparison = compareMethods(experiment);
    expect(comparison.truths).toHaveLength(2);
    expect(faultsOf(validator("comparison"), renderComparisonJson(comparison))).toEqual([]);
  });
});

needsBuild("what the commands print is valid:", () => {
  test.each([
    ["run", "analyze", OUTAGES, "--json"],
    ["live", "live", "--replay", OUTAGES, "--speed", "max", "--json"],
    ["comparison", "compare", "fixtures/experiment.yaml", "--format", "json", "--quiet"],
    ["comparison", "compare", "fixtures/published/published-runs.csv", "--format", "json", "--quiet"],
  ] as const)("%s, by %s %s", (name, ...args) => {
    expect(faultsOf(validator(name), lbqos(args).stdout)).toEqual([]);
  });
});
