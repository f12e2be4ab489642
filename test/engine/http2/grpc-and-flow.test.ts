/** gRPC's calls, waits for WINDOW_UPDATE, and PING. */
import { describe, expect, test } from "vitest";
import * as make from "./frames.ts";
import {
  answer,
  data,
  END_HEADERS,
  END_STREAM,
  frame,
  get,
  headers,
  PREFACE,
  uint32,
  windowUpdate,
} from "./frames.ts";
import { play, type TimedStep } from "./play-streams.ts";

const START: readonly TimedStep[] = [
  [0, ">", Buffer.concat([PREFACE, make.settings()])],
  [0, "<", make.settings()],
];

/** A message with its prefix. */
const message = (text: string) => Buffer.concat([Buffer.from([0]), uint32(text.length), Buffer.from(text)]);
const call = (stream: number) =>
  headers(stream, { ":method": "POST", ":path": "/shop.Cart/Add", "content-type": "application/grpc+proto" });
const content = (stream: number, octets: Buffer, flags = 0) => frame(0, flags, stream, octets);
const RESPONSE = { ":status": "200", "content-type": "application/grpc" };
const trailers = (stream: number, status: string) =>
  headers(stream, { "grpc-status": status }, END_HEADERS | END_STREAM);

describe("gRPC", () => {
  test("a call with one message each", () => {
    const { exchanges } = play([
      ...START,
      [10, ">", Buffer.concat([call(1), content(1, message("milk"), END_STREAM)])],
      [15, "<", headers(1, RESPONSE)],
      [18, "<", content(1, message("added"))],
      [19, "<", trailers(1, "0")],
    ]);
    expect(exchanges).toMatchObject([
      { state: "complete", target: "/shop.Cart/Add", grpcStatus: 0, requestMessages: 1, responseMessages: 1 },
    ]);
    expect(exchanges).toMatchObject([
      { requestEnd: 10, responseStart: 15, first: 18, last: 18, responseEnd: 19 },
    ]);
  });

  test("messages that share frames, and span them", () => {
    const all = Buffer.concat([message("one"), message(""), message("three".repeat(10)), message("x")]);
    const { exchanges } = play([
      ...START,
      [10, ">", Buffer.concat([call(1), content(1, message("all"), END_STREAM)])],
      [15, "<", Buffer.concat([headers(1, RESPONSE), content(1, all.subarray(0, 3))])],
      [16, "<", content(1, all.subarray(3, 14))],
      [17, "<", content(1, all.subarray(14, 50))],
      [18, "<", content(1, all.subarray(50))],
      [19, "<", trailers(1, "0")],
    ]);
    expect(exchanges).toMatchObject([{ responseMessages: 4, first: 16, last: 18 }]);
  });

  test.each([
    [
      "in the trailers",
      [
        [15, "<", headers(1, RESPONSE)],
        [16, "<", trailers(1, "14")],
      ],
      14,
    ],
    [
      "in a response that is nothing but trailers",
      [[15, "<", headers(1, { ...RESPONSE, "grpc-status": "5" }, END_HEADERS | END_STREAM)]],
      5,
    ],
    [
      "that is none of gRPC's",
      [
        [15, "<", headers(1, RESPONSE)],
        [16, "<", trailers(1, "99")],
      ],
      2,
    ],
    [
      "that never came",
      [
        [15, "<", headers(1, RESPONSE)],
        [16, "<", data(1, "", END_STREAM)],
      ],
      -1,
    ],
  ] as [string, TimedStep[], number][])("a status %s", (_title, response, status) => {
    const asked: TimedStep = [10, ">", Buffer.concat([call(1), content(1, message("x"), END_STREAM)])];
    const { exchanges } = play([...START, asked, ...response]);
    expect(exchanges).toMatchObject([
      { state: "complete", status: 200, grpcStatus: status, responseMessages: 0 },
    ]);
  });

  test("a status is gRPC's only of what is gRPC", () => {
    const { exchanges } = play([
      ...START,
      [1, ">", get(1, "/")],
      [2, "<", headers(1, { ":status": "200" })],
      [3, "<", trailers(1, "14")],
    ]);
    expect(exchanges[0]).not.toHaveProperty("grpcStatus");
  });
});

describe("a stream waits for WINDOW_UPDATE", () => {
  const WINDOW = 65_535;
  const asked: TimedStep[] = [
    ...START,
    [10, ">", get(1, "/big")],
    [20, "<", headers(1, { ":status": "200" })],
  ];
  const chunk = "x".repeat(16_383);
  const full = Buffer.concat([1, 2, 3, 4].map(() => data(1, chunk)));
  const rest = data(1, "xyz");

  test("of its own, and of the connection", () => {
    const { exchanges } = play([
      ...asked,
      [30, "<", Buffer.concat([full, rest])],
      [34, ">", windowUpdate(0, 1000)],
      [37, ">", windowUpdate(1, 1000)],
      [38, "<", data(1, "y", END_STREAM)],
    ]);
    // 4 × 16,383 + 3 octets are all that both windows allow.
    expect(4 * chunk.length + 3).toBe(WINDOW);
    expect(exchanges).toMatchObject([{ state: "complete", stalled: 7 }]);
  });

  test("not where an octet may still be sent, nor after its last one", () => {
    const before = play([
      ...asked,
      [30, "<", Buffer.concat([full, data(1, "xy")])],
      [50, "<", data(1, "z", END_STREAM)],
    ]);
    expect(before.exchanges).toMatchObject([{ stalled: 0 }]);
    const last = play([
      ...asked,
      [30, "<", Buffer.concat([full, data(1, "xyz", END_STREAM)])],
      [50, ">", windowUpdate(0, 9)],
    ]);
    expect(last.exchanges).toMatchObject([{ stalled: 0 }]);
  });

  test("by the window that its receiver announced", () => {
    const small: TimedStep[] = [
      [0, ">", Buffer.concat([PREFACE, make.settings([4, 10])])],
      [0, "<", make.settings()],
      [10, ">", get(1, "/small")],
      [20, "<", Buffer.concat([headers(1, { ":status": "200" }), data(1, "0123456789")])],
      [25, ">", windowUpdate(1, 5)],
      [26, "<", data(1, "01234")],
      [36, ">", make.settings([4, 16])],
      [37, ">", windowUpdate(1, 1)],
      [38, "<", data(1, "0", END_STREAM)],
    ];
    // 5 ms for the update, and 10 from the second stop to the larger window (RFC 9113 §6.9.2).
    expect(play(small).exchanges).toMatchObject([{ stalled: 15 }]);
  });

  test("never known where the connection's begin was not captured", () => {
    const { exchanges } = play(
      [
        ...asked.slice(2),
        [30, "<", Buffer.concat([full, rest])],
        [60, ">", windowUpdate(0, 9)],
        [61, "<", data(1, "", 1)],
      ],
      false,
    );
    expect(exchanges).toMatchObject([{ stalled: 0 }]);
  });

  test("windows of 2^31 − 1 and updates beyond them are numbers like others", () => {
    const huge = windowUpdate(0, 0x7fffffff);
    const { exchanges } = play([
      ...asked,
      [21, ">", Buffer.concat([huge, huge, huge])],
      [30, "<", answer(1)],
    ]);
    expect(exchanges).toMatchObject([{ stalled: 0 }]);
  });
});

test("PING and its acknowledgement are a round trip of whoever sent it", () => {
  const ping = (text: string, flags = 0) => frame(6, flags, 0, Buffer.from(text));
  const { pings } = play([
    ...START,
    [1, ">", ping("aaaaaaaa")],
    [3, "<", ping("bbbbbbbb")],
    [4, ">", ping("bbbbbbbb", 1)],
    [6, "<", ping("other...", 1)],
    [8, "<", ping("aaaaaaaa", 1)],
    [9, "<", ping("aaaaaaaa", 1)],
  ]);
  expect(pings).toEqual([
    [1, 1],
    [0, 7],
  ]);
});

test("frames of the capture in which frames are whole are told once each, once the client is known", () => {
  const { frames } = play([
    ...START,
    [1, ">", get(1, "/").subarray(0, 5)],
    [2, ">", get(1, "/").subarray(5)],
    [3, "<", answer(1)],
  ]);
  expect(frames).toBe(4);
});
