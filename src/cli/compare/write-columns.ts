/** The exchanges of all runs as Parquet, in folders by method and run. */
import { join } from "node:path";
import { analyze } from "../../analysis/analyze.ts";
import { jobPaths } from "../../study/jobs/analysis-job.ts";
import type { ReadExperiment } from "../../study/read-experiment.ts";
import { message } from "../../words/message.ts";
import { openColumns, runColumns } from "../columns/column-files.ts";
import { partitionFolder } from "../columns/partitioned-files.ts";
import { printLine } from "../print-line.ts";
import type { ParquetRequest } from "./compare-request.ts";

/**
 * Reads each capture again, one after the other: what is kept of an analysis has no exchanges. Direct runs of several backends
 * have the same method and number, so each run's file has its place in the experiment in its name. A run's tables are there once all
 * of them are whole: one of an unfinished run would be wrong beside the others.
 * @throws Failure; the signal's reason once it is aborted
 */
export async function writeColumns(
  { experiment, jobs }: ReadExperiment,
  { folder, byBackend }: ParquetRequest,
  quiet: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { runs } = experiment;
  for (const [index, { method, run }] of runs.entries()) {
    const job = jobs[index];
    if (job === undefined) continue;
    const below = join(partitionFolder("method", method), partitionFolder("run", String(run)));
    const files = openColumns(runColumns(folder, below, `part-${index}.parquet`, byBackend));
    try {
      await analyze(jobPaths(job), {
        ...job.options,
        ...(job.keys === undefined ? {} : { keys: job.keys }),
        chartData: false,
        signal,
        onExchange: (row) => {
          for (const file of files) file.add(row);
        },
      });
      for (const file of files) file.finish();
    } catch (error) {
      for (const file of files) file.discard();
      if (signal.aborted) printLine(message("columnsCut", folder, index, runs.length));
      throw error;
    }
  }
  if (!quiet) printLine(message("columnsWritten", folder));
}
