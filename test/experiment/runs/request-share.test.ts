import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jainIndex, judgeBehaviour, type ObservedRun } from "../../../src/experiment/runs/request-share.ts";

describe("Jain's fairness index", () => {
  test.each([
    [[10, 10, 10], 1],
    [[30, 0, 0], 1 / 3],
    // (1 + 3)² / (2 · (1 + 9)) = 0.8
    [[1, 3], 0.8],
    [[0, 0], null],
  ])("of %j is %d", (requests, expected) => {
    if (expected === null) expect(jainIndex(requests)).toBeNull();
    else expect(jainIndex(requests)).toBeCloseTo(expected, 14);
  });

  test("a split by the weights is fair", () => {
    expect(jainIndex([200, 100], [2, 1])).toBeCloseTo(1, 14);
  });

  test("between 1/n and 1, and unmoved by scale", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1000), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        (counts, factor) => {
          const index = jainIndex(counts);
          if (index === null) return;
          expect(index).toBeGreaterThanOrEqual(1 / counts.length - 1e-12);
          expect(index).toBeLessThanOrEqual(1 + 1e-12);
          expect(jainIndex(counts.map((count) => count * factor))).toBeCloseTo(index, 12);
        },
      ),
    );
  });
});

describe("did the method behave as named?", () => {
  const names = ["A", "B", "C"];
  const even = [1, 1, 1];
  const runs = (...counts: (number | null)[][]): ObservedRun[] =>
    counts.map((requests, index) => ({ run: index + 1, requests, clients: [] }));
  const from = (clients: string[], list: ObservedRun[]) => list.map((run) => ({ ...run, clients }));

  test("round-robin: counts within one of each other", () => {
    expect(judgeBehaviour("round-robin", names, even, runs([333, 333, 334], [10, 10, 10])).verdict).toBe(
      "as-named",
    );
  });

  test("round-robin by several processes: far more even than chance", () => {
    const { verdict, text } = judgeBehaviour(
      "round-robin",
      names,
      even,
      runs([333, 332, 335], [333, 334, 333]),
    );
    expect(verdict).toBe("nearly");
    expect(judgeBehaviour("round-robin", names, even, runs([332, 334, 334])).verdict).toBe("nearly");
    expect(text.en).toMatch(/^rotates nearly: 1 of 2 runs are in step, .* \(counts differ by at most 3\)$/);
  });

  test("what chance alone would give is no rotation", () => {
    // Pearson's statistic is 0.152; chance is at most that in 7 of 100 draws.
    expect(judgeBehaviour("round-robin", names, even, runs([328, 338, 334])).verdict).toBe("not-as-named");
    expect(judgeBehaviour("round-robin", names, even, runs([320, 350, 330])).verdict).toBe("not-as-named");
    expect(judgeBehaviour("round-robin", names, even, runs([1000, 0, 0])).verdict).toBe("not-as-named");
  });

  test("weighted rotation", () => {
    expect(judgeBehaviour("round-robin", names, [2, 1, 1], runs([500, 250, 250])).verdict).toBe("as-named");
    expect(judgeBehaviour("round-robin", names, [2, 1, 1], runs([334, 333, 333])).verdict).toBe(
      "not-as-named",
    );
  });

  test("ip-hash with one client keeps to one backend", () => {
    expect(judgeBehaviour("ip-hash", names, even, runs([0, 0, 1000], [0, 0, 990]))).toMatchObject({
      verdict: "as-named",
      text: { en: expect.stringContaining("every request of every run went to C") },
    });
  });

  test("ip-hash: one client on two backends contradicts the name, within a run and across runs", () => {
    const client = ["10.0.0.9"];
    expect(judgeBehaviour("ip-hash", names, even, from(client, runs([500, 0, 500]))).verdict).toBe(
      "not-as-named",
    );
    expect(judgeBehaviour("ip-hash", names, even, from(client, runs([0, 0, 9], [9, 0, 0]))).verdict).toBe(
      "not-as-named",
    );
    expect(judgeBehaviour("ip-hash", names, even, runs([500, 0, 500])).verdict).toBe("not-checkable");
    expect(
      judgeBehaviour("ip-hash", names, even, from(["10.0.0.9", "10.1.0.9"], runs([5, 0, 5]))).verdict,
    ).toBe("not-checkable");
  });

  test.each(["least-connection", "random", "other"] as const)(
    "%s makes no promise that counts could break",
    (algorithm) => {
      expect(judgeBehaviour(algorithm, names, even, runs([1, 2, 3])).verdict).toBe("not-checkable");
    },
  );

  test("without the counts of every backend nothing is judged", () => {
    expect(judgeBehaviour("round-robin", names, even, runs([1, null, 3])).verdict).toBe("not-checkable");
    expect(judgeBehaviour("round-robin", ["A"], [1], runs([10])).verdict).toBe("not-checkable");
  });
});
