/** Warnings about what an experiment lacks: methods, runs, traffic. */

import { type Warning, warningOf } from "../../failure.ts";
import { message } from "../../words/message.ts";
import type { Experiment } from "../experiment.ts";
import { MIN_RUNS } from "../statistics/significance.ts";
import { isOneByOne } from "./method-runs.ts";
import type { MethodFacts, Observations } from "./observations.ts";
import type { RunTable } from "./run-tables.ts";

/**
 * Everything that is missing, most serious first.
 * @param runsNeeded of each method behind the balancer for any conclusion about them
 */
export function coverageWarnings(
  experiment: Experiment,
  observations: Observations,
  tables: readonly RunTable[],
  runsNeeded: number,
): Warning[] {
  return [
    ...methodsWithoutRuns(observations),
    ...repeatedRuns(observations),
    ...fewRuns(observations, runsNeeded),
    ...missingRuns(observations),
    ...(experiment.manifest.selections === undefined
      ? backendsWithoutTraffic(observations, tables)
      : selectionsWithoutFrames(tables)),
    ...unstatedUnits(experiment),
  ];
}

function runsOf(method: MethodFacts, { list }: Observations, backend?: string): number[] {
  const own = list.filter(
    (one) => one.method === method.name && (backend === undefined || one.backend === backend),
  );
  return [...new Set(own.map((one) => one.run))];
}

function methodsWithoutRuns(observations: Observations): Warning[] {
  return observations.methods
    .filter((method) => runsOf(method, observations).length === 0)
    .map(({ name }) =>
      warningOf(
        "method-without-runs",
        message("methodWithoutRuns", name),
        message("methodWithoutRunsAdvice"),
      ),
    );
}

/** Methods with a single run, and with fewer than a verdict takes. */
function fewRuns(observations: Observations, runsNeeded: number): Warning[] {
  return observations.methods.flatMap((method) => {
    const n = runsOf(method, observations).length;
    const min = isOneByOne(method) ? MIN_RUNS : runsNeeded;
    if (n === 0 || n >= min) return [];
    return n === 1
      ? [warningOf("one-run", message("oneRun", method.name), message("oneRunAdvice", min))]
      : [warningOf("few-runs", message("fewRuns", method.name, n), message("fewRunsAdvice", min))];
  });
}

/** Runs that other methods have, or in direct tests other backends. */
function missingRuns(observations: Observations): Warning[] {
  const { methods, backends } = observations;
  const present = methods.filter((method) => runsOf(method, observations).length > 0);
  const all = [...new Set(present.flatMap((method) => runsOf(method, observations)))].sort((a, b) => a - b);
  return present.flatMap((method) => {
    const parts =
      method.algorithm === "direct" ? backends.map((backend) => ({ backend })) : [{ backend: undefined }];
    return parts.flatMap(({ backend }) => {
      const own = runsOf(method, observations, backend);
      const missing = all.filter((run) => !own.includes(run));
      if (missing.length === 0 || own.length === 0) return [];
      const where = backend === undefined ? method.name : `${method.name}, ${backend}`;
      return [warningOf("missing-run", message("missingRuns", where, missing), message("missingRunsAdvice"))];
    });
  });
}

function backendsWithoutTraffic({ methods }: Observations, tables: readonly RunTable[]): Warning[] {
  return methods.flatMap((method) => {
    const own = tables.filter((table) => table.method === method.name);
    const idle = own.filter((table) => !table.hasTraffic).map((table) => table.backend);
    if (idle.length === 0) return [];
    const isHash = method.algorithm === "ip-hash";
    return [
      warningOf(
        "backend-without-traffic",
        message("backendsWithoutTraffic", method.name, idle),
        message(isHash ? "ipHashAdvice" : "backendDownAdvice"),
      ),
    ];
  });
}

function selectionsWithoutFrames(tables: readonly RunTable[]): Warning[] {
  const idle = tables.filter((table) => !table.hasTraffic);
  return [...new Set(idle.map(({ method }) => method))].map((method) => {
    const own = idle.filter((table) => table.method === method).map((table) => table.backend);
    const without = message("selectionsWithoutFrames", method, own);
    return warningOf("selection-without-frames", without, message("selectionsWithoutFramesAdvice"));
  });
}

function repeatedRuns({ repeated, list }: Observations): Warning[] {
  return repeated.map((one) => {
    const first = list.find(
      (other) => other.method === one.method && other.backend === one.backend && other.run === one.run,
    );
    const run = `${one.method}, ${one.backend}, run ${one.run}`;
    return warningOf(
      "repeated-run",
      message("repeatedRun", run, first?.origin ?? "", one.origin),
      message("repeatedRunAdvice"),
    );
  });
}

function unstatedUnits({ tables }: Experiment): Warning[] {
  return tables
    .filter((table) => table.withoutUnit.includes("packetLossPercent"))
    .map((table) =>
      warningOf(
        "loss-without-unit",
        message("lossWithoutUnit", table.fileName),
        message("lossWithoutUnitAdvice"),
      ),
    );
}
