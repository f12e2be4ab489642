import { describe, expect, test } from "vitest";
import * as FailureReason from "../../../../src/engine/readings/failure-reason.ts";
import { BackendHistory, SourceActivity } from "../../../../src/engine/tally/state/backend-history.ts";
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

function statesOf(tally: BackendHistory): BackendState[] {
  return measureStates(tally.readings());
}

/** `up 1–3`, `failing 3–5 refused`: the states that a backend's story gives. */
function story(events: readonly Event[]): string[] {
  const tally = new BackendHistory(new SourceActivity());
  for (const [seconds, what] of events) {
    if (what === "ok") tally.succeeded(seconds * SECOND);
    else tally.failed(REASONS[what], seconds * SECOND);
  }
  return lines(tally);
}

function lines(tally: BackendHistory): string[] {
  return statesOf(tally).map(({ state, fromSeconds, toSeconds, reason }) =>
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
    const source = new SourceActivity();
    return { one: new BackendHistory(source), other: new BackendHistory(source) };
  }
  const succeed = (tally: BackendHistory, times: number, fromSeconds: number) => {
    for (let index = 0; index < times; index++) {
      tally.asked((fromSeconds + index) * SECOND);
      tally.succeeded((fromSeconds + index) * SECOND);
    }
  };

  test("it is silent while the others get ten times everybody's share", () => {
    const { one, other } = pair();
    succeed(one, 1, 1);
    succeed(other, 20, 2);
    one.asked(30 * SECOND);
    one.succeeded(31 * SECOND);
    expect(lines(one)).toEqual(["up 1–1", "silent 1–30", "up 30–31"]);
    expect(lines(other)).toEqual(["up 2–21"]);
  });

  test("it is not silent when they get less", () => {
    const { one, other } = pair();
    succeed(one, 1, 1);
    succeed(other, 19, 2);
    one.asked(30 * SECOND);
    one.succeeded(31 * SECOND);
    expect(lines(one)).toEqual(["up 1–31"]);
  });

  test("it is silent to the end, or from the start, without ever being asked", () => {
    const { one, other } = pair();
    succeed(other, 20, 2);
    expect(lines(one)).toEqual(["silent 0–21"]);
  });

  test("nobody is silent when nobody asks", () => {
    const { one, other } = pair();
    succeed(one, 3, 1);
    succeed(other, 3, 1);
    succeed(one, 1, 1000);
    expect(lines(one)).toEqual(["up 1–1000"]);
  });
});

test("a backend that flaps for ever keeps a bounded number of states, from its first to its last sign", () => {
  const events = Array.from(
    { length: 5000 },
    (_, index): Event => [index, index % 2 === 0 ? "ok" : "refused"],
  );
  const tally = new BackendHistory(new SourceActivity());
  for (const [seconds, what] of events) {
    if (what === "ok") tally.succeeded(seconds * SECOND);
    else tally.failed(FailureReason.REFUSED, seconds * SECOND);
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
