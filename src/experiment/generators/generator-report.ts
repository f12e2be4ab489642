/** What a load generator says of a run: its own view, from where clients wait. */

export const generatorTools = [
  "httperf",
  "ab",
  "wrk",
  "siege",
  "h2load",
  "autocannon",
  "k6",
  "jmeter",
  "locust",
] as const;
export type GeneratorTool = (typeof generatorTools)[number];

export interface GeneratorReport {
  readonly tool: GeneratorTool;
  /** Answered and failed ones. */
  readonly requests: number;
  /** As the tool counts them: no answer, or a status that it takes for an error. */
  readonly failed: number;
  readonly seconds: number | null;
  /** Requests per second that it reached. */
  readonly requestsPerSecond: number | null;
  /** Connections at a time, or virtual users; `null`: not told. */
  readonly connections: number | null;
  /** Response times; what a tool does not print is `null`. */
  readonly responseMs: ResponseTimes;
}

export interface ResponseTimes {
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}
