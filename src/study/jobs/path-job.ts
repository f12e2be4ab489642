/** One path to measure, as a plain value that can go to a worker thread. */
import { measurePath } from "../../path/measure-path.ts";
import type { PathMetrics } from "../../path/path-metrics.ts";

export interface PathJob {
  /** The run's own captures. */
  readonly captures: readonly string[];
  /** The farther tap's. */
  readonly tap: string;
  readonly synchronousClocks: boolean;
}

/** @param onProgress of the job's captures, bytes read */
export function runPathJob(job: PathJob, onProgress: (bytesRead: number) => void): Promise<PathMetrics> {
  const { captures, tap, synchronousClocks } = job;
  return measurePath(captures, tap, { synchronousClocks, onProgress });
}
