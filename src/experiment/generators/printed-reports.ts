/** Reports that load generators print for people: httperf, ab, wrk (and wrk2), h2load. Each `null` where the text is none of its. */
import type { GeneratorReport } from "./generator-report.ts";

/** The number behind a label, or `null`. */
function find(text: string, pattern: RegExp): number | null {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/** httperf: `Reply time` is from the request to the first byte, and on to the last. Its median is of connections, so none is taken. */
export function readHttperf(text: string): GeneratorReport | null {
  const requests = find(text, /^Total: connections \d+ requests (\d+)/m);
  const errors = find(text, /^Errors: total (\d+)/m);
  if (requests === null || errors === null) return null;
  const [, response, transfer] = /^Reply time \[ms\]: response ([\d.]+) transfer ([\d.]+)/m.exec(text) ?? [];
  const [, client, server] = /^Reply status: .* 4xx=(\d+) 5xx=(\d+)/m.exec(text) ?? [];
  return {
    tool: "httperf",
    requests,
    failed: errors + Number(client ?? 0) + Number(server ?? 0),
    seconds: find(text, /test-duration ([\d.]+) s/),
    requestsPerSecond: find(text, /^Request rate: ([\d.]+) req\/s/m),
    connections: find(text, /<=(\d+) concurrent connections/),
    responseMs: {
      mean: response === undefined ? null : Number((Number(response) + Number(transfer)).toPrecision(12)),
      p50: null,
      p95: null,
      p99: null,
      max: null,
    },
  };
}

/** ab: times are of whole requests, connecting included. */
export function readAb(text: string): GeneratorReport | null {
  const requests = find(text, /^Complete requests:\s+(\d+)/m);
  const failed = find(text, /^Failed requests:\s+(\d+)/m);
  if (requests === null || failed === null) return null;
  return {
    tool: "ab",
    requests,
    failed: failed + (find(text, /^Non-2xx responses:\s+(\d+)/m) ?? 0),
    seconds: find(text, /^Time taken for tests:\s+([\d.]+)/m),
    requestsPerSecond: find(text, /^Requests per second:\s+([\d.]+)/m),
    connections: find(text, /^Concurrency Level:\s+(\d+)/m),
    responseMs: {
      mean: find(text, /^Time per request:\s+([\d.]+) \[ms\] \(mean\)$/m),
      p50: find(text, /^\s+50%\s+(\d+)/m),
      p95: find(text, /^\s+95%\s+(\d+)/m),
      p99: find(text, /^\s+99%\s+(\d+)/m),
      max: find(text, /^\s+100%\s+(\d+)/m),
    },
  };
}

const IN_MS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `6.67ms`, `916us`, `1.02s`. */
function duration(text: string | undefined): number | null {
  const [, digits, unit = ""] = /^([\d.]+)(us|ms|s|m|h)$/.exec(text ?? "") ?? [];
  return digits === undefined ? null : Number((Number(digits) * (IN_MS[unit] ?? 1)).toPrecision(12));
}

/** wrk and wrk2; percentiles with `--latency` only. */
export function readWrk(text: string): GeneratorReport | null {
  const [, requests, seconds] = /^\s*(\d+) requests in ([\d.]+\w+),/m.exec(text) ?? [];
  const rate = find(text, /^Requests\/sec:\s+([\d.]+)/m);
  if (requests === undefined || rate === null) return null;
  const socket = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text) ?? [];
  const errors = socket.slice(1).reduce((sum, one) => sum + Number(one), 0);
  const [, mean, , max] = /^\s+Latency\s+(\S+)\s+(\S+)\s+(\S+)/m.exec(text) ?? [];
  const percentile = (share: string) =>
    duration(new RegExp(`^\\s+${share}(?:\\.0+)?%\\s+(\\S+)`, "m").exec(text)?.[1]);
  const measuredMs = duration(seconds);
  return {
    tool: "wrk",
    requests: Number(requests),
    failed: errors + (find(text, /Non-2xx or 3xx responses: (\d+)/) ?? 0),
    seconds: measuredMs === null ? null : measuredMs / 1000,
    requestsPerSecond: rate,
    connections: find(text, /threads? and (\d+) connections/),
    responseMs: {
      mean: duration(mean),
      p50: percentile("50"),
      p95: percentile("95"),
      p99: percentile("99"),
      max: duration(max),
    },
  };
}

/** h2load: failed ones are those without an answer and those with an error status. */
export function readH2load(text: string): GeneratorReport | null {
  const [, requests, failed] =
    /^requests: (\d+) total, .* succeeded, (\d+) failed, \d+ errored, \d+ timeout/m.exec(text) ?? [];
  if (requests === undefined || failed === undefined) return null;
  const [, time, rate] = /^finished in (\S+), ([\d.]+) req\/s/m.exec(text) ?? [];
  const [, , max, mean] = /^time for request:\s+(\S+)\s+(\S+)\s+(\S+)/m.exec(text) ?? [];
  const tookMs = duration(time);
  return {
    tool: "h2load",
    requests: Number(requests),
    failed: Number(failed),
    seconds: tookMs === null ? null : tookMs / 1000,
    requestsPerSecond: rate === undefined ? null : Number(rate),
    connections: find(text, /(\d+) total client\(s\)/),
    responseMs: { mean: duration(mean), p50: null, p95: null, p99: null, max: duration(max) },
  };
}
