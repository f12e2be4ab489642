/** Whether the addresses that the manifest names are those of the captures. */
import type { AnalyzedRun } from "../experiment/experiment.ts";
import type { Manifest } from "../experiment/manifest/manifest.ts";
import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";
import type { AnalysisJob } from "./jobs/analysis-job.ts";
import { type AnalysisPlan, analyzeJobs } from "./jobs/analyze-jobs.ts";

/** Pairs named in the message; of more, the rest is counted. */
const MAX_NAMED_PAIRS = 4;

/**
 * Where no run through the balancer shows a pair that the manifest names, looks which pairs there are.
 * @param jobs what was analyzed for each of the runs
 * @param manifestName names the manifest in errors
 * @throws Failure that names the addresses that are wrong, and the pairs that were found
 */
export async function checkNamedAddresses(
  runs: readonly AnalyzedRun[],
  jobs: readonly AnalysisJob[],
  manifest: Manifest,
  manifestName: string,
  plan: AnalysisPlan,
): Promise<void> {
  const direct = manifest.methods.filter((one) => one.baseline || one.algorithm === "direct");
  const balanced = runs.filter(({ method }) => !direct.some(({ name }) => name === method));
  const [first] = balanced;
  const named = [
    ...(manifest.balancer === null ? [] : [{ address: manifest.balancer, what: "balancer" }]),
    ...manifest.backends.map(({ address, name }) => ({ address, what: name })),
  ];
  const isSeen = balanced.some(({ metrics }) =>
    metrics.pairs.some((pair) => pair.paper.frames > 0 || pair.transport.toBackend.packets > 0),
  );
  if (first === undefined || named.length === 0 || isSeen) return;
  const job = jobs[runs.indexOf(first)];
  if (job === undefined) return;
  const [outcome] = await analyzeJobs([{ ...job, options: {} }], { ...plan, jobs: 1 });
  const found = outcome?.metrics?.pairs ?? [];
  const addresses = found.flatMap(({ source, destination }) => [source, destination]);
  const absent = named.filter(({ address }) => !addresses.includes(address));
  if (found.length === 0 || absent.length === 0) return;
  const list = [...new Set(found.map(({ source, destination }) => `${source} → ${destination}`))];
  const shown = list.slice(0, MAX_NAMED_PAIRS).join(", ");
  const rest = Math.max(0, list.length - MAX_NAMED_PAIRS);
  const wrong = absent.map(({ address, what }) => `${address} (${what})`).join(", ");
  throw new Failure(message("addressesNotSeen", manifestName, first.files.join(", "), wrong, shown, rest));
}
