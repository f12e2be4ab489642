/**
 * Community ID, version 1: one name of a connection for all programs that see it, whichever side they see first
 * (https://github.com/corelight/community-id-spec).
 */
import { addressOf, portOf } from "../metrics/endpoints.ts";
import { parseIpAddress } from "../packet/ip-address.ts";
import { IpProtocol } from "../packet/ip-protocol.ts";
import { sha1Base64 } from "./sha1.ts";

/** An address as it is in packets, and a port. */
export interface PacketEndpoint {
  readonly address: Uint8Array;
  readonly port: number;
}

const SEED = [0, 0];
const PADDING = 0;

/** Of a TCP connection: SHA-1 over the seed 0, both addresses, the protocol and both ports, the smaller end first. */
export function communityId(one: PacketEndpoint, other: PacketEndpoint): string {
  const order = Buffer.compare(one.address, other.address) || one.port - other.port;
  const [first, second] = order < 0 ? [one, other] : [other, one];
  const hashed = [
    SEED,
    first.address,
    second.address,
    [IpProtocol.TCP, PADDING],
    octets(first.port),
    octets(second.port),
  ];
  return `1:${sha1Base64(Uint8Array.from(hashed.flatMap((part) => [...part])))}`;
}

/** So many connections are remembered, some 1 MB. */
const MAX_REMEMBERED = 8192;

/** Community IDs by what reports call a connection's ends; those of the last connections are remembered. */
export class CommunityIds {
  readonly #known = new Map<string, string>();

  /** Of a TCP connection. @param client as `endpointText` writes it, with its port; so the server */
  of(client: string, server: string): string {
    const connection = `${client} ${server}`;
    const known = this.#known.get(connection);
    if (known !== undefined) return known;
    if (this.#known.size === MAX_REMEMBERED) this.#known.clear();
    const id = communityId(packetEndpoint(client), packetEndpoint(server));
    this.#known.set(connection, id);
    return id;
  }
}

function packetEndpoint(endpoint: string): PacketEndpoint {
  return { address: parseIpAddress(addressOf(endpoint)), port: portOf(endpoint) };
}

/** In network order. */
function octets(port: number): number[] {
  return [port >> 8, port & 0xff];
}
