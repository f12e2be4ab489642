/** The states of a backend in one capture, as a run under way tells them and as the saved capture's analysis does. */
import { expect, test } from "vitest";
import { DraftCapture, get, ok } from "../faults/draft-capture.ts";
import { follow, LOOK_EVERY_MS } from "./followed-draft.ts";

const END_MS = 30_000;
/** A state is told so long after its begin at the latest, ... */
const SLOW_AFTER_MS = 1_500;
/** Six failures of one in ten: 6 × 0.95 − 54 × 0.05 ≥ 2.85. */
const FAILING_AFTER_MS = 700;
/** ... and for so long after its end: when something is over is known later. */
const SLOW_AFTERWARDS_MS = 1_000;
const FAILING_AFTERWARDS_MS = 1_000;

/** One in ten fails. */
const FAILING_GAP_MS = 100;

const error = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";

/** 100 requests per second: slow from 5 s to 8 s, one in ten with an error from 12 s to 15 s. */
function capture(): DraftCapture {
  const made = new DraftCapture();
  for (let index = 0; index < END_MS / 10; index++) {
    const at = index * 10;
    const one = made.conversation(
      { address: "10.0.0.1", port: 1024 + index },
      { address: "10.0.0.2", port: 80 },
    );
    one.openBefore();
    const isSlow = at >= 5_000 && at < 8_000;
    const fails = at >= 12_000 && at < 15_000 && index % 10 === 0;
    one.exchange(at, isSlow ? 90 : 1, get(`/${index}`), fails ? error : ok());
  }
  return made;
}

test("slow and failing: the same, but for what is known later only", () => {
  const { looks, states, findings } = follow(capture().frames, END_MS);
  expect(states.map(({ state }) => state)).toEqual(["up", "slow", "up", "failing", "up"]);
  expect(states.map(({ fromSeconds }) => Math.round(fromSeconds))).toEqual([0, 5, 8, 12, 15]);
  expect(findings.toSorted()).toEqual(["failing", "slow"]);

  const during = (state: string) => looks.filter((look) => look.state === state).map(({ at }) => at);
  const told = (state: string, from: number, to: number, after: number, afterwards: number) => {
    const times = during(state);
    expect(times[0], state).toBeGreaterThan(from);
    expect(times[0], state).toBeLessThanOrEqual(from + after);
    expect(times.at(-1), state).toBeGreaterThanOrEqual(to - LOOK_EVERY_MS);
    expect(times.at(-1), state).toBeLessThanOrEqual(to + afterwards);
    // Without a gap.
    expect(times.length, state).toBe(((times.at(-1) ?? 0) - (times[0] ?? 0)) / LOOK_EVERY_MS + 1);
  };
  told("slow", 5_000, 8_000, SLOW_AFTER_MS, SLOW_AFTERWARDS_MS);
  told("failing", 12_000, 15_000 - FAILING_GAP_MS, FAILING_AFTER_MS, FAILING_AFTERWARDS_MS);
  expect(looks.at(-1)).toMatchObject({ state: "up", findings });
  // Findings come when there is something to find, and stay.
  expect(looks.filter(({ at }) => at < 5_000).flatMap((look) => look.findings)).toEqual([]);
  expect(looks.filter(({ at }) => at > 13_000).every((look) => look.findings.length === 2)).toBe(true);
}, 60_000);
