/** Into which wire segments a frame of offload (TSO, GSO, GRO) is cut, so that two taps that see it cut differently agree. */
import type { FlowTable } from "./flow-table.ts";
import type { PacketReader } from "./packet-reader.ts";

/** Ethernet's maximum segment sizes (MTU 1500), where no handshake says another. */
const USUAL_IPV4 = 1460;
const USUAL_IPV6 = 1440;

/**
 * Payload of each wire segment but the last, bytes: the maximum segment size of the handshake less the TCP options (RFC 9293
 * §3.7.1). GRO joins, and TSO cuts, segments of that size.
 */
export function wireSegmentLength(packet: PacketReader, flows: FlowTable, flow: number): number {
  const told = flows.maximumSegmentSize(flow);
  const size = told > 0 ? told : packet.isIpv6 ? USUAL_IPV6 : USUAL_IPV4;
  return Math.max(1, size - packet.optionsLength);
}
