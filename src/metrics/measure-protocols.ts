/** What the connections to each server speak. */

import type { ProtocolReadings } from "../engine/readings/protocol-readings.ts";
import * as Protocol from "../engine/readings/protocol-readings.ts";
import { addressOf, endpointText } from "./endpoints.ts";
import type { PROTOCOL_FIELDS, RunFigures, ServerProtocolMetrics } from "./run-metrics.ts";

const FIELDS: ReadonlyMap<number, (typeof PROTOCOL_FIELDS)[number]> = new Map([
  [Protocol.HTTP1, "http1"],
  [Protocol.HTTP2, "http2"],
  [Protocol.GRPC, "grpc"],
  [Protocol.WEBSOCKET, "webSocket"],
  [Protocol.TLS, "tls"],
  [Protocol.DECRYPTED_TLS, "tlsDecrypted"],
  [Protocol.OTHER, "other"],
]);

/** @param addressText an address by its number */
export function measureProtocols(
  rows: readonly ProtocolReadings[],
  addressText: (address: number) => string,
): readonly ServerProtocolMetrics[] {
  const servers = new Map<string, ServerProtocolMetrics>();
  for (const { protocol, address, port, connections } of rows) {
    const server = endpointText(addressText(address), port);
    const field = FIELDS.get(protocol);
    const known = servers.get(server) ?? { server, ...NOTHING };
    if (field !== undefined) servers.set(server, { ...known, [field]: connections });
  }
  return [...servers.values()];
}

const NOTHING = { http1: 0, http2: 0, grpc: 0, webSocket: 0, tls: 0, tlsDecrypted: 0, other: 0 };

/** Why nothing in a capture could be analyzed: no TCP, requests that can't be read, no HTTP; `null`: something was. */
export function nothingRead({
  capture,
  http,
  pairs,
  protocols,
}: RunFigures): "noTcpPacket" | "nothingReadable" | "noHttpSpoken" | null {
  if (capture.tcpPackets === 0) return "noTcpPacket";
  if (http.requests > 0 || http.responses > 0) return null;
  if (protocols.some(hasUnread)) return "nothingReadable";
  // Named pairs have figures of TCP all the same.
  return pairs.length === 0 && protocols.length > 0 ? "noHttpSpoken" : null;
}

/** Whether requests on connections to this server could not be read. */
function hasUnread({ tls, tlsDecrypted }: ServerProtocolMetrics): boolean {
  return tls > tlsDecrypted;
}

/** Connections to the destination of a pair that speak a protocol. @param port `null`: all of its ports */
export function connectionsTo(
  protocols: readonly ServerProtocolMetrics[],
  field: (typeof PROTOCOL_FIELDS)[number],
  destination: string,
  port: number | null,
): number {
  const server = endpointText(destination, port);
  return protocols
    .filter((one) => (port === null ? addressOf(one.server) : one.server) === server)
    .reduce((sum, one) => sum + one[field], 0);
}
