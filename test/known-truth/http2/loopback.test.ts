/** What node:http2 says of its own requests is what lbqos says, by both ways to run the engine, whatever befalls the capture. */
import { beforeAll, describe, expect, test } from "vitest";
import { analyze } from "../../../src/analysis/analyze.ts";
import { plainEngine } from "../../../src/analysis/plain.ts";
import type { ExchangeRow } from "../../../src/metrics/exchanges/exchange-row.ts";
import type { DraftCapture } from "../../faults/draft-capture.ts";
import { type LoggedRequest, loopbackCapture } from "./loopback.ts";

const MUTATIONS = 60;

let capture: DraftCapture;
let log: LoggedRequest[];
beforeAll(async () => {
  const made = await loopbackCapture();
  capture = made.capture;
  log = made.log;
}, 120_000);

/** The exchanges and figures, by the compiled engine and by the plain one. */
async function both() {
  const runs = [];
  for (const engine of [{}, { engine: plainEngine }]) {
    const rows: ExchangeRow[] = [];
    const run = await analyze(capture.file(), {
      ...engine,
      chartData: true,
      onExchange: (row) => rows.push(row),
    });
    runs.push({ rows, run });
  }
  return runs;
}

/** 0 … 1, the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("node:http2 on the loopback", () => {
  test("every request, with its status and the size of its answer", async () => {
    const [compiled, plain] = await both();
    const found = compiled?.rows.map(({ method, target, status }) => `${method} ${target} ${status}`).sort();
    expect(found).toEqual(log.map(({ method, target, status }) => `${method} ${target} ${status}`).sort());
    expect(compiled?.rows.every(({ state }) => state === "complete")).toBe(true);
    for (const { target, bytes } of log) {
      const row = compiled?.rows.find((one) => one.target === target);
      // Frames have headers: nine octets each, and the response's own.
      expect(row?.responseBytes).toBeGreaterThanOrEqual(bytes + 9);
    }
    expect(compiled?.rows.filter(({ interimResponses }) => interimResponses > 0)).toHaveLength(2);
    expect(plain).toEqual(compiled);
    expect(compiled?.run.pairs[0]?.http2?.requests).toBe(log.length);
  });

  test("frames that are missing, repeated or damaged", async () => {
    const frames = [...capture.frames];
    for (let seed = 1; seed <= MUTATIONS; seed++) {
      const random = randomNumbers(seed);
      const mutated = frames.flatMap((frame, index) => {
        const draw = random();
        if (index < 3 || draw > 0.1) return [frame];
        if (draw < 0.04) return [];
        if (draw < 0.06) return [frame, frame];
        const bytes = Buffer.from(frame.bytes);
        for (let change = 0; change < 3; change++)
          if (bytes.length > 60)
            bytes[54 + Math.floor(random() * (bytes.length - 54))] = Math.floor(random() * 256);
        return [{ ...frame, bytes }];
      });
      capture.frames.splice(0, capture.frames.length, ...(seed % 5 === 0 ? mutated.slice(20) : mutated));
      const [compiled, plain] = await both();
      expect(plain, `mutation ${seed}`).toEqual(compiled);
    }
    capture.frames.splice(0, capture.frames.length, ...frames);
  }, 300_000);
});
