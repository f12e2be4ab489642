import { withDiagnosis } from "../../diagnosis/diagnosed-run.ts";
import { type Warning, warningOf } from "../../failure.ts";
import { ratingProfile } from "../../metrics/category-profiles.ts";
import { unratedWarnings } from "../../metrics/selection-warnings.ts";
import { textOf } from "../../words/language.ts";
import { message } from "../../words/message.ts";
import { generatorWarnings } from "../audit/generator-audit.ts";
import { tableWarnings, withPossibleRows } from "../audit/table-warnings.ts";
import type { Experiment } from "../experiment.ts";
import {
  experimentMetrics,
  type MetricKey,
  type MetricTraits,
  primaryMetrics,
  primaryOfTraffic,
} from "../experiment-metrics.ts";
import { cellsOf } from "../factors/cells.ts";
import { factorsOf } from "../factors/factor.ts";
import { type AtLevels, levelsText } from "../levels.ts";
import { checkMethodCount } from "../manifest/method-limit.ts";
import { correctedResults, namedResults } from "../named-tests/named-results.ts";
import { captureWarnings, countedOnce } from "../runs/capture-warnings.ts";
import { coverageWarnings } from "../runs/coverage-warnings.ts";
import { methodAnswers } from "../runs/method-answers.ts";
import type { Pooling } from "../runs/method-runs.ts";
import { methodTruths } from "../runs/method-truths.ts";
import { poolingWarnings } from "../runs/pooling-warnings.ts";
import { requestShares } from "../runs/request-shares.ts";
import { runCurves } from "../runs/run-curves.ts";
import type { MethodSummary } from "../runs/run-tables.ts";
import { sampleOf } from "../runs/samples.ts";
import { troubledRuns } from "../runs/troubled-runs.ts";
import { runsNeeded } from "../statistics/design-limits.ts";
import { DEFAULT_MARGIN, type Margin, marginOf } from "../statistics/margin.ts";
import type { NamedResult, NamedTest } from "../statistics/named-test.ts";
import type { SampleSummary } from "../statistics/sample-summary.ts";
import { MIN_RUNS } from "../statistics/significance.ts";
import { baselineComparisons } from "./baseline-comparisons.ts";
import type { Comparison, ComparisonFinding } from "./comparison.ts";
import { findingsOf } from "./conclusions.ts";
import { commonDesign, type Design, designOf } from "./design.ts";
import { inFamilies, leastLimits, primaryOf } from "./families.ts";
import { type ObservedCell, observedCells } from "./observed-cell.ts";
import { primaryLimits, testsBetween } from "./tests-in-cell.ts";

/** Findings of each combination of levels; the others would say the same again at every level. */
const AT_LEVELS: readonly ComparisonFinding["code"][] = [
  "verdict",
  "failures",
  "troubled-runs",
  "conclusion",
  "no-conclusion",
];

/**
 * Compares the methods of an experiment: tables, summaries, tests, findings, warnings. Where factors vary, the methods at each
 * combination of levels by themselves. Missing runs, methods or traffic never fail; they are warnings with advice.
 * @throws Failure where there are more methods than can be compared, and (status 2) when the manifest names a category profile
 * that does not exist
 */
export function compareMethods(given: Experiment): Comparison {
  const { manifest } = given;
  const experiment: Experiment = {
    ...given,
    runs: countedOnce(given.runs).map((run) => ({ ...run, metrics: withDiagnosis(run.metrics) })),
    tables: given.tables.map(withPossibleRows),
  };
  const factors = factorsOf(experiment);
  const profile = ratingProfile(manifest.profile);
  const rating = { profile, bandwidthBitsPerSecond: manifest.bandwidthBitsPerSecond };
  const { observed, pooling } = observedCells(cellsOf(experiment, factors), rating);
  for (const { observations } of observed) checkMethodCount(observations.methods.length);
  const allTables = observed.flatMap(({ tables }) => tables);
  const allSummaries = observed.flatMap(({ summaries }) => summaries);
  const metrics = experimentMetrics.filter(({ key, isTrouble, better, readRun, readGenerator }) => {
    const ofRuns = readRun ?? readGenerator;
    return (ofRuns === undefined ? allTables : allSummaries).some(({ summaries: { [key]: summary } }) =>
      isTrouble ? hasTrouble(better, summary) : summary !== undefined,
    );
  });
  const design = commonDesign(observed.map(designIn));
  const margin = manifest.margin ?? DEFAULT_MARGIN;
  const primaryKey = primaryOf(
    manifest.primary,
    (key) => observed.some((cell) => isMeasuredIn(cell, key)),
    pooling === "selections" ? primaryOfTraffic : primaryMetrics,
  );
  const raw = observed.flatMap((cell) =>
    testsBetween(metrics, cell.contenders, cell.backends, cell, design.kind, margin).map((test) => ({
      ...test,
      ...levelsOf(cell),
    })),
  );
  const tests = inFamilies(raw, primaryKey);
  const pairs = tests
    .filter(({ role }) => role === "primary")
    .reduce((sum, one) => sum + one.pairs.length, 0);
  const pairsOnceMeasured = observed.reduce((sum, cell) => sum + pairsOf(cell), 0);
  const isOfSelections = pooling === "selections";
  const compared = observed.map((cell) => {
    const { levels, baseline, contenders, tables, summaries, methods } = cell;
    const own = tests.filter((test) => test.levels === (levels ?? undefined));
    const ownPairs = own.find(({ role }) => role === "primary")?.pairs.length ?? 0;
    const shares = isOfSelections ? [] : requestShares(cell.experiment, cell.observations);
    const troubled = isOfSelections ? [] : troubledRuns(cell.experiment);
    const limits = primaryLimits(primaryKey, own, cell, design.kind, margin, pairs - ownPairs);
    const primary = { metric: primaryKey, isStated: manifest.primary !== undefined, limits };
    return {
      tables: at(cell, tables),
      summaries: at(cell, summaries),
      limits,
      withAndWithout: at(cell, baselineComparisons(metrics, baseline, contenders, cell.backends, cell)),
      shares: at(cell, shares),
      answers: isOfSelections ? [] : at(cell, methodAnswers(cell.experiment, methods)),
      truths: at(cell, methodTruths(tables, cell.experiment.runs, profile)),
      troubled: at(cell, troubled),
      findings: findingsAt(cell, {
        baseline,
        contenders,
        tests: own,
        shares,
        tables,
        summaries,
        troubledRuns: troubled,
        runs: cell.experiment.runs.length,
        primary,
        pairsElsewhere: pairsOnceMeasured - pairsOf(cell),
        pooling,
        margin,
        design: design.kind,
      }),
      curves: isOfSelections || levels !== null ? [] : runCurves(cell.experiment, methods),
      warnings: cellWarnings(cell, pooling, design, pairsOnceMeasured),
    };
  });
  const everyOne = <Key extends keyof (typeof compared)[number]>(key: Key) => compared.map((one) => one[key]);
  return {
    title: manifest.title,
    language: manifest.language,
    notes: manifest.notes,
    balancer: manifest.balancer,
    profile,
    bandwidthBitsPerSecond: manifest.bandwidthBitsPerSecond,
    ...(factors.length > 0 && { factors }),
    methods: distinct(
      observed.flatMap((cell) => cell.methods),
      ({ name }) => name,
      manifest.methods.map(({ name }) => name),
    ),
    baseline: observed.find((cell) => cell.baseline !== null)?.baseline ?? null,
    backends: distinct(
      observed.flatMap(({ backends }) => backends),
      (name) => name,
      (manifest.selections ?? manifest.backends).map(({ name }) => name),
    ),
    metrics,
    runTables: everyOne("tables").flat(),
    summaries: everyOne("summaries").flat(),
    pooling,
    design,
    margin,
    primary: {
      metric: primaryKey,
      isStated: manifest.primary !== undefined,
      limits: leastLimits(everyOne("limits")),
    },
    withAndWithout: everyOne("withAndWithout").flat(),
    shares: everyOne("shares").flat(),
    answers: everyOne("answers").flat(),
    truths: everyOne("truths").flat(),
    troubledRuns: everyOne("troubled").flat(),
    tests,
    ...(manifest.statistics !== undefined && {
      namedTests: correctedResults(
        observed.flatMap((cell) => namedIn(cell, manifest.statistics ?? [], primaryKey, margin)),
      ),
    }),
    findings: everyOne("findings").flat(),
    curves: everyOne("curves").flat(),
    warnings: [
      ...(given.warnings ?? []),
      ...tableWarnings(given.tables),
      ...everyOne("warnings").flat(),
      ...(isOfSelections ? unratedWarnings(profile, manifest.bandwidthBitsPerSecond) : []),
      ...orderWarnings(design, [...new Set(observed.flatMap(({ contenders }) => contenders))]),
      ...captureWarnings(given),
      ...generatorWarnings(experiment),
    ],
  };
}

function hasTrouble(better: MetricTraits["better"], summary: SampleSummary | undefined): boolean {
  if (summary === undefined) return false;
  return better === "higher" ? summary.min < 100 : summary.max > 0;
}

/** The levels of a cell, where there are factors. */
function levelsOf({ levels }: ObservedCell): AtLevels {
  return levels === null ? {} : { levels };
}

/** Rows of a cell, with its levels behind their method. */
function at<Row extends { readonly method: string } & AtLevels>(
  cell: ObservedCell,
  rows: readonly Row[],
): Row[] {
  if (cell.levels === null) return [...rows];
  const { levels } = cell;
  return rows.map(({ method, ...rest }) => ({ method, levels, ...rest }) as unknown as Row);
}

/** In the order that is given, what is not in it behind; the first of each name. */
function distinct<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  order: readonly string[] = [],
): Item[] {
  const byName = new Map(items.toReversed().map((item) => [nameOf(item), item]));
  const names = [...new Set([...order, ...items.map(nameOf)])];
  return names.flatMap((name) => {
    const item = byName.get(name);
    return item === undefined ? [] : [item];
  });
}

function isMeasuredIn({ contenders, summaries }: ObservedCell, key: MetricKey): boolean {
  const measured = contenders.filter((name) =>
    summaries.some((one) => one.method === name && one.summaries[key] !== undefined),
  );
  return measured.length > 1;
}

function designIn({ experiment, contenders, summaries }: ObservedCell): Design {
  return designOf(experiment, contenders, blocksOf(contenders, summaries));
}

/** Tests by their names at the levels of a cell. */
function namedIn(
  cell: ObservedCell,
  asked: readonly NamedTest[],
  key: MetricKey,
  margin: Margin,
): NamedResult[] {
  const metric = experimentMetrics.find((one) => one.key === key);
  if (metric === undefined) return [];
  const samples = cell.contenders.map((method) => sampleOf(metric, method, null, cell));
  const results = namedResults(asked, samples, (a, b) => marginOf(metric.unit, margin, a, b));
  return results.map((one) => ({ ...one, ...levelsOf(cell) }));
}

/** Each sentence begins with its levels. */
function findingsAt(cell: ObservedCell, sources: Parameters<typeof findingsOf>[0]): ComparisonFinding[] {
  const { levels } = cell;
  const all = findingsOf(sources);
  if (levels === null) return all;
  return all
    .filter(({ code }) => AT_LEVELS.includes(code))
    .map(({ text, ...rest }) => ({
      ...rest,
      levels,
      text: textOf((language) => `${levelsText(levels)}: ${text[language]}`),
    }));
}

/** Pairs of methods, whether they have enough runs to be tested or not. */
function pairsOf({ contenders: { length } }: ObservedCell): number {
  return (length * (length - 1)) / 2;
}

/** @param pairs of methods, of all cells: those that are corrected together once all have enough runs */
function cellWarnings(cell: ObservedCell, pooling: Pooling, design: Design, pairs: number): Warning[] {
  const { levels, experiment, observations, tables } = cell;
  const fewestRuns = Math.max(MIN_RUNS, runsNeeded(design.kind, Math.max(1, pairs)));
  const warnings = [
    ...coverageWarnings(experiment, observations, tables, fewestRuns),
    ...(pooling === "means" ? poolingWarnings(observations) : []),
  ];
  if (levels === null) return warnings;
  return warnings.map(({ code, words, source }) =>
    warningOf(code, message("atPlace", levelsText(levels), words.message), words.advice, source),
  );
}

function orderWarnings({ reason }: Design, contenders: readonly string[]): Warning[] {
  if (reason !== "one-after-another") return [];
  const advice = message("oneAfterAnotherAdvice");
  return [warningOf("methods-one-after-another", message("oneAfterAnother", contenders), advice)];
}

/** Runs that all methods have. */
function blocksOf(contenders: readonly string[], summaries: readonly MethodSummary[]): number {
  const runs = contenders.map(
    (name) => summaries.find(({ method }) => method === name)?.runs.map(({ run }) => run) ?? [],
  );
  return (runs[0] ?? []).filter((run) => runs.every((own) => own.includes(run))).length;
}
