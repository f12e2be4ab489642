/**
 * One capture over two threads: a worker reads it, decodes it, follows its connections and pairs HTTP; this thread
 * measures. What the one finds reaches the other in the same order in which `Analysis` would tell it, so the result is the
 * same to the last bit.
 */
import { FindingsAnalysis, wantsEverySegment } from "../analyze-findings.ts";
import { Failure, type FailureStatus } from "../failure.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import { startThread } from "./start-thread.ts";
import {
  type BlockRead,
  type FindingsBlock,
  type FollowerMessage,
  type FollowOrder,
  findingsIn,
} from "./thread-messages.ts";

/** @throws Failure where the captures can't be read or an option is wrong */
export async function analyzeInTwoThreads(
  paths: readonly string[],
  options: AnalysisOptions,
): Promise<RunMetrics> {
  const analysis = new FindingsAnalysis(options);
  const worker = startThread();
  const blocks: SharedArrayBuffer[] = [];
  try {
    return await new Promise<RunMetrics>((resolve, reject) => {
      worker.postMessage({ paths, everySegment: wantsEverySegment(options) } satisfies FollowOrder);
      worker.on("error", reject);
      worker.on("exit", () => reject(new Error("the thread that reads ended in the middle of its work")));
      worker.on("message", (message: FollowerMessage) => {
        try {
          if (message.kind === "findings") {
            takeBlock(analysis, message, blocks, options);
            worker.postMessage({ block: message.block } satisfies BlockRead);
          } else if (message.kind === "end") resolve(analysis.finish(message.facts, message.capture));
          else if (message.kind === "failure") {
            reject(new Failure(message.message, message.status as FailureStatus));
          } else reject(message.error);
        } catch (error) {
          // What a listener of the options throws ends the analysis, as it would in one thread: it is not called again.
          worker.removeAllListeners("message");
          reject(error);
        }
      });
    });
  } finally {
    await worker.terminate();
  }
}

function takeBlock(
  analysis: FindingsAnalysis,
  { block, memory, valuesLength, octetsLength, startNs, bytesRead, bytesTotal }: FindingsBlock,
  blocks: SharedArrayBuffer[],
  options: AnalysisOptions,
): void {
  const held = memory ?? blocks[block] ?? new SharedArrayBuffer(0);
  blocks[block] = held;
  analysis.feed(findingsIn(held, valuesLength, octetsLength), startNs);
  options.onProgress?.(bytesRead, bytesTotal);
}
