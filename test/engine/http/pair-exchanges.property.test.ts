import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Side } from "../tcp/side.ts";
import { FRAME_NS } from "./event-log.ts";
import type { Exchange, ExchangeSink } from "./exchange.ts";
import { deliver, type Fate } from "./lossy-capture.ts";
import {
  conversation,
  FIRST_STATUS,
  type PlannedConversation,
  type RandomSegment,
  segmentsOf,
} from "./random-conversation.ts";
import type { CloseReason } from "./worded-tracker.ts";
import { WordedTracker } from "./worded-tracker.ts";

const METHODS = ["GET", "POST", "HEAD", "PURGE", "fetch"];

/** Keeps copies of exchanges and counts of messages. */
class Collector implements ExchangeSink {
  readonly exchanges: Exchange[] = [];
  readonly messages = { request: 0, response: 0 };
  requests = 0;
  message(_connection: number, _side: Side, kind: "request" | "response"): void {
    this.messages[kind]++;
  }
  request(): void {
    this.requests++;
  }
  exchange(exchange: Exchange): void {
    this.exchanges.push({ ...exchange });
  }
}

function collect(feed: (tracker: WordedTracker) => void): Collector {
  const collector = new Collector();
  const tracker = new WordedTracker(collector, true);
  tracker.open(0, true, 0);
  feed(tracker);
  tracker.forget(0);
  return collector;
}

function send(tracker: WordedTracker, { side, bytes, frame }: RandomSegment): void {
  // The bytes lie somewhere in a larger buffer, as in a capture, and the buffer is used again afterwards.
  const buffer = Buffer.concat([Buffer.from("\r\n\r\nGET "), bytes, Buffer.from("\r\n\r\nHTTP/1.1 200")]);
  tracker.data(0, side, buffer, 8, 8 + bytes.length, frame * FRAME_NS, frame);
  buffer.fill(0x58);
}

const segmentLengths = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 40 });

describe("a whole conversation gives its exchanges, however it was cut into segments", () => {
  function expectAllComplete({ exchanges }: PlannedConversation, seen: Collector): void {
    const facts = seen.exchanges.map((exchange) => ({
      ordinal: exchange.ordinal,
      state: exchange.state,
      method: exchange.method,
      target: exchange.target,
      status: exchange.status,
      interim: exchange.interimResponses,
      requestBytes: exchange.requestBytes,
      responseBytes: exchange.responseBytes,
    }));
    expect(facts).toEqual(
      exchanges.map((planned, index) => ({
        ordinal: index,
        state: "complete",
        method: planned.method,
        target: `/${index}`,
        status: FIRST_STATUS + index,
        interim: planned.interimResponses,
        requestBytes: planned.request.length,
        responseBytes: planned.finalLength,
      })),
    );
  }

  test("recorded in order", () => {
    fc.assert(
      fc.property(
        conversation({ burst: 5, methods: METHODS, withInterim: true }),
        segmentLengths,
        (planned, lengths) => {
          const segments = segmentsOf(planned.blocks, lengths);
          const seen = collect((tracker) => {
            for (const segment of segments) send(tracker, segment);
          });
          expectAllComplete(planned, seen);
          expect(seen.requests).toBe(planned.exchanges.length);
          expect(seen.messages.request).toBe(planned.exchanges.length);
          const interim = planned.exchanges.reduce((sum, { interimResponses }) => sum + interimResponses, 0);
          expect(seen.messages.response).toBe(planned.exchanges.length + interim);
        },
      ),
    );
  });

  test("with the directions recorded in any order against each other", () => {
    fc.assert(
      fc.property(
        conversation({ burst: 3, methods: ["GET", "POST", "other"], withInterim: true }),
        segmentLengths,
        fc.array(fc.boolean(), { minLength: 1, maxLength: 50 }),
        (planned, lengths, choices) => {
          const segments = segmentsOf(planned.blocks, lengths);
          const waiting = [0, 1].map((side) => segments.filter((segment) => segment.side === side));
          const seen = collect((tracker) => {
            for (let frame = 1; frame <= segments.length; frame++) {
              const chosen = choices[frame % choices.length] === true ? 0 : 1;
              const segment = waiting[chosen]?.shift() ?? waiting[1 - chosen]?.shift();
              if (segment !== undefined) send(tracker, { ...segment, frame });
            }
          });
          expectAllComplete(planned, seen);
        },
      ),
    );
  });
});

describe("with segments missing", () => {
  const fates = fc.array(
    fc.oneof(
      { weight: 12, arbitrary: fc.constant<Fate>("captured") },
      { weight: 2, arbitrary: fc.constant<Fate>("lost") },
      { weight: 1, arbitrary: fc.constant<Fate>("cut") },
    ),
    { minLength: 1, maxLength: 60 },
  );

  function collectLossy(
    planned: PlannedConversation,
    lengths: readonly number[],
    fate: readonly Fate[],
    patience: number,
  ): Collector {
    return collect((tracker) => {
      for (const delivery of deliver(segmentsOf(planned.blocks, lengths), fate, patience)) {
        if ("bytes" in delivery) send(tracker, delivery);
        else tracker.gap(0, delivery.side, delivery.length, delivery.frame * FRAME_NS, delivery.frame);
      }
    });
  }

  function expectNoWrongPair({ exchanges }: PlannedConversation, seen: Collector): void {
    for (const exchange of seen.exchanges) {
      if (exchange.method === "" || exchange.status === 0) continue;
      const target = `/${exchange.status - FIRST_STATUS}`;
      // Of a request line that was cut, what there is.
      const isCut = exchange.requestEndNs === -1 && target.startsWith(exchange.target);
      expect(isCut ? exchange.target : target, exchange.state).toBe(exchange.target);
      const planned = exchanges[exchange.status - FIRST_STATUS];
      if (exchange.state !== "complete" && exchange.state !== "bodyHole") continue;
      if (exchange.requestEndNs !== -1) expect(exchange.requestBytes).toBe(planned?.request.length);
      if (exchange.responseEndNs !== -1) expect(exchange.responseBytes).toBe(planned?.finalLength);
    }
    expect(seen.exchanges.length).toBeGreaterThanOrEqual(seen.requests);
    const ordinals = seen.exchanges.map(({ ordinal }) => ordinal).sort((a, b) => a - b);
    expect(ordinals).toEqual(ordinals.map((_, index) => index));
  }

  test.each([
    ["a client that waits for every response", 1],
    ["a client that sends several requests, then waits for their responses", 6],
  ])("%s: request i never gets response j", (_title, burst) => {
    fc.assert(
      fc.property(
        conversation({ burst, methods: METHODS, withInterim: true }),
        segmentLengths,
        fates,
        fc.integer({ min: 0, max: 12 }),
        (planned, lengths, fate, patience) => {
          expectNoWrongPair(planned, collectLossy(planned, lengths, fate, patience));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("one lost segment costs few exchanges of a client that waits for every response", () => {
    fc.assert(
      fc.property(
        conversation({ burst: 1, methods: ["GET", "POST"], withInterim: false }),
        fc.nat(),
        fc.integer({ min: 0, max: 12 }),
        (planned, which, patience) => {
          // A segment per message: the usual case of small requests and responses.
          const segments = segmentsOf(planned.blocks, [100_000]);
          const lost = segments.map(
            (_, index): Fate => (index === which % segments.length ? "lost" : "captured"),
          );
          const seen = collectLossy(planned, [100_000], lost, patience);
          const complete = seen.exchanges.filter(({ state }) => state === "complete").length;
          expect(complete).toBeGreaterThanOrEqual(planned.exchanges.length - 4);
        },
      ),
    );
  });
});

describe("whatever comes", () => {
  const fragments = [
    ..."GET / HTTP/1.1\r\n|HTTP/1.1 200 OK\r\n|HTTP/1.1 100 Continue\r\n\r\n|Content-Length: 5\r\n".split(
      "|",
    ),
    ..."Transfer-Encoding: chunked\r\n|\r\n|5\r\nhello\r\n|0\r\n\r\n|\n|GET /x\r\n|CONNECT a:1 HTTP/1.1\r\n\r\n".split(
      "|",
    ),
    ..."HTTP/1.1 101 Switch\r\n\r\n|HEAD / HTTP/1.0\n\n|PROXY TCP4 \r\n|Content-Length: 1, 2\r\n|hello| |:".split(
      "|",
    ),
  ];
  const bytes = fc.oneof(
    fc
      .array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 8 })
      .map((parts) => Buffer.from(parts.join(""))),
    fc.uint8Array({ minLength: 1, maxLength: 80 }).map((array) => Buffer.from(array)),
  );
  const side = fc.constantFrom<Side>(0, 1);
  const call = fc.oneof(
    { weight: 10, arbitrary: fc.record({ kind: fc.constant("data" as const), side, bytes }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("gap" as const),
        side,
        length: fc.integer({ min: 1, max: 40 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("close" as const),
        side,
        reason: fc.constantFrom<CloseReason>("fin", "reset", "replaced", "end"),
      }),
    },
  );

  test("nothing throws, and every request that waits ends in one exchange", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(call, { maxLength: 40 }), (fromStart, calls) => {
        const collector = new Collector();
        const tracker = new WordedTracker(collector, true);
        tracker.open(3, fromStart, fromStart ? 0 : -1);
        calls.forEach((one, index) => {
          const frame = index + 1;
          const timeNs = frame * FRAME_NS;
          if (one.kind === "data") tracker.data(3, one.side, one.bytes, 0, one.bytes.length, timeNs, frame);
          else if (one.kind === "gap") tracker.gap(3, one.side, one.length, timeNs, frame);
          else tracker.close(3, one.side, one.reason, timeNs, frame);
        });
        tracker.forget(3);
        const ended = collector.exchanges.filter(({ requestEndNs }) => requestEndNs !== -1);
        expect(ended.length).toBe(collector.requests);
        expect(collector.messages.request).toBe(collector.requests);
        for (const exchange of collector.exchanges) {
          expect(exchange.requestStartNs !== -1 || exchange.responseStartNs !== -1).toBe(true);
          if (exchange.state === "responseOnly") expect(exchange.requestStartNs).toBe(-1);
          if (exchange.state === "unanswered") expect(exchange.responseStartNs).toBe(-1);
          if (exchange.state !== "complete") continue;
          expect(exchange.requestEndNs).not.toBe(-1);
          expect(exchange.responseEndNs).not.toBe(-1);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
