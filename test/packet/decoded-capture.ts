import { expect } from "vitest";
import { openCapture } from "../../src/capture/open-capture.ts";
import { FrameDecoder } from "../../src/packet/decode-frame.ts";
import { countsAsTcpInWireshark } from "../../src/packet/skip-reason.ts";
import { type RecordedFrame, segmentFields, TSHARK_FIELDS, tsharkTcpFields } from "./tshark-tcp.ts";

/** A frame, and what it was decoded to. */
export interface DecodedFrame extends RecordedFrame {
  /** Texts for `TSHARK_FIELDS`, where the frame gave a segment. */
  readonly fields: readonly string[] | undefined;
}

/** The frames of a capture, and how many of them Wireshark would call TCP. */
export async function readCapture(path: string): Promise<{ tcp: number; frames: DecodedFrame[] }> {
  const capture = await openCapture(path);
  const decoder = new FrameDecoder();
  let tcp = 0;
  const frames: DecodedFrame[] = [];
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    for (let row = 0; row < batch.count; row += 1) {
      const result = decoder.decode(batch, row);
      if (countsAsTcpInWireshark(result)) tcp += 1;
      const start = batch.offset[row] ?? 0;
      frames.push({
        linkType: batch.linkType[row] ?? 0,
        bytes: Buffer.from(batch.bytes.subarray(start, start + (batch.capturedLength[row] ?? 0))),
        wireLength: batch.wireLength[row] ?? 0,
        fields: result === 0 ? segmentFields(decoder.segment) : undefined,
      });
    }
  }
  await capture.close();
  return { tcp, frames };
}

/** Compares every field of every segment with tshark's; there has to be one at least. */
export function expectTsharkToAgree(frames: readonly DecodedFrame[]): void {
  const shown = tsharkTcpFields(frames, TSHARK_FIELDS);
  const ours = new Map<number, readonly string[]>();
  for (const [index, { fields }] of frames.entries()) if (fields !== undefined) ours.set(index, fields);
  const theirs = new Map([...shown].filter(([index]) => ours.has(index)));
  expect(ours.size).toBeGreaterThan(0);
  expect(ours).toEqual(theirs);
}
