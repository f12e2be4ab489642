import { getEventListeners } from "node:events";
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { AnalysisJob } from "../../../src/study/jobs/analysis-job.ts";
import { analyzeJobs } from "../../../src/study/jobs/analyze-jobs.ts";
import type { RemoteRunner } from "../../../src/study/jobs/job-runner.ts";
import { sayInEnglish } from "../../../src/words/message.ts";

const CAPTURES = fileURLToPath(new URL("../../../fixtures/captures/", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "lbqos-jobs-"));
afterAll(() => rmSync(root, { recursive: true }));

const folder = root;
const cacheFolder = join(root, "cache");
const job: AnalysisJob = { folder, files: ["run.pcapng.gz"], options: {} };

function run(...jobs: AnalysisJob[]) {
  return analyzeJobs(jobs, { jobs: 1, cacheFolder });
}

/** Changes what the cache holds, so that a result shows whether it came from there. */
function markEntries(): void {
  for (const name of readdirSync(cacheFolder)) {
    const path = join(cacheFolder, name);
    writeFileSync(path, readFileSync(path, "utf8").replace(/"packets":\d+/, '"packets":-1'));
  }
}

beforeEach(() => {
  rmSync(cacheFolder, { recursive: true, force: true });
  copyFileSync(join(CAPTURES, "direct-fa-1.pcapng.gz"), join(folder, "run.pcapng.gz"));
});

test("an abort ends all of them, with one listener for a thousand", async () => {
  const reason = new Error("enough");
  const controller = new AbortController();
  let listeners = 0;
  const remote: RemoteRunner = {
    atOnce: 1000,
    run: (_job, onProgress) => {
      onProgress(1);
      return new Promise(() => {});
    },
    stop: async () => undefined,
  };
  const work = analyzeJobs(
    Array.from({ length: 1000 }, () => job),
    {
      remote,
      signal: controller.signal,
      onProgress: () => {
        listeners = getEventListeners(controller.signal, "abort").length;
        controller.abort(reason);
      },
    },
  );
  await expect(work).rejects.toBe(reason);
  expect(listeners).toBe(1);
});

describe("results", () => {
  test("are called as the job calls its files, wherever they lie", async () => {
    const [outcome] = await run(job);
    expect(outcome?.metrics?.capture.files).toEqual(["run.pcapng.gz"]);
    expect(outcome?.contentHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test("come from the cache while content, name and question stay", async () => {
    await run(job);
    markEntries();
    const packets = async (other: AnalysisJob) => (await run(other))[0]?.metrics?.capture.packets;
    expect(await packets(job)).toBe(-1);
    expect(await packets({ ...job, options: { balancer: "192.168.56.1" } })).toBe(12000);
    copyFileSync(join(folder, "run.pcapng.gz"), join(folder, "other.pcapng.gz"));
    expect(await packets({ ...job, files: ["other.pcapng.gz"] })).toBe(12000);
    copyFileSync(join(CAPTURES, "direct-fb-1.pcapng.gz"), join(folder, "run.pcapng.gz"));
    expect(await packets(job)).toBe(12000);
  });

  test("of a damaged entry are made anew", async () => {
    await run(job);
    for (const name of readdirSync(cacheFolder)) writeFileSync(join(cacheFolder, name), '{"metrics":{');
    expect((await run(job))[0]?.metrics?.capture.packets).toBe(12000);
  });

  test("that nobody used for long are deleted, and nothing else", async () => {
    await run(job);
    const [name = ""] = readdirSync(cacheFolder);
    writeFileSync(join(cacheFolder, "notes.json"), "");
    const longAgo = new Date("2001-01-01");
    for (const one of [name, "notes.json"]) utimesSync(join(cacheFolder, one), longAgo, longAgo);
    await run({ ...job, options: { balancer: "192.168.56.1" } });
    expect(readdirSync(cacheFolder)).not.toContain(name);
    expect(readdirSync(cacheFolder)).toContain("notes.json");
  });
});

test("a capture that can't be read is an outcome, the others are analyzed", async () => {
  writeFileSync(join(folder, "text.pcap"), "no capture at all\n".repeat(20));
  const outcomes = await run({ ...job, files: ["text.pcap"] }, { ...job, files: ["gone.pcap"] }, job);
  expect(outcomes.map(({ metrics }) => metrics !== null)).toEqual([false, false, true]);
  const [text, gone] = outcomes.map(({ failure }) => (failure === null ? null : sayInEnglish(failure)));
  expect(text).toMatch(/^text\.pcap/);
  expect(gone).toMatch(/gone\.pcap/);
  expect(outcomes[1]?.contentHash).toBeNull();
});

test("progress ends at the sum of all captures", async () => {
  const seen: [number, number][] = [];
  await analyzeJobs([job, job], { jobs: 1, onProgress: (done, total) => seen.push([done, total]) });
  const [done, total] = seen.at(-1) ?? [0, 1];
  expect(done).toBe(total);
  expect(seen.every(([now], index) => now >= (seen[index - 1]?.[0] ?? 0))).toBe(true);
});
