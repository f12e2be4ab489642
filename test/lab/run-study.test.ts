/** What a study does beside its runs, in folders where all of them are there: no lab is built. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parseManifest } from "../../src/experiment/manifest/parse-manifest.ts";
import { labPlace } from "../../src/lab/lab-place.ts";
import { runFiles } from "../../src/lab/plan-run.ts";
import { runStudy } from "../../src/lab/run-study.ts";
import { planStudy, type StudyOptions } from "../../src/lab/study-plan.ts";
import { STUDY_SETTINGS } from "./study-settings.ts";

const folder = mkdtempSync(join(tmpdir(), "lbqos-study-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Puts the runs' facts where they would be, and makes the study. @returns the patterns of its manifest, by method */
async function madeStudy(out: string, options: StudyOptions): Promise<Record<string, string[]>> {
  const shared = { ...options.settings, requestsPerSecond: null };
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "lab.json"), JSON.stringify(shared));
  for (const run of planStudy(options)) {
    mkdirSync(join(out, run.folder), { recursive: true });
    writeFileSync(join(out, run.folder, runFiles.facts), "{}");
  }
  const { manifest, made } = await runStudy({
    place: labPlace("study", folder),
    options,
    out,
    language: "en",
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  expect(made).toBe(0);
  const { methods } = parseManifest(readFileSync(manifest, "utf8"), manifest);
  return Object.fromEntries(
    methods.map(({ name, captures }) => [name, captures.flatMap(({ files }) => files)]),
  );
}

test("the manifest of a grid has the rates of earlier calls, whatever else lies in the folders", async () => {
  const out = join(folder, "grid");
  const options = { methods: ["direct"], runs: 1, rates: [100, 300], settings: STUDY_SETTINGS } as const;
  await madeStudy(out, options);
  writeFileSync(join(out, "direct/notes.txt"), "by hand");
  writeFileSync(join(out, "direct/rate-7"), "no folder");
  const { direct } = await madeStudy(out, { ...options, rates: [500] });
  expect(direct?.filter((pattern) => pattern.startsWith("direct/flask-a/"))).toEqual([
    "direct/flask-a/rate-100/*/*.pcapng.gz",
    "direct/flask-a/rate-300/*/*.pcapng.gz",
    "direct/flask-a/rate-500/*/*.pcapng.gz",
  ]);
  expect(direct).toHaveLength(9);
});
