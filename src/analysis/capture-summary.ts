import type { Capture } from "../capture/capture.ts";

/** What an analysis must know of the capture that its frames came from. */
export type CaptureSummary = Pick<
  Capture,
  "files" | "format" | "startNs" | "recorderDrops" | "fileStarts" | "warnings"
>;

/** What can be handed to another thread, of a capture that can't be. */
export function summaryOf(capture: CaptureSummary): CaptureSummary {
  const { files, format, startNs, recorderDrops, fileStarts, warnings } = capture;
  return { files, format, startNs, recorderDrops, fileStarts, warnings };
}
