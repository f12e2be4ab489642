import { describe, expect, test } from "vitest";
import * as FailureReason from "../../../../src/engine/readings/failure-reason.ts";
import { BackendHistory } from "../../../../src/engine/tally/state/backend-history.ts";
import { SourceTurns } from "../../../../src/engine/tally/state/backend-now.ts";
import type { BackendState } from "../../../../src/metrics/backend-state.ts";
import { measureStates } from "../../../../src/metrics/measure-states.ts";

const SECOND = 1_000_000_000;

/** Failures by their names in reports. */
const REASONS = {
  refused: FailureReason.REFUSED,
  unanswered: FailureReason.UNANSWERED,
  reset: FailureReason.RESET,
  "5xx": FailureReason.SERVER_ERROR,
};

type Event = readonly [seconds: number, what: "ok" | keyof typeof REASONS];

/** A kind of requests. */
const PAGE = 1;

/** The states when the capture ends with the last turn. */
function statesOf(tally: BackendHistory, endSeconds = 0): BackendState[] {
  return measureStates(tally.readings(endSeconds * SECOND));
}

/** A request on a kept connection. */
function ask(tally: BackendHistory, seconds: number): void {
  tally.asked(seconds * SECOND, true, PAGE);
  tally.now.heard(seconds * SECOND);
}

/** The answer to one asked then. */
function succeedAt(tally: BackendHistory, seconds: number, askedSeconds = seconds): void {
  tally.now.answering(seconds * SECOND);
  tally.now.answered(seconds * SECOND);
  tally.succeeded(askedSeconds * SECOND, seconds * SECOND, (seconds - askedSeconds) * SECOND, PAGE);
}

function failAt(tally: BackendHistory, reason: number, seconds: number): void {
  tally.failed(reason, seconds * SECOND, seconds * SECOND);
}

/** `up 1–3`, `failing 3–5 refused`: the states that a backend's story gives. */
function story(events: readonly Event[]): string[] {
  const tally = new BackendHistory(new SourceTurns());
  for (const [seconds, what] of events) {
    if (what === "ok") succeedAt(tally, seconds);
    else failAt(tally, REASONS[what], seconds);
  }
  return lines(tally);
}

function lines(tally: BackendHistory, endSeconds = 0): string[] {
  return statesOf(tally, endSeconds).map(({ state, fromSeconds, toSeconds, reason }) =>
    [state, `${fromSeconds}–${toSeconds}`, reason].filter((part) => part !== null).join(" "),
  );
}

describe("a backend", () => {
  test("without evidence has no state", () => {
    expect(story([])).toEqual([]);
    expect(story([[1, "5xx"]])).toEqual([]);
  });

  test("is up from its first success to its last sign", () => {
    expect(
      story([
        [1, "ok"],
        [4, "ok"],
      ]),
    ).toEqual(["up 1–4"]);
  });

  test("fails with the first refusal, until the next success", () => {
    expect(
      story([
        [1, "ok"],
        [3, "refused"],
        [4, "refused"],
        [6, "ok"],
        [7, "ok"],
      ]),
    ).toEqual(["up 1–3", "failing 3–6 refused", "up 6–7"]);
  });

  test("fails from the first of three failures in a row", () => {
    expect(
      story([
        [1, "ok"],
        [3, "5xx"],
        [4, "reset"],
        [5, "5xx"],
      ]),
    ).toEqual(["up 1–3", "failing 3–5 5xx"]);
    expect(
      story([
        [1, "unanswered"],
        [2, "unanswered"],
        [3, "unanswered"],
      ]),
    ).toEqual(["failing 1–3 unanswered"]);
  });

  test("stays up with two failures in a row", () => {
    expect(
      story([
        [1, "ok"],
        [3, "5xx"],
        [4, "5xx"],
        [5, "ok"],
        [6, "5xx"],
        [7, "5xx"],
      ]),
    ).toEqual(["up 1–7"]);
  });

  test("fails on with every further failure", () => {
    expect(
      story([
        [1, "refused"],
        [2, "5xx"],
        [9, "reset"],
      ]),
    ).toEqual(["failing 1–9 refused"]);
  });
});

describe("among others", () => {
  function pair() {
    const source = new SourceTurns();
    return { one: new BackendHistory(source), other: new BackendHistory(source) };
  }
  const succeed = (tally: BackendHistory, times: number, fromSeconds: number) => {
    for (let index = 0; index < times; index++) {
      ask(tally, fromSeconds + index);
      succeedAt(tally, fromSeconds + index);
    }
  };

  test("it is silent while the others get ten times everybody's share", () => {
    const { one, other } = pair();
    succeed(one, 1, 1);
    succeed(other, 20, 2);
    ask(one, 30);
    succeedAt(one, 31, 30);
    expect(lines(one)).toEqual(["up 1–1", "silent 1–30", "up 30–31"]);
    expect(lines(other)).toEqual(["up 2–21"]);
  });

  test("it is not silent when they get less", () => {
    const { one, other } = pair();
    succeed(one, 1, 1);
    succeed(other, 19, 2);
    ask(one, 30);
    succeedAt(one, 31, 30);
    expect(lines(one)).toEqual(["up 1–31"]);
  });

  test("it is silent to the end, or from the start, without ever being asked", () => {
    const { one, other } = pair();
    succeed(other, 20, 2);
    expect(lines(one)).toEqual(["silent 0–21"]);
  });

  test("a hole of less than a second is no silence", () => {
    const { one, other } = pair();
    for (const length of [0.008, 0.03, 0.9]) {
      succeed(one, 1, 1);
      for (let index = 0; index < 40; index++) ask(other, 1 + (length * index) / 40);
      succeed(one, 1, 1 + length);
      expect(lines(one).filter((line) => line.startsWith("silent"))).toEqual([]);
    }
  });

  test("a backlog that drains is not traffic: nothing was sent meanwhile", () => {
    const { one, other } = pair();
    succeed(one, 1, 0.5);
    for (let index = 0; index < 400; index++) ask(other, 1);
    succeed(one, 1, 1.4);
    for (let index = 0; index < 400; index++) succeedAt(other, 2 + index / 100, 1);
    succeed(one, 1, 7);
    expect(lines(one)).toEqual(["up 0.5–7"]);
  });

  test("a silence is one, however often it is interrupted by requests that show nothing", () => {
    const { one, other } = pair();
    succeed(one, 1, 1);
    for (const from of [2, 30, 60]) {
      succeed(other, 25, from);
      ask(one, from + 26);
    }
    expect(lines(one).filter((line) => line.startsWith("silent"))).toEqual(["silent 1–86"]);
  });

  test("nobody is silent when nobody asks", () => {
    const { one, other } = pair();
    succeed(one, 3, 1);
    succeed(other, 3, 1);
    succeed(one, 1, 1000);
    expect(lines(one)).toEqual(["up 1–1000"]);
  });
});

describe("a process that is stopped, while its kernel goes on", () => {
  /** Ten requests per second, answered at once but for those asked while it is stopped: they are, when it goes on. */
  function stopped(fromSeconds: number, toSeconds: number, endSeconds: number): BackendHistory {
    const tally = new BackendHistory(new SourceTurns());
    const waiting: number[] = [];
    for (let tick = 10; tick < endSeconds * 10; tick++) {
      const seconds = tick / 10;
      ask(tally, seconds);
      waiting.push(seconds);
      if (seconds >= fromSeconds && seconds < toSeconds) continue;
      for (const asked of waiting.splice(0)) succeedAt(tally, seconds, asked);
    }
    return tally;
  }

  test.each([
    [5, 12, 20],
    [3, 9, 10],
    [30, 65, 90],
  ])("from %i s to %i s is failing for as long as it is down in a run under way", (from, to, end) => {
    const tally = stopped(from, to, end);
    expect(lines(tally, end)).toEqual([
      `up 1–${from}`,
      `failing ${from}–${to} unanswered`,
      `up ${to}–${end - 0.1}`,
    ]);
  });

  test("and stays so is failing to the end", () => {
    expect(lines(stopped(5, 99, 20), 20)).toEqual(["up 1–5", "failing 5–19.9 unanswered"]);
    const quiet = new BackendHistory(new SourceTurns());
    ask(quiet, 1);
    succeedAt(quiet, 1);
    for (const seconds of [2, 2.1, 2.2]) ask(quiet, seconds);
    expect(lines(quiet, 5)).toEqual(["up 1–1"]);
    expect(lines(quiet, 6)).toEqual(["up 1–1", "failing 2–6 unanswered"]);
    expect(lines(quiet, 6)).toEqual(lines(quiet, 6));
  });

  test("for two seconds is not", () => {
    expect(lines(stopped(5, 7, 20), 20)).toEqual(["up 1–19.9"]);
  });
});

test("a backend that flaps for ever keeps a bounded number of states, from its first to its last sign", () => {
  const events = Array.from(
    { length: 5000 },
    (_, index): Event => [index, index % 2 === 0 ? "ok" : "refused"],
  );
  const tally = new BackendHistory(new SourceTurns());
  for (const [seconds, what] of events) {
    if (what === "ok") succeedAt(tally, seconds);
    else failAt(tally, FailureReason.REFUSED, seconds);
  }
  const states = statesOf(tally);
  expect(states.length).toBeLessThanOrEqual(101);
  expect(states.at(0)?.fromSeconds).toBe(0);
  expect(states.at(-1)?.toSeconds).toBe(4999);
  for (const [index, state] of states.entries()) {
    expect(state.toSeconds).toBeGreaterThanOrEqual(state.fromSeconds);
    const before = states[index - 1];
    if (before !== undefined) expect(state.fromSeconds).toBe(before.toSeconds);
  }
});
