/** The metrics that are compared. */
import type { metrics as english } from "../en/metrics.ts";

export const metrics: typeof english = {
  throughputMbps: "Throughput",
  packetLossPercent: "Packet loss",
  delayMs: "Delay",
  jitterMs: "Jitter",
  jitterSignedMs: "Jitter bertanda",
  requests: "Request",
  requestsPerSecond: "Laju request",
  goodputFromBackendMbps: "Goodput dari backend",
  lossToBackendPercent: "Segmen hilang ke backend",
  lossFromBackendPercent: "Segmen hilang dari backend",
  handshakeRttP50Ms: "Round-trip time handshake (median)",
  rttP50Ms: "Round-trip time data (median)",
  timeToFirstByteMeanMs: "Waktu ke byte pertama (rata-rata)",
  timeToFirstByteP50Ms: "Waktu ke byte pertama (median)",
  timeToFirstByteP95Ms: "Waktu ke byte pertama (p95)",
  timeToFirstByteP99Ms: "Waktu ke byte pertama (p99)",
  timeToFirstByteMaxMs: "Waktu ke byte pertama (maks)",
  timeToLastByteP50Ms: "Waktu ke byte terakhir (median)",
  unansweredPercent: "Request tanpa respons",
  failedPercent: "Request gagal",
};
