/** By what an exchange is known again behind a proxy: equal where a proxy passes it on in another form, 0 where it is not known. */
import { describe, expect, test } from "vitest";
import type { ExchangeListener } from "../../../src/engine/http/exchange-listener.ts";
import * as Trait from "../../../src/engine/http/message-traits.ts";
import { ExchangeTracker } from "../../../src/engine/streams/pair-exchanges.ts";

/** What goes over a connection, in order: octets of the client's or the server's, or so many that were not recorded. */
type Step = { readonly client: string } | { readonly server: string } | { readonly missing: number };

interface Known {
  readonly traits: readonly number[];
  readonly isLast: boolean;
}

/** What each exchange of a connection is known by. */
function knownBy(...steps: readonly Step[]): readonly Known[] {
  const known: Known[] = [];
  const listener: ExchangeListener = {
    message() {},
    request() {},
    exchange({ traits, isLast }) {
      known.push({ traits: Array.from(traits), isLast });
    },
    speaks() {},
    http2Frames() {},
    ping() {},
  };
  const tracker = new ExchangeTracker(listener, false);
  tracker.open(0, true, 0);
  steps.forEach((step, index) => {
    if ("missing" in step) {
      tracker.gap(0, 1, step.missing, index, index + 1);
      return;
    }
    const side = "client" in step ? 0 : 1;
    const bytes = Buffer.from("client" in step ? step.client : step.server, "latin1");
    // Octet by octet, so that nothing depends on where segments end.
    for (let at = 0; at < bytes.length; at++) tracker.data(0, side, bytes, at, at + 1, index, index + 1, 0);
  });
  return known;
}

const GET = { client: "GET / HTTP/1.1\r\n\r\n" };

function answer(fields: string, body = ""): Step {
  return { server: `HTTP/1.1 200 OK\r\n${fields}\r\n${body}` };
}

function traitsOf(...steps: readonly Step[]): readonly number[] {
  const [one, ...more] = knownBy(...steps);
  expect(more).toEqual([]);
  return one?.traits ?? [];
}

describe("an answer is known by", () => {
  test.each([
    ["its ETag, weak or not", Trait.ETAG, 'ETag: "ab"', 'etag:W/"ab" ', 'ETag: "ac"'],
    [
      "the first of its timings",
      Trait.SERVER_TIMING,
      "Server-Timing: db;dur=3",
      "server-timing: db;dur=3, cdn",
      "Server-Timing: db;dur=4",
    ],
    ["the hop next to the origin", Trait.VIA, "Via: 1.1 a", "VIA: 1.1 a, 1.1 b", "Via: 1.1 b, 1.1 a"],
    ["its ID", Trait.RESPONSE_ID, "X-Request-ID: 7", "x-request-id:  7", "X-Request-ID: 8"],
  ])("%s", (_what, trait, field, same, other) => {
    const of = (name: string) => traitsOf(GET, answer(`Content-Length: 0\r\n${name}\r\n`))[trait];
    expect(of(field)).not.toBe(0);
    expect(of(same)).toBe(of(field));
    expect(of(other)).not.toBe(of(field));
    expect(of("Server: x")).toBe(0);
  });

  test("its body, whatever its framing, and the body's length", () => {
    const framed = traitsOf(GET, answer("Content-Length: 6\r\n", "hello!"));
    const chunked = traitsOf(
      GET,
      answer("Transfer-Encoding: chunked\r\n", "2;x\r\nhe\r\n4\r\nllo!\r\n0\r\n\r\n"),
    );
    expect(framed[Trait.RESPONSE_BODY]).not.toBe(0);
    expect(chunked).toEqual(framed);
    const other = traitsOf(GET, answer("Content-Length: 6\r\n", "hello?"));
    expect(other[Trait.RESPONSE_BODY]).not.toBe(framed[Trait.RESPONSE_BODY]);
    expect(other[Trait.RESPONSE_LENGTH]).toBe(framed[Trait.RESPONSE_LENGTH]);
  });

  test("its length alone where its first bytes were not recorded", () => {
    const whole = traitsOf(GET, answer("Content-Length: 6\r\n", "hello!"));
    const cut = traitsOf(GET, answer("Content-Length: 6\r\n"), { missing: 6 });
    expect(cut[Trait.RESPONSE_BODY]).toBe(0);
    expect(cut[Trait.RESPONSE_LENGTH]).toBe(whole[Trait.RESPONSE_LENGTH]);
    const holed = traitsOf(GET, answer("Content-Length: 6\r\n", "he"), { missing: 2 }, { server: "o!" });
    expect(holed).toEqual(cut);
  });

  test("the first 256 bytes of its body", () => {
    const of = (body: string) => traitsOf(GET, answer("Content-Length: 300\r\n", body))[Trait.RESPONSE_BODY];
    const start = "a".repeat(255);
    expect(of(`${start}b${"c".repeat(44)}`)).toBe(of(`${start}b${"d".repeat(44)}`));
    expect(of(`${start}b${"c".repeat(44)}`)).not.toBe(of(`${start}c${"c".repeat(44)}`));
  });
});

describe("a request is known by", () => {
  const post = (body: string): Step => ({
    client: `POST / HTTP/1.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  });
  const done = answer("Content-Length: 0\r\n");

  test("its body, and not by that of the one before", () => {
    const known = knownBy(post("one"), done, GET, done, post("two"), done, post("one"), done);
    const [one, none, two, again] = known.map(({ traits }) => traits[Trait.REQUEST_BODY]);
    expect([one, two].includes(0)).toBe(false);
    expect([none, again]).toEqual([0, one]);
    expect(two).not.toBe(one);
  });

  test.each([
    ["Connection: close", true],
    ["connection:Close, TE", true],
    ["Connection: keep-alive", false],
    ["Connection: clo", false],
    ["Cookie: close", false],
  ])("the last of its connection: %s", (field, isLast) => {
    const [known] = knownBy({ client: `GET / HTTP/1.1\r\n${field}\r\n\r\n` }, done);
    expect(known?.isLast).toBe(isLast);
  });
});
