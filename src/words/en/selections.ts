/** Frames that display filters show, of any protocol: their table, and what it is computed from. */
import type { ComparisonSummaryFacts } from "./comparison.ts";
import { counted } from "./grammar.ts";

/** What a selection was computed over. */
export interface SelectionBasis {
  readonly frames: string;
  readonly bytes: string;
  readonly seconds: string | null;
  /** Empty: every frame. */
  readonly filter: string;
}

export const selections = {
  heading: "Selected frames: what Wireshark users report",
  table: "Throughput, packet loss, delay, jitter",
  basis: "What they are computed from",
  selection: "Selection",
  frames: "Frames",
  tcpFrames: "of TCP",
  udpFrames: "of UDP",
  lossFrom: "Loss by",
  capture: "Capture",
  chartNote: "Selections may overlap",
  everyFrame: "whole capture",
  lossNames: {
    tcp: "TCP, previous segment not captured",
    rtp: "RTP, sequence numbers",
    sent: "frames sent, less those recorded",
  },
  recipe: ({ frames, bytes, seconds, filter }: SelectionBasis) =>
    `Computed over ${counted(frames, "frame")} (${bytes} bytes${seconds === null ? "" : `, ${seconds} s`}), as in Wireshark: ${
      filter === "" ? "without a display filter" : filter
    }`,
  formulas:
    "Throughput: bytes × 8 / time from the first frame to the last. Delay: mean gap between successive frames, which is no network latency. Jitter: mean |difference| of successive gaps. Packet loss: lost / (lost + received).",
  overlap: "Selections may overlap: a frame counts in each that shows it.",
  reasons: {
    twoFrames: "needs 2 frames at different times",
    threeFrames: "needs 3 frames",
    clock: "the clock was set back",
    noFrames: "no frame fits",
    lossUnseen:
      "UDP and other protocols have no numbers by which a loss could be seen; --rtp PORT says where there is RTP, --sent what was sent",
  },
  rtp: {
    table: "RTP streams",
    stream: "Stream",
    payloadTypes: "Payload type",
    packets: "Packets",
    lost: "Lost",
    copies: "Copies",
    meanJitter: "Jitter (mean)",
    maxJitter: "Jitter (max)",
    noClock: "clock rate not known; --rtp PORT=90000 gives it",
    formulas:
      "Over the whole capture, as tshark -z rtp,streams counts. Lost: expected less recorded packets (RFC 3550 A.3), so a copy hides a loss; the percentage leaves copies out. Jitter: by timestamps and arrival (RFC 3550 A.8), which is not the jitter of gaps above.",
    more: (streams: number) => `The busiest of ${streams} streams; --json has all.`,
  },
  /** In an experiment of selections, in place of what is said of backends. */
  compared: {
    summary: ({ methods, backends, runs, warnings }: ComparisonSummaryFacts) =>
      `${counted(methods, "method")}, ${counted(backends, "selection")}, ${counted(runs, "run")}.${
        warnings === 0 ? "" : ` ${counted(warnings, "warning")} at the end.`
      }`,
    groups: { pace: "At what pace frames came", network: "Losses" },
    bySelection: "Throughput, packet loss, delay and jitter by method and selection",
    exploratory: "Exploratory: all other metrics, over all selections",
    all: "all selections",
    pace: "Throughput, delay and jitter of frames as they were recorded: sender and network set them together, and delay is the time between frames, no network latency.",
    network: "Frames lost, by what shows it: TCP's or RTP's numbers, or the count of frames sent.",
    overSelections:
      "Each run counts once, with the mean of its selections. Nothing is added up: a frame may be in several.",
    tests:
      "The shift is A − B (Hodges and Lehmann) with its 95 % interval. Exploratory comparisons, those of single selections included (comparison.json has them), are corrected together; what differs there is a lead for another experiment.",
    idle: (method: string, selection: string) => `${method}: no frame fits ${selection} in any run.`,
    definitions: {
      throughputMbps:
        "8 · sum of frame lengths / (latest − earliest time), over the frames that the filter shows.",
      packetLossPercent:
        "100 · lost / (lost + received): TCP's previous segments not captured, RTP's missing sequence numbers, or frames sent less those recorded.",
      delayMs: "Mean time between successive frames; no network latency.",
      jitterMs: "Mean absolute difference of successive delays.",
    },
    chartMetrics: "QoS metrics by method and selection",
    chartMetric: (label: string) => `${label} by method and selection`,
  },
  readOn: ["--full prints what they are computed from; --csv and --json have every figure."],
};
