import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { auditExperiment, auditTable } from "../../../src/experiment/audit/audit.ts";
import type { AuditFinding } from "../../../src/experiment/audit/audit-finding.ts";
import { ROUNDING_JITTER } from "../../../src/experiment/audit/jitter-audit.ts";
import { parseRequestsTable } from "../../../src/experiment/tables/requests-table.ts";
import { parseResultsTable } from "../../../src/experiment/tables/results-table.ts";
import {
  experimentOf,
  publishedExperiment,
  publishedMeans,
  publishedRequests,
  publishedRuns,
} from "../experiment-builder.ts";

function lines(findings: readonly AuditFinding[], code: AuditFinding["code"]): string[] {
  return findings.filter((one) => one.code === code).flatMap((one) => one.rows.map((row) => row.label));
}

/** Rows of a table with one method and backend, `throughput,loss,delay,jitter` each. */
function tableOf(...rows: string[]) {
  const header = "method,backend,run,throughput_mbps,packet_loss_percent,delay_ms,jitter_ms";
  return parseResultsTable(
    [header, ...rows.map((row, index) => `rr,A,${index + 1},${row}`)].join("\n"),
    "t.csv",
  );
}

describe("the published table", () => {
  const findings = auditTable(publishedRuns, { means: [publishedMeans], requests: [publishedRequests] });

  test("exactly the 26 rows whose throughput and delay can't come from one run", () => {
    expect(lines(findings, "frame-size")).toEqual([
      "direct, Flask A, run 4",
      ...[9, 10].map((run) => `direct, Flask B, run ${run}`),
      ...[2, 3, 4, 5, 6, 7].map((run) => `round-robin, Flask C, run ${run}`),
      "least-connection, Flask B, run 6",
      ...[2, 3, 4, 5, 6, 7, 8, 9].map((run) => `least-connection, Flask C, run ${run}`),
      ...[2, 3, 5, 6, 7, 8, 9, 10].map((run) => `ip-hash, Flask C, run ${run}`),
    ]);
    expect(lines(findings, "frame-size")).toHaveLength(26);
  });

  test("each with the numbers, in both languages", () => {
    const [finding] = findings.filter((one) =>
      one.rows.some((row) => row.label === "least-connection, Flask B, run 6"),
    );
    expect(finding?.text).toEqual({
      en: "least-connection, Flask B, run 6: throughput × delay = 0.000131 Mbps × 8.991598 ms = 1.178 bit, but one request frame is 1176 bit in most rows of the method (-99.9 %), a factor of 1000, so a wrong unit: the two values can't come from one run",
      id: "least-connection, Flask B, run 6: throughput × delay = 0,000131 Mbps × 8,991598 ms = 1,178 bit, padahal satu frame request berukuran 1176 bit pada sebagian besar baris metode itu (-99,9 %), selisih 1000 kali, berarti satuannya keliru: kedua nilai tidak mungkin berasal dari satu run",
    });
    expect(finding?.rows[0]?.line).toBe(77);
  });

  test("jitters below what rounding to microseconds makes", () => {
    expect(lines(findings, "jitter-too-small")).toEqual([
      "direct, Flask A, run 3",
      "direct, Flask B, run 3",
      "direct, Flask B, run 6",
      "direct, Flask B, run 7",
      "direct, Flask C, run 3",
      "direct, Flask C, run 9",
      "ip-hash, Flask C, run 6",
    ]);
  });

  test("why: in six blocks the delay column has slipped by one row", () => {
    const shifts = findings.filter((one) => one.code === "shifted-column");
    expect(shifts.map((one) => `${one.rows[0]?.label} … ${one.rows.at(-1)?.label}`)).toEqual([
      "direct, Flask A, run 3 … direct, Flask A, run 4",
      "direct, Flask B, run 7 … direct, Flask B, run 10",
      "direct, Flask C, run 5 … direct, Flask C, run 6",
      "round-robin, Flask C, run 2 … round-robin, Flask C, run 10",
      "least-connection, Flask C, run 2 … least-connection, Flask C, run 9",
      "ip-hash, Flask C, run 2 … ip-hash, Flask C, run 10",
    ]);
    expect(shifts[3]?.text.en).toContain(
      "9 of 9 products are then within 2 % of 1175 bit, but only 2 as printed",
    );
  });

  test("its means follow from its rows, its requests add up, no row is there twice", () => {
    const codes = new Set(findings.map((one) => one.code));
    expect(codes).toEqual(new Set(["frame-size", "shifted-column", "jitter-too-small", "loss-maybe-count"]));
  });

  test("the same through the experiment", () => {
    expect(lines(auditExperiment(publishedExperiment), "frame-size")).toHaveLength(26);
  });
});

describe("throughput × delay", () => {
  test("consistent rows pass, whatever the network did; the tolerance is 15 % of the typical frame", () => {
    // 1200 bits; 1380 is 15 % above, 1381 is more.
    const findings = auditTable(
      tableOf("0.4,0,3,1", "0.1,0,12,8", "0.3,0,4,2", "0.3,0,4.6,2", "0.3,0,4.604,2"),
    );
    expect(lines(findings, "frame-size")).toEqual(["rr, A, run 5"]);
  });

  test("rows that agree on nothing are told as such", () => {
    const findings = auditTable(tableOf("0.4,0,3,1", "0.4,0,6,1", "0.4,0,9,1", "0.4,0,20,1"));
    expect(findings.map((one) => one.code)).toContain("no-common-frame-size");
  });

  test("the order of the rows does not matter", () => {
    const rows = publishedRuns.rows;
    const found = new Set(lines(auditTable(publishedRuns), "frame-size"));
    fc.assert(
      fc.property(fc.shuffledSubarray([...rows], { minLength: rows.length }), (shuffled) => {
        const again = lines(auditTable({ ...publishedRuns, rows: shuffled }), "frame-size");
        expect(new Set(again)).toEqual(found);
      }),
      { numRuns: 10 },
    );
  });
});

describe("jitter", () => {
  test("7/12 of a unit is what rounding makes of even intervals", () => {
    // Rounding error of each stamp, uniform and independent, from a fixed generator.
    let state = 1;
    const errors = Array.from({ length: 200_000 }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return state / 0x80000000;
    });
    let sum = 0;
    for (let i = 2; i < errors.length; i++) {
      sum += Math.abs((errors[i] ?? 0) - 2 * (errors[i - 1] ?? 0) + (errors[i - 2] ?? 0));
    }
    expect(sum / (errors.length - 2)).toBeCloseTo(ROUNDING_JITTER, 2);
  });

  test("what print may have rounded down is not held against a row", () => {
    const findings = auditTable(tableOf("0.4,0,3,0.00", "0.4,0,3,0.000", "0.4,0,3,0.0006"));
    expect(lines(findings, "jitter-too-small")).toEqual(["rr, A, run 2"]);
  });

  test("finer stamps allow finer jitter", () => {
    expect(
      lines(auditTable(tableOf("0.4,0,3,0.000100"), { stampResolutionMs: 1e-6 }), "jitter-too-small"),
    ).toEqual([]);
  });

  test("a negative one is the signed form", () => {
    const [finding] = auditTable(tableOf("0.4,0,3,-0.00054"));
    expect(finding).toMatchObject({ code: "jitter-negative", severity: "impossible" });
  });
});

describe("means", () => {
  const withMean = (mean: string) => {
    const rows = ["rr,A,1,1.234567", "rr,A,2,2.345678", "rr,A,3,3.4567"];
    return parseResultsTable(
      ["method,backend,run,delay_ms", ...rows, `rr,A,mean,${mean}`].join("\n"),
      "t.csv",
    );
  };
  // (1.234567 + 2.345678 + 3.456700) / 3 = 2.345648333…
  test.each([
    ["2.345648", []],
    ["2.346", []],
    ["2.3", []],
    ["2.345650", ["rr, A, mean"]],
    ["2.355648", ["rr, A, mean"]],
    ["2.4", ["rr, A, mean"]],
  ])("%s", (mean, expected) => {
    expect(lines(auditTable(withMean(mean)), "mean-not-from-rows")).toEqual(expected);
  });

  test("a mean printed wrong by one digit in the study's table is found", () => {
    const wrong = publishedMeans.means.map((mean) =>
      mean.method === "round-robin" && mean.backend === "Flask A"
        ? {
            ...mean,
            values: { ...mean.values, delayMs: 7.362257 },
            printed: { ...mean.printed, delayMs: "7.362257" },
          }
        : mean,
    );
    const findings = auditTable(publishedRuns, { means: [{ ...publishedMeans, means: wrong }] });
    const [finding] = findings.filter((one) => one.code === "mean-not-from-rows");
    expect(finding?.text.en).toBe(
      "round-robin, Flask A, mean: Delay is printed as 7.362257, but the mean of its 10 rows is 7.3622473",
    );
  });

  test("a mean without rows", () => {
    const text = "method,backend,run,delay_ms\nrr,A,1,1\nrr,B,mean,1\n";
    expect(lines(auditTable(parseResultsTable(text, "t.csv")), "mean-without-rows")).toEqual(["rr, B, mean"]);
  });
});

describe("requests", () => {
  const audit = (row: string) => {
    const requests = parseRequestsTable(`run,sent,a,b,total\n${row}\n`, "r.csv");
    return auditTable(tableOf("0.4,0,3,1"), { requests: [requests] }).map((one) => one.text.en);
  };
  test.each([
    ["1,100,50,50,100", []],
    ["1,-,50,50,-", []],
    ["1,100,50,-,100", []],
    ["1,-,50,49,100", ["run 1: the backends' requests add up to 50 + 49 = 99, but the printed total is 100"]],
  ])("%s", (row, expected) => {
    expect(audit(row)).toEqual(expected);
  });

  test("more or fewer than were sent", () => {
    expect(audit("1,100,51,50,101")[0]).toMatch(
      /^run 1: the backends received 101 requests of 100 sent; a balancer that retries/,
    );
    expect(audit("1,100,49,50,99")[0]).toMatch(
      /^run 1: the backends received 99 requests of 100 sent: 1 failed/,
    );
  });
});

describe("rows and percentages", () => {
  test("equal in every digit, in two runs", () => {
    const findings = auditTable(tableOf("0.4,0,3.1234,1.5", "0.39,0,3.2,1.4", "0.4,0,3.1234,1.5"));
    expect(lines(findings, "equal-rows")).toEqual(["rr, A, run 1", "rr, A, run 3"]);
  });

  test("idle rows and round figures repeat for good reasons", () => {
    const findings = auditTable(tableOf("0,0,-,-", "0,0,-,-", "1,0,1,1", "1,0,1,1"));
    expect(lines(findings, "equal-rows")).toEqual([]);
  });

  test("one run with two rows", () => {
    const text = "method,backend,run,delay_ms\nrr,A,1,1.1\nrr,A,1,1.2\n";
    const [finding] = auditTable(parseResultsTable(text, "t.csv"));
    expect(finding).toMatchObject({ code: "repeated-row", rows: [{ line: 2 }, { line: 3 }] });
  });

  test.each([
    ["3.0", 1000, []],
    ["0.3", 333, []],
    // 2 of 335 lost, in percent: 0.597…
    ["0.6", 333, []],
    ["5.25", 10, ["rr, A, run 1"]],
    ["0.1", 333, ["rr, A, run 1"]],
    // 1 / (1 + 19) = 5 %
    ["5.00", 19, []],
  ])("a loss of %s %% of %i packets", (loss, requests, expected) => {
    const text = `method,backend,run,packet_loss_percent,requests\nrr,A,1,${loss},${requests}\n`;
    expect(lines(auditTable(parseResultsTable(text, "t.csv")), "loss-no-fraction")).toEqual(expected);
  });

  test("every loss that is a fraction passes, printed with any number of digits", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.nat(),
        fc.integer({ min: 0, max: 6 }),
        fc.boolean(),
        (n, some, digits, ofSent) => {
          const lost = some % (n + 1);
          const percent = (100 * lost) / (ofSent ? n : n + lost);
          const text = `method,backend,run,packet_loss_percent,requests\nrr,A,1,${percent.toFixed(digits)},${n}\n`;
          expect(lines(auditTable(parseResultsTable(text, "t.csv")), "loss-no-fraction")).toEqual([]);
        },
      ),
    );
  });

  test("outside the range", () => {
    const findings = auditTable(tableOf("-0.4,0,3,1", "0.4,101,3,1"));
    expect(lines(findings, "out-of-range")).toEqual(["rr, A, run 1", "rr, A, run 2"]);
  });
});

describe("an experiment of captures", () => {
  const manifest = "methods: [{ name: rr }]\nload: { requests: 200 }\n";
  const run = (a: number, b: number) => ({
    pairs: [
      { name: "A", destination: "10.0.0.2", requests: a },
      { name: "B", destination: "10.0.0.3", requests: b },
    ],
  });

  test("requests against what was sent, and copies", () => {
    const experiment = experimentOf(manifest, { rr: [run(100, 100), run(100, 99), run(100, 101)] });
    const copied = {
      ...experiment,
      runs: experiment.runs.map((one) => ({
        ...one,
        contentHash: one.run === 3 ? "x" : `${one.run === 1 ? "x" : "y"}`,
      })),
    };
    const findings = auditExperiment(copied);
    expect(findings.map((one) => [one.code, one.rows.map((row) => row.label).join(" + ")])).toEqual([
      ["same-capture-twice", "rr, run 1 + rr, run 3"],
      ["fewer-requests-than-sent", "rr, run 2"],
      ["more-requests-than-sent", "rr, run 3"],
    ]);
  });
});
