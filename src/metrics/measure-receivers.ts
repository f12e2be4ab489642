/** Who got the requests of a pair, where direct server return hides it from the addresses. */
import { OUTER_ADDRESS } from "../engine/frames/frame-receiver.ts";
import { formatIpAddress } from "../packet/ip-address.ts";
import { inGroups } from "./in-groups.ts";
import type { Receiver } from "./run-metrics.ts";

const MAC_OCTETS = 6;
const IPV4_OCTETS = 4;

/**
 * @param readings each receiver, and its requests
 * @param all requests of the pair
 */
export function measureReceivers(readings: Float64Array, all: number): readonly Receiver[] {
  return inGroups(readings, 2)
    .map(([receiver = 0, requests = 0]) => ({
      address: addressText(receiver),
      requests,
      percent: (100 * requests) / all,
    }))
    .sort((a, b) => b.requests - a.requests || (a.address < b.address ? -1 : 1));
}

function addressText(receiver: number): string {
  if (receiver >= OUTER_ADDRESS) {
    return formatIpAddress(Uint8Array.from(lowOctets(receiver - OUTER_ADDRESS, IPV4_OCTETS)));
  }
  return lowOctets(receiver, MAC_OCTETS)
    .map((octet) => octet.toString(16).padStart(2, "0"))
    .join(":");
}

/** Most significant first. */
function lowOctets(value: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => Math.floor(value / 256 ** (count - 1 - index)) % 256);
}
