import type { Backend } from "../../metrics/analysis-options.ts";
import { slug } from "./method-names.ts";
import { compareNaturally } from "./natural-order.ts";
import type { InferenceFacts, NamedCapture, SeenPair } from "./seen-captures.ts";

/** The balancer and backends of an experiment, as far as the captures show them. */
export interface Topology {
  readonly balancer: string | null;
  readonly backends: readonly Backend[];
  /** Where direct captures come from. */
  readonly client: string | null;
  /** Name of the backend that a direct capture is about, by path. */
  readonly backendByPath: ReadonlyMap<string, string>;
}

/** Finds balancer, backends and client from the pairs seen; facts that are given are not doubted. */
export function inferTopology(captures: readonly NamedCapture[], facts: InferenceFacts): Topology {
  const pairsOf = (capture: NamedCapture) => facts.pairs?.get(capture.path) ?? [];
  const direct = captures.filter((capture) => capture.algorithm === "direct");
  const balanced = captures.filter((capture) => capture.algorithm !== "direct");
  const balancer = facts.balancer ?? commonest(balanced.map((capture) => balancerOf(pairsOf(capture))));
  const mainPairs = new Map(direct.map((capture) => [capture.path, busiest(pairsOf(capture))]));
  const backends =
    facts.backends ??
    nameBackends(
      [
        ...balanced.flatMap((capture) => pairsOf(capture).filter((pair) => pair.source === balancer)),
        ...[...mainPairs.values()].filter((pair) => pair !== null),
      ],
      direct.map((capture) => ({ tag: capture.tag, pair: mainPairs.get(capture.path) ?? null })),
    );
  const backendByPath = new Map<string, string>();
  for (const [path, pair] of mainPairs) {
    const backend = backends.find((one) => pair !== null && isEndpoint(one, pair));
    if (backend !== undefined) backendByPath.set(path, backend.name);
  }
  const client = commonest([...mainPairs.values()].map((pair) => pair?.source ?? null));
  return { balancer, backends, client, backendByPath };
}

/** The backend that a tag in a file's name means: its name, its name's initials or last word, or its address. */
export function backendOfTag(tag: string, backends: readonly Backend[]): Backend | null {
  if (tag === "") return null;
  const spellings = ({ name, address }: Backend): readonly string[] => {
    const words = slug(name).split("-");
    return [
      slug(name),
      words.join(""),
      words.map((word) => word.slice(0, 1)).join(""),
      words.at(-1) ?? "",
      slug(address),
    ];
  };
  const meant = backends.filter((backend) => spellings(backend).includes(tag));
  return meant.length === 1 ? (meant[0] ?? null) : null;
}

/** The address that both gets and sends requests, a proxy; else the one source of several pairs. */
function balancerOf(pairs: readonly SeenPair[]): string | null {
  const asked = new Set(pairs.map((pair) => pair.destination));
  const proxy = pairs.find((pair) => asked.has(pair.source));
  if (proxy !== undefined) return proxy.source;
  const sources = new Set(pairs.map((pair) => pair.source));
  return pairs.length > 1 && sources.size === 1 ? (pairs[0]?.source ?? null) : null;
}

function busiest(pairs: readonly SeenPair[]): SeenPair | null {
  return pairs.reduce<SeenPair | null>(
    (best, pair) => (best === null || pair.paper.requests > best.paper.requests ? pair : best),
    null,
  );
}

function isEndpoint(backend: Backend, pair: SeenPair): boolean {
  return (
    backend.address === pair.destination &&
    (backend.port === undefined || pair.destinationPort === null || backend.port === pair.destinationPort)
  );
}

interface BusyEndpoint {
  readonly address: string;
  readonly port: number | null;
}

/** Every endpoint once, in order of address, named by the tag of its direct captures or numbered. */
function nameBackends(
  pairs: readonly SeenPair[],
  tags: readonly { tag: string; pair: SeenPair | null }[],
): Backend[] {
  const endpoints = new Map<string, BusyEndpoint>();
  for (const { destination, destinationPort } of pairs) {
    endpoints.set(`${destination} ${destinationPort ?? ""}`, { address: destination, port: destinationPort });
  }
  const names = [...endpoints.keys()].sort(compareNaturally).map((key) => {
    const own = tags.filter(
      ({ pair }) => pair !== null && `${pair.destination} ${pair.destinationPort ?? ""}` === key,
    );
    const spelled = new Set(own.map(({ tag }) => tag));
    const [tag] = spelled;
    return { key, tag: spelled.size === 1 && tag !== undefined && tag !== "" ? tag : null };
  });
  return names.flatMap(({ key, tag }, index) => {
    const endpoint = endpoints.get(key);
    if (endpoint === undefined) return [];
    const isUnique = tag !== null && names.filter((one) => one.tag === tag).length === 1;
    const name = isUnique ? titleCase(tag) : `Backend ${index + 1}`;
    return [{ name, address: endpoint.address, ...(endpoint.port === null ? {} : { port: endpoint.port }) }];
  });
}

/** `flask-a` → `Flask A`; a single word stays as it is. */
function titleCase(tag: string): string {
  const words = tag.split("-");
  if (words.length === 1) return tag;
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(" ");
}

function commonest(values: readonly (string | null)[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: string | null = null;
  for (const [value, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = value;
  return best;
}
