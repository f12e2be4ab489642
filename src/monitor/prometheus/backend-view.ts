/**
 * The backends that metrics are shown of. Where the balancer was named, a backend is one pair. Where every client counts,
 * the pairs of all clients with one server are added up: a label per client would be a time series per client, and
 * anybody could make as many as they like. Discovered servers have a series each up to `MAX_DISCOVERED`; those beyond
 * are added up as `other`.
 */
import type { FailureReason } from "../../metrics/backend-state.ts";
import type { GrowingHistogram, LivePairMetrics, LiveState } from "../../metrics/live-metrics.ts";
import type { PairMetrics } from "../../metrics/run-metrics.ts";
import { addHistograms, sumOf } from "../../metrics/run-totals.ts";

/** Servers, not named by the user, that have metrics of their own. */
export const MAX_DISCOVERED = 50;

/** Label `backend` of all servers beyond `MAX_DISCOVERED`. */
export const OTHER_BACKENDS = "other";

/** One backend: its label, and the pairs to add up. */
export class BackendView {
  readonly backend: string;
  readonly pairs: PairMetrics[] = [];

  constructor(backend: string) {
    this.backend = backend;
  }

  /** The only pair; `null` where there are several, of which only counts can be added up. */
  get only(): PairMetrics | null {
    return this.pairs.length === 1 ? (this.pairs[0] ?? null) : null;
  }

  /** What only a run under way has, of every pair. */
  get live(): LivePairMetrics[] {
    return this.pairs.flatMap(({ live }) => (live === undefined ? [] : [live]));
  }

  sum(count: (pair: PairMetrics) => number): number {
    return sumOf(this.pairs, count);
  }

  /** Towards several clients: up or down where all agree, failing where it works for some only. */
  get state(): LiveState {
    const known = new Set(this.live.map(({ state }) => state).filter((state) => state !== "unknown"));
    const [first] = known;
    return known.size > 1 ? "failing" : (first ?? "unknown");
  }

  /** Why it is failing or down, of the pair that has been so for longest. */
  get stateReason(): FailureReason | null {
    const failing = this.live.filter(({ stateReason }) => stateReason !== null);
    failing.sort((a, b) => (a.stateSinceSeconds ?? 0) - (b.stateSinceSeconds ?? 0));
    return failing[0]?.stateReason ?? null;
  }

  histogram(of: (live: LivePairMetrics) => GrowingHistogram): GrowingHistogram | null {
    const [first, ...rest] = this.live.map(of);
    return first === undefined ? null : rest.reduce(addHistograms, first);
  }
}

/** Remembers which servers have metrics of their own, so that no series moves into `other` and back. */
export class BackendDirectory {
  readonly #discovered = new Set<string>();

  /** The backends of a snapshot's pairs, in their order. */
  views(pairs: readonly PairMetrics[]): BackendView[] {
    const views = new Map<string, BackendView>();
    for (const pair of pairs) {
      const backend = this.#labelOf(pair);
      let view = views.get(backend);
      if (view === undefined) {
        view = new BackendView(backend);
        views.set(backend, view);
      }
      view.pairs.push(pair);
    }
    return [...views.values()];
  }

  #labelOf({ name, destination, destinationPort }: PairMetrics): string {
    if (name !== destination) return name;
    const address = destination.includes(":") ? `[${destination}]` : destination;
    const label = destinationPort === null ? destination : `${address}:${destinationPort}`;
    if (this.#discovered.has(label)) return label;
    if (this.#discovered.size >= MAX_DISCOVERED) return OTHER_BACKENDS;
    this.#discovered.add(label);
    return label;
  }
}
