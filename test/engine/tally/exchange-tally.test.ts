import { describe, expect, test } from "vitest";
import * as ExchangeState from "../../../src/engine/http/exchange-state.ts";
import * as Method from "../../../src/engine/http/methods.ts";
import { OpenExchange } from "../../../src/engine/http/open-exchange.ts";
import { ExchangeTally } from "../../../src/engine/tally/exchange-tally.ts";
import { Samples } from "../../../src/engine/tally/samples/samples.ts";
import { measureDistribution } from "../../../src/metrics/measure-distribution.ts";
import { measureHttp } from "../../../src/metrics/measure-pair.ts";

const MS = 1_000_000;
const emptyDistribution = measureDistribution(new Samples().distribution());

/** An exchange with times in ms; −1: not seen. */
function exchange(
  fields: Partial<OpenExchange>,
  [asked, read, answered, done]: readonly number[] = [],
): OpenExchange {
  const made = Object.assign(new OpenExchange(), { method: Method.GET, status: 200 }, fields);
  const ns = (timeMs: number | undefined) => (timeMs === undefined || timeMs === -1 ? -1 : timeMs * MS);
  made.requestStartNs = ns(asked);
  made.requestEndNs = ns(read);
  made.responseStartNs = ns(answered);
  made.responseEndNs = ns(done);
  return made;
}

function metricsOf(...exchanges: readonly OpenExchange[]) {
  const tally = new ExchangeTally();
  for (const one of exchanges) tally.add(one);
  return measureHttp(tally.readings());
}

describe("times", () => {
  test("run from the last byte of the request to the first and to the last of the response", () => {
    const { timeToFirstByteMs, timeToLastByteMs } = metricsOf(exchange({}, [0, 2, 10, 15]));
    expect(timeToFirstByteMs).toMatchObject({ count: 1, mean: 8, standardDeviation: null });
    expect(timeToLastByteMs).toMatchObject({ count: 1, mean: 13 });
  });

  test("nothing is timed in an exchange that did not end well, though it counts", () => {
    const { requests, responses, aborted, timeToFirstByteMs, timeToLastByteMs } = metricsOf(
      exchange({ state: ExchangeState.ABORTED }, [0, 0, 5, -1]),
      exchange({ state: ExchangeState.UNCERTAIN }, [0, 0, 5, 6]),
      exchange({ state: ExchangeState.BODY_HOLE }, [0, 1, 4, 6]),
    );
    expect({ requests, responses, aborted }).toEqual({ requests: 3, responses: 3, aborted: 1 });
    expect(timeToFirstByteMs).toMatchObject({ count: 1, mean: 3 });
    expect(timeToLastByteMs).toMatchObject({ count: 1, mean: 5 });
  });

  test("what was under way when the capture ended has a first byte, and no last one", () => {
    const { requests, aborted, running, timeToFirstByteMs, timeToLastByteMs } = metricsOf(
      exchange({ state: ExchangeState.RUNNING }, [0, 1, 5, -1]),
      exchange({ state: ExchangeState.RUNNING }, [0, -1, 5, -1]),
      exchange({ state: ExchangeState.RUNNING, status: 0 }, [0, -1, -1, -1]),
    );
    expect({ requests, aborted, running }).toEqual({ requests: 3, aborted: 0, running: 3 });
    expect(timeToFirstByteMs).toMatchObject({ count: 1, mean: 4 });
    expect(timeToLastByteMs.count).toBe(0);
  });

  test("an early response has no time to first byte, one recorded before its request none at all", () => {
    const early = metricsOf(exchange({}, [0, 10, 5, 12]));
    expect(early.timeToFirstByteMs.count).toBe(0);
    expect(early.timeToLastByteMs).toMatchObject({ count: 1, mean: 2 });
    const before = metricsOf(exchange({}, [9, 10, 5, 6]));
    expect(before.timeToFirstByteMs.count + before.timeToLastByteMs.count).toBe(0);
  });
});

describe("counts", () => {
  test("of requests, responses and what became of them", () => {
    const { requests, responses, unanswered, aborted, malformed, statuses } = metricsOf(
      exchange({}, [0, 0, 1, 2]),
      exchange({ status: 404 }, [0, 0, 1, 2]),
      exchange({ status: 302 }, [0, 0, 1, 2]),
      exchange({ status: 0, state: ExchangeState.UNANSWERED }, [0, 0]),
      exchange({ status: 0, state: ExchangeState.ABORTED }, [0, 0]),
      exchange({ state: ExchangeState.MALFORMED }, [0, 0, 1, -1]),
      exchange({ state: ExchangeState.RESPONSE_ONLY, method: Method.UNKNOWN }, [-1, -1, 1, 2]),
    );
    expect({ requests, responses, unanswered, aborted, malformed }).toEqual({
      requests: 6,
      responses: 5,
      unanswered: 1,
      aborted: 1,
      malformed: 1,
    });
    expect(statuses).toEqual({ "2xx": 3, "3xx": 1, "4xx": 1 });
  });

  test("nothing: no rate, no jitter, empty distributions", () => {
    expect(metricsOf()).toEqual({
      requests: 0,
      responses: 0,
      unanswered: 0,
      aborted: 0,
      running: 0,
      malformed: 0,
      statuses: {},
      timeToFirstByteMs: emptyDistribution,
      timeToLastByteMs: emptyDistribution,
      jitterMs: { meanDifference: null, rfc3550: null, p99MinusMin: null },
      requestsPerSecond: null,
    });
  });

  test("requests per second: four intervals of five requests in 2 s", () => {
    const asked = [500, 1000, 1500, 2000, 2500].map((timeMs) =>
      exchange({}, [timeMs, timeMs, timeMs + 1, timeMs + 1]),
    );
    expect(metricsOf(...asked).requestsPerSecond).toBe(2);
    expect(metricsOf(exchange({}, [0, 0, 1, 1])).requestsPerSecond).toBeNull();
  });

  test("a request at the capture's first packet counts", () => {
    const { requestsPerSecond } = metricsOf(exchange({}, [0, 0, 1, 1]), exchange({}, [500, 500, 501, 501]));
    expect(requestsPerSecond).toBe(2);
  });

  test("a request whose first byte was not seen counts from its last one", () => {
    const { requestsPerSecond } = metricsOf(
      exchange({}, [1000, 1000, 1001, 1002]),
      exchange({}, [-1, 2000, 2001, 2002]),
    );
    expect(requestsPerSecond).toBe(1);
  });
});

describe("jitter by hand", () => {
  /** Exchanges with these times to first byte. */
  const taking = (...timesMs: readonly number[]) =>
    metricsOf(...timesMs.map((timeMs) => exchange({}, [0, 0, timeMs, timeMs])));

  test("one exchange: no difference, so none measured", () => {
    expect(taking(5).jitterMs).toEqual({ meanDifference: null, rfc3550: null, p99MinusMin: 0 });
  });

  test("10, 26, 26, 10 ms: differences 16, 0, 16", () => {
    const { meanDifference, rfc3550 } = taking(10, 26, 26, 10).jitterMs;
    expect(meanDifference).toBeCloseTo(32 / 3, 12);
    // RFC 3550 §6.4.1: J += (|D| − J) / 16: 1, then 0.9375, then 0.9375 + 15.0625 / 16.
    expect(rfc3550).toBeCloseTo(0.9375 + 15.0625 / 16, 12);
  });

  test("0 ms is a time like any other: differences 4 and 4", () => {
    expect(taking(0, 4, 0).jitterMs.meanDifference).toBe(4);
  });

  test("p99 − min of 0, 1, … 100 ms", () => {
    expect(taking(...Array.from({ length: 101 }, (_, index) => index)).jitterMs.p99MinusMin).toBeCloseTo(
      99,
      9,
    );
  });

  test("an exchange without a time to first byte is passed over", () => {
    const { meanDifference } = metricsOf(
      exchange({}, [0, 0, 10, 10]),
      exchange({ status: 0, state: ExchangeState.UNANSWERED }, [0, 0]),
      exchange({}, [0, 9, 5, 10]),
      exchange({}, [0, 0, 14, 14]),
    ).jitterMs;
    expect(meanDifference).toBe(4);
  });
});
