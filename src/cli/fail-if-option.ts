/** `--fail-if` and `--junit`: whether a pipeline should go on. */
import { Option, type Command as Subcommand } from "commander";
import type { Condition, JudgedRow, Judgement } from "../experiment/conditions/condition.ts";
import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";
import { helpWords } from "./help-text.ts";
import { userLanguage } from "./language.ts";
import { collected } from "./pair-option.ts";
import { printLine } from "./print-line.ts";
import { writeFile } from "./write-file.ts";

/** So many failures are printed; a file has all of them. */
const MOST_LINES = 10;

/** What commander makes of the two options. */
export interface FailIfOptionTexts {
  readonly failIf?: readonly string[];
  readonly junit?: string;
}

/** What was asked for. */
export interface FailIfRequest {
  /** As they were written. */
  readonly conditions: readonly string[];
  /** A file for JUnit XML; `null`: none. */
  readonly junit: string | null;
}

/** Tells whether a run or an experiment failed, says why, and writes the file. */
export type Judge = (rows: readonly JudgedRow[]) => boolean;

/** @param conflicts options with which nothing is there to judge */
export function addFailIfOptions(subcommand: Subcommand, ...conflicts: string[]): void {
  const words = helpWords().shared;
  subcommand
    .addOption(new Option("--fail-if <condition>", words.failIf).argParser(collected).conflicts(conflicts))
    .option("--junit <file>", words.junit);
}

/** @throws Failure (status 2) for a file of nothing */
export function parseFailIf({ failIf = [], junit }: FailIfOptionTexts): FailIfRequest {
  if (junit !== undefined && failIf.length === 0) throw new Failure(message("junitAlone"), 2);
  return { conditions: failIf, junit: junit ?? null };
}

/**
 * Reads the conditions, before long work begins. What judges is loaded where there are any.
 * @returns `null` where there are none
 * @throws Failure (status 2) for what is no condition
 */
export async function readConditions({ conditions, junit }: FailIfRequest): Promise<Judge | null> {
  if (conditions.length === 0) return null;
  const [{ conditionText, judge, parseCondition, unjudged }, { metricKeys }, { renderJunit }] =
    await Promise.all([
      import("../experiment/conditions/condition.ts"),
      import("../experiment/experiment-metrics.ts"),
      import("../report/render-junit.ts"),
    ]);
  const read = conditions.map((text): Condition => {
    const condition = parseCondition(text);
    if (!("kind" in condition)) return condition;
    if (condition.kind === "shape") throw new Failure(message("notCondition", text), 2);
    const { name, nearest } = condition;
    throw new Failure(message("notConditionMetric", name, nearest ?? "", metricKeys.join(", ")), 2);
  });
  return (rows) => {
    const judgements = judge(read, rows);
    if (junit !== null) writeFile(junit, renderJunit(read, judgements, userLanguage()));
    const failed = judgements.filter(({ hasFailed }) => hasFailed);
    for (const one of failed.slice(0, MOST_LINES)) printLine(whyFailed(one, conditionText(one.condition)));
    if (failed.length > MOST_LINES) printLine(message("moreConditionsHold", failed.length - MOST_LINES));
    const open = unjudged(read, judgements);
    for (const condition of open) printLine(message("conditionUnjudged", conditionText(condition)));
    return failed.length > 0 || open.length > 0;
  };
}

function whyFailed({ condition, row, value }: Judgement, text: string) {
  const digits = value === null ? "" : String(Number(value.toPrecision(6)));
  return message("conditionHolds", row.name, condition.metric, digits, text);
}
