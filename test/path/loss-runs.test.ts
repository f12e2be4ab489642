/** Losses as runs: the same whether a loss was noted in its place or found to be first later. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { LossRuns } from "../../src/path/loss-runs.ts";
import { measurePath } from "../../src/path/measure-path.ts";
import { capturesOf, steadyTraffic } from "./two-taps.ts";

function runsOf(losses: readonly boolean[]): LossRuns {
  const runs = new LossRuns();
  for (const isLost of losses) isLost ? runs.lost() : runs.received();
  return runs;
}

test("losses before the other tap's first frame are a burst at the begin", async () => {
  // The first three packets there, and the 21st.
  const packets = steadyTraffic(60, (packet, index) =>
    [0, 2, 4, 40].includes(index) ? { ...packet, delaysNs: [] } : packet,
  ).filter((_, index) => index > 4 || index % 2 === 0);
  const { forward } = await measurePath(...capturesOf(packets));
  expect(forward.lossRuns).toEqual({
    bursts: 2,
    meanBurst: 2,
    longestBurst: 3,
    meanGap: 17,
    shortestGap: 17,
    // 56 received, 55 of them with a packet after them: one of these was lost. Each burst was followed by a received one.
    gilbert: { lossAfterReceived: 1 / 55, receivedAfterLoss: 2 / 4 },
  });
});

test("what was lost first can be said last", () => {
  fc.assert(
    fc.property(fc.nat({ max: 5 }), fc.array(fc.boolean(), { maxLength: 12 }), (first, losses) => {
      const late = runsOf(losses);
      late.lostFirst(first);
      const early = runsOf([...Array<boolean>(first).fill(true), ...losses]);
      expect(late.metrics).toEqual(early.metrics);
      late.lost();
      early.lost();
      late.received();
      early.received();
      expect(late.metrics).toEqual(early.metrics);
    }),
    { numRuns: 500, seed: 11 },
  );
});

test("Gilbert's model counts what follows what", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 2, maxLength: 20 }), (losses) => {
      const pairs = losses.slice(1).map((next, index) => [losses[index], next] as const);
      const share = (from: boolean, to: boolean): number | null => {
        const cases = pairs.filter(([before]) => before === from);
        return cases.length === 0 ? null : cases.filter(([, next]) => next === to).length / cases.length;
      };
      expect(runsOf(losses).metrics.gilbert).toEqual({
        lossAfterReceived: share(false, true),
        receivedAfterLoss: share(true, false),
      });
    }),
    { numRuns: 300, seed: 12 },
  );
});
