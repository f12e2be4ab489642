/** Reports as CSV: JMeter's JTL with a row per request, Locust's statistics with a row for all. */
import { type CsvTable, parseCsv } from "../tables/csv.ts";
import type { GeneratorReport } from "./generator-report.ts";

const MS = 1000;

/** @throws Failure where the text is no table; `null` where it is another one */
export function readTable(text: string, fileName: string): GeneratorReport | null {
  const read = parseCsv(text, fileName);
  const csv = { ...read, header: read.header.map(plainHeader) };
  const has = (...names: readonly string[]) => names.every((name) => csv.header.includes(name));
  if (has("timestamp", "elapsed", "success")) return readJtl(csv);
  return has("request_count", "failure_count", "average_response_time") ? readLocust(csv) : null;
}

/** `Request Count` is `request_count`. */
function plainHeader(header: string): string {
  return header.trim().toLowerCase().replaceAll(" ", "_");
}

/** Every sample counts; p95 is the smallest time that 95 % of the samples did not exceed, as JMeter's aggregate report has it. */
function readJtl(csv: CsvTable): GeneratorReport | null {
  const column = (name: string) => csv.header.indexOf(name);
  const [at, took, ok, threads] = [
    column("timestamp"),
    column("elapsed"),
    column("success"),
    column("allthreads"),
  ];
  let [first, last, failed, connections] = [Number.POSITIVE_INFINITY, 0, 0, 0];
  const times: number[] = [];
  for (const { cells } of csv.rows) {
    const [begin, elapsed] = [Number(cells[at]), Number(cells[took])];
    if (!Number.isFinite(begin) || !Number.isFinite(elapsed)) continue;
    times.push(elapsed);
    first = Math.min(first, begin);
    last = Math.max(last, begin + elapsed);
    if (cells[ok]?.toLowerCase() !== "true") failed += 1;
    connections = Math.max(connections, Number(cells[threads] ?? 0) || 0);
  }
  if (times.length === 0) return null;
  times.sort((a, b) => a - b);
  const percentile = (percent: number) => times[Math.ceil((percent / 100) * times.length) - 1] ?? null;
  const seconds = (last - first) / MS;
  return {
    tool: "jmeter",
    requests: times.length,
    failed,
    seconds,
    requestsPerSecond: seconds > 0 ? times.length / seconds : null,
    connections: connections > 0 ? connections : null,
    responseMs: {
      mean: times.reduce((sum, one) => sum + one, 0) / times.length,
      p50: percentile(50),
      p95: percentile(95),
      p99: percentile(99),
      max: times.at(-1) ?? null,
    },
  };
}

/** `--csv`: the row called Aggregated. */
function readLocust(csv: CsvTable): GeneratorReport | null {
  const row = csv.rows.find(({ cells }) => cells[csv.header.indexOf("name")] === "Aggregated");
  if (row === undefined) return null;
  const number = (name: string): number | null => {
    const value = Number.parseFloat(row.cells[csv.header.indexOf(name)] ?? "");
    return Number.isFinite(value) ? value : null;
  };
  const [requests, rate] = [number("request_count"), number("requests/s")];
  if (requests === null) return null;
  return {
    tool: "locust",
    requests,
    failed: number("failure_count") ?? 0,
    seconds: rate !== null && rate > 0 ? requests / rate : null,
    requestsPerSecond: rate,
    connections: null,
    responseMs: {
      mean: number("average_response_time"),
      p50: number("50%"),
      p95: number("95%"),
      p99: number("99%"),
      max: number("max_response_time"),
    },
  };
}
