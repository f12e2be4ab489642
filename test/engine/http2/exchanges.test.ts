/** Streams become exchanges. Every segment is a frame of the capture: frame n at n ms. */
import { describe, expect, test } from "vitest";
import { EventLog, FRAME_NS } from "../http/event-log.ts";
import type { CloseReason } from "../http/worded-tracker.ts";
import { WordedTracker } from "../http/worded-tracker.ts";
import * as make from "./frames.ts";
import {
  answer,
  data,
  END_HEADERS,
  END_STREAM,
  frame,
  get,
  headers,
  literals,
  PREFACE,
  reset,
} from "./frames.ts";

/** What a side sends: bytes, a number of missing ones, or how it ends. Side 0 is `>`. */
type Step = readonly [side: ">" | "<", what: Buffer | number | CloseReason];

function events(steps: readonly Step[], fromStart = true): string[] {
  const log = new EventLog();
  const tracker = new WordedTracker(log, true);
  tracker.open(0, fromStart, fromStart ? 0 : -1);
  for (const [index, [arrow, what]] of steps.entries()) {
    const side = arrow === ">" ? 0 : 1;
    const number = index + 1;
    const timeNs = number * FRAME_NS;
    if (typeof what === "number") tracker.gap(0, side, what, timeNs, number);
    else if (typeof what === "string") tracker.close(0, side, what, timeNs, number);
    else tracker.data(0, side, what, 0, what.length, timeNs, number);
  }
  tracker.forget(0);
  for (const [reason, count] of Object.entries(tracker.discards)) {
    if (count > 0) log.lines.push(`given up: ${reason} ${count}`);
  }
  return log.lines;
}

const exchanges = (steps: readonly Step[], fromStart = true) =>
  events(steps, fromStart).filter((line) => !line.startsWith("message") && !line.startsWith("request"));

const START: readonly Step[] = [
  [">", Buffer.concat([PREFACE, make.settings()])],
  ["<", make.settings()],
];

describe("one stream", () => {
  test("a request and its response", () => {
    expect(events([...START, [">", get(1, "/a")], ["<", answer(1)]])).toEqual([
      "message > request #3",
      "request >",
      "message < response #4",
      "exchange 0 complete: GET /a 200, request #3 46 bytes, response #4 22 bytes",
    ]);
  });

  test("with content, in several frames and segments", () => {
    const post = headers(1, { ":method": "POST", ":path": "/b", ":authority": "shop", "x-request-id": "7" });
    const [first, second] = [data(1, "x".repeat(50)), data(1, "x".repeat(30), END_STREAM)];
    expect(
      exchanges([
        ...START,
        [">", post.subarray(0, 5)],
        [">", Buffer.concat([post.subarray(5), first.subarray(0, 20)])],
        [">", first.subarray(20)],
        [">", second],
        ["<", headers(1, { ":status": "201" })],
        ["<", data(1, "ok")],
        ["<", data(1, "", END_STREAM)],
      ]),
    ).toEqual([
      `exchange 0 complete: POST /b 201, request #3..#6 ${post.length + 59 + 39} bytes, response #7..#9 42 bytes, host shop, id 7`,
    ]);
  });

  test("padding and priority are no fields, and no content", () => {
    const block = literals({ ":method": "GET", ":path": "/p" });
    const padded = Buffer.concat([Buffer.from([3, 0, 0, 0, 0, 15]), block, Buffer.alloc(3)]);
    const flags = END_HEADERS | END_STREAM | make.PADDED | make.PRIORITY;
    const content = frame(0, END_STREAM | make.PADDED, 1, Buffer.from("\u0002abcxx"));
    const steps: Step[] = [
      ...START,
      [">", frame(1, flags, 1, padded)],
      ["<", headers(1, { ":status": "200" })],
    ];
    expect(exchanges([...steps, ["<", content]])[0]).toContain("complete: GET /p 200");
  });

  test("a header block that goes on in CONTINUATION, in pieces", () => {
    const block = literals({ ":method": "GET", ":path": "/long", "x-request-id": "42" });
    const whole = Buffer.concat([
      frame(1, END_STREAM, 1, block.subarray(0, 9)),
      frame(9, 0, 1, block.subarray(9, 9)),
      frame(9, 0, 1, block.subarray(9, 20)),
      frame(9, END_HEADERS, 1, block.subarray(20)),
    ]);
    const pieces = Array.from(
      { length: Math.ceil(whole.length / 7) },
      (_, index): Step => [">", whole.subarray(7 * index, 7 * index + 7)],
    );
    const [line = ""] = exchanges([...START, ...pieces, ["<", answer(1)]]);
    expect(line).toContain(
      `complete: GET /long 200, request #3..#${2 + pieces.length} ${whole.length} bytes`,
    );
    expect(line).toContain("id 42");
  });

  test("interim responses and trailers", () => {
    expect(
      exchanges([
        ...START,
        [">", get(1, "/i")],
        ["<", headers(1, { ":status": "103" })],
        ["<", headers(1, { ":status": "200" })],
        ["<", data(1, "x")],
        ["<", headers(1, { "x-check": "1" }, END_HEADERS | END_STREAM)],
      ])[0],
    ).toContain("complete: GET /i 200, request #3 46 bytes, response #5..#7");
  });

  test("CONNECT is answered by a response, whatever the tunnel carries", () => {
    const connect = headers(1, { ":method": "CONNECT", ":protocol": "websocket", ":path": "/chat" });
    const steps: Step[] = [...START, [">", connect], ["<", headers(1, { ":status": "200" })]];
    const tunnel: Step[] = [
      [">", data(1, "\u0081\u0085hello")],
      ["<", data(1, "x", END_STREAM)],
      [">", data(1, "", END_STREAM)],
    ];
    expect(exchanges([...steps, ...tunnel])).toEqual([
      `exchange 0 complete: CONNECT /chat 200, request #3 ${connect.length} bytes, response #4 22 bytes`,
    ]);
  });
});

describe("several streams", () => {
  test("each answer goes to its request, in whatever order they come", () => {
    const asked: Step[] = [
      [">", Buffer.concat([get(1, "/1"), get(3, "/3")])],
      [">", get(5, "/5")],
      ["<", Buffer.concat([headers(5, { ":status": "205" }), answer(1, 201)])],
      ["<", Buffer.concat([answer(3, 203), data(5, "x", END_STREAM)])],
    ];
    expect(exchanges([...START, ...asked]).map((line) => line.replace(/, .*/, ""))).toEqual([
      "exchange 0 complete: GET /1 201",
      "exchange 1 complete: GET /3 203",
      "exchange 2 complete: GET /5 205",
    ]);
  });

  test("what a server pushes is no exchange, and its header block counts for the table", () => {
    const promised = frame(
      5,
      END_HEADERS,
      1,
      Buffer.concat([make.uint32(2), Buffer.from("4001610131", "hex")]),
    );
    const pushed = frame(1, END_HEADERS, 2, Buffer.from("88be", "hex"));
    const steps: Step[] = [
      [">", get(1, "/1")],
      ["<", Buffer.concat([promised, answer(1), pushed])],
      ["<", data(2, "x", 1)],
    ];
    expect(exchanges([...START, ...steps])).toEqual([
      "exchange 0 complete: GET /1 200, request #3 46 bytes, response #4 22 bytes",
      "given up: http2Pushed 1",
    ]);
  });
});

describe("what does not end well", () => {
  test.each<[string, readonly Step[], string]>([
    [
      "reset before the answer",
      [
        [">", get(1, "/")],
        ["<", reset(1)],
      ],
      "unanswered: GET /",
    ],
    [
      "reset within the request",
      [
        [">", headers(1, { ":method": "PUT" })],
        [">", reset(1)],
      ],
      "aborted: PUT",
    ],
    [
      "reset within the answer",
      [
        [">", get(1, "/")],
        ["<", headers(1, { ":status": "200" })],
        ["<", reset(1)],
      ],
      "aborted: GET / 200",
    ],
    [
      "reset after the answer, of a request that goes on",
      [
        [">", headers(1, { ":method": "PUT" })],
        ["<", answer(1, 413)],
        ["<", reset(1, 0)],
      ],
      "complete: PUT 413",
    ],
    [
      "the server's end",
      [
        [">", get(1, "/")],
        ["<", "fin"],
      ],
      "unanswered: GET /",
    ],
    [
      "the server's end within the answer",
      [
        [">", get(1, "/")],
        ["<", headers(1, { ":status": "200" })],
        ["<", "fin"],
      ],
      "aborted: GET / 200",
    ],
    ["the end of the capture", [[">", headers(1, { ":method": "PUT" })]], "running: PUT"],
  ])("%s", (_title, steps, expected) => {
    expect(exchanges([...START, ...steps])[0]).toContain(`exchange 0 ${expected}`);
  });

  test("what comes after a reset belongs to nobody", () => {
    expect(
      exchanges([...START, [">", get(1, "/")], [">", reset(1)], ["<", answer(1)], ["<", data(1, "x")]]),
    ).toEqual(["exchange 0 unanswered: GET /, request #3 45 bytes, response none"]);
  });
});

describe("how it begins", () => {
  test("the server may speak first", () => {
    const steps: Step[] = [
      ["<", make.settings([3, 100])],
      [">", PREFACE],
      [">", make.settings()],
    ];
    expect(exchanges([...steps, [">", get(1, "/a")], ["<", answer(1)]])).toHaveLength(1);
  });

  test("the preface may come in pieces", () => {
    const steps: Step[] = [
      [">", PREFACE.subarray(0, 2)],
      [">", PREFACE.subarray(2, 20)],
      [">", PREFACE.subarray(20)],
    ];
    expect(exchanges([...steps, [">", get(1, "/a")], ["<", answer(1)]])).toHaveLength(1);
  });

  test("HTTP/1 may be left for it: the request that asked for it is answered on stream 1", () => {
    const asked = Buffer.from("GET /up HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
    const switched = Buffer.from(
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
    );
    const steps: Step[] = [
      [">", asked],
      ["<", Buffer.concat([switched, make.settings()])],
      [">", Buffer.concat([PREFACE, make.settings()])],
      ["<", headers(1, { ":status": "200" })],
      [">", get(3, "/next")],
      ["<", answer(3, 204)],
      ["<", data(1, "up", END_STREAM)],
    ];
    expect(exchanges(steps)).toEqual([
      "exchange 1 complete: GET /next 204, request #5 49 bytes, response #6 22 bytes",
      "exchange 0 complete: GET /up 200, request #1 64 bytes, response #4..#7 33 bytes, interim 1, host a",
    ]);
  });

  test("an upgrade to something else is none", () => {
    const asked = Buffer.from("GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n");
    const switched = Buffer.from("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");
    expect(
      exchanges([
        [">", asked],
        ["<", switched],
        ["<", answer(1)],
      ])[0],
    ).toContain("complete: GET /ws 101");
  });
});
