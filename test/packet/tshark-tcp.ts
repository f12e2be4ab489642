import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import type { Segment } from "../../src/engine/segments/segment.ts";
import { join } from "./packet-bytes.ts";

/** The fields that `segmentFields` gives, by tshark's names. */
export const TSHARK_FIELDS = [
  "tcp.srcport",
  "tcp.dstport",
  "tcp.seq_raw",
  "tcp.ack_raw",
  "tcp.len",
  "tcp.window_size_value",
  "tcp.options.mss_val",
  "tcp.options.wscale.shift",
  "tcp.options.timestamp.tsval",
  "tcp.options.timestamp.tsecr",
  "tcp.options.sack_le",
  "tcp.options.sack_re",
];

/** What tshark would print of a segment for `TSHARK_FIELDS`, the last SACK block only. */
export function segmentFields(segment: Segment): string[] {
  const { hasTimestamp, sackCount, sackLeft, sackRight } = segment;
  const texts = [
    segment.sourcePort,
    segment.destinationPort,
    segment.sequence,
    segment.acknowledgement,
    segment.payloadLength,
    segment.window,
    segment.maximumSegmentSize === 0 ? "" : segment.maximumSegmentSize,
    segment.windowScale === -1 ? "" : segment.windowScale,
    hasTimestamp ? segment.timestampValue : "",
    hasTimestamp ? segment.timestampEcho : "",
    sackCount === 0 ? "" : sackLeft[sackCount - 1],
    sackCount === 0 ? "" : sackRight[sackCount - 1],
  ];
  return texts.map(String);
}

/** A frame as a capture would hold it. */
export interface RecordedFrame {
  readonly linkType: number;
  /** What the capture holds. */
  readonly bytes: Buffer;
  readonly wireLength: number;
}

/**
 * What tshark's fields say of the frames that its filter `tcp` shows.
 * @param frames the capture
 * @param fields names of fields; where a tunnel makes a field occur twice, the innermost counts
 * @returns the fields' texts by the frame's position, 0 …; frames without TCP are missing
 */
export function tsharkTcpFields(
  frames: readonly RecordedFrame[],
  fields: readonly string[],
): Map<number, string[]> {
  const folder = mkdtempSync(joinPath(tmpdir(), "lbqos-packet-"));
  try {
    const path = joinPath(folder, "frames.pcapng");
    writeFileSync(path, pcapng(frames));
    const wanted = ["frame.number", ...fields].flatMap((field) => ["-e", field]);
    const output = execFileSync(
      "tshark",
      [
        "-r",
        path,
        "-o",
        "tcp.relative_sequence_numbers:FALSE",
        "-Y",
        "tcp",
        "-T",
        "fields",
        "-E",
        "occurrence=l",
        ...wanted,
      ],
      {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    const rows = output.split("\n").filter((line) => line !== "");
    return new Map(
      rows.map((line) => {
        const [number, ...values] = line.split("\t");
        return [Number(number) - 1, values];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A pcapng file: a section, an interface per link type, a second between frames. */
export function pcapng(frames: readonly RecordedFrame[], microsecondsApart = 1_000_000): Buffer {
  const linkTypes = [...new Set(frames.map(({ linkType }) => linkType))];
  return join(
    block(0x0a0d0d0a, join(words(0x1a2b3c4d, 1, 0xffffffff, 0xffffffff))),
    ...linkTypes.map((linkType) => block(1, words(linkType, 0))),
    ...frames.map(({ linkType, bytes, wireLength }, index) => {
      const microseconds = BigInt(index * microsecondsApart);
      const stamp = words(Number(microseconds >> 32n), Number(microseconds & 0xffffffffn));
      return block(
        6,
        join(words(linkTypes.indexOf(linkType)), stamp, words(bytes.length, wireLength), padded(bytes)),
      );
    }),
  );
}

function block(type: number, body: Buffer): Buffer {
  return join(words(type, 12 + body.length), body, words(12 + body.length));
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, 4 * index);
  return bytes;
}

function padded(bytes: Buffer): Buffer {
  return join(bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4));
}
