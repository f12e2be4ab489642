/** The runs of captures and of tables brought to one form: what was observed of one backend in one run. */
import type { Outage } from "../../diagnosis/finding.ts";
import { backendPairs } from "../../metrics/measure-all-backends.ts";
import { isServed } from "../../metrics/rated-figures.ts";
import type { PairMetrics, RunMetrics } from "../../metrics/run-metrics.ts";
import { type RequestFailures, requestFailures } from "../../metrics/run-totals.ts";
import type { AnalyzedRun, Experiment } from "../experiment.ts";
import { type MetricValues, metricValues } from "../experiment-metrics.ts";
import type { Algorithm } from "../manifest/algorithms.ts";
import type { Manifest, NamedSelection } from "../manifest/manifest.ts";
import { algorithmOf, slug } from "../manifest/method-names.ts";
import type { RequestsTable } from "../tables/requests-table.ts";
import type { ResultRow } from "../tables/results-table.ts";

/** One backend in one run. */
export interface Observation {
  readonly method: string;
  readonly backend: string;
  readonly run: number;
  /** Where it comes from: the capture's files, or the table and line. */
  readonly origin: string;
  readonly values: MetricValues;
  /** Whether the backend was sent anything. */
  readonly hasTraffic: boolean;
  /** Whether its figures may be rated: of a backend that answered nothing, they say nothing. */
  readonly isServed: boolean;
  /** `null`: not counted, as in tables. */
  readonly failures: RequestFailures | null;
}

/** A method as the comparison knows it. */
export interface MethodFacts {
  readonly name: string;
  readonly algorithm: Algorithm;
  readonly baseline: boolean;
}

/** All that was observed, and who and what it is about. */
export interface Observations {
  readonly methods: readonly MethodFacts[];
  /** Backends in the order of the reports. */
  readonly backends: readonly string[];
  /** At most one for each method, backend and run; the first where there were more. */
  readonly list: readonly Observation[];
  /** Observations after the first of the same method, backend and run. */
  readonly repeated: readonly Observation[];
}

/** Brings captures and tables together. */
export function collectObservations(experiment: Experiment): Observations {
  const { manifest } = experiment;
  const rows = experiment.tables.flatMap((table) => table.rows);
  const methods = methodFacts(manifest, tableMethods(experiment));
  const all = [
    ...experiment.runs.flatMap((run) => runObservations(run, manifest, methods)),
    ...rows.flatMap((row) => rowObservations(row, manifest)),
    ...experiment.requestsTables.flatMap((table) => requestsObservations(table, manifest, rows)),
  ];
  const byKey = new Map<string, Observation>();
  const repeated: Observation[] = [];
  for (const one of all) {
    const key = JSON.stringify([one.method, one.backend, one.run]);
    const other = byKey.get(key);
    if (other === undefined) byKey.set(key, one);
    else if (addsRequests(one, other))
      byKey.set(key, { ...other, values: { ...one.values, ...other.values } });
    else repeated.push(one);
  }
  const list = [...byKey.values()].sort((a, b) => a.run - b.run);
  const named = (manifest.selections ?? manifest.backends).map((one) => one.name);
  return { methods, backends: [...new Set([...named, ...all.map((one) => one.backend)])], list, repeated };
}

/** Whether an observation only brings the count of requests to one that has no such count. */
function addsRequests(one: Observation, other: Observation): boolean {
  return Object.keys(one.values).join() === "requests" && other.values.requests === undefined;
}

/** Methods of the tables that join the experiment by themselves, in their order. */
function tableMethods({ manifest, tables }: Experiment): string[] {
  const joining = tables.filter((table) => manifest.results.includes(table.fileName));
  return [...new Set(joining.flatMap((table) => table.rows.map((row) => row.method)))];
}

function methodFacts(manifest: Manifest, fromTables: readonly string[]): MethodFacts[] {
  const listed = manifest.methods.map(({ name, algorithm, baseline }) => ({ name, algorithm, baseline }));
  const joining = fromTables.filter((name) => !listed.some((method) => method.name === name));
  const added = joining.map((name) => ({ name, algorithm: algorithmOf(name), baseline: false }));
  const direct = added.filter((method) => method.algorithm === "direct");
  const needsBaseline = !listed.some((method) => method.baseline) && direct.length === 1;
  return [
    ...listed,
    ...added.map((method) => ({ ...method, baseline: needsBaseline && method === direct[0] })),
  ];
}

/** A pair that the comparison is about, and the backend at its end as all methods call it. */
export interface ObservedPair {
  readonly pair: PairMetrics;
  readonly backend: string;
}

/**
 * The pairs of a run: towards the balancer's backends, or in direct tests towards those that were sent anything. Where
 * pairs were discovered, those that end at the balancer are the clients' and left out.
 */
export function observedPairs(
  run: AnalyzedRun,
  manifest: Manifest,
  methods: readonly MethodFacts[],
): ObservedPair[] {
  const isDirect = methods.some(
    (method) => method.name === run.method && (method.baseline || method.algorithm === "direct"),
  );
  const { pairs } = run.metrics;
  const towardsBackends = isDirect ? pairs.filter(hasTraffic) : backendPairs(pairs);
  return towardsBackends.map((pair) => ({ pair, backend: backendName(pair, manifest) }));
}

function runObservations(
  run: AnalyzedRun,
  manifest: Manifest,
  methods: readonly MethodFacts[],
): Observation[] {
  if (manifest.selections !== undefined) return selectionObservations(run, manifest.selections);
  const pathTo = (backend: string) => run.paths?.find((one) => one.backend === backend)?.path ?? null;
  return observedPairs(run, manifest, methods).map(({ pair, backend }) => ({
    method: run.method,
    backend,
    run: run.run,
    origin: run.files.join(", "),
    values: metricValues(pair, pathTo(backend), outagesAt(run, pair)),
    hasTraffic: hasTraffic(pair),
    isServed: isServed(pair.http, pair.transport),
    failures: requestFailures(pair.http),
  }));
}

/** Of the pair's backend; none where the run was not diagnosed. */
export function outagesAt({ metrics }: Pick<AnalyzedRun, "metrics">, pair: PairMetrics): readonly Outage[] {
  const place = metrics.pairs.indexOf(pair);
  return metrics.diagnosis?.outages.filter(({ pairIndex }) => pairIndex === place) ?? [];
}

/** Selections stand where backends would. */
function selectionObservations(run: AnalyzedRun, selections: readonly NamedSelection[]): Observation[] {
  const measured = run.metrics.selections ?? [];
  return selections.flatMap(({ name }) => {
    const selection = measured.find((one) => one.name === name);
    if (selection === undefined) return [];
    const { frames, throughputMbps, packetLossPercent, delayMs, jitterMs } = selection;
    return [
      {
        method: run.method,
        backend: name,
        run: run.run,
        origin: run.files.join(", "),
        values: { throughputMbps, packetLossPercent, delayMs, jitterMs },
        hasTraffic: frames > 0,
        isServed: frames > 0,
        failures: null,
      },
    ];
  });
}

function hasTraffic(pair: PairMetrics): boolean {
  return pair.paper.frames > 0 || pair.transport.toBackend.packets > 0;
}

/** The manifest's name for a pair's destination; else the endpoint, so that all methods call it the same. */
function backendName(pair: PairMetrics, { backends }: Manifest): string {
  const known = backends.find((backend) => backend.name === pair.name);
  if (known !== undefined) return known.name;
  if (pair.destinationPort === null) return pair.destination;
  return pair.destination.includes(":")
    ? `[${pair.destination}]:${pair.destinationPort}`
    : `${pair.destination}:${pair.destinationPort}`;
}

/** A row stands for each method that the manifest takes it for. */
function rowObservations(row: ResultRow, manifest: Manifest): Observation[] {
  const takers = manifest.methods.filter((method) =>
    method.results === null
      ? method.name === row.method && manifest.results.includes(row.fileName)
      : method.results.file === row.fileName && method.results.method === row.method,
  );
  const isListed = manifest.methods.some((method) => method.name === row.method);
  const names = takers.map((method) => method.name);
  if (!isListed && manifest.results.includes(row.fileName)) names.push(row.method);
  const run = row.run;
  if (run === null) return [];
  return names.map((method) => ({
    method,
    backend: row.backend === "" ? "–" : row.backend,
    run,
    origin: `${row.fileName}:${row.line}`,
    values: row.values,
    hasTraffic: Object.values(row.values).some((value) => value !== null && value !== 0),
    isServed: true,
    failures: null,
  }));
}

function requestsObservations(
  table: RequestsTable,
  manifest: Manifest,
  rows: readonly ResultRow[],
): Observation[] {
  const takers = manifest.methods.filter((method) => method.requests === table.fileName);
  const names = [...manifest.backends.map((backend) => backend.name), ...rows.map((row) => row.backend)];
  const nameOf = (header: string) => names.find((name) => slug(name) === slug(header)) ?? header;
  return takers.flatMap((method) =>
    table.rows.flatMap((row) =>
      table.backends.map((header, index) => {
        const requests = row.requests[index] ?? null;
        return {
          method: method.name,
          backend: nameOf(header),
          run: row.run,
          origin: `${table.fileName}:${row.line}`,
          values: { requests },
          hasTraffic: requests !== null && requests > 0,
          isServed: true,
          failures: null,
        };
      }),
    ),
  );
}

/** The addresses that asked the balancer in a run, as far as the analysis discovered such pairs. */
export function clientsOf({ pairs }: RunMetrics): string[] {
  const sources = new Set(pairs.map((pair) => pair.source));
  const asking = pairs.filter((pair) => sources.has(pair.destination) && pair.paper.requests > 0);
  return [...new Set(asking.map((pair) => pair.source))];
}
