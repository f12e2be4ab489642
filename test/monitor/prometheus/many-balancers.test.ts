/** Fifty balancers behind one Prometheus: what is recorded of them, how much that is, and that it arrives at another Prometheus as it is. */
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RECORDED_SERIES, recordingRulesYaml } from "../../../src/monitor/grafana/recording-rules.ts";
import {
  metricDescriptions,
  PrometheusExposition,
} from "../../../src/monitor/prometheus/prometheus-exposition.ts";
import { needs } from "../../real-part.ts";
import { freePort } from "../../study/queue/redis-server.ts";
import { lastSnapshotOf } from "../live-snapshots.ts";
import { parseExposition, type Series } from "./exposition-text.ts";
import { RealPrometheus, until } from "./real-prometheus.ts";

const BALANCERS = 50;
const JOB = "lbqos";

/** What docs/live.md promises at most, of a balancer with three servers, and for each server more. */
const MOST_SERIES = readFileSync(new URL("../../../docs/live.md", import.meta.url), "utf8").match(
  /about (?<all>\d+) series with three servers, and (?<more>\d+) more for each further one/,
);

describe("the series of one balancer", () => {
  let series: Series[];
  beforeAll(async () => {
    const exposition = new PrometheusExposition();
    exposition.update(await lastSnapshotOf("round-robin-1.pcapng.gz"));
    series = parseExposition(await exposition.text());
  });

  test("are as many as the documentation says, and no client is in a label", () => {
    const servers = new Set(series.flatMap(({ labels }) => labels["backend"] ?? []));
    expect(servers.size).toBe(3);
    const perServer = series.filter(({ labels }) => labels["backend"] === "Flask A").length;
    const { all, more } = MOST_SERIES?.groups ?? {};
    expect(Math.abs(series.length - Number(all))).toBeLessThan(10);
    expect(Math.abs(perServer - Number(more))).toBeLessThan(5);
    const names = new Set(series.flatMap(({ labels }) => Object.keys(labels)));
    expect([...names].filter((name) => /^(client|source|path|url)/.test(name))).toEqual([]);
  });

  test("hold every metric that is recorded", () => {
    const known = new Set(metricDescriptions.map(({ name }) => name));
    const read = recordingRulesYaml().match(/(?<![:\w])lbqos_\w+/g) ?? [];
    expect(read.map((name) => name.replace(/_bucket$/, "")).filter((name) => !known.has(name))).toEqual([]);
  });
});

/** The first balancers answer 100 requests per 15 s within 0.1 s, the others as many in 0.2 to 0.4 s. */
function bucketsOf(index: number): string[] {
  const counts = index < BALANCERS / 2 ? [100, 100, 100, 100] : [0, 0, 100, 100];
  return ["0.1", "0.2", "0.4", "+Inf"].map((le, bucket) => {
    const own = labelsOf(index, { backend: "A", le });
    return `lbqos_time_to_first_byte_seconds_bucket${own} 0+${counts[bucket]}x60`;
  });
}

function labelsOf(index: number, more: Readonly<Record<string, string>>): string {
  const labels = { job: JOB, instance: `b${index}:8080`, balancer: `10.0.0.${index}`, ...more };
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(",")}}`;
}

needs("promtool")("promtool", () => {
  const folder = mkdtempSync(join(tmpdir(), "lbqos-recording-"));
  writeFileSync(join(folder, "rules.yaml"), recordingRulesYaml());
  afterAll(() => rmSync(folder, { recursive: true }));
  const promtool = (...args: string[]) =>
    execFileSync("promtool", args, { cwd: folder, encoding: "utf8", stdio: "pipe" });

  test("finds nothing wrong with the rules", () => {
    const rules = recordingRulesYaml().match(/record:/g) ?? [];
    const said = promtool("check", "rules", "--lint=all", "--lint-fatal", "rules.yaml");
    expect(said).toContain(`SUCCESS: ${rules.length} rules found`);
  });

  test("adds fifty histograms: the quantile is that of all requests, not one of quantiles", () => {
    const lines = Array.from({ length: BALANCERS }, (_, index) => bucketsOf(index)).flat();
    const quantileMs = (q: number) =>
      `round(1000 * histogram_quantile(${q}, job:lbqos_time_to_first_byte_seconds_bucket:rate5m))`;
    const sample = (value: number) => ({ labels: `{job="${JOB}"}`, value });
    const cases = [
      // Half of all requests are in the first bucket, to 100 ms, the other half in the one of 200 to 400 ms: these are their middles.
      { expr: quantileMs(0.25), eval_time: "10m", exp_samples: [sample(50)] },
      { expr: quantileMs(0.75), eval_time: "10m", exp_samples: [sample(300)] },
      {
        expr: 'round(15 * job:lbqos_time_to_first_byte_seconds_bucket:rate5m{le="+Inf"})',
        eval_time: "10m",
        exp_samples: [{ labels: `{job="${JOB}", le="+Inf"}`, value: 100 * BALANCERS }],
      },
      {
        expr: "count(balancer:lbqos_time_to_first_byte_seconds_bucket:rate5m)",
        eval_time: "10m",
        exp_samples: [{ labels: "{}", value: 4 * BALANCERS }],
      },
    ];
    const input = lines.map((line) => {
      const [, series = "", values = ""] = /^(.*) (\S+)$/.exec(line) ?? [];
      return { series, values };
    });
    const file = {
      rule_files: ["rules.yaml"],
      evaluation_interval: "15s",
      tests: [{ interval: "15s", input_series: input, promql_expr_test: cases }],
    };
    writeFileSync(join(folder, "fifty.json"), JSON.stringify(file));
    expect(promtool("test", "rules", "fifty.json")).toContain("SUCCESS");
  });
});

needs("prometheus")("two Prometheus", () => {
  const lbqos: Server[] = [];
  let near: RealPrometheus;
  let far: RealPrometheus;

  beforeAll(async () => {
    const began = Date.now();
    for (const rate of [100, 300]) {
      const server = createServer((_, response) => {
        const count = Math.round((rate * (Date.now() - began)) / 1000);
        const labels = `balancer="10.0.0.${rate}",backend="A"`;
        response.setHeader("content-type", "text/plain; version=0.0.4");
        response.end(
          [
            "# TYPE lbqos_requests_total counter",
            `lbqos_requests_total{${labels}} ${count}`,
            "# TYPE lbqos_time_to_first_byte_seconds histogram",
            `lbqos_time_to_first_byte_seconds_bucket{${labels},le="0.1"} ${Math.round(count / 3)}`,
            `lbqos_time_to_first_byte_seconds_bucket{${labels},le="+Inf"} ${count}`,
            "",
          ].join("\n"),
        );
      });
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      lbqos.push(server);
    }
    const targets = lbqos.map((server) => `127.0.0.1:${(server.address() as AddressInfo).port}`);
    const [nearPort, farPort] = [await freePort(), await freePort()];
    // As in docs/live.md, but for ports and intervals; `via` tells the two ways apart.
    far = await RealPrometheus.start({
      rules: "groups: []\n",
      port: farPort,
      options: ["--web.enable-remote-write-receiver"],
      configuration: {
        scrape_configs: [
          {
            job_name: "federate",
            honor_labels: true,
            metrics_path: "/federate",
            params: { "match[]": [`{__name__=~"${RECORDED_SERIES}"}`] },
            static_configs: [{ targets: [`127.0.0.1:${nearPort}`], labels: { via: "federation" } }],
          },
        ],
      },
    });
    near = await RealPrometheus.start({
      rules: recordingRulesYaml(),
      port: nearPort,
      externalLabels: { site: "one" },
      configuration: {
        scrape_configs: [{ job_name: JOB, static_configs: [{ targets }] }],
        remote_write: [
          {
            url: `http://127.0.0.1:${farPort}/api/v1/write`,
            write_relabel_configs: [
              { source_labels: ["__name__"], regex: RECORDED_SERIES, action: "keep" },
              { target_label: "via", replacement: "remote-write" },
            ],
          },
        ],
      },
    });
  });
  afterAll(async () => {
    await near.stop();
    await far.stop();
    for (const server of lbqos) server.close();
  });

  test.each(["federation", "remote-write"])("holds the same samples: by %s", async (via) => {
    const series = 'job:lbqos_time_to_first_byte_seconds_bucket:rate5m{le="0.1"';
    const arrived = await until(async () => {
      const samples = await far.samples(`${series},site="one",via="${via}"}`);
      return samples.length >= 2 ? samples : null;
    });
    const sent = await near.samples(`${series}}`);
    expect(arrived.filter((one) => !sent.some((own) => own[0] === one[0] && own[1] === one[1]))).toEqual([]);
  });

  test("gets what is recorded and nothing else, of each balancer and of both", async () => {
    const names = (await far.labelValues("__name__", '{site="one"}')).filter(
      (name) => !new RegExp(`^${RECORDED_SERIES}$`).test(name),
    );
    expect(names).toEqual([]);
    const each = await until(async () => {
      const found = await far.query('balancer:lbqos_requests:rate5m{via="federation"}');
      return found.length === 2 ? found : null;
    });
    expect(each.map(({ labels }) => labels["balancer"]).sort()).toEqual(["10.0.0.100", "10.0.0.300"]);
    expect(new Set(each.map(({ labels }) => labels["instance"])).size).toBe(2);
  });
});
