/** What Wireshark's TCP analysis would count in the whole capture. The kinds overlap, so each is a metric of its own. */
import type { LiveSnapshot } from "../../live/live-snapshot.ts";
import type { WiresharkCounts } from "../../metrics/run-metrics.ts";
import { type MetricFamily, single } from "./metric-family.ts";

function counter(name: string, what: string, count: (tcp: WiresharkCounts) => number) {
  const help = `${what} in the whole capture, counted as Wireshark 4.0 does.`;
  return single<LiveSnapshot>("counter", `lbqos_wireshark_${name}_total`, help, ({ metrics }) =>
    count(metrics.tcp),
  );
}

export const wiresharkFamilies: readonly MetricFamily<LiveSnapshot>[] = [
  counter("connections", "TCP connections", ({ connections }) => connections),
  counter("retransmissions", "Retransmissions", ({ retransmissions }) => retransmissions),
  counter("fast_retransmissions", "Fast retransmissions", ({ fastRetransmissions }) => fastRetransmissions),
  counter(
    "spurious_retransmissions",
    "Spurious retransmissions",
    ({ spuriousRetransmissions }) => spuriousRetransmissions,
  ),
  counter("out_of_order", "Segments out of order", ({ outOfOrder }) => outOfOrder),
  counter("lost_segments", "Previous segments not captured", ({ lostSegments }) => lostSegments),
  counter("acked_unseen_segments", "ACKed unseen segments", ({ ackedUnseenSegments }) => ackedUnseenSegments),
  counter("duplicate_acks", "Duplicate ACKs", ({ duplicateAcks }) => duplicateAcks),
  counter("zero_windows", "Zero windows", ({ zeroWindows }) => zeroWindows),
];
