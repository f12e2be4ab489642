/** The JSON Schemas of docs/schema/ are those of the types, and what lbqos prints is valid by them. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { beforeAll, describe, expect, test } from "vitest";
import { jsonSchema } from "../../scripts/json-schema.ts";
import { analyze } from "../../src/analysis/analyze.ts";
import { liveRunMetrics } from "../../src/report/live/live-facts.ts";
import { renderJson } from "../../src/report/render-json.ts";
import { CAPTURES, lbqos, ROOT } from "../cli/lbqos-command.ts";
import { needsBuild } from "../real-part.ts";
import { troubled } from "../report/live/sample-snapshot.ts";

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
