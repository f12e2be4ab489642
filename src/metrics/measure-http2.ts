/** What only HTTP/2 and gRPC have, as metrics. */
import { type GrpcReadings, NO_STATUS } from "../engine/readings/grpc-readings.ts";
import type { Http2Readings } from "../engine/readings/http2-readings.ts";
import { NANOSECONDS_PER_SECOND } from "../units.ts";
import { measureDistribution } from "./measure-distribution.ts";
import type { GrpcMethodMetrics, Http2Metrics } from "./run-metrics.ts";

export function measureHttp2(readings: Http2Readings): Http2Metrics {
  return {
    requests: readings.exchanges,
    stallMs: measureDistribution(readings.stalls),
    pingRttMs: measureDistribution(readings.pings),
    grpc: readings.grpc.map(measureMethod),
  };
}

function measureMethod(readings: GrpcReadings): GrpcMethodMetrics {
  const { path, calls, statuses, spanNs } = readings;
  const counted = [...statuses.entries()].filter(([, count]) => count > 0);
  const failed = counted.filter(([status]) => status > 0 && status !== NO_STATUS);
  return {
    method: path.text === "" ? null : path.text,
    grpcCalls: calls,
    failed: failed.reduce((sum, [, count]) => sum + count, 0),
    statuses: Object.fromEntries(
      counted.map(([status, count]) => [status === NO_STATUS ? "none" : `${status}`, count]),
    ),
    callsPerSecond: spanNs > 0 ? ((calls - 1) * NANOSECONDS_PER_SECOND) / spanNs : null,
    requestMessages: readings.requestMessages,
    responseMessages: readings.responseMessages,
    firstMessageMs: measureDistribution(readings.firstMessage),
    lastMessageMs: measureDistribution(readings.lastMessage),
  };
}
