/** The Prometheus room's verb: snapshots of a run under way in, the text that Prometheus scrapes out. */
import { Registry } from "prom-client";
import type { LiveSnapshot } from "../../live/live-snapshot.ts";
import { backendFamilies } from "./backend-families.ts";
import { BackendDirectory } from "./backend-view.ts";
import { balancerFamilies } from "./balancer-families.ts";
import { type FamilyMetric, type LabelledView, registerFamily } from "./family-metric.ts";
import { figureFamilies } from "./figure-families.ts";
import type { MetricFamily } from "./metric-family.ts";
import { pathFamilies } from "./path-families.ts";
import { registerProcessMetrics } from "./process-metrics.ts";
import { runFamilies } from "./run-families.ts";
import { transportFamilies } from "./transport-families.ts";
import { wiresharkFamilies } from "./wireshark-families.ts";

const BACKEND_FAMILIES = [...backendFamilies, ...transportFamilies, ...figureFamilies];
const RUN_FAMILIES = [...runFamilies, ...pathFamilies, ...wiresharkFamilies];
const RUN_LABELS = ["balancer", "method"];
const BACKEND_LABELS = ["balancer", "backend", "method"];

/** A metric as the documentation lists it. */
export interface MetricDescription {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram" | "summary";
  /** Without `le` and `quantile`, which histograms and summaries bring along. */
  readonly labels: readonly string[];
  readonly meaning: string;
}

/** All metrics of a run, in the order in which they are written. */
export const metricDescriptions: readonly MetricDescription[] = [
  ...BACKEND_FAMILIES.map((family) => described(family, BACKEND_LABELS)),
  ...RUN_FAMILIES.map((family) => described(family, RUN_LABELS)),
  ...balancerFamilies.map((family) => described(family, RUN_LABELS)),
];

function described<View>(family: MetricFamily<View>, viewLabels: readonly string[]): MetricDescription {
  const labels = [...viewLabels, ...("labels" in family ? family.labels : [])];
  return { name: family.name, type: family.type, labels, meaning: family.help };
}

/**
 * What `/metrics` answers. Labels: `balancer` (its address, where it was named), `backend`, `method` (where it was said);
 * never a client. One exposition belongs to one run: its counters only grow.
 */
export class PrometheusExposition {
  /** Of `text()`, for the HTTP header. */
  readonly contentType: string;
  readonly #registry = new Registry();
  readonly #directory = new BackendDirectory();
  readonly #backendMetrics = registerAll(this.#registry, BACKEND_FAMILIES, BACKEND_LABELS);
  readonly #runMetrics = registerAll(this.#registry, RUN_FAMILIES, RUN_LABELS);
  readonly #balancerMetrics = registerAll(this.#registry, balancerFamilies, RUN_LABELS);
  #latest: LiveSnapshot | null = null;

  constructor() {
    registerProcessMetrics(this.#registry);
    this.contentType = this.#registry.contentType;
  }

  /** Takes the newest state of the run; cheap, as its text is made when it is asked for. */
  update(snapshot: LiveSnapshot): void {
    this.#latest = snapshot;
  }

  /** The metrics of the latest snapshot in Prometheus' text format; before the first one, those of the process only. */
  text(): Promise<string> {
    if (this.#latest !== null) this.#show(this.#latest);
    return this.#registry.metrics();
  }

  #show(snapshot: LiveSnapshot): void {
    const run = snapshot.metrics;
    const common = { balancer: snapshot.balancer ?? "", method: snapshot.method ?? "" };
    const backends = this.#directory.views(run.pairs).map((backend) => {
      return { labels: { ...common, backend: backend.backend }, view: { backend, run } };
    });
    const balancer = run.balancer ?? null;
    show(this.#backendMetrics, backends);
    show(this.#runMetrics, [{ labels: common, view: snapshot }]);
    show(
      this.#balancerMetrics,
      balancer === null ? [] : [{ labels: { ...common, balancer: balancer.address }, view: balancer }],
    );
  }
}

function registerAll<View>(
  registry: Registry,
  families: readonly MetricFamily<View>[],
  viewLabels: readonly string[],
): FamilyMetric<View>[] {
  return families.map((family) => registerFamily(registry, family, viewLabels));
}

function show<View>(metrics: readonly FamilyMetric<View>[], views: readonly LabelledView<View>[]): void {
  for (const metric of metrics) metric.show(views);
}
