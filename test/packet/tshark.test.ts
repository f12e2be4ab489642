import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { FrameDecoder } from "../../src/packet/decode-frame.ts";
import { countsAsTcpInWireshark, skipReasonName } from "../../src/packet/skip-reason.ts";
import { needs } from "../real-part.ts";
import { batchOf } from "./decode-one.ts";
import { expectTsharkToAgree, readCapture } from "./decoded-capture.ts";
import { ENCAPSULATIONS } from "./encapsulations.ts";
import { type RecordedFrame, tsharkTcpFields } from "./tshark-tcp.ts";

interface NamedFrame extends RecordedFrame {
  readonly name: string;
}

/** Encapsulations of which damaged copies are compared: those in common use that keep no state in tshark. */
const TURNED_OVER = [
  "Ethernet, IPv4",
  "Ethernet, IPv6",
  "RAW 101, IPv4",
  "RAW 101, IPv6",
  "SLL, IPv4",
  "SLL2, IPv6",
  "802.1Q",
  "QinQ 0x88a8",
  "802.3, SNAP",
  "MPLS, two labels",
  "PPPoE",
  "IPv4 with options",
  "IPv4 in IPv4",
  "authentication header",
  "GRE, Ethernet",
  "VXLAN",
  "ICMP unreachable, TCP quoted",
  "ICMPv6 too big, TCP quoted",
];

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

  test("on frames with a bit turned over", () => {
    const frames = TURNED_OVER.flatMap((wanted) =>
      ENCAPSULATIONS.filter(({ name }) => name === wanted).flatMap(({ name, linkType, frame }) =>
        Array.from({ length: 8 * frame.length }, (_, bit) => {
          const bytes = Buffer.from(frame);
          bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (0x80 >> (bit & 7)), bit >> 3);
          const where = `${name}, byte ${bit >> 3}, bit ${bit & 7}`;
          return { name: where, linkType, bytes, wireLength: frame.length };
        }),
      ),
    );
    expect(frames.length).toBeGreaterThan(TURNED_OVER.length);
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

needs("tshark")("tshark sees the same fields", () => {
  test("in a capture with losses, selective acknowledgements and retransmissions", async () => {
    const path = fileURLToPath(
      new URL("../../fixtures/captures/loss-big-to2-from2.pcapng.gz", import.meta.url),
    );
    const { tcp, frames } = await readCapture(path);
    expect(tcp).toBe(frames.length);
    expectTsharkToAgree(frames);
  });
});
