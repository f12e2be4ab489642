import { expect, test } from "vitest";
import { FrameDecoder } from "../../src/packet/decode-frame.ts";
import { countsAsTcpInWireshark, skipReasonName } from "../../src/packet/skip-reason.ts";
import { needs } from "../real-part.ts";
import { batchOf } from "./decode-one.ts";
import { ENCAPSULATIONS } from "./encapsulations.ts";
import { type RecordedFrame, tsharkTcpFields } from "./tshark-tcp.ts";

interface NamedFrame extends RecordedFrame {
  readonly name: string;
}

/** Frames about whose being TCP tshark and lbqos differ. */
function disagreements(frames: readonly NamedFrame[]): string[] {
  const shown = tsharkTcpFields(frames, []);
  const decoder = new FrameDecoder();
  return frames.flatMap(({ name, linkType, bytes, wireLength }, index) => {
    const result = decoder.decode(batchOf(bytes, { linkType, wireLength, timeNs: index * 1e9 }), 0);
    if (countsAsTcpInWireshark(result) === shown.has(index)) return [];
    return [`${name}: ${result === 0 ? "segment" : skipReasonName(result)}, tshark: ${shown.has(index)}`];
  });
}

needs("tshark")("tshark's filter tcp agrees", () => {
  test("on every encapsulation", () => {
    const frames = ENCAPSULATIONS.filter(({ tsharkMisses }) => tsharkMisses !== "all").map((one) => ({
      ...one,
      bytes: one.frame,
      wireLength: one.frame.length,
    }));
    expect(disagreements(frames)).toEqual([]);
  });

  test("on frames that the snap length cut at every byte", () => {
    const frames = ENCAPSULATIONS.filter(({ tsharkMisses }) => tsharkMisses === undefined).flatMap(
      ({ name, linkType, frame }) =>
        Array.from({ length: frame.length - 1 }, (_, index) => ({
          name: `${name}, ${index + 1} of ${frame.length} bytes`,
          linkType,
          bytes: frame.subarray(0, index + 1),
          wireLength: frame.length,
        })),
    );
    expect(disagreements(frames)).toEqual([]);
  });

  test("not on what is marked as missed", () => {
    const frames = ENCAPSULATIONS.filter(({ tsharkMisses }) => tsharkMisses !== undefined).map(
      ({ name, linkType, frame, tsharkMisses }) => ({
        name,
        linkType,
        bytes: tsharkMisses === "cut" ? frame.subarray(0, -1) : frame,
        wireLength: frame.length,
      }),
    );
    expect(disagreements(frames)).toEqual(frames.map(({ name }) => `${name}: segment, tshark: false`));
  });
});
