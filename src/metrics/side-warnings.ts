/** Doubts about which address is which: names that were swapped or mistyped, a tap on the wrong side, a balancer with two addresses. */
import { type Warning, warningOf } from "../failure.ts";
import { message } from "../words/message.ts";
import type { BalancerMetrics } from "./balancer-metrics.ts";
import type { MeasuredRole, Sides } from "./measure-sides.ts";
import { nearestName } from "./nearest-name.ts";

/** What the user named, as reports write it. */
export interface NamedSides {
  /** The balancer's addresses. */
  readonly balancers: readonly string[];
  readonly backends: readonly { readonly name: string; readonly address: string }[];
}

/**
 * In a fixed order; none before the first connection, and none where nothing was named.
 * @param balancer what was found between clients and backends
 */
export function sideWarnings(sides: Sides, named: NamedSides, balancer: BalancerMetrics | null): Warning[] {
  return [...translationWarnings(sides), ...nameWarnings(sides.roles, named, balancer)];
}

function translationWarnings({ translated }: Sides): Warning[] {
  if (translated === null) return [];
  const { connections, asked, passedTo, forwardingMs } = translated;
  const twice = message("seenTwice", connections, asked, passedTo, forwardingMs.p50 ?? 0);
  return [warningOf("seen-twice", twice, message("seenTwiceAdvice", asked))];
}

function nameWarnings(
  roles: readonly MeasuredRole[],
  named: NamedSides,
  found: BalancerMetrics | null,
): Warning[] {
  if (roles.length === 0) return [];
  const roleOf = new Map(roles.map((role) => [role.address, role]));
  const warnings: Warning[] = [];
  const [balancer] = named.balancers;
  const swapped = named.backends.filter(({ address }) => {
    const role = roleOf.get(address);
    return role !== undefined && role.toBalancer > 0 && role.fromBalancer === 0;
  });
  const [firstSwapped] = swapped;
  if (balancer !== undefined && firstSwapped !== undefined) {
    const isServer = named.balancers.some((address) => (roleOf.get(address)?.asServer ?? 0) > 0);
    if (isServer) {
      const { address, name } = firstSwapped;
      const doubt = message("namesSwapped", balancer, name, address);
      return [warningOf("names-swapped", doubt, message("namesSwappedAdvice", address, balancer))];
    }
  }
  if (balancer !== undefined) {
    const other = otherAddressWarning(balancer, named.balancers, found);
    warnings.push(...(other === null ? balancerWarnings(roles, balancer, named) : [other]));
  }
  for (const { name, address } of named.backends) {
    if ((roleOf.get(address)?.asServer ?? 0) > 0) continue;
    const taken = [...named.balancers, ...named.backends.map((backend) => backend.address)];
    const meant = backendMeant(address, roles, taken);
    // Backends that merely got nothing are named by their pairs; here, only what was probably meant.
    if (meant === null) continue;
    const never = message("backendNeverOccurs", name, address, meant);
    warnings.push(warningOf("unknown-backend", never, message("unknownBackendAdvice", meant), name));
  }
  return warnings;
}

/** Of a balancer with two addresses, of which only one was named; `null` of any other. */
function otherAddressWarning(
  named: string,
  balancers: readonly string[],
  found: BalancerMetrics | null,
): Warning | null {
  if (found === null) return null;
  const { address, upstreamAddress = address } = found;
  const other = [address, upstreamAddress].find((one) => !balancers.includes(one));
  if (address === upstreamAddress || other === undefined) return null;
  const two = message("balancerHasTwoAddresses", address, upstreamAddress, other);
  const advice = message("balancerHasTwoAddressesAdvice", named, other);
  return warningOf("balancer-has-two-addresses", two, advice);
}

function balancerWarnings(roles: readonly MeasuredRole[], balancer: string, named: NamedSides): Warning[] {
  const own = roles.filter(({ address }) => named.balancers.includes(address));
  const asClient = own.some((role) => role.asClient > 0);
  const isAsked = own.some((role) => role.asServer > 0);
  if (asClient) return isAsked ? [] : backendSideWarnings(roles, named);
  const askers = byNumber(roles, (role) => role.toBackends);
  const [asker] = askers;
  if (isAsked && asker !== undefined) {
    const two = message("backendsAskedFromElsewhere", balancer, asker.address);
    const advice = message("backendsAskedFromElsewhereAdvice", balancer, asker.address);
    return [warningOf("balancer-has-two-addresses", two, advice)];
  }
  if (isAsked) {
    const client = message("clientSide", balancer);
    return [warningOf("client-side-capture", client, message("clientSideAdvice"))];
  }
  const clients = roles.filter((role) => role.asClient > 0).map((role) => role.address);
  const meant =
    nearestName(
      balancer,
      askers.map((role) => role.address),
    ) ??
    asker?.address ??
    nearestName(balancer, clients);
  const never =
    meant === null || meant === undefined
      ? message("balancerNeverOccurs", balancer)
      : message("balancerNeverOccursMeant", balancer, meant);
  return [warningOf("unknown-balancer", never, message("unknownBalancerAdvice"))];
}

/** The balancer asks one host only of several named ones, and nobody asks it: a capture of that host. */
function backendSideWarnings(roles: readonly MeasuredRole[], { backends }: NamedSides): Warning[] {
  const hosts = new Set(backends.map(({ address }) => address));
  const asked = new Set(roles.filter((role) => role.fromBalancer > 0).map(({ address }) => address));
  const [only, another] = backends.filter(({ address }) => asked.has(address));
  if (hosts.size < 2 || only === undefined) return [];
  if (another !== undefined && another.address !== only.address) return [];
  const one = message("backendSide", only.name, only.address);
  return [warningOf("backend-side-capture", one, message("backendSideAdvice"), only.name)];
}

/** The server that the balancer asks, or any other, whose address is nearest; or the only one that the balancer asks beside those named. */
function backendMeant(
  address: string,
  roles: readonly MeasuredRole[],
  taken: readonly string[],
): string | null {
  const free = roles.filter((role) => role.asServer > 0 && !taken.includes(role.address));
  const asked = byNumber(free, (role) => role.fromBalancer).map((role) => role.address);
  const [only, second] = asked;
  const near = nearestName(address, asked) ?? (second === undefined ? (only ?? null) : null);
  return (
    near ??
    nearestName(
      address,
      free.map((role) => role.address),
    )
  );
}

/** Those with any, most first. */
function byNumber(roles: readonly MeasuredRole[], number: (role: MeasuredRole) => number): MeasuredRole[] {
  return roles.filter((role) => number(role) > 0).sort((a, b) => number(b) - number(a));
}
