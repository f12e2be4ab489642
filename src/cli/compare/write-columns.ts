/** The exchanges of all runs as Parquet, in folders by method and run. */
import { join, resolve } from "node:path";
import { analyze } from "../../analysis/analyze.ts";
import { jobPaths } from "../../study/jobs/analysis-job.ts";
import type { ReadExperiment } from "../../study/read-experiment.ts";
import { message } from "../../words/message.ts";
import { openColumns, runColumns } from "../columns/column-files.ts";
import { partitionFolder } from "../columns/partitioned-files.ts";
import { printLine } from "../print-line.ts";
import { readTaps } from "../tap-option.ts";
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
  const synchronousClocks = experiment.manifest.taps?.synchronousClocks === true;
  for (const [index, { method, run, paths = [] }] of runs.entries()) {
    const job = jobs[index];
    if (job === undefined) continue;
    const below = join(partitionFolder("method", method), partitionFolder("run", String(run)));
    const files = openColumns(runColumns(folder, below, `part-${index}.parquet`, byBackend));
    const keys = job.keys === undefined ? {} : { keys: job.keys };
    const taps = paths.flatMap(({ path }) => path.taps[1].files.map((file) => resolve(job.folder, file)));
    try {
      const { part } = await readTaps(jobPaths(job), { files: taps, synchronousClocks }, { ...keys, signal });
      await analyze(jobPaths(job), {
        ...job.options,
        ...keys,
        chartData: false,
        signal,
        onExchange: (row) => {
          const parted = part(row);
          for (const file of files) file.add(parted);
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
