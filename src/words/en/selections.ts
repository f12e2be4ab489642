/** Frames that display filters show, of any protocol: their table, and what it is computed from. */
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
  everyFrame: "whole capture",
  lossNames: { tcp: "TCP, previous segment not captured", sent: "frames sent, less those recorded" },
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
      "UDP and other protocols have no numbers by which a loss could be seen; --sent gives what was sent",
  },
  readOn: ["--full prints what they are computed from; --csv and --json have every figure."],
};
