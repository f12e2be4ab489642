/** Pairs of captures that were spoilt: each is measured without a false match, or refused in one line. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import { measurePath } from "../../src/path/measure-path.ts";
import { capturesOf, steadyTraffic } from "./two-taps.ts";

const COUNT = 60;
const [FIRST, SECOND] = capturesOf(steadyTraffic(COUNT));
/** Beyond pcap's file header, which says what the file is. */
const HEADER_LENGTH = 24;
const RUNS = 150;

type Mutation =
  | { readonly kind: "byte"; readonly at: number; readonly value: number }
  | { readonly kind: "cut"; readonly at: number }
  | { readonly kind: "repeat"; readonly at: number; readonly length: number };

const place = fc.nat({ max: SECOND.length - HEADER_LENGTH - 1 }).map((at) => at + HEADER_LENGTH);
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("byte" as const), at: place, value: fc.nat(255) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cut" as const), at: place }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("repeat" as const), at: place, length: fc.nat(400) }),
  },
);

function spoilt(capture: Buffer, mutations: readonly Mutation[]): Buffer {
  let bytes = Buffer.from(capture);
  for (const one of mutations) {
    if (one.kind === "byte") bytes[Math.min(one.at, bytes.length - 1)] = one.value;
    else if (one.kind === "cut") bytes = bytes.subarray(0, one.at);
    else bytes = Buffer.concat([bytes.subarray(0, one.at), bytes.subarray(Math.max(0, one.at - one.length))]);
  }
  return bytes;
}

test("spoilt captures make no false match, and no error of more than one line", async () => {
  let measured = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(mutation, { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      async (mutations, isFirst) => {
        const pair = isFirst
          ? ([spoilt(FIRST, mutations), SECOND] as const)
          : ([FIRST, spoilt(SECOND, mutations)] as const);
        try {
          const { forward, backward } = await measurePath(...pair, { synchronousClocks: true });
          measured++;
          for (const { sent, received, lost, delayMs } of [forward, backward]) {
            expect(received + lost).toBe(sent);
            expect(received).toBeLessThanOrEqual(COUNT);
            // A byte of a time changes a delay; none can be longer than what is looked for.
            expect(Math.abs(delayMs?.max ?? 0)).toBeLessThanOrEqual(2000);
          }
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          expect(error.message).not.toContain("\n");
        }
      },
    ),
    { numRuns: RUNS, seed: 23 },
  );
  // Most are spoilt a little only.
  expect(measured).toBeGreaterThan(RUNS / 3);
}, 30_000);
