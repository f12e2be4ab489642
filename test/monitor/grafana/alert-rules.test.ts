/** Each alert rule, by Prometheus' own tool: it fires when it should and is silent when it should not. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { alertRulesYaml } from "../../../src/monitor/grafana/alert-rules.ts";
import { metricDescriptions } from "../../../src/monitor/prometheus/prometheus-exposition.ts";
import { needs } from "../../real-part.ts";

const RULE = z.object({
  alert: z.string(),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.record(z.string(), z.string()),
  annotations: z.object({ summary: z.string(), description: z.string(), advice: z.string() }),
});
const RULE_FILE = z.object({ groups: z.array(z.object({ name: z.string(), rules: z.array(RULE) })) });
const RULES = RULE_FILE.parse(parse(alertRulesYaml())).groups.flatMap(({ rules }) => rules);

const TARGET = { job: "lbqos", instance: "balancer:9090" };
const SERVER = { ...TARGET, balancer: "10.0.0.1", backend: "Flask A", method: "round-robin" };
const RUN = { ...TARGET, balancer: "10.0.0.1", method: "round-robin" };

/** A time series in promtool's words, a value every 15 s: `1x8` is 1 nine times, `0+5x8` grows by 5 eight times. */
type Given = readonly [metric: string, labels: Readonly<Record<string, string>>, values: string];

interface Case {
  readonly alert: string;
  readonly when: string;
  readonly given: readonly Given[];
  /** Minutes after the series begin; where it is silent, always. */
  readonly at: string;
  /** The labels that it fires with; `null`: silent. */
  readonly fires: Readonly<Record<string, string>> | null;
  /** What its templates show. */
  readonly shows?: Readonly<Record<string, string>>;
}

/** Requests that end, as many of them badly as said, per 15 s. */
function exchanges(ended: number, failed: number): Given[] {
  return [
    ["lbqos_exchanges_total", SERVER, `0+${ended}x60`],
    ["lbqos_responses_total", { ...SERVER, code: "2xx" }, `0+${ended - 3 * failed}x60`],
    ["lbqos_responses_total", { ...SERVER, code: "5xx" }, `0+${failed}x60`],
    ["lbqos_requests_unanswered_total", SERVER, `0+${failed}x60`],
    ["lbqos_requests_aborted_total", SERVER, `0+${failed}x60`],
    ["lbqos_requests_malformed_total", SERVER, "0+0x60"],
  ];
}

/** 100 answers per 15 s, as many of them slower than a second as said. */
function answers(slow: number): Given[] {
  const bucket = (le: string, values: string): Given => [
    "lbqos_time_to_first_byte_seconds_bucket",
    { ...SERVER, le },
    values,
  ];
  return [
    bucket("0.5", `0+${100 - slow}x60`),
    bucket("1", `0+${100 - slow}x60`),
    bucket("2", "0+100x60"),
    bucket("+Inf", "0+100x60"),
  ];
}

/**
 * 1000 segments per 15 s and direction as recorded; on the way to the server, those lost before and beyond the tap, and those that
 * the recorder missed.
 */
function segments(before: number, beyond: number, missed = 0): Given[] {
  const lost = (place: string, count: number): Given => [
    "lbqos_lost_segments_total",
    { ...SERVER, direction: "to_backend", place },
    `0+${count}x60`,
  ];
  return [
    ["lbqos_segments_total", { ...SERVER, direction: "to_backend" }, "0+1000x60"],
    ["lbqos_segments_total", { ...SERVER, direction: "from_backend" }, "0+1000x60"],
    lost("before_tap", before),
    lost("beyond_tap", beyond),
    ["lbqos_unrecorded_segments_total", { ...SERVER, direction: "to_backend" }, `0+${missed}x60`],
  ];
}

const NAMES = { "$labels.backend": "Flask A", "$labels.balancer": "10.0.0.1" };
const INSTANCE = { "$labels.instance": "balancer:9090" };

const CASES: readonly Case[] = [
  {
    alert: "LbqosBackendDown",
    when: "a server is down for 30 s",
    given: [["lbqos_backend_up", SERVER, "1x4 0x20"]],
    at: "2m",
    fires: { ...SERVER, severity: "critical" },
    shows: NAMES,
  },
  {
    alert: "LbqosBackendDown",
    when: "it is down for 15 s only",
    given: [["lbqos_backend_up", SERVER, "1x4 0 0 1x20"]],
    at: "1m30s",
    fires: null,
  },
  {
    alert: "LbqosBackendDown",
    when: "it is back",
    given: [["lbqos_backend_up", SERVER, "1x4 0x8 1x8"]],
    at: "4m",
    fires: null,
  },
  {
    alert: "LbqosBackendDown",
    when: "nobody has asked it anything",
    given: [["lbqos_backend_state", { ...SERVER, state: "unknown" }, "1x20"]],
    at: "5m",
    fires: null,
  },
  {
    alert: "LbqosBackendFailing",
    when: "a server fails some requests for a minute",
    given: [["lbqos_backend_state", { ...SERVER, state: "failing" }, "0x4 1x20"]],
    at: "3m",
    fires: { ...SERVER, state: "failing", severity: "warning" },
    shows: NAMES,
  },
  {
    alert: "LbqosBackendFailing",
    when: "it is up",
    given: [
      ["lbqos_backend_state", { ...SERVER, state: "failing" }, "0x20"],
      ["lbqos_backend_state", { ...SERVER, state: "up" }, "1x20"],
    ],
    at: "5m",
    fires: null,
  },
  {
    alert: "LbqosErrorRatioHigh",
    when: "a tenth of the requests fails",
    given: exchanges(60, 2),
    at: "10m",
    fires: { ...SERVER, severity: "warning" },
    shows: { ...NAMES, "$value | humanizePercentage": "10%" },
  },
  {
    alert: "LbqosErrorRatioHigh",
    when: "one in a hundred fails",
    given: exchanges(300, 1),
    at: "10m",
    fires: null,
  },
  {
    alert: "LbqosErrorRatioHigh",
    when: "nobody asks anything",
    given: exchanges(0, 0),
    at: "10m",
    fires: null,
  },
  {
    alert: "LbqosLatencyHigh",
    when: "a tenth of the answers takes longer than a second",
    given: answers(10),
    at: "12m",
    fires: { ...SERVER, severity: "warning" },
    // Half of the bucket of 1 to 2 s, as the 95th of 100 is the fifth of ten in it.
    shows: { ...NAMES, "$value | humanizeDuration": "1.5s" },
  },
  {
    alert: "LbqosLatencyHigh",
    when: "three in a hundred do",
    given: answers(3),
    at: "12m",
    fires: null,
  },
  {
    alert: "LbqosLossHigh",
    when: "3 of 100 segments are lost",
    // 1000 + 1000 were seen and 20 were not: 61 of 2020 are lost.
    given: segments(20, 40.6),
    at: "10m",
    fires: { ...SERVER, severity: "warning" },
    shows: { ...NAMES, "$value | humanizePercentage": "3%" },
  },
  {
    alert: "LbqosLossHigh",
    when: "the recorder missed so many that 3 of 100 recorded ones are less than 2 of 100 sent ones",
    given: segments(20, 40.6, 1200),
    at: "10m",
    fires: null,
  },
  {
    alert: "LbqosLossHigh",
    when: "1 of 100 is lost",
    given: segments(10, 10),
    at: "10m",
    fires: null,
  },
  {
    alert: "LbqosRecorderDropsFrames",
    when: "the recorder drops 10 frames in every 15 s",
    given: [["lbqos_recorder_dropped_frames_total", RUN, "0x20 0+10x40"]],
    at: "15m",
    fires: { ...RUN, severity: "warning" },
    shows: { ...INSTANCE, "$value | humanize": "200" },
  },
  {
    alert: "LbqosRecorderDropsFrames",
    when: "it has dropped some long ago",
    given: [["lbqos_recorder_dropped_frames_total", RUN, "10x40"]],
    at: "10m",
    fires: null,
  },
  {
    alert: "LbqosAnalysisBehind",
    when: "the analysis skips 100 frames in every 15 s",
    given: [["lbqos_analysis_skipped_frames_total", RUN, "0+100x40"]],
    at: "10m",
    fires: { ...RUN, severity: "warning" },
    shows: { ...INSTANCE, "$value | humanize": "2k" },
  },
  {
    alert: "LbqosAnalysisBehind",
    when: "it keeps up",
    given: [["lbqos_analysis_skipped_frames_total", RUN, "0x40"]],
    at: "10m",
    fires: null,
  },
  {
    alert: "LbqosRecordingFailed",
    when: "the recording ended early",
    given: [["lbqos_recording_failed", RUN, "0x4 1x4"]],
    at: "1m30s",
    fires: { ...RUN, severity: "critical" },
    shows: INSTANCE,
  },
  {
    alert: "LbqosRecordingFailed",
    when: "it goes on",
    given: [["lbqos_recording_failed", RUN, "0x40"]],
    at: "5m",
    fires: null,
  },
  {
    alert: "LbqosNoTraffic",
    when: "no frame comes for 5 minutes",
    given: [
      ["lbqos_tcp_frames_total", RUN, "0+50x8 400x60"],
      ["lbqos_capture_phase", { ...RUN, phase: "ended" }, "0x70"],
    ],
    at: "12m",
    fires: { ...RUN, severity: "warning" },
    shows: INSTANCE,
  },
  {
    alert: "LbqosNoTraffic",
    when: "there is a frame now and then",
    given: [
      ["lbqos_tcp_frames_total", RUN, "0+1x70"],
      ["lbqos_capture_phase", { ...RUN, phase: "ended" }, "0x70"],
    ],
    at: "12m",
    fires: null,
  },
  {
    alert: "LbqosNoTraffic",
    when: "the capture has ended",
    given: [
      ["lbqos_tcp_frames_total", RUN, "400x70"],
      ["lbqos_capture_phase", { ...RUN, phase: "ended" }, "1x70"],
    ],
    at: "12m",
    fires: null,
  },
  {
    alert: "LbqosTargetDown",
    when: "it can't be scraped for a minute",
    given: [["up", TARGET, "1x4 0x20"]],
    at: "3m",
    fires: { ...TARGET, severity: "warning" },
    shows: INSTANCE,
  },
  {
    alert: "LbqosTargetDown",
    when: "another job's target is down",
    given: [
      ["up", { job: "node", instance: "x" }, "0x20"],
      ["up", TARGET, "1x20"],
    ],
    at: "4m",
    fires: null,
  },
];

/** The series in Prometheus' notation. */
function series([metric, labels]: Given): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `${metric}{${pairs.join(",")}}`;
}

/** What promtool has to see of the annotations once their templates are filled in. */
function filledIn(alert: string, shows: Readonly<Record<string, string>>): Record<string, string> {
  const annotations: Record<string, string> = RULES.find((rule) => rule.alert === alert)?.annotations ?? {};
  const filled = Object.entries(annotations).map(([name, text]) => [
    name,
    text.replaceAll(/\{\{ (.+?) \}\}/g, (template, inside: string) => shows[inside] ?? template),
  ]);
  return Object.fromEntries(filled);
}

/** A test of one alert, as a file of promtool's. */
function testFile({ alert, given, at, fires, shows }: Case): string {
  const expected =
    fires === null ? [] : [{ exp_labels: fires, exp_annotations: filledIn(alert, shows ?? {}) }];
  return JSON.stringify({
    rule_files: ["rules.yaml"],
    evaluation_interval: "15s",
    tests: [
      {
        interval: "15s",
        input_series: given.map((one) => ({ series: series(one), values: one[2] })),
        alert_rule_test: [{ alertname: alert, eval_time: at, exp_alerts: expected }],
      },
    ],
  });
}

describe("the alert rules", () => {
  test("all have a case in which they fire and one in which they don't", () => {
    const cases = (fires: boolean) =>
      new Set(CASES.filter((one) => (one.fires !== null) === fires).map(({ alert }) => alert));
    const all = new Set(RULES.map(({ alert }) => alert));
    expect(cases(true)).toEqual(all);
    expect(cases(false)).toEqual(all);
  });

  test("ask only for metrics that there are", () => {
    const known = new Set(metricDescriptions.map(({ name }) => name));
    const asked = RULES.flatMap(({ expr }) => expr.match(/lbqos_\w+/g) ?? []);
    expect(asked.length).toBeGreaterThan(RULES.length);
    expect(asked.map((name) => name.replace(/_bucket$/, "")).filter((name) => !known.has(name))).toEqual([]);
  });
});

needs("promtool")("promtool", () => {
  const folder = mkdtempSync(join(tmpdir(), "lbqos-alerts-"));
  writeFileSync(join(folder, "rules.yaml"), alertRulesYaml());
  afterAll(() => rmSync(folder, { recursive: true }));

  function promtool(...args: string[]): string {
    return execFileSync("promtool", args, { cwd: folder, encoding: "utf8", stdio: "pipe" });
  }

  test("finds nothing wrong with the rules", () => {
    expect(promtool("check", "rules", "--lint=all", "--lint-fatal", "rules.yaml")).toContain(
      `SUCCESS: ${RULES.length} rules found`,
    );
  });

  for (const [index, one] of CASES.entries()) {
    test(`${one.alert} ${one.fires === null ? "is silent" : "fires"} when ${one.when}`, () => {
      writeFileSync(join(folder, `${index}.json`), testFile(one));
      expect(promtool("test", "rules", `${index}.json`)).toContain("SUCCESS");
    });
  }
});
