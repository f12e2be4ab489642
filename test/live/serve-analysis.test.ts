/** What the analyst answers, and when. */
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import type { AnalystCalls, AnalystEvent, Moment } from "../../src/live/analyst-calls.ts";
import { RecordCutter } from "../../src/live/record-cutter.ts";
import { serveAnalysis } from "../../src/live/serve-analysis.ts";
import type { Channel } from "../../src/threads/channel.ts";
import { serveHere } from "../../src/threads/start-thread.ts";
import { fixture, PAIRS } from "./synthetic-engine.ts";

const CHUNKS = new RecordCutter("fixture").push(fixture("keepalive-rr"));
const AT: Moment = { nowNs: 0n, recorderDrops: null };

/** An analyst that has begun. */
async function analyst(requests: number | null = null, onEvent: (event: AnalystEvent) => void = () => {}) {
  const channel: Channel<AnalystCalls> = serveHere(serveAnalysis, onEvent);
  const begun = channel.call("begin", { options: PAIRS, requests });
  await begun;
  return channel;
}

describe("the analyst", () => {
  test("knows in a snapshot all that came before it, and nothing of what came after", async () => {
    const { call, close } = await analyst();
    // All calls arrive together.
    const snapshots = [call("snapshot", AT)];
    for (const { bytes } of CHUNKS) {
      call("records", Uint8Array.from(bytes));
      snapshots.push(call("snapshot", AT));
    }
    const metrics = await Promise.all([...snapshots, call("end", AT)]);
    let sum = 0;
    const sums = CHUNKS.map(({ frames }) => {
      sum += frames;
      return sum;
    });
    expect(CHUNKS.length).toBeGreaterThan(1);
    expect(metrics.map(({ capture }) => capture.packets)).toEqual([0, ...sums, sum]);
    await close();
  });

  test("gives back the memory of records when they are analyzed", async () => {
    const { call, close } = await analyst();
    const bytes = Uint8Array.from(CHUNKS[0]?.bytes ?? []);
    const { byteLength } = bytes.buffer;
    const memory = await call("records", bytes, [bytes.buffer]);
    expect([bytes.length, memory.byteLength]).toEqual([0, byteLength]);
    await close();
  });

  test("judges the present by the clock that it is told", async () => {
    const { call, close } = await analyst();
    const [first] = CHUNKS;
    const start = (await analyze(fixture("keepalive-rr"))).capture.start ?? "";
    const startNs = BigInt(Date.parse(start)) * 1_000_000n;
    await call("records", Uint8Array.from(first?.bytes ?? []));
    const rateAt = async (nowNs: bigint) =>
      (await call("snapshot", { nowNs, recorderDrops: null })).pairs[0]?.live?.recent.requestsPerSecond;
    expect(await rateAt(startNs + 500_000_000n)).toBeGreaterThan(0);
    expect(await rateAt(startNs + 3_600_000_000_000n)).toBe(0);
    await close();
  });

  test("tells once that as many requests as ordered ended", async () => {
    const events: AnalystEvent[] = [];
    const { call, close } = await analyst(10, (event) => events.push(event));
    for (const { bytes } of CHUNKS) call("records", Uint8Array.from(bytes));
    await call("end", AT);
    expect(events).toEqual(["requests"]);
    await close();
  });

  test("without records has nothing to say but that", async () => {
    const { call, close } = await analyst();
    expect(await call("end", AT)).toMatchObject({ capture: { packets: 0, start: null } });
    await close();
  });

  test("tells what it can't read, and reads no more", async () => {
    const { call, close } = await analyst();
    const text = Buffer.from("this is no capture at all, is it?");
    const answers = [
      call("records", Uint8Array.from(text)),
      call("records", new Uint8Array(1)),
      call("end", AT),
    ];
    for (const { status, reason } of (await Promise.allSettled(answers)).slice(
      1,
    ) as PromiseRejectedResult[]) {
      expect(status).toBe("rejected");
      expect(reason).toMatchObject({ name: "Failure", message: expect.stringContaining("is not a capture") });
    }
    await close();
  });
});
