/**
 * What a packet is known by at both taps: 64 bits of everything in it that does not change on the way. Which fields these are
 * differs from path to path (a NAT changes addresses, a middlebox IP IDs, a snap length cuts options), so a scheme says it.
 */
import { IpProtocol } from "../packet/ip-protocol.ts";

/** Which fields count. */
export interface MatchScheme {
  /** Addresses and ports; not where they are translated between the taps. */
  readonly addresses: boolean;
  readonly ipId: boolean;
  /** TCP's timestamps, and the first bytes of UDP's payload. */
  readonly content: boolean;
  /** Frames of offload count as the wire segments that they hold: the taps' frames are cut differently. */
  readonly split: boolean;
}

/** From the strictest on: of those that match as much, the first one is taken. */
export const MATCH_SCHEMES: readonly MatchScheme[] = [false, true].flatMap((split) =>
  [true, false].flatMap((addresses) =>
    [true, false].flatMap((content) => [true, false].map((ipId) => ({ addresses, ipId, content, split }))),
  ),
);

/** The fields of a packet that fingerprints are made from: those of `PacketReader`, or kept copies. */
export interface PacketFields {
  /** IANA's number: 6 TCP, 17 UDP. */
  readonly protocol: number;
  /** IPv4 addresses, or IPv6's folded to 32 bits. */
  readonly source: number;
  readonly destination: number;
  /** Source port in the upper 16 bits, destination port in the lower. */
  readonly ports: number;
  readonly acknowledgement: number;
  /** Of timestamps (TCP) or the payload's first bytes (UDP); 0: there are none. */
  readonly content: number;
}

/** Fingerprints one packet after the other; `high` and `low` are of the last one. */
export class Fingerprint {
  high = 0;
  low = 0;
  readonly #scheme: MatchScheme;

  constructor(scheme: MatchScheme) {
    this.#scheme = scheme;
  }

  /**
   * A packet, or one wire segment of it.
   * @returns false where so little is known of it that another packet would have the same fingerprint: a datagram without an IP
   *   ID or payload that can be compared
   */
  take(packet: PacketFields, sequence: number, length: number, flags: number, ipId: number): boolean {
    const { addresses, content, ipId: usesIpId } = this.#scheme;
    const told = (usesIpId && ipId !== 0) || (content && packet.content !== 0);
    if (packet.protocol !== IpProtocol.TCP && !told) return false;
    let high = mixed(packet.protocol, sequence);
    let low = otherMixed(length, packet.acknowledgement);
    high = mixed(high, packet.acknowledgement);
    low = otherMixed(low, sequence);
    const shape = (flags << 24) ^ length;
    high = mixed(high, shape);
    low = otherMixed(low, shape);
    if (addresses) {
      high = mixed(mixed(mixed(high, packet.source), packet.destination), packet.ports);
      low = otherMixed(otherMixed(otherMixed(low, packet.ports), packet.source), packet.destination);
    }
    if (usesIpId) {
      high = mixed(high, ipId);
      low = otherMixed(low, ipId);
    }
    if (content) {
      high = mixed(high, packet.content);
      low = otherMixed(low, packet.content);
    }
    this.high = high;
    this.low = low;
    return true;
  }
}

/** Multiply-and-fold hash; the constant is 2³² divided by the golden ratio (Knuth, TAOCP 3, §6.4). */
export function mixed(hash: number, value: number): number {
  const product = Math.imul(hash ^ value, 0x9e3779b1);
  return product ^ (product >>> 15);
}

/** Another one, so that both together have 64 bits; the constant is MurmurHash3's. */
function otherMixed(hash: number, value: number): number {
  const product = Math.imul(hash + value, 0x85ebca6b);
  return product ^ (product >>> 13);
}
