/** Metrics of TLS from what was counted per server. */
import { formatIpAddress } from "../packet/ip-address.ts";
import type { ServerTls } from "../tls/tls-tally.ts";
import { endpointText } from "./endpoints.ts";
import { measureDistribution } from "./measure-distribution.ts";
import type { TlsServerMetrics } from "./tls-metrics.ts";

export function measureTls(servers: readonly ServerTls[]): readonly TlsServerMetrics[] {
  return servers.map((server) => ({
    server: serverText(server),
    connections: server.connections,
    decrypted: server.decrypted,
    withoutStart: server.withoutStart,
    handshakes: server.handshakes,
    resumed: server.resumed,
    earlyDataOffered: server.earlyDataOffered,
    earlyDataAccepted: server.earlyDataAccepted,
    versions: Object.fromEntries(server.versions),
    cipherSuites: Object.fromEntries(server.suites),
    serverNames: Object.fromEntries(server.serverNames),
    alpn: Object.fromEntries(server.alpn),
    alerts: Object.fromEntries(server.alerts),
    failedHandshakes: Object.fromEntries(server.failures),
    lostRecords: server.lostRecords,
    connectTimeMs: measureDistribution(server.connectTimes.distribution()),
    serverHelloMs: measureDistribution(server.serverHelloTimes.distribution()),
    finishedMs: measureDistribution(server.finishedTimes.distribution()),
    firstDataMs: measureDistribution(server.firstDataTimes.distribution()),
    timeToFirstByteEstimateMs: measureDistribution(server.firstByteEstimates.distribution()),
  }));
}

function serverText({ address, port }: ServerTls): string {
  return address.length === 0 ? "…" : endpointText(formatIpAddress(address), port);
}
