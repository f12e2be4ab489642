/** A real Prometheus scrapes the exposition: what it then holds is what the snapshot says, number by number. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PrometheusExposition } from "../../../src/monitor/prometheus/prometheus-exposition.ts";
import { needs } from "../../real-part.ts";
import { sampleWarning } from "../../sample-warning.ts";
import { panelQueries } from "../grafana/dashboard-queries.ts";
import { lastSnapshotOf } from "../live-snapshots.ts";
import { parseExposition, type Series } from "./exposition-text.ts";
import { RealPrometheus, until } from "./real-prometheus.ts";

/** Series by name and labels; Prometheus' own labels, the order and the process's own metrics left out. */
function bySeries(series: readonly Series[]): Record<string, number> {
  const ours = series.filter(({ name }) => name.startsWith("lbqos_"));
  const lines = ours.map(({ name, labels, value }) => {
    const { job: _job, instance: _instance, ...own } = labels;
    return [`${name} ${JSON.stringify(Object.entries(own).sort())}`, value] as const;
  });
  return Object.fromEntries(lines.sort());
}

needs("prometheus")("Prometheus", () => {
  const exposition = new PrometheusExposition();
  const server = createServer(async (_, response) => {
    response.setHeader("content-type", exposition.contentType).end(await exposition.text());
  });
  let prometheus: RealPrometheus;

  beforeAll(async () => {
    server.listen(0, "127.0.0.1");
    const snapshot = await lastSnapshotOf("loss-big-to2-from2.pcapng.gz");
    const doubt = sampleWarning({ code: "cut-tail", message: "…", advice: "…" });
    exposition.update({ ...snapshot, metrics: { ...snapshot.metrics, warnings: [doubt] } });
    prometheus = await RealPrometheus.start(`127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterAll(async () => {
    await prometheus.stop();
    server.close();
  });

  test("holds every series with the value of the snapshot", async () => {
    const scraped = await until(async () => {
      const series = await prometheus.query('{__name__=~"lbqos_.+"}');
      return series.length > 0 ? series : null;
    });
    const written = parseExposition(await exposition.text());
    expect(Object.keys(bySeries(written)).length).toBeGreaterThan(300);
    expect(bySeries(scraped)).toEqual(bySeries(written));
  });

  test("fills the panels that are empty in a replay", async () => {
    const asked = async (title: string, letter: string) => {
      const query = panelQueries().find(({ place }) => place === `${title}, ${letter}`);
      const series = await prometheus.query(query?.expr ?? "");
      return series.length > 0 ? series : null;
    };
    const [doubt] = await until(() => asked("Doubts about the data", "A"));
    expect([doubt?.labels["code"], doubt?.value]).toEqual(["cut-tail", 1]);
    const [dropped] = await until(() => asked("Frames missed per second", "A"));
    expect(dropped?.value).toBe(0);
  });

  test("knows the process by the names of the field", async () => {
    const [memory] = await prometheus.query(
      "process_resident_memory_bytes * on (job, instance) group_left () lbqos_build_info",
    );
    expect(memory?.value).toBeGreaterThan(1_000_000);
  });
});
