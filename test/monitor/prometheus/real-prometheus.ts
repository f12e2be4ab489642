/** A real Prometheus on loopback, on a port that the kernel chooses, with a data folder that goes with it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { alertRulesYaml } from "../../../src/monitor/grafana/alert-rules.ts";
import { waitForLine } from "../wait-for-line.ts";
import type { Series } from "./exposition-text.ts";

/** The job that the alert rules expect. */
const JOB = "lbqos";

const LABELS = z.record(z.string(), z.string());
const POINT = z.tuple([z.number(), z.string()]);
const QUERY_ANSWER = z.object({
  status: z.literal("success"),
  data: z.object({
    result: z.array(z.object({ metric: LABELS, value: POINT.optional(), values: z.array(POINT).optional() })),
  }),
});
const RULES_ANSWER = z.object({
  data: z.object({
    groups: z.array(
      z.object({
        rules: z.array(z.object({ name: z.string(), health: z.string(), lastError: z.string().optional() })),
      }),
    ),
  }),
});
const SERIES_ANSWER = z.object({ data: z.array(z.string()) });

export interface PrometheusSetup {
  readonly rules: string;
  /** `scrape_configs` and whatever else stands beside `global` and `rule_files`. */
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly externalLabels?: Readonly<Record<string, string>>;
  /** Absent: one that the kernel chooses. */
  readonly port?: number;
  readonly options?: readonly string[];
}

export class RealPrometheus {
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #url: string;

  private constructor(process: ChildProcess, folder: string, url: string) {
    this.#process = process;
    this.#folder = folder;
    this.#url = url;
  }

  /**
   * Starts one that scrapes every half second.
   * @param target host:port of lbqos, with its alert rules; or a configuration, rules and options of its own
   * @throws Error where it ends before it listens
   */
  static async start(target: string | PrometheusSetup): Promise<RealPrometheus> {
    const folder = mkdtempSync(join(tmpdir(), "lbqos-prometheus-"));
    const setup: PrometheusSetup =
      typeof target === "string"
        ? {
            rules: alertRulesYaml(),
            configuration: { scrape_configs: [{ job_name: JOB, static_configs: [{ targets: [target] }] }] },
          }
        : target;
    writeFileSync(join(folder, "rules.yaml"), setup.rules);
    const config = {
      ...setup.configuration,
      global: {
        scrape_interval: "500ms",
        scrape_timeout: "500ms",
        evaluation_interval: "500ms",
        external_labels: setup.externalLabels ?? {},
      },
      rule_files: ["rules.yaml"],
    };
    writeFileSync(join(folder, "prometheus.yml"), JSON.stringify(config));
    const args = [
      "--config.file=prometheus.yml",
      "--storage.tsdb.path=data",
      `--web.listen-address=127.0.0.1:${setup.port ?? 0}`,
      ...(setup.options ?? []),
    ];
    const child = spawn("prometheus", args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    const address = await waitForLine(child, /msg="Listening on" address=(\S+)/);
    const prometheus = new RealPrometheus(child, folder, `http://${address}`);
    await prometheus.#ready();
    return prometheus;
  }

  /** The series of a query now. */
  async query(expr: string): Promise<Series[]> {
    const { data } = QUERY_ANSWER.parse(await this.#get("query", { query: expr }));
    return data.result.map(({ metric: { __name__ = "", ...labels }, value }) => {
      return { name: __name__, labels, value: numberOf(value?.[1]) };
    });
  }

  /** The values of a query's series over the last `seconds`, a value every half second. */
  async queryRange(
    expr: string,
    seconds: number,
  ): Promise<{ labels: Record<string, string>; values: number[] }[]> {
    const end = Date.now() / 1000;
    const range = { query: expr, start: String(end - seconds), end: String(end), step: "0.5" };
    const { data } = QUERY_ANSWER.parse(await this.#get("query_range", range));
    return data.result.map(({ metric, values }) => {
      return { labels: metric, values: (values ?? []).map(([, value]) => numberOf(value)) };
    });
  }

  /** The samples of a series in the last minute as they are stored: `[Unix time in s, value]`; none where there is no such series. */
  async samples(selector: string): Promise<[number, string][]> {
    const { data } = QUERY_ANSWER.parse(await this.#get("query", { query: `${selector}[1m]` }));
    return data.result.flatMap(({ values }) => values ?? []);
  }

  /** The values of a label that series matching `match` have. */
  async labelValues(label: string, match: string): Promise<string[]> {
    return SERIES_ANSWER.parse(await this.#get(`label/${label}/values`, { "match[]": match })).data;
  }

  /** The alert rules with what their last evaluation came to. */
  async rules(): Promise<{ name: string; health: string; lastError?: string | undefined }[]> {
    const { data } = RULES_ANSWER.parse(await this.#get("rules", {}));
    return data.groups.flatMap(({ rules }) => rules);
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null) {
      const ended = once(this.#process, "exit");
      this.#process.kill("SIGTERM");
      await ended;
    }
    rmSync(this.#folder, { recursive: true });
  }

  async #get(path: string, parameters: Record<string, string>): Promise<unknown> {
    const response = await fetch(`${this.#url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
    const text = await response.text();
    if (!response.ok) throw new Error(`Prometheus answers ${response.status} to ${path}: ${text}`);
    return JSON.parse(text);
  }

  /** It listens some time before it answers. */
  async #ready(): Promise<void> {
    while (!(await fetch(`${this.#url}/-/ready`)).ok) await setTimeout(50);
  }
}

/** Prometheus writes numbers as text, to have NaN and infinities. */
function numberOf(text: string | undefined): number {
  if (text === "+Inf") return Number.POSITIVE_INFINITY;
  if (text === "-Inf") return Number.NEGATIVE_INFINITY;
  return Number(text);
}

/** Asks again until `answer` gives something; the test's own time limit ends it. */
export async function until<T>(answer: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const value = await answer();
    if (value !== null) return value;
    await setTimeout(200);
  }
}
