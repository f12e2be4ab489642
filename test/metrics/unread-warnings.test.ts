/** What of HTTP was given up, in words: reasons of one kind together, kinds apart. */
import { expect, test } from "vitest";
import * as Discard from "../../src/engine/http/discards.ts";
import { givenUpWarnings } from "../../src/metrics/unread-warnings.ts";

/** Given up: reason, how often, first frame. */
function warningsOf(given: readonly (readonly [number, number, number])[], isCut = false, hasHttp = true) {
  const discards = new Discard.Discards();
  for (const [reason, places, frame] of given) discards.add(reason, places, frame);
  const { counts: places, firstFrames } = discards;
  return givenUpWarnings({ places, firstFrames }, isCut, hasHttp).map(({ code, message }) => [code, message]);
}

test("nothing given up, nothing said", () => {
  expect(warningsOf([])).toEqual([]);
  expect(warningsOf([[Discard.SKIPPED_BYTES, 500, 3]])).toEqual([]);
});

test("reasons of one kind are one warning, with the earliest frame", () => {
  expect(
    warningsOf([
      [Discard.BAD_CHUNK, 2, 40],
      [Discard.BAD_CHUNK, 1, 17],
      [Discard.BAD_CONTENT_LENGTH, 4, 30],
    ]),
  ).toEqual([
    [
      "malformed-http",
      expect.stringContaining(
        "4 × lengths that differ or are no number, 3 × a chunk that breaks the chunked coding (first at frame 30)",
      ),
    ],
  ]);
});

test("kinds are warnings of their own", () => {
  const all = [
    [Discard.OTHER_PROTOCOL, 1, 1],
    [Discard.TOO_MANY_OPEN, 1, 2],
    [Discard.HEADER_TOO_LONG, 1, 3],
    [Discard.START_HOLE, 1, 4],
    [Discard.HTTP2_PUSHED, 2, 5],
  ] as const;
  const codes = (isCut: boolean, hasHttp: boolean) => warningsOf(all, isCut, hasHttp).map(([code]) => code);
  expect(codes(false, false)).toEqual([
    "holes-in-http",
    "malformed-http",
    "http-limits",
    "pushed-http",
    "no-http",
  ]);
  expect(codes(true, true)).toEqual(["malformed-http", "http-limits", "pushed-http"]);
});
