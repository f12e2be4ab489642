/** Holes, and connections seen from the middle: what is known is told, what is not is not. */
import { describe, expect, test } from "vitest";
import { HTTP2_FIELDS, HTTP2_HOLE } from "../../../src/engine/http/discards.ts";
import * as make from "./frames.ts";
import { answer, data, END_HEADERS, END_STREAM, frame, get, headers, PREFACE } from "./frames.ts";
import { play, type TimedStep } from "./play-streams.ts";

const START: readonly TimedStep[] = [
  [0, ">", Buffer.concat([PREFACE, make.settings()])],
  [0, "<", make.settings()],
];
const block = (stream: number, hex: string, flags = END_HEADERS | END_STREAM) =>
  frame(1, flags, stream, Buffer.from(hex.replaceAll(" ", ""), "hex"));

describe("a hole", () => {
  test("in the content of a frame costs its content only", () => {
    const response = Buffer.concat([
      headers(1, { ":status": "200" }),
      data(1, "x".repeat(100), END_STREAM),
      answer(3, 204),
    ]);
    const { exchanges, discards } = play([
      ...START,
      [1, ">", Buffer.concat([get(1, "/1"), get(3, "/3")])],
      [2, "<", response.subarray(0, 60)],
      [3, "<", 40],
      [4, "<", response.subarray(100)],
    ]);
    expect(exchanges).toMatchObject([
      { target: "/1", state: "bodyHole", status: 200, responseEnd: 4 },
      { target: "/3", state: "complete", status: 204 },
    ]);
    expect([discards[HTTP2_HOLE], discards[HTTP2_FIELDS]]).toEqual([0, 0]);
  });

  test("in a header block costs its fields: the exchange is timed", () => {
    const response = headers(1, { ":status": "418", "x-long": "y".repeat(50) }, END_HEADERS | END_STREAM);
    const { exchanges, discards } = play([
      ...START,
      [1, ">", get(1, "/1")],
      [2, "<", response.subarray(0, 30)],
      [3, "<", 20],
      [4, "<", response.subarray(50)],
    ]);
    expect(exchanges).toMatchObject([
      {
        state: "complete",
        status: 0,
        hasUnknownStatus: true,
        requestEnd: 1,
        responseStart: 4,
        responseEnd: 4,
      },
    ]);
    expect([discards[HTTP2_HOLE], discards[HTTP2_FIELDS]]).toEqual([0, 1]);
  });

  test("over frames: the next one is found, and streams go on", () => {
    const { exchanges, discards } = play([
      ...START,
      [1, ">", Buffer.concat([get(1, "/1"), get(3, "/3")])],
      [2, "<", headers(1, { ":status": "200" })],
      [3, "<", 500],
      [4, "<", Buffer.concat([data(1, "rest of a frame"), data(1, "end", END_STREAM)]).subarray(5)],
      [5, "<", answer(3, 203)],
    ]);
    expect(exchanges).toMatchObject([
      { target: "/1", state: "bodyHole", status: 200, responseStart: 2, responseEnd: 4 },
      { target: "/3", state: "bodyHole", status: 203, responseStart: 5 },
    ]);
    expect(discards[HTTP2_HOLE]).toBe(1);
  });

  test("in which an answer may have ended leaves it uncertain", () => {
    const { exchanges } = play([
      ...START,
      [1, ">", Buffer.concat([get(1, "/1"), get(3, "/3")])],
      [2, "<", headers(1, { ":status": "200" })],
      [3, "<", 500],
      [5, "<", answer(3, 203)],
      [6, "<", "fin"],
    ]);
    expect(exchanges).toMatchObject([
      { target: "/3", status: 203 },
      { target: "/1", state: "uncertain" },
    ]);
  });

  test("in which an answer ended, of which nothing is heard for half a minute, ends it at last", () => {
    const { exchanges } = play([
      ...START,
      [1, ">", get(1, "/1")],
      [2, "<", headers(1, { ":status": "200" })],
      [3, "<", 500],
      [4, "<", make.windowUpdate(0, 1)],
      [31_000, ">", get(3, "/3")],
      [31_001, "<", answer(3, 203)],
    ]);
    expect(exchanges).toMatchObject([
      { target: "/1", state: "uncertain" },
      { target: "/3", state: "complete" },
    ]);
  });

  test("with trailers after it: nobody knows when the answer began", () => {
    const { exchanges } = play([
      ...START,
      [1, ">", get(1, "/1")],
      [3, "<", 500],
      [5, "<", headers(1, { "x-check": "1" }, END_HEADERS | END_STREAM)],
    ]);
    expect(exchanges).toMatchObject([
      { target: "/1", state: "uncertain", responseStart: expect.closeTo(0, 3) },
    ]);
  });

  test("makes fields unknown until they are sent anew", () => {
    const { exchanges, discards } = play([
      ...START,
      [1, ">", block(1, "82 44 02 2f61")],
      [2, "<", answer(1)],
      [3, ">", 300],
      [4, ">", block(5, "82 be")],
      [5, "<", answer(5)],
      [6, ">", block(7, "82 44 02 2f62")],
      [7, "<", answer(7)],
      [8, ">", block(9, "82 be")],
      [9, "<", answer(9)],
    ]);
    expect(exchanges.map(({ target, method }) => [method, target])).toEqual([
      ["GET", "/a"],
      ["GET", null],
      ["GET", "/b"],
      ["GET", "/b"],
    ]);
    expect(discards[HTTP2_FIELDS]).toBe(1);
  });

  test("with a request in it: its answer has none", () => {
    const { exchanges } = play([
      ...START,
      [3, ">", 300],
      [4, ">", get(5, "/5")],
      [5, "<", answer(3, 200)],
      [6, "<", answer(5, 204)],
    ]);
    expect(exchanges).toMatchObject([
      { state: "responseOnly", status: 200 },
      { state: "complete", target: "/5", status: 204 },
    ]);
  });
});

describe("a connection seen from the middle", () => {
  test("is known by its frames, and its client by what it asks", () => {
    const { exchanges } = play(
      [
        [1, "<", Buffer.concat([data(1, "the end of something").subarray(7)])],
        [2, "<", Buffer.concat([make.windowUpdate(0, 100), answer(1, 200)])],
        [3, ">", Buffer.concat([get(3, "/3"), get(5, "/5")])],
        [4, "<", Buffer.concat([answer(5, 205), answer(3, 203)])],
      ],
      false,
    );
    expect(exchanges).toMatchObject([
      { state: "responseOnly", status: 200 },
      { target: "/5", status: 205, state: "complete" },
      { target: "/3", status: 203, state: "complete" },
    ]);
  });

  test("is HTTP/1's where its messages follow what looked like frames", () => {
    const { exchanges } = play(
      [
        [1, "<", Buffer.concat([data(1, "an image"), data(1, "or so")])],
        [2, ">", Buffer.from("GET /1 HTTP/1.1\r\n\r\n")],
        [3, "<", Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")],
      ],
      false,
    );
    expect(exchanges).toMatchObject([{ target: "/1", status: 200 }]);
  });

  test("is none's where HTTP/1 goes on", () => {
    const { exchanges, frames } = play(
      [
        [1, "<", Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")],
        [2, ">", Buffer.from("GET /1 HTTP/1.1\r\n\r\n")],
        [3, "<", Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n")],
        [4, "<", get(1, "/").subarray(0, 19)],
        [5, ">", Buffer.from("GET /2 HTTP/1.1\r\n\r\n")],
      ],
      false,
    );
    expect(exchanges.flatMap(({ target }) => target ?? [])).toEqual(["/1", "/2"]);
    expect(frames).toBe(0);
  });
});

describe("bounds", () => {
  test("a header block without end is given up, and the connection read on", () => {
    const flood = Buffer.concat(
      Array.from({ length: 300 }, (_, index) => frame(index === 0 ? 1 : 9, 0, 1, Buffer.alloc(1000, "a"))),
    );
    const end = Buffer.concat([frame(9, END_HEADERS, 1, Buffer.alloc(10)), get(3, "/3")]);
    const { exchanges } = play([...START, [1, ">", flood], [2, ">", end], [3, "<", answer(3)]]);
    expect(exchanges).toContainEqual(expect.objectContaining({ target: "/3", state: "complete" }));
  });

  test("streams that nobody answers are let go when they are too many", () => {
    const asked = Array.from({ length: 11_000 }, (_, index) => get(2 * index + 1, "/")) as Buffer[];
    const { exchanges } = play([...START, [1, ">", Buffer.concat(asked)]]);
    expect(exchanges).toHaveLength(11_000);
    expect(exchanges.filter(({ state }) => state === "uncertain")).toHaveLength(10_000);
  });

  test("a block that is not HPACK ends nothing but what it says", () => {
    const { exchanges, discards } = play([
      ...START,
      [1, ">", block(1, "80")],
      [2, ">", get(3, "/3")],
      [3, "<", answer(3)],
    ]);
    expect(exchanges).toContainEqual(expect.objectContaining({ target: "/3", state: "complete" }));
    expect(discards[HTTP2_FIELDS]).toBe(1);
  });
});
