import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";
import type { Capture } from "./capture.ts";
import type { CaptureSource } from "./capture-source.ts";
import { ChunkMemory } from "./chunk-reader.ts";
import { FrameBatch } from "./frame.ts";
import { RunCapture } from "./run-capture.ts";
import { onlySource, orderByTime } from "./source-order.ts";

/**
 * Opens a capture: one run from one source, or from several (a rotated set, parts recorded apart), which are then read in the order
 * of their frames' times, each source's own order kept. Format and compression are recognized by the first bytes, never by the name. What is
 * damaged or cut later on is a warning of the capture, not an error.
 * @param batch what its frames are read into, where somebody has one that suits what is done with them
 * @throws Failure when a source can't be opened or is not a capture
 */
export async function openCapture(
  sources: CaptureSource | readonly CaptureSource[],
  batch = new FrameBatch(),
): Promise<Capture> {
  const list = isList(sources) ? sources : [sources];
  const [first] = list;
  if (first === undefined) throw new Failure(message("noCaptureGiven"), 2);
  if (list.filter((source) => source === "-").length > 1) {
    throw new Failure(message("standardInputTwice"), 2);
  }
  const memory = new ChunkMemory(batch);
  const ordered = list.length === 1 ? [await onlySource(first, memory)] : await orderByTime(list);
  return new RunCapture(ordered, memory, batch);
}

function isList(sources: CaptureSource | readonly CaptureSource[]): sources is readonly CaptureSource[] {
  return Array.isArray(sources);
}
