/** What is let go is used again: memory does not grow with a capture. */
import { expect, test, vi } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { Program } from "../../src/analysis/program.ts";
import { DraftCapture, get } from "../faults/draft-capture.ts";

const CONNECTIONS = 50;

/** Requests on kept connections, in a capture of one direction: each leaves its record behind. */
function oneDirection(requests: number): Buffer {
  const capture = new DraftCapture();
  const conversations = Array.from({ length: CONNECTIONS }, (_, index) =>
    capture.conversation({ address: "10.0.0.1", port: 20_000 + index }, { address: "10.0.0.2", port: 80 }),
  );
  for (const conversation of conversations) conversation.openBefore();
  for (let round = 0; round < requests; round++) {
    for (const conversation of conversations) conversation.send("client", round, { data: get() });
  }
  return capture.file();
}

/** The largest memory of a program during the analysis. */
async function peakBytes(file: Buffer): Promise<number> {
  let peak = 0;
  const collect = Program.prototype.collect;
  const spy = vi.spyOn(Program.prototype, "collect").mockImplementation(function (
    this: InstanceType<typeof Program>,
    passedBytes,
  ) {
    peak = Math.max(peak, this.exports.memory.buffer.byteLength);
    collect.call(this, passedBytes);
  });
  await analyze(file);
  spy.mockRestore();
  return peak;
}

test("400,000 requests without answers leave 100 MB of garbage, which is used again", async () => {
  expect(await peakBytes(oneDirection(8_000))).toBeLessThan(64 * 2 ** 20);
}, 120_000);
