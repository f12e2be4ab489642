/** `--balancer` and `--backend`. */

import { Failure } from "../failure.ts";
import type { Backend } from "../metrics/analysis-options.ts";
import { endpointText } from "../metrics/endpoints.ts";
import { message } from "../words/message.ts";
import { type Endpoint, parseEndpoint } from "./endpoint.ts";

/**
 * The balancer's address, in its shortest spelling.
 * @throws Failure (status 2)
 */
export function parseBalancer(text: string): string {
  const endpoint = parseEndpoint(text.trim());
  if ("key" in endpoint) throw new Failure(message("endpointOfOption", "--balancer", endpoint), 2);
  if (endpoint.port !== null) {
    throw new Failure(message("balancerPort", text), 2);
  }
  return endpoint.address;
}

/**
 * All backends, in the order given. The name may be left out, and then is the address.
 * @throws Failure (status 2) for what can't be read, and for a name or an address that is there twice
 */
export function parseBackends(texts: readonly string[]): readonly Backend[] {
  return distinctBackends("--backend", texts.map(parseBackend));
}

/** The backend at an endpoint that was given without a name. */
export function unnamedBackend(endpoint: Endpoint): Backend {
  return backendAt(endpointText(endpoint.address, endpoint.port), endpoint);
}

/**
 * The backends as they are.
 * @param option the one that they come from, for the message
 * @throws Failure (status 2) where a name or an address is there twice
 */
export function distinctBackends(option: string, backends: readonly Backend[]): readonly Backend[] {
  for (const [index, backend] of backends.entries()) {
    for (const earlier of backends.slice(0, index)) refuseClash(option, earlier, backend);
  }
  return backends;
}

/** Addresses have no `=`, so a name may have one. */
function parseBackend(text: string): Backend {
  const sign = text.lastIndexOf("=");
  const endpoint = parseEndpoint(text.slice(sign + 1).trim());
  if ("key" in endpoint) throw new Failure(message("endpointOfOption", `--backend "${text}"`, endpoint), 2);
  const name = sign < 0 ? endpointText(endpoint.address, endpoint.port) : text.slice(0, sign).trim();
  if (name === "") {
    throw new Failure(message("backendNameEmpty", text), 2);
  }
  return backendAt(name, endpoint);
}

function backendAt(name: string, { address, port }: Endpoint): Backend {
  return port === null ? { name, address } : { name, address, port };
}

/** A backend without a port has all of them. */
function refuseClash(option: string, first: Backend, second: Backend): void {
  if (first.name === second.name) {
    throw new Failure(message("backendTwice", option, first.name, text(first), text(second)), 2);
  }
  const overlap = first.port === undefined || second.port === undefined || first.port === second.port;
  if (first.address === second.address && overlap) {
    throw new Failure(message("sameServer", option, first.name, text(first), second.name, text(second)), 2);
  }
}

function text({ address, port }: Backend): string {
  return endpointText(address, port ?? null);
}
