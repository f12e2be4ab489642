/** Doubts about an experiment as a whole: what it lacks, captures side by side, its tables. */
import { grammar } from "../grammar.ts";

const list = grammar.list;
const runs = (numbers: readonly number[]) =>
  `${numbers.length > 1 ? "runs" : "run"} ${list(numbers.map(String))}`;

export const doubts = {
  methodWithoutRuns: (method: string) => `method ${method} has no runs and is left out`,
  methodWithoutRunsAdvice: () => "Check its captures in the manifest, record its runs, or delete it there.",
  oneRun: (method: string) => `method ${method} has one run: no spread, no interval, no conclusion`,
  oneRunAdvice: (min: number) => `Repeat it: at least ${min} runs per method, better 10.`,
  fewRuns: (method: string, count: number) => `method ${method} has ${count} runs, too few for a conclusion`,
  fewRunsAdvice: (min: number) => `Record at least ${min} runs per method, better 10.`,
  missingRuns: (where: string, missing: readonly number[]) =>
    `${where}: ${runs(missing)} ${missing.length === 1 ? "is" : "are"} missing that other methods have`,
  missingRunsAdvice: () =>
    "The means go over unequal numbers of runs; record the missing ones under the same conditions.",
  backendsWithoutTraffic: (method: string, backends: readonly string[]) =>
    `${method} sent ${list(backends)} no requests in any run`,
  selectionsWithoutFrames: (method: string, selections: readonly string[]) =>
    `${method}: no frame fits ${list(selections)} in any run`,
  selectionsWithoutFramesAdvice: () => "Check the filter: Wireshark shows what the same one fits.",
  ipHashAdvice: () =>
    "ip-hash sends one client to one backend: test it with several client addresses (in different /24 networks for nginx), or compare it on the one backend only.",
  backendDownAdvice: () =>
    "Check that the backend was up, its address in the manifest, and the balancer's configuration.",
  pooledWithout: (method: string, backend: string, numbers: readonly number[]) =>
    `${method}: ${runs(numbers)} ${numbers.length === 1 ? "lacks" : "lack"} values of ${backend} that others have, so the mean over the backends is one of other backends there`,
  pooledWithoutAdvice: () =>
    "Compare the methods backend by backend, or give captures: from these, times are taken over all requests of a run.",
  oneAfterAnother: (methods: readonly string[]) =>
    `all runs of ${methods[0] ?? ""} were made before those of the next method (${list(methods)})`,
  oneAfterAnotherAdvice: () =>
    "Whatever else changed meanwhile looks like a difference between methods: interleave the runs (run 1 of every method, then run 2, …), as lbqos run does.",
  repeatedRun: (run: string, used: string, unused: string) =>
    `${run} is there twice: ${used} was used, ${unused} was not`,
  repeatedRunAdvice: () => "Give each run its own number, or take one of the two out.",
  lossWithoutUnit: (file: string) =>
    `${file} does not say whether packet loss is in percent or packets; it was taken as percent`,
  lossWithoutUnitAdvice: () =>
    "Call the column packet_loss_percent if it is percent; counts of packets can't be rated.",

  sameCaptureTwice: (first: string, second: string) => `${first} and ${second} are the same capture`,
  sameCaptureCountsOnce: (first: string, second: string, run: number) =>
    `${first} and ${second} are the same capture; it counts once, as run ${run}`,
  sameCaptureAdvice: () =>
    "A copy adds no information and makes intervals too narrow: keep one, and record the other run.",
  capturesOverlap: (first: string, second: string, seconds: number) =>
    `${first} and ${second} were recorded at the same time, for ${seconds.toFixed(3)} s`,
  capturesOverlapAdvice: () =>
    "Runs that share time share traffic and load: record them one after another, or take one out.",

  meansOnly: (file: string, columns: string) =>
    `${file} has means only: it needs a column run and one row per method, backend and run, like ${columns}`,
  meansOnlyAdvice: () => "Give the table of the single runs; means alone have no spread to judge by.",
  valuesOutOfRange: (file: string, lines: readonly number[], more: number, first: string) =>
    `${file}: ${lines.length + more === 1 ? "line" : "lines"} ${list([...lines.map(String), ...(more === 0 ? [] : [`${more} more`])])} left out for impossible values: ${first}`,
  valuesOutOfRangeAdvice: (file: string) =>
    `Correct the table; "lbqos audit ${file}" names every such value.`,
  contradictoryRows: (file: string, count: number, rows: number) =>
    `${file}: in ${count} of ${rows} rows throughput × delay is not the size of the request frame that the others show, so the two values can't come from one run`,
  contradictoryRowsAdvice: (file: string) =>
    `"lbqos audit ${file}" names the rows; what is said here about throughput and delay rests on them too.`,
};
