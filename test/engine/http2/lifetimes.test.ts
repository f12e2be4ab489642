/** When streams end: on connections seen from the middle, where requests are missing, and where windows change. */
import { expect, test } from "vitest";
import { HeaderMemory } from "../../../src/engine/http/split-header.ts";
import type { FrameOwner } from "../../../src/engine/http2/frame-owner.ts";
import { FrameReader } from "../../../src/engine/http2/frame-reader.ts";
import * as Protocol from "../../../src/engine/readings/protocol-readings.ts";
import {
  answer,
  data,
  END_HEADERS,
  frame,
  get,
  headers,
  PADDED,
  PREFACE,
  settings,
  uint32,
} from "./frames.ts";
import { play, type TimedStep } from "./play-streams.ts";

const START: readonly TimedStep[] = [
  [0, ">", Buffer.concat([PREFACE, settings()])],
  [0, "<", settings()],
];
const INITIAL_WINDOW_SIZE = 4;

test("a stream that begins behind its client's end, before anybody knows who that is, ends with the connection", () => {
  const { exchanges } = play(
    [
      [0, ">", "fin"],
      [1, "<", Buffer.concat([headers(3, { ":status": "200" }), data(3, "page")])],
    ],
    false,
  );
  expect(exchanges).toMatchObject([{ status: 200 }]);
});

test("a response that began without its request is given up when the client opens a later stream", () => {
  const { exchanges } = play([
    ...START,
    [1, ">", Buffer.concat([get(1, "/a"), get(5, "/b")])],
    [2, "<", Buffer.concat([answer(1), answer(5)])],
    [3, ">", 30],
    // Of stream 3 the request comes behind the answer's head; of stream 7 it is in the hole.
    [4, "<", headers(3, { ":status": "200" })],
    [5, ">", get(3, "/late")],
    [6, "<", headers(7, { ":status": "201" })],
    [7, "<", data(7, "", 1)],
    [8, ">", get(9, "/next")],
    [9, "<", answer(9, 202)],
  ]);
  expect(exchanges.map(({ status }) => status).slice(2, 4)).toEqual([201, 202]);
});

test("a larger initial window lets the streams go on that wait for theirs", () => {
  const { exchanges } = play([
    ...START,
    [1, ">", Buffer.concat([settings([INITIAL_WINDOW_SIZE, 4]), get(1, "/a")])],
    [2, "<", Buffer.concat([headers(1, { ":status": "200" }), data(1, "four")])],
    [7, ">", settings([INITIAL_WINDOW_SIZE, 100])],
    [9, "<", data(1, "rest", 1)],
  ]);
  expect(exchanges).toMatchObject([{ stalled: 5 }]);
});

test("streams that a GOAWAY says were not taken end with it, and no others", () => {
  const goAway = frame(7, 0, 0, Buffer.concat([uint32(1), uint32(0)]));
  const { exchanges } = play([
    ...START,
    [1, ">", Buffer.concat([get(1, "/taken"), get(3, "/refused")])],
    [2, "<", goAway],
    [3, "<", answer(1)],
  ]);
  expect(exchanges.map(({ target, state }) => `${target} ${state}`)).toEqual([
    "/refused unanswered",
    "/taken complete",
  ]);
});

test("a WebSocket in a stream is told once its server accepts it (RFC 8441)", () => {
  const connect = (protocol: string) =>
    headers(1, { ":method": "CONNECT", ":protocol": protocol, ":scheme": "http", ":path": "/chat" });
  const steps = (protocol: string, status: number): TimedStep[] => [
    ...START,
    [1, ">", connect(protocol)],
    [2, "<", headers(1, { ":status": `${status}` })],
  ];
  expect(play(steps("websocket", 200)).protocols).toContain(Protocol.WEBSOCKET);
  expect(play(steps("websocket", 501)).protocols).not.toContain(Protocol.WEBSOCKET);
  expect(play(steps("masque", 200)).protocols).not.toContain(Protocol.WEBSOCKET);
});

test("what lies behind a missing length of padding is content, whatever it is", () => {
  const contents: string[] = [];
  const holes: number[] = [];
  const nothing = (): void => {};
  const owner: FrameOwner = {
    content: (_side, _frame, bytes, start, end) =>
      contents.push(Buffer.from(bytes.subarray(start, end)).toString()),
    contentHole: (_side, _frame, length) => holes.push(length),
    endData: nothing,
    endBlock: nothing,
    control: nothing,
    loseFrames: nothing,
    skip: nothing,
  };
  const reader = new FrameReader(owner, 0, new HeaderMemory());
  reader.open(true);
  const padded = frame(0, PADDED | END_HEADERS, 1, Buffer.from("\x02content\0\0"));
  reader.data(padded, 0, 9, 0, 1);
  reader.gap(1, 0, 2);
  reader.data(padded, 10, padded.length, 0, 3);
  expect(holes).toEqual([0]);
  expect(contents).toEqual(["content\0\0"]);
});
