/** Evidence → state: the rules of `backend-now.ts`, each as a story of a backend and what it is at given moments. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as FailureReason from "../../../../src/engine/readings/failure-reason.ts";
import * as LiveState from "../../../../src/engine/readings/live-state.ts";
import { BackendNow, SourceTurns, UNHEARD_NS } from "../../../../src/engine/tally/state/backend-now.ts";
import { LATE_NS, LATE_REQUESTS } from "../../../../src/engine/tally/state/overdue-answers.ts";

const SECOND = 1_000_000_000;

/** States and reasons by their names in reports. */
const STATES = new Map([
  [LiveState.UNKNOWN, "unknown"],
  [LiveState.UP, "up"],
  [LiveState.FAILING, "failing"],
  [LiveState.DOWN, "down"],
]);
const REASONS = new Map([
  [FailureReason.NONE, null],
  [FailureReason.REFUSED, "refused"],
  [FailureReason.UNANSWERED, "unanswered"],
  [FailureReason.RESET, "reset"],
  [FailureReason.SERVER_ERROR, "5xx"],
]);

/**
 * What happens between a source and its backend:
 * - `syn`, `ask`: a connection is opened; a request is asked on it. `again`: a request on a connection used before. `poll`:
 *   one of another kind
 * - `ack`: a segment without data comes from the backend. `data`: part of an answer
 * - `ok`, `500`, `reset`, `gave-up`: the request that waits longest is answered well, answered by an error, cut by the
 *   backend, given up by the source. `late ok`: the one that waits shortest
 * - `refused`: the SYN is answered by RST
 * - `others N`: the source turns N times to its two other backends
 */
class Backend {
  readonly source = new SourceTurns();
  readonly tally = new BackendNow(this.source, true);
  readonly others = [new BackendNow(this.source, true), new BackendNow(this.source, true)];
  readonly asked: Asked[] = [];

  take(seconds: number, what: string): void {
    const ns = Math.round(seconds * SECOND);
    const [event, amount] = what.split(" ");
    if (event === "syn") this.tally.connecting(ns);
    else if (event === "ask") this.#ask(ns, false, PAGE);
    else if (event === "again") this.#ask(ns, true, PAGE);
    else if (event === "poll") this.#ask(ns, false, POLL);
    else if (event === "ack") this.tally.heard(ns);
    else if (event === "data") {
      if (this.asked.length > 0) this.tally.answering(ns);
      this.tally.heard(ns);
    } else if (event === "ok") this.#succeed(this.asked.shift(), ns);
    else if (event === "late") this.#succeed(this.asked.pop(), ns);
    else if (event === "500") this.#fail(FailureReason.SERVER_ERROR, ns, true);
    else if (event === "reset") this.#fail(FailureReason.RESET, ns, true);
    else if (event === "gave-up") this.#fail(FailureReason.UNANSWERED, ns, false);
    else if (event === "refused") {
      this.tally.failed(FailureReason.REFUSED, ns);
      this.tally.heard(ns);
    } else if (event === "others") {
      for (let index = 0; index < Number(amount); index++) this.others[index % 2]?.connecting(ns);
    } else throw new Error(`no such event: ${what}`);
  }

  at(seconds: number): string {
    const { state, reason, sinceNs } = this.tally.at(Math.round(seconds * SECOND));
    const since = sinceNs < 0 ? null : `since ${sinceNs / SECOND}`;
    return [STATES.get(state), REASONS.get(reason), since].filter((part) => part).join(" ");
  }

  #ask(ns: number, isTurn: boolean, kind: number): void {
    this.asked.push({ ns, kind });
    this.tally.asked(ns, isTurn, kind);
  }

  #succeed(asked: Asked | undefined, ns: number): void {
    if (asked !== undefined) this.tally.answered(ns);
    const tookNs = asked === undefined ? -1 : ns - asked.ns;
    this.tally.succeeded(asked?.ns ?? -1, ns, tookNs, asked?.kind ?? 0);
    this.tally.heard(ns);
  }

  #fail(reason: number, ns: number, isHeard: boolean): void {
    if (this.asked.shift() !== undefined) this.tally.answered(ns);
    this.tally.failed(reason, ns);
    if (isHeard) this.tally.heard(ns);
  }
}

interface Asked {
  readonly ns: number;
  readonly kind: number;
}

/** Kinds of requests. */
const PAGE = 1;
const POLL = 2;

type Step = readonly [seconds: number, what: string];

/** A request on a connection of its own that is answered within 2 ms. */
const good = (seconds: number): Step[] => [
  [seconds, "syn"],
  [seconds, "ack"],
  [seconds, "ask"],
  [seconds + 0.002, "ok"],
];
/** The same, answered by an error. */
const bad = (seconds: number): Step[] => [...good(seconds).slice(0, 3), [seconds + 0.002, "500"]];
/** A request that nobody answers, though its bytes are acknowledged. */
const stuck = (seconds: number): Step[] => [
  [seconds, "syn"],
  [seconds, "ack"],
  [seconds, "ask"],
  [seconds, "ack"],
];

/** The same of the other kind. */
const poll = (seconds: number): Step[] => [
  [seconds, "syn"],
  [seconds, "ack"],
  [seconds, "poll"],
  [seconds, "ack"],
];
const stuckAt = (...times: number[]): Step[] => times.flatMap((seconds) => stuck(seconds));
const polls = (count: number, seconds: number): Step[] =>
  Array.from({ length: count }, (_, index) => poll(seconds + index / 100)).flat();

/** The states at the moments asked for; looking at it must not change it. */
function statesAt(events: readonly Step[], moments: readonly number[]): string[] {
  const backend = new Backend();
  const seen = new Map<number, string>();
  let next = 0;
  for (const moment of moments.toSorted((a, b) => a - b)) {
    for (let step = events[next]; step !== undefined && step[0] <= moment; step = events[++next]) {
      backend.take(...step);
    }
    seen.set(moment, backend.at(moment));
  }
  return moments.map((moment) => seen.get(moment) ?? "");
}

const stories: readonly [
  name: string,
  events: readonly Step[],
  ...(readonly [seconds: number, state: string])[],
][] = [
  ["nothing was ever asked of it", [[0, "others 100"]], [0, "unknown"], [1000, "unknown"]],
  ["it is asked, and not late yet", stuck(1), [1.5, "unknown"]],
  ["its first answer", good(1), [1.001, "unknown"], [1.002, "up since 1.002"], [3, "up since 1.002"]],
  ["nobody asks any more", good(1), [86_400, "up since 1.002"]],
  ["nobody asks it any more, but others", [...good(1), [2, "others 1000"]], [60, "up since 1.002"]],

  // Refused: the process was killed, nothing listens any more.
  [
    "one refusal is enough",
    [...good(1), [2, "syn"], [2, "refused"]],
    [1.9, "up since 1.002"],
    [2, "down refused since 2"],
    [11.9, "down refused since 2"],
  ],
  [
    "killed at work: what it had in hand is reset, then its port is closed",
    [...good(1), ...stuck(2), [2.1, "reset"], [2.2, "syn"], [2.2, "refused"]],
    [2.15, "up since 1.002"],
    [2.2, "down refused since 2.1"],
  ],
  [
    "it stays down while the balancer doesn't ask, and is up with the first success",
    [...good(1), [2, "syn"], [2, "refused"], [3, "others 500"], [12, "syn"], [12, "refused"], ...good(22)],
    [11, "down refused since 2"],
    [13, "down refused since 2"],
    [22.001, "down refused since 2"],
    [22.002, "up since 22.002"],
  ],
  [
    "a success that was asked before the refusal is the end of the old process",
    [...good(1), [2, "ask"], [2.1, "syn"], [2.1, "refused"], [2.3, "ok"]],
    [2.5, "down refused since 2.1"],
    [9, "down refused since 2.1"],
  ],
  [
    "refused from the start",
    [
      [1, "syn"],
      [1, "refused"],
    ],
    [1, "down refused since 1"],
  ],

  // Nothing comes back: the host is gone.
  [
    "a SYN and its repetition unheard",
    [...good(1), [2, "syn"]],
    [3.9, "up since 1.002"],
    [4, "down unanswered since 2"],
    [60, "down unanswered since 2"],
  ],
  ["the same from the start", [[2, "syn"]], [3.9, "unknown"], [4, "down unanswered since 2"]],
  [
    "a lost SYN that was repeated",
    [...good(1), [2, "syn"], [3, "ack"], [3, "ask"], [3.002, "ok"]],
    [2.9, "up since 1.002"],
    [60, "up since 1.002"],
  ],
  [
    "a request on a kept connection that is never acknowledged",
    [...good(1), [2, "again"]],
    [3.9, "up since 1.002"],
    [4, "down unanswered since 2"],
  ],
  [
    "it stays down when the balancer gives up",
    [...good(1), [2, "again"], [7, "gave-up"], [8, "others 1000"]],
    [6.9, "down unanswered since 2"],
    [30, "down unanswered since 2"],
  ],
  [
    "back, but without an answer yet",
    [...good(1), [2, "syn"], [9, "ack"], [9, "ask"], [9.01, "ack"], [9.5, "ok"]],
    [9.4, "down unanswered since 2"],
    [9.5, "up since 9.5"],
  ],
  [
    "where only the requests are recorded, nothing is heard of anybody",
    [
      [1, "ask"],
      [2, "again"],
    ],
    [2.9, "unknown"],
    [60, "unknown"],
  ],

  // Nobody is answered: the process is stopped, its kernel goes on.
  [
    "three requests that wait",
    [...good(1), ...stuckAt(2, 2.2, 2.5)],
    [5.4, "up since 1.002"],
    [5.5, "down unanswered since 2"],
  ],
  ["two slow pages", [...good(1), ...stuckAt(2, 2.5)], [9.9, "up since 1.002"], [60, "up since 1.002"]],
  [
    "a thousand requests a second",
    [...good(1), ...stuckAt(...Array.from({ length: 4000 }, (_, index) => 2 + index / 1000))],
    [4.9, "up since 1.002"],
    [5.1, "down unanswered since 2"],
  ],
  ["long polls from the start", polls(40, 1), [26, "unknown"]],
  ["long polls after pages", [...good(1), ...polls(40, 2)], [27, "up since 1.002"], [60, "up since 1.002"]],
  [
    "long polls that were answered after 25 s",
    [...polls(2, 1), [26, "ok"], [26.01, "ok"], ...polls(20, 26.1)],
    [51, "up since 26"],
    [76, "up since 26"],
    [77, "down unanswered since 26.1"],
  ],
  [
    "long polls are out, and pages are not answered any more",
    [...good(1), ...polls(3, 2), ...stuckAt(3, 3.1, 3.2)],
    [6.1, "up since 1.002"],
    [6.2, "down unanswered since 3"],
  ],
  [
    "one answer that took long, long ago, is not usual",
    [
      ...stuckAt(1),
      [9, "ok"],
      ...Array.from({ length: 30 }, (_, index) => good(10 + index / 10)).flat(),
      ...stuckAt(14, 14.1, 14.2),
    ],
    [17.1, "up since 9"],
    [17.2, "down unanswered since 14"],
  ],
  [
    "it goes on, and answers all of them",
    [...good(1), ...stuckAt(2, 2.2, 2.5), [8, "data"], [8.1, "ok"], [8.2, "ok"], [8.3, "ok"]],
    [8.05, "down unanswered since 2"],
    [8.1, "up since 8.1"],
    [60, "up since 8.1"],
  ],
  [
    "one slow request among quick ones",
    [...good(1), ...stuck(2), ...[3, 4, 5, 6, 7, 8].flatMap((seconds) => goodLate(seconds))],
    [4, "up since 1.002"],
    [8.5, "up since 1.002"],
  ],
  ["one slow request, and nobody else asks", [...good(1), ...stuck(2)], [12, "up since 1.002"]],
  [
    "one slow request, and its balancer avoids it: slow or stopped, nothing tells",
    [...good(1), ...stuck(2), [3, "others 15"]],
    [4.9, "up since 1.002"],
    [5, "failing unanswered since 2"],
    [12, "failing unanswered since 2"],
  ],
  [
    "and it is answered after all",
    [...good(1), ...stuck(2), [3, "others 15"], [12, "ok"]],
    [11, "failing unanswered since 2"],
    [12, "up since 12"],
  ],
  [
    "two long downloads: bytes come",
    [...good(1), ...stuck(2), ...stuck(2.5), ...[3, 4, 5, 6, 7, 8, 9].map((s): Step => [s, "data"])],
    [6, "up since 1.002"],
    [9.5, "up since 1.002"],
  ],
  [
    "a server that always takes 2.5 s is not late after 3 s",
    [...stuckAt(1, 1), [3.5, "ok"], [3.5, "ok"], ...stuckAt(10, 10, 10)],
    [13.5, "up since 3.5"],
    [14.9, "up since 3.5"],
    [15.1, "down unanswered since 10"],
  ],

  // Failures in a row.
  [
    "a single cut exchange",
    [...good(1), ...stuck(2), [2.1, "reset"]],
    [2.1, "up since 1.002"],
    [60, "up since 1.002"],
  ],
  [
    "three cut exchanges",
    [...good(1), ...stuck(2), ...stuck(2), ...stuck(2), [2.1, "reset"], [2.2, "reset"], [2.3, "reset"]],
    [2.2, "up since 1.002"],
    [2.3, "down reset since 2.1"],
  ],
  [
    "what was asked before it was cut is no return",
    [
      ...good(1),
      ...[2, 2, 2, 2].flatMap((seconds) => stuck(seconds)),
      [2.1, "reset"],
      [2.2, "reset"],
      [2.3, "reset"],
      [2.5, "ok"],
      ...good(5),
    ],
    [3, "down reset since 2.1"],
    [5.002, "up since 5.002"],
  ],
  [
    "two errors",
    [...good(1), ...bad(2), ...bad(3), ...good(4)],
    [3.5, "up since 1.002"],
    [5, "up since 1.002"],
  ],
  [
    "three errors in a row fail, five are down",
    [...good(1), ...[2, 3, 4, 5, 6].flatMap((seconds) => bad(seconds))],
    [3.5, "up since 1.002"],
    [4.5, "failing 5xx since 2.002"],
    [5.5, "failing 5xx since 2.002"],
    [6.5, "down 5xx since 2.002"],
  ],
  ["an error before any success", bad(1), [2, "failing 5xx since 1.002"], [60, "failing 5xx since 1.002"]],
  [
    "some fail, until ten seconds passed without",
    [
      ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((seconds) => (seconds % 2 === 0 ? bad(seconds) : good(seconds))),
      ...[9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19].flatMap((seconds) => good(seconds)),
    ],
    [5.5, "up since 1.002"],
    [6.5, "failing 5xx since 2.002"],
    [17.9, "failing 5xx since 2.002"],
    [18, "up since 18"],
    [19, "up since 18"],
  ],
  [
    "some failed, then nobody asked",
    [1, 2, 3, 4, 5, 6].flatMap((seconds) => (seconds % 2 === 0 ? bad(seconds) : good(seconds))),
    [15.9, "failing 5xx since 2.002"],
    [30, "up since 16"],
  ],
  [
    "one error among a hundred is no state",
    [...Array.from({ length: 300 }, (_, index) => (index % 100 === 50 ? bad : good)(1 + index / 100)).flat()],
    [3.9, "up since 1.002"],
  ],

  // Taken out of rotation after a failure: nginx asks nothing for 10 s.
  [
    "a cut exchange, and the balancer turns away",
    [...good(1), ...stuck(2), [2.1, "reset"], [3, "others 14"], [4, "others 1"], [6, "others 9"]],
    [3.5, "up since 1.002"],
    [4, "down reset since 2.1"],
    [11, "down reset since 2.1"],
  ],
  [
    "the balancer asks again, in vain, then not",
    [
      ...good(1),
      ...stuck(2),
      [2.1, "reset"],
      [3, "others 20"],
      ...stuck(12),
      [12.5, "reset"],
      [13, "others 20"],
      ...good(23),
    ],
    [12.2, "down reset since 2.1"],
    [14, "down reset since 2.1"],
    [23.002, "up since 23.002"],
  ],
  [
    "a cut exchange, and a burst to others",
    [...good(1), ...stuck(2), [2.1, "reset"], [2.2, "others 100"], ...good(2.5)],
    [2.3, "up since 1.002"],
    [4, "up since 1.002"],
  ],
  [
    "a cut exchange, and the balancer goes on",
    [...good(1), ...stuck(2), [2.1, "reset"], [2.5, "others 5"], ...good(3), [3.5, "others 500"]],
    [4, "up since 1.002"],
  ],
  [
    "a cut exchange, and it is asked again",
    [...good(1), ...stuck(2), [2.1, "reset"], ...stuck(3), [3.1, "others 20"]],
    [5.9, "up since 1.002"],
  ],
  [
    "an error, and nobody asks: it is there",
    [...good(1), ...bad(2), [3, "others 500"]],
    [9, "up since 1.002"],
  ],

  // What returned has a clean record.
  [
    "failures from before it returned don't count",
    [
      ...good(1),
      ...good(2),
      [3, "syn"],
      [3, "refused"],
      [3.1, "syn"],
      [3.1, "refused"],
      ...good(5),
      ...bad(6),
    ],
    [4, "down refused since 3"],
    [5.5, "up since 5.002"],
    [6.5, "up since 5.002"],
  ],
];

/** A quick request while another one waits. */
function goodLate(seconds: number): Step[] {
  return [...good(seconds).slice(0, 3), [seconds + 0.002, "late ok"]];
}

describe("a backend under way", () => {
  test.each(stories.map(([name, events, ...moments]) => ({ name, events, moments })))(
    "$name",
    ({ events, moments }) => {
      const times = moments.map(([seconds]) => seconds);
      expect(statesAt(events, times)).toEqual(moments.map(([, state]) => state));
    },
  );

  test("a backend that is stopped is down within five seconds, at two requests per second", () => {
    expect(UNHEARD_NS + SECOND).toBeLessThanOrEqual(5 * SECOND);
    expect(LATE_NS + (LATE_REQUESTS * SECOND) / 2).toBeLessThanOrEqual(5 * SECOND);
  });
});

const whats = [
  "syn",
  "ask",
  "again",
  "ack",
  "data",
  "ok",
  "late ok",
  "500",
  "reset",
  "gave-up",
  "refused",
  "others 7",
];
const anyStory = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4000 }), fc.constantFrom(...whats)), { maxLength: 60 })
  .map((steps) => {
    let milliseconds = 0;
    return steps.map(([pause, what]): Step => {
      milliseconds += pause;
      return [milliseconds / 1000, what];
    });
  });

describe("any story", () => {
  const end = (events: readonly Step[]) => (events.at(-1)?.[0] ?? 0) + 1;

  test("looking at it changes nothing", () => {
    fc.assert(
      fc.property(anyStory, fc.array(fc.integer({ min: 0, max: 300 })), (events, moments) => {
        const last = end(events);
        const looked = statesAt(events, [...moments.map((moment) => Math.min(moment, last)), last]);
        expect(looked.at(-1)).toBe(statesAt(events, [last])[0]);
      }),
    );
  });

  test("once down, only a success brings it up", () => {
    fc.assert(
      fc.property(anyStory, (events) => {
        const backend = new Backend();
        let wasDown = false;
        for (const [seconds, what] of events) {
          wasDown &&= !what.endsWith("ok");
          backend.take(seconds, what);
          const state = backend.at(seconds).split(" ")[0];
          if (wasDown) expect(state).toBe("down");
          wasDown = state === "down";
        }
      }),
    );
  });

  test("it is never there longer than the story", () => {
    fc.assert(
      fc.property(anyStory, (events) => {
        const last = end(events);
        const since = / since (.*)$/.exec(statesAt(events, [last])[0] ?? "")?.[1];
        expect(Number(since ?? 0)).toBeLessThanOrEqual(last);
      }),
    );
  });
});
