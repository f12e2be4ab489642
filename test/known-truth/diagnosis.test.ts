/**
 * Diagnoses against what the lab did to its backends, and when: each kind at two intensities, and healthy twins, on which a
 * diagnosis must be silent.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { analyze } from "../../src/analysis/analyze.ts";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import type { Finding, FindingKind } from "../../src/diagnosis/finding.ts";
import { lbqos } from "../cli/lbqos-command.ts";
import { LAB_PROGRAMS, needs, needsRoot } from "../real-part.ts";
import { BACKENDS, BALANCER } from "./captures.ts";

const SECONDS = 9;
const FROM = 2;
const TO = 6;
const TOLERANCE_SECONDS = 0.5;
const MS_PER_SECOND = 1000;

interface Scenario {
  readonly name: string;
  readonly perSecond: number;
  readonly method?: string;
  /** What happens to fb, and what ends it. */
  readonly events?: readonly [string, string];
  readonly kind?: FindingKind;
}

const SCENARIOS: readonly Scenario[] = [
  { name: "healthy, busy", perSecond: 300 },
  { name: "healthy, quiet", perSecond: 30, method: "least-connection" },
  { name: "slow, 30 ms", perSecond: 120, events: ["slow=0.03", "normal"], kind: "slow" },
  { name: "slow, 200 ms", perSecond: 30, events: ["slow=0.2", "normal"], kind: "slow" },
  { name: "failing, all", perSecond: 240, events: ["fail=503", "normal"], kind: "failing" },
  { name: "failing, quiet", perSecond: 30, events: ["fail=500", "normal"], kind: "failing" },
  { name: "frozen, busy", perSecond: 240, events: ["freeze", "thaw"], kind: "frozen" },
  { name: "frozen, quiet", perSecond: 30, events: ["freeze", "thaw"], kind: "frozen" },
  { name: "killed, busy", perSecond: 240, events: ["stop", "start"], kind: "takenOut" },
  { name: "killed, quiet", perSecond: 30, events: ["stop", "start"], kind: "takenOut" },
];

const RUN = z.object({ events: z.array(z.object({ atUnixMs: z.number() })) });

/** One finding, as right or wrong in backend and time. */
function judged({ kind, pair, beginSeconds, endSeconds }: Finding, from: number, to: number): string {
  const differs = (seconds: number | null, truth: number) =>
    seconds === null || Math.abs(seconds - truth) >= TOLERANCE_SECONDS;
  // nginx leaves a server out for 10 s, longer than the run.
  const isWrongEnd = kind === "takenOut" ? endSeconds !== null : differs(endSeconds, to);
  if (differs(beginSeconds, from) || isWrongEnd)
    return `${kind} ${pair} ${beginSeconds} to ${endSeconds}, in truth ${from} to ${to}`;
  return `${kind} ${pair}, its time right`;
}

async function findingsOf(folder: string, method: string): Promise<string> {
  const run = join(folder, method, "01");
  const metrics = await analyze(join(run, `${method}-01.pcapng.gz`), {
    balancer: BALANCER,
    backends: Object.entries(BACKENDS).map(([name, address]) => ({ name, address })),
  });
  const { events } = RUN.parse(JSON.parse(readFileSync(join(run, "run.json"), "utf8")));
  const startMs = Date.parse(metrics.capture.start ?? "");
  const [from = 0, to = 0] = events.map(({ atUnixMs }) => (atUnixMs - startMs) / MS_PER_SECOND);
  // That nginx asked another server after the killed one is right, too.
  const found = diagnose(metrics).findings.filter(({ kind }) => kind !== "retried");
  return found.length === 0 ? "nothing" : found.map((one) => judged(one, from, to)).join("; ");
}

needs(...LAB_PROGRAMS, "httperf")("diagnoses", () => {
  needsRoot("of the lab", () => {
    const folder = mkdtempSync(join(tmpdir(), "lbqos-diagnosis-"));
    const name = `d${process.pid}`;
    afterAll(() => {
      lbqos(["lab", "down", "--name", name]);
      rmSync(folder, { recursive: true, force: true });
    });

    test.each(SCENARIOS)("$name", { timeout: 120_000 }, async (scenario) => {
      const { perSecond, method = "round-robin", events, kind } = scenario;
      const out = join(folder, scenario.name.replaceAll(/\W+/g, "-"));
      const [begins, ends] = events ?? [];
      const made = lbqos([
        ...["lab", "run", "--name", name, "-o", out, "--methods", method, "--runs", "1", "--no-report"],
        ...["--requests", `${perSecond * SECONDS}`, "--rate", `${perSecond}`, "--quiet"],
        ...(events === undefined ? [] : ["--at", `${FROM}:fb:${begins}`, "--at", `${TO}:fb:${ends}`]),
      ]);
      expect(made.stderr).toBe("");
      expect(await findingsOf(out, method)).toBe(
        kind === undefined ? "nothing" : `${kind} fb, its time right`,
      );
    });
  });
});
