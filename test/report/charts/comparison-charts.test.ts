/** Charts as data: which are made, and what is in them. */
import { describe, expect, test } from "vitest";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import { parseCsv } from "../../../src/experiment/tables/csv.ts";
import { chartCsv } from "../../../src/report/charts/chart-csv.ts";
import { comparisonCharts } from "../../../src/report/charts/comparison-charts.ts";
import { buildComparisonDocument } from "../../../src/report/comparison/build-comparison-document.ts";
import { experimentOf, publishedMeans } from "../../experiment/experiment-builder.ts";
import { chartNamed, compareCaptures, published } from "./experiments.ts";

describe("the charts of the published tables", () => {
  const charts = comparisonCharts(published);

  test("are those that a table has data for: nothing over time", () => {
    expect(charts.map((chart) => chart.id)).toEqual([
      "without-and-with-balancer",
      "metrics",
      "throughput",
      "packet-loss",
      "delay",
      "jitter",
      "runs-throughput",
      "runs-packet-loss",
      "runs-delay",
      "runs-jitter",
      "request-share",
    ]);
  });

  test("show the study's printed means", () => {
    const chart = chartNamed(charts, "metrics");
    if (chart.kind !== "bars") throw new Error("no bars");
    const keys = ["throughputMbps", "packetLossPercent", "delayMs", "jitterMs"] as const;
    for (const { method, backend, values, printed } of publishedMeans.means) {
      for (const [panel, key] of keys.entries()) {
        const row = chart.series.names.indexOf(backend);
        const bar = chart.panels[panel]?.bars[row]?.[chart.categories.names.indexOf(method)];
        const decimals = (printed[key] ?? "").split(".")[1]?.length ?? 0;
        // The study rounds some of its means and cuts off others.
        expect(Math.abs((bar?.value ?? 0) - (values[key] ?? 0))).toBeLessThan(10 ** -decimals);
      }
    }
  });

  test("put the method without the balancer beside those with it", () => {
    expect(chartCsv(chartNamed(charts, "without-and-with-balancer"))).toMatchInlineSnapshot(`
      "quantity,method,path,value,confidence_low,confidence_high,runs
      throughput_mbps,direct,Without balancer,1.0497193,1.0306096130897096,1.0691833210142725,10
      throughput_mbps,direct,With balancer,,,,
      throughput_mbps,round-robin,Without balancer,,,,
      throughput_mbps,round-robin,With balancer,0.7371017999999999,0.5732410315505221,0.9478021175379784,10
      throughput_mbps,least-connection,Without balancer,,,,
      throughput_mbps,least-connection,With balancer,0.62622696,0.42798621250533647,0.9162916794333692,10
      throughput_mbps,ip-hash,Without balancer,,,,
      throughput_mbps,ip-hash,With balancer,0.5708749,0.33707029845651987,0.9668551425098315,10
      packet_loss_percent,direct,Without balancer,5.533333333333333,4.849247877671374,6.313923014486227,10
      packet_loss_percent,direct,With balancer,,,,
      packet_loss_percent,round-robin,Without balancer,,,,
      packet_loss_percent,round-robin,With balancer,0.4666,0.2693815384317745,0.8082051994633634,10
      packet_loss_percent,least-connection,Without balancer,,,,
      packet_loss_percent,least-connection,With balancer,0.4,0.23128672806073594,0.6917820202721878,10
      packet_loss_percent,ip-hash,Without balancer,,,,
      packet_loss_percent,ip-hash,With balancer,4.4,3.296289173844823,5.8732711175998915,10
      delay_ms,direct,Without balancer,1.0169711333333333,0.9955318307392677,1.038872142606711,10
      delay_ms,direct,With balancer,,,,
      delay_ms,round-robin,Without balancer,,,,
      delay_ms,round-robin,With balancer,6.9660672454000006,4.966965262881956,9.769766909800918,10
      delay_ms,least-connection,Without balancer,,,,
      delay_ms,least-connection,With balancer,14.359960566666667,5.388079500512726,38.27123698835531,10
      delay_ms,ip-hash,Without balancer,,,,
      delay_ms,ip-hash,With balancer,5.7260336,2.868748184220573,11.429187465346379,10
      jitter_ms,direct,Without balancer,0.004461499999999999,0.0022339409887632373,0.008910254277137312,10
      jitter_ms,direct,With balancer,,,,
      jitter_ms,round-robin,Without balancer,,,,
      jitter_ms,round-robin,With balancer,3.2151911986000004,1.612801704878972,6.409625195882746,10
      jitter_ms,least-connection,Without balancer,,,,
      jitter_ms,least-connection,With balancer,7.567136633333334,3.084524910242543,18.56414147844659,10
      jitter_ms,ip-hash,Without balancer,,,,
      jitter_ms,ip-hash,With balancer,2.8215586999999998,1.1395379930873561,6.986334414332589,10
      "
    `);
  });

  test("leave out what was not measured: ip-hash used one backend", () => {
    const chart = chartNamed(charts, "throughput");
    if (chart.kind !== "bars") throw new Error("no bars");
    const column = chart.categories.names.indexOf("ip-hash");
    expect(chart.panels[0]?.bars.map((row) => row[column]?.runs ?? null)).toEqual([null, null, 10]);
  });

  test("hold every run in the box plots", () => {
    const chart = chartNamed(charts, "runs-delay");
    if (chart.kind !== "boxes") throw new Error("no boxes");
    expect(chart.samples.flat().map((runs) => runs.length)).toEqual([
      10, 10, 10, 0, 10, 10, 10, 0, 10, 10, 10, 10,
    ]);
    expect(chart.scale).toBe("logarithmic");
    expect(chartCsv(chart).split("\r\n")[1]).toBe("direct,Flask A,1,1.000549");
  });

  test("speak the language asked for", () => {
    const chart = chartNamed(comparisonCharts(published, "id"), "delay");
    expect([chart.title, chart.note]).toEqual([
      "Delay menurut metode dan backend",
      "Batang: rata-rata semua run; garis galat: selang kepercayaan 95 %",
    ]);
  });
});

describe("the charts of captures", async () => {
  const comparison = await compareCaptures();
  const charts = comparisonCharts(comparison);

  test("show the first run of each method over time, and time to first byte", () => {
    expect(charts.map((chart) => chart.id).filter((id) => /time/.test(id))).toEqual([
      "runs-round-trip-time",
      "runs-time-to-first-byte",
      "time-to-first-byte",
      "time-to-first-byte-tail",
      "over-time-direct",
      "over-time-round-robin",
      "over-time-ip-hash",
    ]);
  });

  test("share the requests as they were shared", () => {
    const chart = chartNamed(charts, "request-share");
    if (chart.kind !== "bars") throw new Error("no bars");
    const column = (name: string) =>
      chart.panels[0]?.bars.map((row) => row[chart.categories.names.indexOf(name)]?.value ?? null);
    expect(chart.categories.names).toEqual(["round-robin", "ip-hash"]);
    expect(column("ip-hash")).toEqual([0, 0, 100]);
    expect(column("round-robin")?.map((part) => Math.round(part ?? -1))).toEqual([33, 33, 33]);
  });

  test("over time add up to what the run measured", () => {
    const chart = chartNamed(charts, "over-time-ip-hash");
    if (chart.kind !== "lines") throw new Error("no lines");
    expect(chart.series).toEqual({ key: "backend", title: "Backend", names: ["Flask C"], styles: [2] });
    const [throughput = [], delay = []] = chart.panels.map((panel) => panel.lines[0] ?? []);
    const step = (throughput[1]?.x ?? 0) - (throughput[0]?.x ?? 0);
    const requests = delay.reduce((sum, { y }) => sum + (y === null ? 0 : (step * 1000) / y), 0);
    const run = comparison.runTables.find(
      (table) => table.method === "ip-hash" && table.backend === "Flask C",
    );
    expect(run?.rows[0]?.values.requests).toBe(1000);
    // The last step may be narrower than the others.
    expect(Math.abs(requests - 1000)).toBeLessThan(1000 / delay.length);
  });

  test("distribute every method's exchanges from 0 to 100 %, in order", () => {
    const chart = chartNamed(charts, "time-to-first-byte");
    if (chart.kind !== "lines") throw new Error("no lines");
    for (const line of chart.panels[0]?.lines ?? []) {
      expect(line.map(({ y }) => y)).toEqual([...Array(101).keys()]);
      expect(line.map(({ x }) => x)).toEqual(line.map(({ x }) => x).sort((a, b) => a - b));
    }
  });

  test("show as the tail by method what the distribution leaves, down to the 99th percentile", () => {
    const [all, tail] = ["time-to-first-byte", "time-to-first-byte-tail"].map((id) => chartNamed(charts, id));
    if (all?.kind !== "lines" || tail?.kind !== "lines") throw new Error("no lines");
    const [panel] = tail.panels;
    expect(panel).toMatchObject({ scale: "logarithmic", top: 100, levels: [{ y: 1, label: "p99" }] });
    for (const [row, line] of (panel?.lines ?? []).entries()) {
      const whole = all.panels[0]?.lines[row] ?? [];
      expect(line.at(-1)).toEqual({ x: whole[99]?.x, y: 1 });
      expect(line.find(({ y }) => y === 50)?.x).toBe(whole[50]?.x);
    }
  });

  test("have a place in the report, but for those that stand together in another", () => {
    const { opening = [], sections } = buildComparisonDocument(comparison, { charts });
    const blocks = [...opening, ...sections.flatMap((section) => section.blocks)];
    const placed = blocks.flatMap((block) => (block.kind === "figure" ? [block.chart.id] : []));
    expect(charts.map(({ id }) => id).filter((id) => !placed.includes(id))).toEqual([
      "throughput",
      "packet-loss",
      "delay",
      "jitter",
    ]);
  });
});

describe("odd experiments", () => {
  const MANIFEST = "title: T\nmethods:\n  - name: rr\n";

  test("one run: bars without intervals, no box plots, no baseline", () => {
    const run = { pairs: [{ name: "A" }] };
    const charts = comparisonCharts(compareMethods(experimentOf(MANIFEST, { rr: [run] })));
    expect(charts.map((chart) => chart.id)).toEqual([
      "metrics",
      "throughput",
      "packet-loss",
      "delay",
      "jitter",
      "request-share",
    ]);
    expect(chartNamed(charts, "metrics").note).toBe("Bars: mean over runs");
  });

  test("no runs: no charts", () => {
    expect(comparisonCharts(compareMethods(experimentOf(MANIFEST, {})))).toEqual([]);
  });

  test("methods of one slug keep files of their own", () => {
    const quantiles = Array.from({ length: 101 }, (_, index) => index);
    const bins = [
      {
        startSeconds: 0,
        toBackendMbps: 1,
        fromBackendMbps: 1,
        requests: 5,
        delayMs: 2,
        timeToFirstByteMs: 1,
      },
    ];
    const comparison = {
      ...compareMethods(
        experimentOf("title: T\nmethods:\n  - name: a b\n  - name: A-B\n", {
          "a b": [{ pairs: [{ name: "X" }] }],
          "A-B": [{ pairs: [{ name: "X" }] }],
        }),
      ),
      curves: ["a b", "A-B"].map((method) => ({
        method,
        backend: "X",
        run: 1,
        exchanges: 5,
        series: { binSeconds: 0.01, bins },
        timeToFirstByteQuantilesMs: quantiles,
      })),
    };
    const backend = comparison.backends[0] ?? "";
    const curves = comparison.curves.map((one) => ({ ...one, backend }));
    const ids = comparisonCharts({ ...comparison, curves }).map((chart) => chart.id);
    expect(ids.filter((id) => id.startsWith("over-time"))).toEqual(["over-time-a-b", "over-time-a-b-2"]);
  });

  test("the CSV of every chart is one table", async () => {
    for (const chart of [...comparisonCharts(published), ...comparisonCharts(await compareCaptures())]) {
      const csv = parseCsv(chartCsv(chart), `${chart.id}.csv`);
      expect(csv.rows.length).toBeGreaterThan(0);
      expect(csv.rows.every((row) => row.cells.length === csv.header.length)).toBe(true);
    }
  });
});
