/** What the analyst answers, and when. */
import { MessageChannel } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import type { FromAnalyst, Moment, ToAnalyst } from "../../src/live/analyst-messages.ts";
import { RecordCutter } from "../../src/live/record-cutter.ts";
import { serveAnalysis } from "../../src/live/serve-analysis.ts";
import { fixture, PAIRS } from "./synthetic-engine.ts";

const CHUNKS = new RecordCutter("fixture").push(fixture("keepalive-rr"));
const AT: Moment = { nowNs: 0n, recorderDrops: null };
const BEGIN: ToAnalyst = { kind: "begin", order: { options: PAIRS, requests: null } };

/** All answers to messages that arrive together. */
async function answers(...messages: readonly ToAnalyst[]): Promise<FromAnalyst[]> {
  const { port1, port2 } = new MessageChannel();
  serveAnalysis(port2);
  const said: FromAnalyst[] = [];
  await new Promise<void>((resolve) => {
    port1.on("message", (message: FromAnalyst) => {
      said.push(message);
      if (message.kind === "done" || message.kind === "failed") resolve();
    });
    for (const message of messages) port1.postMessage(message);
  });
  port1.close();
  return said;
}

const records = (bytes: Uint8Array): ToAnalyst => ({ kind: "records", bytes: Uint8Array.from(bytes) });

describe("the analyst", () => {
  test("knows in a snapshot all that came before it, and nothing of what came after", async () => {
    const messages = CHUNKS.flatMap(({ bytes }): ToAnalyst[] => [
      records(bytes),
      { kind: "snapshot", at: AT },
    ]);
    const said = await answers(BEGIN, { kind: "snapshot", at: AT }, ...messages, { kind: "end", at: AT });
    const packets = said.flatMap((answer) => ("metrics" in answer ? [answer.metrics.capture.packets] : []));
    let sum = 0;
    const sums = CHUNKS.map(({ frames }) => {
      sum += frames;
      return sum;
    });
    expect(CHUNKS.length).toBeGreaterThan(1);
    expect(packets).toEqual([0, ...sums, sum]);
    expect(said.filter(({ kind }) => kind === "taken").length).toBe(CHUNKS.length);
  });

  test("judges the present by the clock that it is told", async () => {
    const [first] = CHUNKS;
    const start = (await analyze(fixture("keepalive-rr"))).capture.start ?? "";
    const startNs = BigInt(Date.parse(start)) * 1_000_000n;
    const hourLater = { nowNs: startNs + 3_600_000_000_000n, recorderDrops: null };
    const now = { nowNs: startNs + 500_000_000n, recorderDrops: null };
    const said = await answers(
      BEGIN,
      records(first?.bytes ?? new Uint8Array()),
      { kind: "snapshot", at: now },
      { kind: "snapshot", at: hourLater },
      { kind: "end", at: AT },
    );
    const rates = said.flatMap((answer) =>
      answer.kind === "snapshot" ? [answer.metrics.pairs[0]?.live?.recent.requestsPerSecond] : [],
    );
    expect(rates[0]).toBeGreaterThan(0);
    expect(rates[1]).toBe(0);
  });

  test("without records has nothing to say but that", async () => {
    const said = await answers(BEGIN, { kind: "end", at: AT });
    expect(said).toMatchObject([{ kind: "done", metrics: { capture: { packets: 0, start: null } } }]);
  });

  test("tells what it can't read", async () => {
    const said = await answers(BEGIN, records(Buffer.from("this is no capture at all, is it?")), {
      kind: "end",
      at: AT,
    });
    expect(said.find(({ kind }) => kind === "failed")).toMatchObject({
      what: expect.stringContaining("is not a capture"),
    });
  });
});
