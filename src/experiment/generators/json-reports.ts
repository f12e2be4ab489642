/** Reports as JSON: siege 4, autocannon, k6's summary. Each `null` where the document is none of its. */
import { z } from "zod";
import type { GeneratorReport } from "./generator-report.ts";

const siege = z.object({
  transactions: z.number(),
  elapsed_time: z.number(),
  response_time: z.number(),
  transaction_rate: z.number(),
  failed_transactions: z.number(),
  longest_transaction: z.number(),
});

const MS = 1000;

/** siege 4: times in seconds with two digits. Its concurrency is a mean, not how many were allowed. */
export function readSiege(value: unknown): GeneratorReport | null {
  const { data } = siege.safeParse(value);
  if (data === undefined) return null;
  return {
    tool: "siege",
    requests: data.transactions + data.failed_transactions,
    failed: data.failed_transactions,
    seconds: data.elapsed_time,
    requestsPerSecond: data.transaction_rate,
    connections: null,
    responseMs: {
      mean: data.response_time * MS,
      p50: null,
      p95: null,
      p99: null,
      max: data.longest_transaction * MS,
    },
  };
}

const autocannon = z.object({
  connections: z.number(),
  duration: z.number(),
  errors: z.number(),
  non2xx: z.number(),
  latency: z.object({ average: z.number(), p50: z.number(), p99: z.number(), max: z.number() }),
  requests: z.object({ total: z.number(), average: z.number() }),
});

/** autocannon --json: `errors` holds its timeouts; it prints p97.5 in place of p95. */
export function readAutocannon(value: unknown): GeneratorReport | null {
  const { data } = autocannon.safeParse(value);
  if (data === undefined) return null;
  const { latency, requests, duration } = data;
  return {
    tool: "autocannon",
    requests: requests.total + data.errors,
    failed: data.errors + data.non2xx,
    seconds: duration,
    requestsPerSecond: duration > 0 ? requests.total / duration : null,
    connections: data.connections,
    responseMs: { mean: latency.average, p50: latency.p50, p95: null, p99: latency.p99, max: latency.max },
  };
}

const trend = z.object({
  avg: z.number(),
  med: z.number().optional(),
  max: z.number().optional(),
  "p(95)": z.number().optional(),
  "p(99)": z.number().optional(),
});
/** `--summary-export` has the values themselves, `handleSummary` within `values`. */
const within = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "values" in value ? value.values : value;
const k6 = z.object({
  metrics: z.object({
    http_reqs: z.preprocess(within, z.object({ count: z.number(), rate: z.number() })),
    http_req_duration: z.preprocess(within, trend),
    http_req_failed: z
      .preprocess(
        within,
        z.object({
          passes: z.number().optional(),
          rate: z.number().optional(),
          value: z.number().optional(),
        }),
      )
      .optional(),
    vus_max: z
      .preprocess(within, z.object({ max: z.number().optional(), value: z.number().optional() }))
      .optional(),
  }),
});

/** k6: of the rate `http_req_failed`, `passes` are the requests that failed. */
export function readK6(value: unknown): GeneratorReport | null {
  const { data } = k6.safeParse(value);
  if (data === undefined) return null;
  const { http_reqs: all, http_req_duration: times, http_req_failed: failed, vus_max: users } = data.metrics;
  const share = failed?.rate ?? failed?.value ?? 0;
  return {
    tool: "k6",
    requests: all.count,
    failed: failed?.passes ?? Math.round(share * all.count),
    seconds: all.rate > 0 ? all.count / all.rate : null,
    requestsPerSecond: all.rate,
    connections: users?.max ?? users?.value ?? null,
    responseMs: {
      mean: times.avg,
      p50: times.med ?? null,
      p95: times["p(95)"] ?? null,
      p99: times["p(99)"] ?? null,
      max: times.max ?? null,
    },
  };
}
