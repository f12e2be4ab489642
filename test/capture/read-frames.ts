import type { Capture } from "../../src/capture/capture.ts";
import type { CaptureSource } from "../../src/capture/capture-source.ts";
import { FrameBatch } from "../../src/capture/frame.ts";
import { openCapture } from "../../src/capture/open-capture.ts";
import { SourceReader } from "../../src/capture/source-reader.ts";
import { Failure } from "../../src/failure.ts";

/** One row of a batch, copied out of it. */
export interface Frame {
  readonly data: string;
  readonly capturedLength: number;
  readonly wireLength: number;
  readonly timeNs: number;
  readonly linkType: number;
  readonly interfaceIndex: number;
}

function framesOf(batch: FrameBatch): Frame[] {
  return Array.from({ length: batch.count }, (_, i) => {
    const offset = batch.offset[i] ?? -1;
    const capturedLength = batch.capturedLength[i] ?? -1;
    return {
      data: batch.bytes.toString("hex", offset, offset + capturedLength),
      capturedLength,
      wireLength: batch.wireLength[i] ?? -1,
      timeNs: batch.timeNs[i] ?? Number.NaN,
      linkType: batch.linkType[i] ?? -1,
      interfaceIndex: batch.interfaceIndex[i] ?? -1,
    };
  });
}

/** All frames of an open capture, which is closed afterwards. */
export async function drain(capture: Capture): Promise<Frame[]> {
  const frames: Frame[] = [];
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    frames.push(...framesOf(batch));
  }
  await capture.close();
  return frames;
}

export interface ReadCapture {
  readonly capture: Capture;
  readonly frames: readonly Frame[];
}

/** Opens, reads and closes. */
export async function readCapture(sources: CaptureSource | readonly CaptureSource[]): Promise<ReadCapture> {
  const capture = await openCapture(sources);
  return { capture, frames: await drain(capture) };
}

/** Frames and codes of warnings of one source that is read `chunkBytes` at a time. */
export async function readInChunks(source: CaptureSource, chunkBytes: number) {
  const reader = await SourceReader.open(source, chunkBytes);
  const batch = new FrameBatch();
  const frames: Frame[] = [];
  while (await reader.nextBatch(batch)) frames.push(...framesOf(batch));
  await reader.close();
  return { frames, codes: reader.warnings.map(({ code }) => code) };
}

/** Number of frames, without copying them. */
export async function countFrames(source: CaptureSource): Promise<{ count: number; capture: Capture }> {
  const capture = await openCapture(source);
  let count = 0;
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    count += batch.count;
  }
  await capture.close();
  return { count, capture };
}

/** The message that opening fails with. */
export async function failureOf(sources: CaptureSource | readonly CaptureSource[]): Promise<string> {
  try {
    await readCapture(sources);
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
  throw new Error("expected a Failure");
}

/** A stream that gives `bytes` in pieces that end at `cuts`. */
export async function* inPieces(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  let start = 0;
  for (const cut of [...cuts, bytes.length].toSorted((a, b) => a - b)) {
    // A copy: a reader that keeps a piece must not be helped by the neighbour's memory.
    yield Buffer.from(bytes.subarray(start, cut));
    start = cut;
  }
}
