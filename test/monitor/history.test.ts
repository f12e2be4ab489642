import fc from "fast-check";
import { expect, test } from "vitest";
import { History, MAX_POINTS } from "../../src/monitor/history.ts";

function historyOf(times: readonly number[]): History {
  const history = new History();
  for (const atSeconds of times) history.add({ atSeconds, pairs: {} });
  return history;
}

const timesOf = (history: History) => history.points().map(({ atSeconds }) => atSeconds);

test.each([
  ["one a second", [0, 1, 2, 3], [0, 1, 2, 3]],
  ["the later of a second", [0.2, 1.1, 1.6, 2], [0.2, 1.6, 2]],
  ["gaps", [0, 7, 90], [0, 7, 90]],
  ["a clock that was set back", [0, 1, 2, 3, 1.5, 2.5], [0, 1.5, 2.5]],
  ["a clock that was set back before the start", [5, 6, 2], [2]],
])("keeps %s", (_, times, kept) => {
  expect(timesOf(historyOf(times))).toEqual(kept);
});

test("forgets the oldest beyond ten minutes", () => {
  const times = timesOf(historyOf(Array.from({ length: MAX_POINTS + 25 }, (_, second) => second)));
  expect(times).toHaveLength(600);
  expect([times[0], times.at(-1)]).toEqual([25, 624]);
});

test("is bounded, ends with the present and ascends, whatever the clock does", () => {
  const times = fc.array(fc.double({ min: 0, max: 2000, noNaN: true }), { minLength: 1, maxLength: 2000 });
  fc.assert(
    fc.property(times, (all) => {
      const kept = timesOf(historyOf(all));
      expect(kept.length).toBeLessThanOrEqual(MAX_POINTS);
      expect(kept.at(-1)).toBe(all.at(-1));
      expect(new Set(kept.map(Math.floor)).size).toBe(kept.length);
      expect(kept).toEqual([...kept].sort((a, b) => a - b));
    }),
    { numRuns: 200 },
  );
});
