/**
 * A backend that hangs for 20 s at 1,000 requests/s, as a run under way shows it: DOWN and UP again within 5 s. The analysis is
 * looked at every 100 ms of captured time; live itself looks every second, which leaves 4 s. Then once in real time.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { DraftCapture, type DraftedConversation, get } from "../faults/draft-capture.ts";
import { follow, LOOK_EVERY_MS } from "./followed-draft.ts";
import { SyntheticEngine, start } from "./synthetic-engine.ts";

const PER_MS = 1;
const HANGS_MS = 4_000;
const RETURNS_MS = 24_000;
const END_MS = 27_000;
/** Of the 5 s, one until live looks next. */
const WITHIN_MS = 4_000;

/** The number-th connection of the balancer to its backend. */
function connection(capture: DraftCapture, number: number): DraftedConversation {
  const balancer = { address: "10.0.0.1", port: 1024 + (number % 60_000) };
  return capture.conversation(balancer, { address: "10.0.0.2", port: 80 });
}

/** Page after page, but for the time in which the backend hangs: then `hang` says what is to be seen. */
function pages(hang: (conversation: DraftedConversation, at: number) => void, isNew: boolean): DraftCapture {
  const capture = new DraftCapture();
  for (let at = 0; at < END_MS; at += 1 / PER_MS) {
    const conversation = connection(capture, at);
    if (at >= HANGS_MS && at < RETURNS_MS) hang(conversation, at);
    else {
      if (isNew) conversation.open(at - 1);
      else conversation.openBefore();
      conversation.exchange(at, 0.8, get(`/page/${at}`));
    }
  }
  return capture;
}

describe("a backend that hangs for 20 s at 1,000 requests/s", () => {
  test.each<[string, boolean, (conversation: DraftedConversation, at: number) => void]>([
    [
      "without a sign, on kept connections",
      false,
      (conversation, at) => {
        conversation.openBefore();
        conversation.send("client", at, { data: get(`/page/${at}`) });
      },
    ],
    [
      "while its kernel acknowledges, on kept connections",
      false,
      (conversation, at) => {
        conversation.openBefore();
        conversation.send("client", at, { data: get(`/page/${at}`) });
        conversation.send("server", at + 0.1);
      },
    ],
    [
      "without a sign, on new connections",
      true,
      (conversation, at) => conversation.send("client", at, { flags: "S" }),
    ],
    [
      "while its kernel accepts, on new connections",
      true,
      (conversation, at) => {
        conversation.open(at - 1);
        conversation.send("client", at, { data: get(`/page/${at}`) });
        conversation.send("server", at + 0.1);
      },
    ],
  ])(
    "%s: DOWN and UP within 5 s",
    (_title, isNew, hang) => {
      const { looks, states } = follow(pages(hang, isNew).frames, END_MS);
      const down = looks.filter(({ state }) => state === "down").map(({ at }) => at);
      expect(down[0]).toBeGreaterThan(HANGS_MS);
      expect(down[0]).toBeLessThanOrEqual(HANGS_MS + WITHIN_MS);
      expect(down.at(-1)).toBeGreaterThanOrEqual(RETURNS_MS);
      expect(down.at(-1)).toBeLessThanOrEqual(RETURNS_MS + LOOK_EVERY_MS);
      // Once it is down, it stays so until it answers.
      expect(down.length).toBe(((down.at(-1) ?? 0) - (down[0] ?? 0)) / LOOK_EVERY_MS + 1);
      // The report of the same frames agrees.
      expect(states.map(({ state }) => state)).toEqual(["up", "failing", "up"]);
      expect(states[1]?.fromSeconds).toBeCloseTo(HANGS_MS / 1000, 1);
      expect(states[1]?.toSeconds).toBeCloseTo(RETURNS_MS / 1000, 1);
    },
    120_000,
  );

  test("long polls beside it, and slow pages, leave a backend up that answers", () => {
    const capture = new DraftCapture();
    for (let index = 0; index < 10; index++) {
      const poll = connection(capture, 50_000 + index);
      poll.open(100 + index);
      poll.exchange(200 + index, 25_000, get(`/poll/${index}`));
      const slow = connection(capture, 40_000 + index);
      slow.open(2_000 + index);
      slow.exchange(2_100 + index, 8_000, get(`/page/slow/${index}`));
    }
    for (let at = 0; at < END_MS; at += 20) {
      const conversation = connection(capture, at);
      conversation.openBefore();
      conversation.exchange(at, 0.8, get(`/page/${at}`));
    }
    const { looks } = follow(capture.frames, END_MS);
    expect(looks.filter(({ state }) => state === "down")).toEqual([]);
    expect(looks.at(-1)?.state).toBe("up");
  }, 120_000);
});

describe("in real time", () => {
  const HANGS = 2_000;
  const RETURNS = 8_000;
  const ENDS = 11_000;
  /** Of a drafted capture's file. */
  const START_NS = 1_700_000_000n * 1_000_000_000n;
  const FILE_HEADER = 24;
  const RECORD_HEADER = 16;

  /** A file's records, each when its time has come. */
  async function* asRecorded(capture: DraftCapture, elapsedMs: () => number): AsyncGenerator<Uint8Array> {
    const file = capture.file();
    yield file.subarray(0, FILE_HEADER);
    let from = FILE_HEADER;
    let next = 0;
    while (next < capture.frames.length) {
      let end = from;
      for (let frame = capture.frames[next]; frame !== undefined && frame.at <= elapsedMs(); next++) {
        end += RECORD_HEADER + frame.bytes.length;
        frame = capture.frames[next + 1];
      }
      if (end > from) yield file.subarray(from, end);
      from = end;
      await sleep(20);
    }
  }

  test("live calls a stopped process DOWN and UP within 5 s, and lags by no more", async () => {
    const capture = new DraftCapture();
    for (let at = 1; at < ENDS; at += 1 / PER_MS) {
      const conversation = connection(capture, at);
      conversation.openBefore();
      if (at < HANGS || at >= RETURNS) conversation.exchange(at, 0.8, get(`/page/${at}`));
      else {
        conversation.send("client", at, { data: get(`/page/${at}`) });
        conversation.send("server", at + 0.1);
      }
    }
    capture.sort();
    const begunMs = performance.now();
    const elapsedMs = () => performance.now() - begunMs;
    const seen: { at: number; state: string | undefined; lagMs: number }[] = [];
    const engine = new SyntheticEngine(asRecorded(capture, elapsedMs), {
      nowNs: () => START_NS + BigInt(Math.round(elapsedMs() * 1e6)),
    });
    const { metrics, last } = await start(engine, {
      analysis: {},
      onSnapshot: ({ metrics: { pairs, capture: facts } }) => {
        const at = elapsedMs();
        seen.push({ at, state: pairs[0]?.live?.state, lagMs: at - 1000 * (facts.durationSeconds ?? 0) });
      },
    }).ended;
    expect(last.skippedFrames).toBe(0);
    expect(metrics.capture.packets).toBe(capture.frames.length);
    const down = seen.filter(({ state, at }) => state === "down" && at > HANGS);
    expect(down[0]?.at).toBeLessThanOrEqual(HANGS + 5_000);
    expect(seen.find(({ state, at }) => state === "up" && at > RETURNS)?.at).toBeLessThanOrEqual(
      RETURNS + 5_000,
    );
    expect(seen.filter(({ state, at }) => state === "down" && at < HANGS)).toEqual([]);
    expect(Math.max(...seen.slice(1).map(({ lagMs }) => lagMs))).toBeLessThan(5_000);
  }, 60_000);
});
