/** The metrics that are compared. */
export const metrics = {
  throughputMbps: "Throughput",
  packetLossPercent: "Packet loss",
  delayMs: "Delay",
  jitterMs: "Jitter",
  jitterSignedMs: "Signed jitter",
  requests: "Requests",
  requestsPerSecond: "Request rate",
  goodputFromBackendMbps: "Goodput from the backend",
  lossToBackendPercent: "Segment loss to the backend",
  lossFromBackendPercent: "Segment loss from the backend",
  handshakeRttP50Ms: "Handshake round-trip time (median)",
  rttP50Ms: "Data round-trip time (median)",
  timeToFirstByteP50Ms: "Time to first byte (median)",
  timeToFirstByteP95Ms: "Time to first byte (95th percentile)",
  timeToLastByteP50Ms: "Time to last byte (median)",
  unansweredPercent: "Unanswered requests",
};
