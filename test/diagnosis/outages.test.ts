/** The recording of fixtures/outages: three outages at known times, and nothing else. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { diagnose } from "../../src/diagnosis/diagnose.ts";

const FOLDER = fileURLToPath(new URL("../../fixtures/outages/", import.meta.url));
const truth: Readonly<Record<string, { address: string; fromUnixSeconds: string; toUnixSeconds: string }>> =
  JSON.parse(readFileSync(`${FOLDER}outages.truth.json`, "utf8"));

/** What each outage looks like: of the killed one nginx's 10 s, which go on after it was there again. */
const KINDS = { "Flask A": "takenOut", "Flask B": "frozen", "Flask C": "frozen" } as const;
const TOLERANCE_SECONDS = 0.5;

test("three outages, each with its backend and its time", async () => {
  const run = await analyze(`${FOLDER}outages.pcapng.gz`, {
    balancer: "192.168.56.103",
    backends: Object.entries(truth).map(([name, { address }]) => ({ name, address })),
  });
  const { findings } = diagnose(run);
  expect(Object.fromEntries(findings.map(({ pair, kind }) => [pair, kind]))).toEqual(KINDS);
  expect(findings).toHaveLength(3);
  const startSeconds = Date.parse(run.capture.start ?? "") / 1000;
  for (const { pair, kind, beginSeconds, endSeconds } of findings) {
    const from = Number(truth[pair ?? ""]?.fromUnixSeconds) - startSeconds;
    const to = Number(truth[pair ?? ""]?.toUnixSeconds) - startSeconds;
    expect(Math.abs((beginSeconds ?? 0) - from)).toBeLessThan(TOLERANCE_SECONDS);
    if (kind !== "takenOut") expect(Math.abs((endSeconds ?? 0) - to)).toBeLessThan(TOLERANCE_SECONDS);
    else expect(endSeconds).toBeGreaterThan(to);
  }
});

test("a process that stands still acknowledges, a machine without its link does not", async () => {
  const { findings } = diagnose(await analyze(`${FOLDER}outages.pcapng.gz`));
  const frozen = findings.flatMap((one) => (one.kind === "frozen" ? [one] : []));
  expect(frozen.map(({ pair, isAcknowledging }) => [pair, isAcknowledging]).sort()).toEqual([
    ["192.168.56.110", false],
    ["192.168.56.113", true],
  ]);
});
