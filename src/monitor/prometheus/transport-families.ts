/** The metrics of a backend's transport: traffic by direction, loss by place, connections. */
import type { DirectionMetrics, PairMetrics } from "../../metrics/run-metrics.ts";
import type { BackendInRun } from "./backend-families.ts";
import { byLabel, type MetricFamily, type Reading, ratio, single } from "./metric-family.ts";

type DirectionName = "to_backend" | "from_backend";

function directionOf(pair: PairMetrics, direction: DirectionName): DirectionMetrics {
  return direction === "to_backend" ? pair.transport.toBackend : pair.transport.fromBackend;
}

function byDirection(
  name: string,
  help: string,
  count: (direction: DirectionMetrics) => number,
): MetricFamily<BackendInRun> {
  return byLabel("counter", name, help, "direction", ({ backend }) => ({
    to_backend: backend.sum((pair) => count(pair.transport.toBackend)),
    from_backend: backend.sum((pair) => count(pair.transport.fromBackend)),
  }));
}

function counter(name: string, help: string, count: (pair: PairMetrics) => number) {
  return single<BackendInRun>("counter", name, help, ({ backend }) => backend.sum(count));
}

/** One value per direction and one of the fields of a direction, which the second label names. */
function byDirectionAnd(
  label: string,
  fields: Readonly<Record<string, (direction: DirectionMetrics) => number>>,
): (view: BackendInRun) => Reading[] {
  const directions: readonly DirectionName[] = ["to_backend", "from_backend"];
  return ({ backend }) =>
    directions.flatMap((direction) =>
      Object.entries(fields).map(([name, field]): Reading => {
        const labels = { direction, [label]: name };
        return [labels, backend.sum((pair) => field(directionOf(pair, direction)))];
      }),
    );
}

const lostByPlace = byDirectionAnd("place", {
  beyond_tap: ({ lostBeyondTap }) => lostBeyondTap,
  before_tap: ({ lostBeforeTap }) => lostBeforeTap,
});

export const transportFamilies: readonly MetricFamily<BackendInRun>[] = [
  byDirection("lbqos_packets_total", "TCP packets between balancer and backend.", ({ packets }) => packets),
  byDirection(
    "lbqos_wire_bytes_total",
    "Bytes on the wire between balancer and backend, link layer included.",
    ({ bytes }) => bytes,
  ),
  byDirection(
    "lbqos_payload_bytes_total",
    "Bytes of TCP payload, retransmissions included.",
    ({ payloadBytes }) => payloadBytes,
  ),
  byDirection(
    "lbqos_segments_total",
    "TCP segments that occupy sequence space, as on the wire: a frame of GRO or TSO holds several; retransmissions included.",
    ({ wireSegments }) => wireSegments,
  ),
  byDirection(
    "lbqos_retransmitted_segments_total",
    "Segments sent again; not the same as lost ones.",
    ({ retransmittedSegments }) => retransmittedSegments,
  ),
  byDirection(
    "lbqos_retransmitted_bytes_total",
    "Bytes of TCP payload sent again.",
    ({ retransmittedBytes }) => retransmittedBytes,
  ),
  {
    type: "counter",
    name: "lbqos_lost_segments_total",
    help: "Segments lost by direction and place, seen from the tap; where the estimate is taken back, waits until it is there again.",
    labels: ["direction", "place"],
    read: lostByPlace,
  },
  {
    type: "gauge",
    name: "lbqos_lost_segments_estimate",
    help: "Segments lost by direction and place, as estimated now, which may be fewer than before.",
    labels: ["direction", "place"],
    read: lostByPlace,
  },
  {
    type: "gauge",
    name: "lbqos_lost_segments_bound",
    help: "Least and most segments lost, both places together, that the evidence in the capture allows.",
    labels: ["direction", "bound"],
    read: byDirectionAnd("bound", {
      at_least: ({ lostAtLeast }) => lostAtLeast,
      at_most: ({ lostAtMost }) => lostAtMost,
    }),
  },
  byLabel(
    "gauge",
    "lbqos_loss_ratio",
    "Segments lost over segments sent (recorded, lost before the tap or unrecorded), 0 to 1, since the capture began.",
    "direction",
    ({ backend }) => ({
      to_backend: ratio(backend.only?.transport.toBackend.lossPercent ?? null),
      from_backend: ratio(backend.only?.transport.fromBackend.lossPercent ?? null),
    }),
  ),
  byDirection(
    "lbqos_unrecorded_segments_total",
    "Segments that were acknowledged but never recorded: lost by the recorder, not by the network.",
    ({ captureDrops }) => captureDrops,
  ),
  counter(
    "lbqos_connections_total",
    "TCP connections with the backend.",
    ({ transport }) => transport.connections,
  ),
  counter(
    "lbqos_failed_handshakes_total",
    "TCP connections that the backend never answered, or refused.",
    ({ transport }) => transport.failedHandshakes,
  ),
  counter("lbqos_resets_total", "TCP segments with RST, either way.", ({ transport }) => transport.resets),
  counter(
    "lbqos_zero_windows_total",
    "Announcements of a full receive buffer, either way.",
    ({ transport }) => transport.zeroWindows,
  ),
];
