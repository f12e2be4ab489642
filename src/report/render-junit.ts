/**
 * What `--fail-if` found as JUnit XML, which CI servers show: a suite for each condition, a test case for each row. The schema is
 * the one that Jenkins' xUnit plugin publishes (junit-10.xsd).
 */
import {
  type Condition,
  conditionText,
  type Judgement,
  unjudged,
} from "../experiment/conditions/condition.ts";
import { type Language, wordsOf } from "../words/words.ts";
import { escapeHtml } from "./html/escape-html.ts";

/** @param judgements of `judge` with the same conditions */
export function renderJunit(
  conditions: readonly Condition[],
  judgements: readonly Judgement[],
  language: Language,
): string {
  const nowhere = new Set(unjudged(conditions, judgements));
  const suites = conditions.map((condition) => {
    const own = judgements.filter((judgement) => judgement.condition === condition);
    const cases = nowhere.has(condition)
      ? [failedCase("lbqos", condition.metric, wordsOf(language).report.notMeasured)]
      : own.map((judgement) => testCase(judgement, language));
    return element("testsuite", { name: conditionText(condition), ...countsOf(cases) }, cases);
  });
  return element("testsuites", { name: "lbqos" }, suites);
}

function testCase({ row, condition, value, hasFailed }: Judgement, language: Language): string {
  if (hasFailed) return failedCase(row.group, row.name, `${condition.metric} = ${value}`);
  const names = { classname: row.group, name: row.name };
  if (value !== null) return element("testcase", names, []);
  return element("testcase", names, [
    element("skipped", { message: wordsOf(language).report.notMeasured }, []),
  ]);
}

function failedCase(classname: string, name: string, reason: string): string {
  return element("testcase", { classname, name }, [element("failure", { message: reason }, [])]);
}

function countsOf(cases: readonly string[]): Readonly<Record<string, string>> {
  const having = (tag: string) => String(cases.filter((one) => one.includes(`<${tag} `)).length);
  return {
    tests: String(cases.length),
    failures: having("failure"),
    errors: "0",
    skipped: having("skipped"),
  };
}

function element(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly string[],
): string {
  const start = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeHtml(value)}"`)
    .join("");
  return children.length === 0 ? `<${tag}${start}/>\n` : `<${tag}${start}>\n${children.join("")}</${tag}>\n`;
}
