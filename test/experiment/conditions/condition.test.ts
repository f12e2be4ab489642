import { describe, expect, test } from "vitest";
import { judge, parseCondition, unjudged } from "../../../src/experiment/conditions/condition.ts";
import { renderJunit } from "../../../src/report/render-junit.ts";

const READ: readonly (readonly [string, object])[] = [
  ["unansweredPercent > 1", { metric: "unansweredPercent", sign: ">", limit: 1 }],
  ["timeToFirstByteP95Ms>=2.5e2", { metric: "timeToFirstByteP95Ms", sign: ">=", limit: 250 }],
  ["  requests != .5 ", { metric: "requests", sign: "!=", limit: 0.5 }],
  ["jitterSignedMs < -1", { metric: "jitterSignedMs", sign: "<", limit: -1 }],
];

describe("a condition", () => {
  test.each(READ)("%s is read", (text, condition) => {
    expect(parseCondition(text)).toEqual(condition);
  });

  test.each(["", "requests", "requests > ", "> 1", "requests => 1", "requests > 1%", "requests > 1 2"])(
    "%j is none",
    (text) => {
      expect(parseCondition(text)).toEqual({ kind: "shape" });
    },
  );

  test("of a metric that there is not", () => {
    expect(parseCondition("unanswerdPercent > 1")).toEqual({
      kind: "metric",
      name: "unanswerdPercent",
      nearest: "unansweredPercent",
    });
  });
});

const rows = [
  { group: "run.pcap", name: "A", values: { requests: 10, delayMs: 3 } },
  { group: "run.pcap", name: "B <&> \u001b", values: { requests: 11, delayMs: null } },
];

/** Which rows fail, by the sign, where A has 10 and B 11 requests. */
const HOLDING: readonly (readonly [string, readonly string[]])[] = [
  ["requests > 10", ["B <&> \u001b"]],
  ["requests >= 10", ["A", "B <&> \u001b"]],
  ["requests < 11", ["A"]],
  ["requests <= 9", []],
  ["requests == 11", ["B <&> \u001b"]],
  ["requests != 11", ["A"]],
  ["delayMs > 1", ["A"]],
  ["delayMs != 3", []],
];

test.each(HOLDING)("%s", (text, failing) => {
  const condition = parseCondition(text);
  if ("kind" in condition) throw new Error(text);
  const failed = judge([condition], rows).filter(({ hasFailed }) => hasFailed);
  expect(failed.map(({ row }) => row.name)).toEqual(failing);
});

test("as JUnit XML: failed, passed, not measured, and measured nowhere", () => {
  const conditions = ["requests > 10", "delayMs > 5", "rttP50Ms > 1"].map((text) => {
    const condition = parseCondition(text);
    if ("kind" in condition) throw new Error(text);
    return condition;
  });
  const judgements = judge(conditions, rows);
  expect(unjudged(conditions, judgements).map(({ metric }) => metric)).toEqual(["rttP50Ms"]);
  expect(renderJunit(conditions, judgements, "en")).toBe(`<testsuites name="lbqos">
<testsuite name="requests &gt; 10" tests="2" failures="1" errors="0" skipped="0">
<testcase classname="run.pcap" name="A"/>
<testcase classname="run.pcap" name="B &lt;&amp;&gt; \\x1b">
<failure message="requests = 11"/>
</testcase>
</testsuite>
<testsuite name="delayMs &gt; 5" tests="2" failures="0" errors="0" skipped="1">
<testcase classname="run.pcap" name="A"/>
<testcase classname="run.pcap" name="B &lt;&amp;&gt; \\x1b">
<skipped message="not measured"/>
</testcase>
</testsuite>
<testsuite name="rttP50Ms &gt; 1" tests="1" failures="1" errors="0" skipped="0">
<testcase classname="lbqos" name="rttP50Ms">
<failure message="not measured"/>
</testcase>
</testsuite>
</testsuites>
`);
});
