/** What is known of two endpoints (addresses and ports), in either direction. No text is made per frame. */
import { AddressTable } from "../engine/tcp/address-table.ts";

/** Where the addresses of an IP header lie. */
export interface EndpointPair {
  view: DataView;
  source: number;
  destination: number;
  /** 4 or 6; 0: there was no IP header. */
  version: number;
}

/** To be filled: no IP header yet. */
export function noEndpoints(): EndpointPair {
  return { view: new DataView(new ArrayBuffer(0)), source: 0, destination: 0, version: 0 };
}

const PORTS = 2 ** 16;
/** Addresses have numbers below this, so that two of them make an exact double. */
const ADDRESSES = 2 ** 26;

export class EndpointTable<Value> {
  readonly #addresses = new AddressTable();
  /** By both addresses, then by both ports. */
  readonly #values = new Map<number, Map<number, Value>>();
  #ofAddresses = new Map<number, Value>();
  #addressesKey = -1;
  #portsKey = 0;
  /** Whether the source asked for last is the lower endpoint. */
  isForward = true;

  /** The value of two endpoints, or `undefined`; `set` then gives them one. */
  find(ip: EndpointPair, sourcePort: number, destinationPort: number): Value | undefined {
    const { view, version } = ip;
    const source = version === 0 ? 0 : this.#addresses.intern(view, ip.source, version) + 1;
    const destination = version === 0 ? 0 : this.#addresses.intern(view, ip.destination, version) + 1;
    this.isForward = source < destination || (source === destination && sourcePort <= destinationPort);
    const addressesKey = this.isForward ? source * ADDRESSES + destination : destination * ADDRESSES + source;
    this.#portsKey = this.isForward
      ? sourcePort * PORTS + destinationPort
      : destinationPort * PORTS + sourcePort;
    if (addressesKey !== this.#addressesKey) {
      this.#addressesKey = addressesKey;
      let found = this.#values.get(addressesKey);
      if (found === undefined) {
        found = new Map();
        this.#values.set(addressesKey, found);
      }
      this.#ofAddresses = found;
    }
    return this.#ofAddresses.get(this.#portsKey);
  }

  /** Sets the value of the endpoints that were asked for last. */
  set(value: Value): void {
    this.#ofAddresses.set(this.#portsKey, value);
  }
}
