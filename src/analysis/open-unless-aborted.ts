/** Opening takes as long as a pipe or a named pipe is silent. */
import type { Capture } from "../capture/capture.ts";
import type { CaptureSource } from "../capture/capture-source.ts";
import type { FrameBatch } from "../capture/frame.ts";
import { openCapture } from "../capture/open-capture.ts";
import { unlessAborted } from "../threads/unless-aborted.ts";

/**
 * Opens a capture as `openCapture` does; one that is open too late, after an abort, is closed again.
 * @throws Failure as `openCapture`; the signal's reason once it is aborted
 */
export async function openUnlessAborted(
  sources: CaptureSource | readonly CaptureSource[],
  signal: AbortSignal | undefined,
  batch?: FrameBatch,
): Promise<Capture> {
  signal?.throwIfAborted();
  const opening = openCapture(sources, batch);
  try {
    return await unlessAborted(signal, opening);
  } catch (error) {
    opening.then((capture) => capture.close()).catch(() => {});
    throw error;
  }
}
