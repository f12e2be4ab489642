import { describe, expect, test } from "vitest";
import type { Side } from "../tcp/side.ts";
import type { Exchange, ExchangeSink } from "./exchange.ts";
import { WordedTracker } from "./worded-tracker.ts";

/** Counts exchanges by state, and keeps the last one. */
class Tally implements ExchangeSink {
  readonly states: Record<string, number> = {};
  last: Exchange | undefined;
  message(): void {}
  request(): void {}
  exchange(exchange: Exchange): void {
    this.states[exchange.state] = (this.states[exchange.state] ?? 0) + 1;
    this.last = { ...exchange };
  }
}

function track(details = false) {
  const tally = new Tally();
  const tracker = new WordedTracker(tally, details);
  let frame = 0;
  const send = (connection: number, side: Side, text: string) => {
    const bytes = Buffer.from(text);
    frame++;
    tracker.data(connection, side, bytes, 0, bytes.length, frame * 1000, frame);
  };
  return { tally, tracker, send };
}

const REQUEST = "GET / HTTP/1.1\r\n\r\n";
const RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

describe("memory has bounds", () => {
  test("10,000 requests of a connection may wait for responses", () => {
    const { tally, tracker, send } = track();
    tracker.open(0, true, 0);
    for (let count = 0; count < 10_000; count++) send(0, 0, REQUEST);
    expect(tally.states).toEqual({});
    send(0, 0, REQUEST);
    expect(tally.states).toEqual({ unanswered: 10_000 });
    expect(tracker.discards.tooManyOpen).toBe(1);
    // What comes now answers one of those, or the last one: it can't be told.
    send(0, 1, RESPONSE);
    tracker.forget(0);
    expect(tally.states).toEqual({ unanswered: 10_000, uncertain: 1, responseOnly: 1 });
  });

  test("1,000 responses of a connection may wait for requests", () => {
    const { tally, tracker, send } = track();
    tracker.open(0, true, 0);
    for (let count = 0; count < 1001; count++) send(0, 1, RESPONSE);
    expect(tally.states).toEqual({ responseOnly: 1000 });
    expect(tracker.discards.tooManyOpen).toBe(1);
  });

  test("16,384 exchanges of all connections may be open where many wait on one", () => {
    const { tally, tracker, send } = track();
    const many = REQUEST.repeat(512);
    for (let connection = 0; connection < 32; connection++) {
      tracker.open(connection, true, 0);
      send(connection, 0, many);
    }
    expect(tracker.discards.tooManyOpen).toBe(0);
    send(7, 0, REQUEST);
    expect(tracker.discards.tooManyOpen).toBe(1);
    expect(tally.states).toEqual({ unanswered: 512 });
  });

  test("where 30 wait on each of 1,000 connections, none is let go; of more, the more there are, the sooner", () => {
    const { tally, tracker, send } = track();
    for (let connection = 0; connection < 1000; connection++) {
      tracker.open(connection, true, 0);
      send(connection, 0, REQUEST.repeat(30));
    }
    send(999, 1, RESPONSE);
    expect(tracker.discards.tooManyOpen).toBe(0);
    expect(tally.states).toEqual({ complete: 1 });
    // 30,000 are open: a connection may have 16,384 × 64 / 30,000 of them.
    for (let count = 31; count <= 35; count++) send(0, 0, REQUEST);
    expect(tracker.discards.tooManyOpen).toBe(0);
    send(0, 0, REQUEST);
    expect(tracker.discards.tooManyOpen).toBe(1);
  });

  test("a header may have 256 KiB", () => {
    const { tally, tracker, send } = track(true);
    tracker.open(0, true, 0);
    send(0, 0, "GET /long HTTP/1.1\r\nCookie: ");
    for (let count = 0; count < 255; count++) send(0, 0, "c".repeat(1024));
    send(0, 0, "\r\n\r\n");
    send(0, 1, RESPONSE);
    expect(tally.last).toMatchObject({ state: "complete", target: "/long" });
    expect(tally.last?.requestBytes).toBe(28 + 255 * 1024 + 4);
    send(0, 0, "GET /longer HTTP/1.1\r\nCookie: ");
    for (let count = 0; count < 256; count++) send(0, 0, "c".repeat(1024));
    send(0, 1, RESPONSE);
    expect(tracker.discards.headerTooLong).toBe(1);
    expect(tally.last).toMatchObject({
      state: "malformed",
      target: "/longer",
      status: 200,
      requestEndNs: -1,
    });
  });

  test("a long header in segments of one byte takes no more looks than its length", () => {
    const { tally, tracker, send } = track(true);
    tracker.open(0, true, 0);
    const target = `/${"t".repeat(100_000)}`;
    for (const letter of `GET ${target} HTTP/1.1\r\nA: ${"a".repeat(100_000)}\r\n\r\n`) send(0, 0, letter);
    send(0, 1, RESPONSE);
    expect(tally.last).toMatchObject({ state: "complete", target: target.slice(0, 8192) });
  });

  test("unfinished headers of all connections may have 64 MiB", () => {
    const { tracker, send } = track();
    const half = `GET / HTTP/1.1\r\nCookie: ${"c".repeat(200_000)}`;
    for (let connection = 0; connection < 257; connection++) {
      expect(tracker.discards.headerMemory).toBe(0);
      tracker.open(connection, true, 0);
      send(connection, 0, half);
    }
    expect(tracker.discards.headerMemory).toBe(1);
    // What a forgotten connection held is free again.
    tracker.forget(3);
    tracker.open(3, true, 0);
    send(3, 0, half);
    expect(tracker.discards.headerMemory).toBe(1);
  });

  test("strings of open exchanges may have 64 MiB; what goes beyond has none", () => {
    const { tally, tracker, send } = track(true);
    const request = `GET /${"t".repeat(8191)} HTTP/1.1\r\n\r\n`;
    tracker.open(0, true, 0);
    for (let count = 0; count < 8192; count++) send(0, 0, request);
    expect(tracker.discards.detailMemory).toBe(0);
    tracker.open(1, true, 0);
    send(1, 0, request);
    send(1, 1, RESPONSE);
    expect(tracker.discards.detailMemory).toBe(1);
    expect(tally.last).toMatchObject({ state: "complete", method: "GET", target: "" });
    send(0, 1, RESPONSE);
    expect(tally.last?.target.length).toBe(8192);
    send(1, 0, request);
    send(1, 1, RESPONSE);
    expect(tally.last?.target.length).toBe(8192);
  });
});

describe("connection slots", () => {
  test("are used again, with nothing left of the connection before", () => {
    const { tally, tracker, send } = track();
    for (let count = 0; count < 3; count++) {
      tracker.open(5, true, 1);
      send(5, 1, REQUEST);
      send(5, 0, RESPONSE);
      send(5, 1, "GET / HTTP/1.1\r\nHos");
      tracker.forget(5);
    }
    expect(tally.states).toEqual({ complete: 3, running: 3 });
    expect(tally.last).toMatchObject({ connection: 5, clientSide: 1, ordinal: 1 });
  });

  test("forget that a client pipelined", () => {
    const { tally, tracker, send } = track();
    const lossy = () => {
      tracker.gap(0, 1, 38, 0, 1);
      for (let count = 0; count < 2; count++) {
        send(0, 0, REQUEST);
        send(0, 1, RESPONSE);
      }
      tracker.forget(0);
    };
    tracker.open(0, true, 0);
    send(0, 0, REQUEST + REQUEST);
    send(0, 1, RESPONSE + RESPONSE);
    lossy();
    expect(tally.states).toEqual({ complete: 2, uncertain: 2, responseOnly: 2 });
    tracker.open(0, true, 0);
    lossy();
    // One request and one response apart, then a pair.
    expect(tally.states).toEqual({ complete: 2, uncertain: 4, responseOnly: 3 });
  });

  test("that are opened again without being forgotten end what is open", () => {
    const { tally, tracker, send } = track();
    tracker.open(0, true, 0);
    send(0, 0, REQUEST);
    tracker.open(0, true, 0);
    expect(tally.states).toEqual({ unanswered: 1 });
  });

  test("that were never opened are left alone", () => {
    const { tally, tracker, send } = track();
    send(4, 0, REQUEST);
    tracker.gap(4, 0, 10, 0, 1);
    tracker.close(4, 0, "fin", 0, 1);
    tracker.forget(4);
    expect(tally.states).toEqual({});
  });
});

test("without details no strings are made but the method", () => {
  const { tally, tracker, send } = track(false);
  tracker.open(0, true, 0);
  send(0, 0, "PUT /x HTTP/1.1\r\nHost: a\r\nX-Request-ID: 1\r\n\r\n");
  send(0, 1, RESPONSE);
  expect(tally.last).toMatchObject({ method: "PUT", target: "", host: "", requestId: "", forwardedFor: "" });
});
