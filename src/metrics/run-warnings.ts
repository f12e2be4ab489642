/** Doubts about a run's data or figures, as warnings with advice. */

import { MAX_PAIRS } from "../engine/tally/pair-directory.ts";
import { type Warning, warningOf } from "../failure.ts";
import { type Message, message } from "../words/message.ts";
import { endpointText } from "./endpoints.ts";
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
  const add = (code: string, doubt: Message, advice: Message) =>
    warnings.push(warningOf(code, doubt, advice));

  if (capture.packets > 0 && tcp.connections === 0) {
    add("no-tcp", message("noTcp", capture.packets), message("noTcpAdvice"));
  }
  if (capture.recorderDrops !== null && capture.recorderDrops > 0) {
    add("recorder-drops", message("recorderDrops", capture.recorderDrops), message("recordWithFilter"));
  }
  if (capture.duplicateFrames > 0) {
    const twice = message("duplicateFrames", capture.duplicateFrames);
    add("duplicate-frames", twice, message("duplicateFramesAdvice"));
  }
  if (unpaired > 0) {
    add("too-many-pairs", message("tooManyPairs", MAX_PAIRS, unpaired), message("tooManyPairsAdvice"));
  }
  const truncated =
    (capture.skipped["truncated-header"] ?? 0) + (capture.skipped["truncated-tcp-header"] ?? 0);
  if (truncated > 0) add("cut-headers", message("cutHeaders", truncated), message("recordWholeFrames"));
  return [...warnings, ...pairs.flatMap(pairWarnings)];
}

function pairWarnings({
  name,
  source,
  destination,
  destinationPort,
  transport,
  paper,
}: PairMetrics): Warning[] {
  const { toBackend, fromBackend } = transport;
  const pair = `${source} → ${endpointText(destination, destinationPort)}`;
  const about = (code: string, doubt: Message, advice: Message) => warningOf(code, doubt, advice, name);
  if (toBackend.packets + fromBackend.packets === 0) {
    const never = message("pairWithoutTraffic", name, pair);
    return [about("pair-without-traffic", never, message("pairWithoutTrafficAdvice"))];
  }
  const warnings: Warning[] = [];
  if (paper.requests > 0 && paper.requests < FEW_FRAMES) {
    const few = message("fewRequests", name, pair, paper.requests);
    warnings.push(about("few-requests", few, message("fewRequestsAdvice")));
  }
  if (fromBackend.packets === 0 && paper.requests > 0) {
    const elsewhere = message("answersElsewhere", name, pair);
    warnings.push(about("one-direction", elsewhere, message("oneDirectionAdvice")));
  } else if (toBackend.packets === 0 || fromBackend.packets === 0) {
    const one = message("oneDirection", name, pair);
    warnings.push(about("one-direction", one, message("oneDirectionAdvice")));
  }
  const drops = toBackend.captureDrops + fromBackend.captureDrops;
  if (drops > 0) {
    const missed = message("captureDrops", drops, name, pair);
    warnings.push(about("capture-drops", missed, message("recordWithFilter")));
  }
  return warnings;
}
