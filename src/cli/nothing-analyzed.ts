/** When a capture was read and nothing in it could be analyzed: the exit status says so. */
import { Failure } from "../failure.ts";
import { nothingRead } from "../metrics/measure-protocols.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import { message } from "../words/message.ts";

/** @throws Failure (status 1) where the capture has no TCP, or no request in it could be read */
export function refuseNothing(run: RunMetrics): void {
  const files = run.capture.files.join(", ");
  const reason = nothingRead(run);
  if (reason !== null) throw new Failure(message(reason, files));
}
