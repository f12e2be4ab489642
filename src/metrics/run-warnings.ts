/** Doubts about a run's data or figures, as warnings with advice. */

import { MAX_PAIRS } from "../engine/tally/pair-directory.ts";
import type { Warning } from "../failure.ts";
import type { CaptureFacts, PairMetrics, WiresharkCounts } from "./run-metrics.ts";

/** Figures over fewer frames than this say little. */
const FEW_FRAMES = 30;

/**
 * The warnings that the figures themselves give cause for, in a fixed order.
 * @param unpaired connections that are in no pair because there were too many pairs
 */
export function runWarnings(
  capture: CaptureFacts,
  tcp: WiresharkCounts,
  pairs: readonly PairMetrics[],
  unpaired: number,
): Warning[] {
  const warnings: Warning[] = [];
  const add = (code: string, message: string, advice: string) => warnings.push({ code, message, advice });

  if (capture.packets > 0 && tcp.connections === 0) {
    add(
      "no-tcp",
      `None of the ${capture.packets} packets is a TCP segment that could be read.`,
      "Record TCP on the balancer's interface: dumpcap -i eth0 -f tcp -w run.pcapng.",
    );
  }
  if (capture.recorderDrops !== null && capture.recorderDrops > 0) {
    add(
      "recorder-drops",
      `The recorder says that it dropped ${capture.recorderDrops} packets.`,
      "Record with a capture filter and a larger buffer (dumpcap -B 64), then repeat the run.",
    );
  }
  if (capture.duplicateFrames > 0) {
    add(
      "duplicate-frames",
      `${capture.duplicateFrames} frames were recorded twice and counted once.`,
      "Record on one interface, not on any, a bond or a bridge and its members at once.",
    );
  }
  if (unpaired > 0) {
    add(
      "too-many-pairs",
      `There are more than ${MAX_PAIRS} client → server pairs: ${unpaired} connections of further ones count in the totals only.`,
      "Name the balancer and its backends: --balancer 192.0.2.1 --backend A=192.0.2.2.",
    );
  }
  const truncated =
    (capture.skipped["truncated-header"] ?? 0) + (capture.skipped["truncated-tcp-header"] ?? 0);
  if (truncated > 0) {
    add(
      "cut-headers",
      `${truncated} frames were cut inside their headers by the snap length and could not be counted.`,
      "Record whole frames: dumpcap and tcpdump do without -s.",
    );
  }
  for (const pair of pairs) pairWarnings(pair, add);
  return warnings;
}

function pairWarnings(pair: PairMetrics, add: (code: string, message: string, advice: string) => void): void {
  const { name, source, destination, transport, paper } = pair;
  const pairText = `${source} → ${destination}`;
  const packets = transport.toBackend.packets + transport.fromBackend.packets;
  if (packets === 0) {
    add(
      "pair-without-traffic",
      `The pair ${name} (${pairText}) never occurs in the capture.`,
      "Check the addresses with lbqos analyze without --balancer and --backend, which lists every pair it finds.",
    );
    return;
  }
  if (paper.requests > 0 && paper.requests < FEW_FRAMES) {
    add(
      "few-requests",
      `The pair ${name} (${pairText}) has only ${paper.requests} requests: its means say little.`,
      "Record a longer run before drawing conclusions from it.",
    );
  }
  if (transport.toBackend.packets === 0 || transport.fromBackend.packets === 0) {
    add(
      "one-direction",
      `Only one direction of the pair ${name} (${pairText}) was recorded: loss, RTT and times to first byte need both.`,
      "Record where both directions pass, on the balancer itself.",
    );
  }
  const drops = transport.toBackend.captureDrops + transport.fromBackend.captureDrops;
  if (drops > 0) {
    add(
      "capture-drops",
      `The recorder missed at least ${drops} segments of the pair ${name} (${pairText}): they were acknowledged but are not in the capture.`,
      "Record with a capture filter and a larger buffer (dumpcap -B 64), then repeat the run.",
    );
  }
}
