/** Hand-made conversations on both sides of a balancer; times in ms. */
import { describe, expect, test } from "vitest";
import * as ExchangeState from "../../../../src/engine/http/exchange-state.ts";
import { knownMethod, UNKNOWN } from "../../../../src/engine/http/methods.ts";
import { octetsOf } from "../../../../src/engine/http/octets.ts";
import { BALANCER_OUTCOMES } from "../../../../src/engine/readings/balancer-outcome.ts";
import { addedTimeOf } from "../../../../src/engine/tally/balancer/balancer-added-time.ts";
import { Matcher } from "../../../../src/engine/tally/balancer/balancer-matching.ts";
import { ClientExchange, UpstreamAttempt } from "../../../../src/engine/tally/balancer/balancer-records.ts";
import * as Tally from "../../../../src/engine/tally/balancer/balancer-tally.ts";

const MS = 1_000_000;
/** One for all tests: it must not remember anything. */
const matcher = new Matcher();

function matchExchanges(clients: ClientExchange[], attempts: UpstreamAttempt[]): void {
  matcher.match(clients, attempts);
}

function outcomeOf(asked: ClientExchange): string | undefined {
  return BALANCER_OUTCOMES[Tally.outcomeOf(asked)];
}

/** A record as the tests write it, with the name of its method. */
type Written<Kind> = Partial<Omit<Kind, "method"> & { method: string }>;

/** A method as records hold it. */
function method(name: string) {
  const number = knownMethod(octetsOf(name), 0, name.length);
  return { method: number, methodName: number === UNKNOWN && name !== "" ? octetsOf(name) : null };
}

/** A client that asks at `asked` and is answered from `answered` to `end`; `null`: it never is, and leaves at `end`. */
function client(asked: number, answered: number | null, end: number, more: Written<ClientExchange> = {}) {
  const record = new ClientExchange(1, 50_000 + asked, 77);
  return Object.assign(record, {
    targetHash: 1,
    requestStartNs: asked * MS,
    requestEndNs: asked * MS,
    responseStartNs: answered === null ? -1 : answered * MS,
    responseEndNs: answered === null ? -1 : end * MS,
    endNs: end * MS,
    status: answered === null ? 0 : 200,
    state: answered === null ? ExchangeState.UNANSWERED : ExchangeState.COMPLETE,
    hasEnded: true,
    ...more,
    ...method(more.method ?? "GET"),
  });
}

/** An attempt at `backend` from `begin` on, answered from `answered` to `end`. */
function attempt(
  backend: number,
  begin: number,
  answered: number | null,
  end: number,
  more: Written<UpstreamAttempt> = {},
) {
  const record = new UpstreamAttempt(backend, 80, null, begin * MS);
  return Object.assign(record, {
    targetHash: 1,
    requestStartNs: (begin + 0.1) * MS,
    requestEndNs: (begin + 0.1) * MS,
    responseStartNs: answered === null ? -1 : answered * MS,
    responseEndNs: answered === null ? -1 : end * MS,
    closeNs: answered === null ? end * MS : -1,
    status: answered === null ? 0 : 200,
    hasEnded: true,
    ...more,
    ...method(more.method ?? "GET"),
  });
}

/** A connection that the backend refused. */
function refused(backend: number, begin: number) {
  return attempt(backend, begin, null, begin + 0.05, {
    method: "",
    requestStartNs: -1,
    requestEndNs: -1,
  });
}

/** The backends tried for each client, in the order given. */
function backendsOf(clients: ClientExchange[], attempts: UpstreamAttempt[]): number[][] {
  matchExchanges(clients, attempts);
  return clients.map((one) =>
    Array.from({ length: one.attempts }, (_, n) => one.attemptAt(n)?.address ?? -1),
  );
}

describe("an exchange and what it caused", () => {
  test("are matched by nesting, and what the balancer added is the difference", () => {
    const asked = client(10, 15, 16);
    expect(backendsOf([asked], [attempt(2, 10.5, 14, 15.5)])).toEqual([[2]]);
    expect(asked.isUncertain).toBe(false);
    expect(outcomeOf(asked)).toBe("matched");
    // 5 ms at the client's side, 3.4 ms (from the request at 10.6) at the backend's.
    expect(addedTimeOf(asked).firstByteNs).toBeCloseTo(1.6 * MS);
    expect(addedTimeOf(asked).lastByteNs).toBeCloseTo(1.1 * MS);
  });

  test("are not matched when the attempt began before the request, or was answered after the client was", () => {
    expect(backendsOf([client(10, 15, 16)], [attempt(2, 5, 14, 15)])).toEqual([[]]);
    expect(backendsOf([client(10, 15, 16)], [attempt(2, 11, 18, 19)])).toEqual([[]]);
  });

  test("may be recorded in the wrong order by a little", () => {
    expect(backendsOf([client(10, 15, 16)], [attempt(2, 9.5, 15.5, 15.6)])).toEqual([[2]]);
  });

  test("keep the order in which they were asked and answered", () => {
    const clients = [client(10, 20, 20), client(11, 21, 21), client(12, 22, 22)];
    const attempts = [attempt(4, 15, 18, 18), attempt(3, 14, 17, 17), attempt(2, 13, 16, 16)];
    expect(backendsOf(clients, attempts)).toEqual([[2], [3], [4]]);
    expect(clients.map(({ isUncertain }) => isUncertain)).toEqual([false, false, false]);
  });

  describe("whose questions and answers are in different orders", () => {
    // Who asked first got the answer that came first, of the attempt that began last.
    const clients = () => [client(110, 120, 120), client(111, 121, 121)];
    const attempts = () => [attempt(2, 112, 119, 119), attempt(3, 113, 118, 118)];
    const inOrder = (count: number, at: number) => ({
      clients: Array.from({ length: count }, (_, i) => client(at + i, at + 20 + i, at + 20 + i)),
      attempts: Array.from({ length: count }, (_, i) => attempt(i, at + 10 + i, at + 15 + i, at + 15 + i)),
    });

    test("may be each other's", () => {
      const asked = clients();
      expect(backendsOf(asked, attempts())).toEqual([[3], [2]]);
      expect(asked.map(({ isUncertain }) => isUncertain)).toEqual([true, true]);
    });

    test("say that order tells nothing of others, where they are one in five pairs or more", () => {
      const uncertain = (count: number) => {
        const others = inOrder(count, 10);
        const asked = [...others.clients, ...clients()];
        matchExchanges(asked, [...others.attempts, ...attempts()]);
        return asked.slice(0, count).filter(({ isUncertain }) => isUncertain).length;
      };
      // Of three in order there are three pairs, of four six.
      expect(uncertain(3)).toBe(3);
      expect(uncertain(4)).toBe(0);
    });
  });

  test("overtake each other", () => {
    const clients = [client(10, 100, 100), client(11, 30, 30)];
    expect(backendsOf(clients, [attempt(2, 10.2, 99, 99), attempt(3, 11.2, 29, 29)])).toEqual([[2], [3]]);
    expect(clients.map(({ isUncertain }) => isUncertain)).toEqual([false, false]);
  });

  test("are told by the balancer's closing of the backend's connection right before its answer", () => {
    const clients = [client(10, 20.1, 20.1), client(10, 20.3, 20.3)];
    const attempts = [
      attempt(2, 11, 15, 15, { isLast: true, ownCloseNs: 20.29 * MS, closeNs: 20.29 * MS }),
      attempt(3, 11, 16, 16, { isLast: true, ownCloseNs: 20.09 * MS, closeNs: 20.09 * MS }),
    ];
    expect(backendsOf(clients, attempts)).toEqual([[3], [2]]);
    expect(clients[0]?.isUncertain).toBe(false);
  });

  test("are not told by the end of a connection that was kept: it made room for another", () => {
    const clients = [client(10, 20.1, 20.1), client(10, 20.3, 20.3)];
    const attempts = [
      attempt(2, 11, 15, 15, { ownCloseNs: 20.29 * MS, closeNs: 20.29 * MS }),
      attempt(3, 11, 16, 16, { ownCloseNs: 20.09 * MS, closeNs: 20.09 * MS }),
    ];
    expect(backendsOf(clients, attempts)).toEqual([[2], [3]]);
  });

  test("are told by what was answered, against their order, where some backend sent the same", () => {
    const body = (hash: number) => ({ traits: Int32Array.of(0, hash, 0, 0, 0, 0, 0) });
    const clients = [client(10, 20, 20, body(5)), client(11, 21, 21, body(6))];
    const attempts = [attempt(2, 12, 18, 18, body(6)), attempt(3, 13, 19, 19, body(5))];
    expect(backendsOf(clients, attempts)).toEqual([[3], [2]]);
    expect(clients.map(({ isUncertain }) => isUncertain)).toEqual([false, false]);
    // What the balancer compressed is like nothing that a backend sent: it speaks for nobody.
    const compressed = [client(10, 20, 20, body(7)), client(11, 21, 21, body(8))];
    expect(backendsOf(compressed, attempts)).toEqual([[2], [3]]);
    // Nor against anybody; what was sent in an earlier window is forgotten.
    expect(backendsOf([client(10, 20, 20, body(7))], [attempt(2, 12, 18, 18, body(7))])).toEqual([[2]]);
    const half = [client(10, 20, 20, body(7)), client(11, 21, 21)];
    expect(backendsOf(half, [attempt(2, 12, 18, 18, body(6)), attempt(3, 13, 19, 19)])).toEqual([[2], [3]]);
  });

  test("are told by one trait where another is the same in all answers", () => {
    const sent = (hash: number) => ({ traits: Int32Array.of(0, hash, 0, 9, 0, 0, 0) });
    const clients = [client(10, 20, 20, sent(5)), client(11, 21, 21, sent(6))];
    const attempts = [attempt(2, 12, 18, 18, sent(6)), attempt(3, 13, 19, 19, sent(5))];
    expect(backendsOf(clients, attempts)).toEqual([[3], [2]]);
  });

  test("are told by the ID that the balancer gave the request and told the client", () => {
    const answered = (id: number) => ({ traits: Int32Array.of(0, 0, 0, 0, id, 0, 0) });
    const clients = [client(10, 20, 20, answered(5)), client(11, 21, 21, answered(6))];
    const attempts = [attempt(2, 12, 18, 18, answered(6)), attempt(3, 13, 19, 19, answered(5))];
    expect(backendsOf(clients, attempts)).toEqual([[3], [2]]);
  });

  test("are matched even where one after the other would leave some alone", () => {
    // Each attempt fits the client before it as well, but the last fits the last client only: all six move up by one.
    const clients = Array.from({ length: 7 }, (_, n) => client(n, 100 + n, 100 + n));
    const attempts = Array.from({ length: 7 }, (_, n) => attempt(n + 2, n + 0.5, 90 + n, 90 + n));
    expect(backendsOf(clients, attempts)).toEqual([[2], [3], [4], [5], [6], [7], [8]]);
    // A client that asked late takes the only attempt that began after it.
    const late = [client(0, 100, 100), client(50, 99, 99)];
    expect(backendsOf(late, [attempt(2, 51, 90, 90), attempt(3, 1, 91, 91)])).toEqual([[3], [2]]);
  });

  test("are in doubt where both sides are left over, though they can't be each other's", () => {
    const left = client(10, 20, 20);
    expect(backendsOf([left], [attempt(2, 12, 25, 25)])).toEqual([[]]);
    expect(left.isUncertain).toBe(true);
    expect(backendsOf([left], [attempt(2, 30, 35, 35)])).toEqual([[]]);
    expect(left.isUncertain).toBe(false);
  });

  test("are told by target, X-Forwarded-For and X-Request-ID against their order, the last outweighing the rest", () => {
    const pair = (first: Written<ClientExchange>, second: Written<ClientExchange>) => [
      client(10, 20, 20, first),
      client(11, 21, 21, second),
    ];
    const attempts = (first: Written<UpstreamAttempt>, second: Written<UpstreamAttempt>) => [
      attempt(2, 12, 18, 18, first),
      attempt(3, 13, 19, 19, second),
    ];
    const byTarget = backendsOf(
      pair({ targetHash: 5 }, { targetHash: 6 }),
      attempts({ targetHash: 6 }, { targetHash: 5 }),
    );
    expect(byTarget).toEqual([[3], [2]]);
    const byAddress = backendsOf(
      [
        client(10, 20, 20),
        Object.assign(new ClientExchange(9, 1, 88), client(11, 21, 21), { addressHash: 88 }),
      ],
      attempts({ forwardedForHash: 88 }, { forwardedForHash: 77 }),
    );
    expect(byAddress).toEqual([[3], [2]]);
    const byId = backendsOf(
      pair({ requestIdHash: 5, targetHash: 5 }, { requestIdHash: 6, targetHash: 6 }),
      attempts({ requestIdHash: 6, targetHash: 5 }, { requestIdHash: 5, targetHash: 6 }),
    );
    expect(byId).toEqual([[3], [2]]);
  });

  test("have the same method, but for a cache that asks with GET for a HEAD", () => {
    expect(backendsOf([client(10, 15, 16, { method: "POST" })], [attempt(2, 11, 14, 15)])).toEqual([[]]);
    expect(backendsOf([client(10, 15, 16, { method: "HEAD" })], [attempt(2, 11, 14, 15)])).toEqual([[2]]);
  });

  test("have the same method, also one that has no number", () => {
    const brew = () => client(10, 15, 16, { method: "BREW" });
    expect(backendsOf([brew()], [attempt(2, 11, 14, 15, { method: "BREW" })])).toEqual([[2]]);
    expect(backendsOf([brew()], [attempt(2, 11, 14, 15, { method: "STEW" })])).toEqual([[]]);
    expect(backendsOf([brew()], [attempt(2, 11, 14, 15, { method: "BREWS" })])).toEqual([[]]);
    expect(backendsOf([brew()], [attempt(2, 11, 14, 15)])).toEqual([[]]);
  });

  test("leave an attempt over that nobody asked for, rather than the one that somebody did", () => {
    const health = attempt(2, 5, 14.5, 14.5);
    const clients = [client(10, 15, 16)];
    expect(backendsOf(clients, [health, attempt(3, 11, 14, 15)])).toEqual([[3]]);
    expect(health.client).toBeNull();
    const between = attempt(2, 10.6, 12, 12);
    expect(backendsOf([client(10, 15, 16)], [between, attempt(3, 11, 14, 15)])).toEqual([[3]]);
    const closed = attempt(2, 10.6, 12, 12, { ownCloseNs: 12.5 * MS, closeNs: 12.5 * MS });
    expect(backendsOf([client(10, 15, 16)], [closed, attempt(3, 11, 14, 14)])).toEqual([[3]]);
  });

  test("make room for what fits nowhere else", () => {
    const clients = [client(10, 20, 20), client(12, 25, 25)];
    expect(backendsOf(clients, [attempt(2, 13, 16, 16), attempt(3, 10.5, 17, 17)])).toEqual([[3], [2]]);
  });
});

describe("a failed attempt", () => {
  test("is followed by one at another backend", () => {
    const asked = client(10, 20, 20);
    expect(backendsOf([asked], [refused(2, 10.2), attempt(3, 10.4, 19, 19)])).toEqual([[2, 3]]);
    expect(outcomeOf(asked)).toBe("matched");
    expect(addedTimeOf(asked).retriesNs).toBeCloseTo(0.2 * MS);
    // 10 ms at the client's side, 8.5 ms at the backend's, 0.2 ms lost before.
    expect(addedTimeOf(asked).firstByteNs).toBeCloseTo(1.3 * MS);
  });

  test("ends in an answer of the balancer's own", () => {
    const asked = client(10, 12, 12, { status: 502 });
    const attempts = [refused(2, 10.2), refused(3, 10.4), refused(4, 10.6)];
    expect(backendsOf([asked], attempts)).toEqual([[2, 3, 4]]);
    expect(outcomeOf(asked)).toBe("answeredItself");
  });

  test("may be a 5xx that the client doesn't get; one that it gets is its answer", () => {
    const faulty = attempt(2, 10.2, 11, 11, { status: 503 });
    expect(backendsOf([client(10, 20, 20)], [faulty, attempt(3, 11.1, 19, 19)])).toEqual([[2, 3]]);
    const intercepted = client(10, 20, 20);
    expect(backendsOf([intercepted], [attempt(2, 10.2, 11, 11, { status: 503 })])).toEqual([[2]]);
    expect(outcomeOf(intercepted)).toBe("answeredItself");
    const passedOn = client(10, 12, 12, { status: 503 });
    expect(backendsOf([passedOn], [attempt(2, 10.2, 11, 11, { status: 503 })])).toEqual([[2]]);
    expect(outcomeOf(passedOn)).toBe("matched");
  });

  test("is one that timed out: the balancer answers 504 or tries elsewhere", () => {
    const slow = () => attempt(2, 10.2, null, 70);
    const gaveUp = client(10, 70.1, 70.1, { status: 504 });
    expect(backendsOf([gaveUp], [slow()])).toEqual([[2]]);
    expect(outcomeOf(gaveUp)).toBe("answeredItself");
    expect(backendsOf([client(10, 80, 80)], [slow(), attempt(3, 70.1, 79, 79)])).toEqual([[2, 3]]);
  });

  test("belongs to nobody who was answered before, or whose answer was under way", () => {
    const clients = [client(10, 20, 20), client(30, 40, 40)];
    const attempts = [attempt(3, 10.2, 19, 19), refused(2, 25), attempt(4, 30.2, 39, 39)];
    expect(backendsOf(clients, attempts)).toEqual([[3], [4]]);
    expect(backendsOf([client(10, 50, 50)], [attempt(3, 10.2, 49, 49), refused(2, 25)])).toEqual([[3]]);
  });

  test("is in doubt where it fits others as well", () => {
    const clients = [client(10, 20, 20), client(10.01, 21, 21)];
    matchExchanges(clients, [refused(2, 10.2), attempt(3, 10.4, 19, 19), attempt(4, 10.5, 20.5, 20.5)]);
    expect(clients.map(({ isUncertain }) => isUncertain)).toEqual([true, true]);
  });
});

test("a client that goes away has no answer, whatever was tried for it", () => {
  const gone = client(10, null, 40);
  expect(backendsOf([gone], [attempt(2, 10.2, null, 40)])).toEqual([[2]]);
  expect(outcomeOf(gone)).toBe("unfinished");
});

test("in a crowd of equal requests each attempt has a client of its own, and each client an attempt", () => {
  const clients = Array.from({ length: 20 }, (_, i) => client(10 + i / 10, 30 + ((i * 7) % 20) / 5, 40));
  const attempts = Array.from({ length: 20 }, (_, i) => attempt(i % 3, 12.5 + i / 10, 29 + (i % 5) / 10, 30));
  matchExchanges(clients, attempts);
  expect(new Set(attempts.map((one) => one.client))).toEqual(new Set(clients));
  expect(clients.every(({ answerer }) => answerer !== null)).toBe(true);
});
