import { formatIpAddress, parseIpAddress } from "../packet/ip-address.ts";
import type { Backend } from "./analysis-options.ts";

/** Names that the user gave to backends. */
export class BackendNames {
  /** By address and port. */
  readonly #names = new Map<string, string>();

  /** @throws Failure (status 2) where one has no address */
  constructor(backends: readonly Backend[] = []) {
    for (const { name, address, port } of backends) {
      const key = keyOf(formatIpAddress(parseIpAddress(address)), port ?? 0);
      if (!this.#names.has(key)) this.#names.set(key, name);
    }
  }

  /** The name of the pair with this destination; its address where it has none. @param port 0 = all */
  of(destination: string, port: number): string {
    return this.#names.get(keyOf(destination, port)) ?? destination;
  }
}

function keyOf(address: string, port: number): string {
  return `${address} ${port}`;
}
