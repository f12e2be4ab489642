/** When streams end: on connections seen from the middle, where requests are missing, and where windows change. */
import { expect, test } from "vitest";
import { HeaderMemory } from "../../../src/engine/http/split-header.ts";
import type { FrameOwner } from "../../../src/engine/http2/frame-owner.ts";
import { FrameReader } from "../../../src/engine/http2/frame-reader.ts";
import { answer, data, END_HEADERS, frame, get, headers, PADDED, PREFACE, settings } from "./frames.ts";
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
