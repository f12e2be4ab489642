/**
 * Segments that their receiver throws away (RFC 9293 §3.10.7, RFC 5961), resets that come into force at their place only,
 * and four-tuples that are used again: every request is counted, and nothing is lost that was not.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { DraftCapture, type DraftedConversation, get, ok, type Side } from "./draft-capture.ts";
import { figuresOf, flawless } from "./figures.ts";

const CLIENT = { address: "10.0.0.10", port: 45_000 };
const SERVER = { address: "10.0.0.21", port: 80 };
/** Of the connection before and of the one after it: as Linux counts on, as a random number, and across the wrap. */
const NUMBERS = [
  { name: "a little ahead", before: [1000, 500_000], after: [16_001_000, 16_500_000] },
  { name: "a little ahead, less than a window", before: [1000, 500_000], after: [31_000, 530_000] },
  { name: "behind", before: [3_000_000_000, 2_500_000_000], after: [1_000_000_000, 500_000_000] },
  { name: "across the wrap", before: [4_294_900_000, 4_294_900_000], after: [20_000_000, 21_000_000] },
] as const;

// The first analysis compiles the programs.
beforeAll(async () => {
  const capture = new DraftCapture();
  capture.conversation(CLIENT, SERVER).open(0);
  await capture.analyze();
}, 120_000);

/** A connection of the same four-tuple. */
function again(capture: DraftCapture, [client, server]: readonly [number, number]): DraftedConversation {
  return capture.conversation({ ...CLIENT, isn: client }, { ...SERVER, isn: server });
}

function exchanges(conversation: DraftedConversation, count: number, at: number): void {
  for (let index = 0; index < count; index++) conversation.exchange(at + index * 10);
}

describe("a reset outside the window", () => {
  test.each([
    ["server", 2_000_000_000, "RA"],
    ["server", 90_000_000, "R"],
    ["server", 40_000, "RA"],
    ["client", 70_000, "RA"],
    ["client", 1_500_000_000, "R"],
    ["client", -2, "RA"],
    ["server", -3_000, "R"],
  ] as const)("of the %s, %i bytes ahead, is thrown away (%s)", async (side, ahead, flags) => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, SERVER);
    conversation.open(0);
    exchanges(conversation, 1, 10);
    conversation.send(side, 18, { flags, sequence: conversation[side].next + ahead });
    exchanges(conversation, 8, 20);
    expect(figuresOf(await capture.analyze())).toEqual(flawless(9));
  });

  test("while a request waits for its answer", async () => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, SERVER);
    conversation.open(0);
    conversation.send("client", 10, { data: get() });
    conversation.send("server", 11, { flags: "R", sequence: conversation.server.next + 500_000 });
    // A server that takes so long acknowledges first (RFC 9293 §3.8.6.3): without that, its answer was lost once.
    conversation.send("server", 60);
    conversation.send("server", 900, { data: ok() });
    expect(figuresOf(await capture.analyze())).toEqual(flawless(1));
  });
});

describe("a reset in the window that nobody obeys", () => {
  test.each([
    ["server", 15],
    ["client", 15],
    ["server", 12],
    ["client", 12],
  ] as const)("of the %s at %i ms: both sides go on, and so do the counts", async (side, at) => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, SERVER);
    conversation.open(0);
    conversation.exchange(10);
    conversation.send(side, at, { flags: "RA", ipId: 0 });
    capture.sort();
    exchanges(conversation, 4, 20);
    expect(figuresOf(await capture.analyze())).toEqual(flawless(5));
  });

  test("and the next request comes seconds later", async () => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, SERVER);
    conversation.open(0);
    conversation.exchange(10);
    conversation.send("server", 16, { flags: "RA" });
    exchanges(conversation, 4, 3000);
    expect(figuresOf(await capture.analyze())).toEqual(flawless(5, 2));
  });

  test("a reset in a gap of the window is answered by an ACK and means nothing (RFC 5961 §3.2)", async () => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, SERVER);
    conversation.open(0);
    conversation.send("client", 10, { data: get() });
    conversation.send("server", 10.5);
    conversation.send("server", 11, { flags: "R", sequence: conversation.server.next + 100 });
    conversation.send("client", 11.5);
    conversation.send("server", 400, { data: ok() });
    conversation.send("client", 400.5);
    expect(figuresOf(await capture.analyze())).toEqual(flawless(1));
  });
});

describe("a reset that counts", () => {
  test.each(["server", "client"] as const)("of the %s leaves a request unanswered", async (side) => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, SERVER);
    conversation.open(0);
    conversation.exchange(10);
    conversation.send("client", 20, { data: get() });
    conversation.send("server", 20.5);
    conversation.send(side, 22, { flags: "RA" });
    const other = capture.conversation({ ...CLIENT, port: 45_001 }, SERVER);
    other.open(30);
    exchanges(other, 2, 40);
    expect(figuresOf(await capture.analyze())).toEqual({ ...flawless(4, 2), responses: 3, unanswered: 1 });
  });

  test("an answer that comes after the client's reset is not taken", async () => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, SERVER);
    conversation.open(0);
    conversation.send("client", 20, { data: get() });
    conversation.send("server", 20.5);
    conversation.send("client", 22, { flags: "RA" });
    conversation.send("server", 23, { data: ok() });
    conversation.send("client", 23.1, { flags: "R" });
    expect(figuresOf(await capture.analyze())).toMatchObject({ requests: 1, responses: 0, unanswered: 1 });
  });

  test("a SYN that is refused is refused at once", async () => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, SERVER);
    conversation.send("client", 0, { flags: "S" });
    conversation.send("server", 0.1, { flags: "RA", sequence: 0 });
    exchanges(capture.conversation({ ...CLIENT, port: 45_001 }, SERVER), 0, 0);
    const other = capture.conversation({ ...CLIENT, port: 45_001 }, SERVER);
    other.open(10);
    exchanges(other, 1, 20);
    const { pairs } = await capture.analyze();
    expect(pairs[0]?.transport.failedHandshakes).toBe(1);
    expect(pairs[0]?.states?.some(({ state }) => state === "failing")).toBe(true);
  });
});

describe("a reset recorded before what it follows", () => {
  test.each([
    ["client", "RA"],
    ["client", "R"],
    ["server", "RA"],
    ["server", "R"],
  ] as const)(
    "of the %s (%s): its number and its time say that the answer came before it",
    async (side, flags) => {
      const capture = new DraftCapture();
      for (let index = 0; index < 30; index++) {
        const at = index * 20;
        const conversation = capture.conversation(
          { ...CLIENT, port: 40_000 + index, isn: 7_990_271 * (index + 2) },
          SERVER,
        );
        conversation.open(at);
        conversation.send("client", at + 2, { data: get() });
        conversation.send("server", at + 2.05);
        const answer = conversation.frame("server", at + 5, { data: ok() });
        const reset = conversation.frame(side, at + 5.03, { flags });
        capture.record(reset);
        capture.record(answer);
      }
      const run = await capture.analyze();
      expect(figuresOf(run)).toEqual(flawless(30, 30));
      expect(run.pairs[0]?.http.timeToFirstByteMs?.p50).toBe(3);
      expect(run.pairs[0]?.states?.map(({ state }) => state)).toEqual(["up"]);
    },
  );
});

describe.each(NUMBERS)("left-overs of the connection before, numbers $name", ({ before, after }) => {
  /** One connection, closed; a second one, in which `stray` comes at its place. */
  async function figuresWith(
    place: "before the SYN/ACK" | "after the handshake" | "among the exchanges",
    stray: (capture: DraftCapture, old: DraftedConversation, at: number) => void,
  ) {
    const capture = new DraftCapture();
    const old = again(capture, before);
    old.open(0);
    old.exchange(10);
    old.close(20);
    const next = again(capture, after);
    next.send("client", 2000, { flags: "S" });
    if (place === "before the SYN/ACK") stray(capture, old, 2000.2);
    next.send("server", 2000.5, { flags: "SA" });
    next.send("client", 2001);
    if (place === "after the handshake") stray(capture, old, 2001.5);
    exchanges(next, 3, 2010);
    if (place === "among the exchanges") stray(capture, old, 2045);
    exchanges(next, 17, 2050);
    return figuresOf(await capture.analyze());
  }

  const PLACES = ["before the SYN/ACK", "after the handshake", "among the exchanges"] as const;

  describe.each(PLACES)("%s", (place) => {
    const STRAYS: readonly [
      string,
      Side,
      (old: DraftedConversation) => { flags: string; data?: string; back: number },
    ][] = [
      ["FIN of the server", "server", () => ({ flags: "FA", back: 1 })],
      ["FIN of the client", "client", () => ({ flags: "FA", back: 1 })],
      ["ACK of the client", "client", () => ({ flags: "A", back: 0 })],
      ["ACK of the server", "server", () => ({ flags: "A", back: 0 })],
      ["data of the server", "server", () => ({ flags: "PA", data: ok(), back: 44 })],
      ["data of the client", "client", () => ({ flags: "PA", data: get(), back: 28 })],
      ["SYN/ACK", "server", () => ({ flags: "SA", back: 45 })],
      ["RST of the server", "server", () => ({ flags: "R", back: 0 })],
      ["RST and ACK of the server", "server", () => ({ flags: "RA", back: 0 })],
      ["RST of the client", "client", () => ({ flags: "R", back: 0 })],
    ];

    test.each(STRAYS)("%s", async (_name, side, what) => {
      const figures = await figuresWith(place, (_capture, old, at) => {
        const { flags, data, back } = what(old);
        old.send(side, at, {
          flags,
          sequence: old[side].next - back,
          ...(data === undefined ? {} : { data }),
        });
      });
      expect(figures).toEqual(flawless(21, 2));
    });
  });

  test("a FIN that is sent again and again", async () => {
    const figures = await figuresWith("after the handshake", (_capture, old, at) => {
      for (const after of [0, 0.2, 0.4]) {
        old.send("server", at + after, { flags: "FA", sequence: old.server.next - 1 });
      }
    });
    expect(figures).toEqual(flawless(21, 2));
  });
});

describe("ports used again while the server still has the connection before (RFC 5961 §4.2)", () => {
  test.each(NUMBERS)("challenge ACK, RST, the same SYN again, numbers $name", async ({ before, after }) => {
    const capture = new DraftCapture();
    const old = again(capture, before);
    old.open(0);
    exchanges(old, 3, 10);
    const next = again(capture, after);
    next.send("client", 60, { flags: "S" });
    old.send("server", 60.01);
    old.send("client", 60.02, { flags: "R", window: 0 });
    next.send("client", 1060, { flags: "S", sequence: after[0] });
    next.send("server", 1060.02, { flags: "SA" });
    next.send("client", 1060.04);
    exchanges(next, 10, 1070);
    const run = await capture.analyze();
    // The SYN was sent twice; the first one was not lost.
    expect(figuresOf(run)).toEqual({ ...flawless(13, 2), retransmitted: 1 });
    expect(run.pairs[0]?.transport.handshakeRttMs).toMatchObject({ count: 2, min: 0.02 });
    expect(run.tcp.connections).toBe(2);
  });
});

describe("a four-tuple used again, its SYN not in the file", () => {
  const STARTS = ["SYN/ACK first", "ACK first", "request first"] as const;
  const ENDS = ["closed", "half closed", "reset", "not closed"] as const;
  const CASES = STARTS.flatMap((start) => ENDS.map((end) => ({ start, end })));

  describe.each(NUMBERS.filter(({ name }) => name !== "a little ahead, less than a window"))(
    "numbers $name",
    ({ before, after }) => {
      test.each(CASES)("$start, after one that was $end", async ({ start, end }) => {
        const capture = new DraftCapture();
        const old = again(capture, before);
        old.open(0);
        old.exchange(10);
        if (end === "closed") old.close(20);
        if (end === "half closed") {
          old.send("client", 20, { flags: "FA" });
          old.send("server", 20.5);
        }
        if (end === "reset") old.send("client", 20, { flags: "RA" });
        const next = again(capture, after);
        next.send("client", 30_000, { flags: "S", missed: true });
        next.send("server", 30_000.5, { flags: "SA", missed: start !== "SYN/ACK first" });
        next.send("client", 30_001, { missed: start === "request first" });
        exchanges(next, 3, 30_010);
        const run = await capture.analyze();
        expect(figuresOf(run)).toEqual(flawless(4, 2));
        // Wireshark takes it for one stream.
        expect(run.tcp.connections).toBe(1);
      });
    },
  );

  test("the SYN is recorded after its SYN/ACK", async () => {
    const capture = new DraftCapture();
    const old = again(capture, NUMBERS[0].before);
    old.open(0);
    old.exchange(10);
    old.close(20);
    const next = again(capture, NUMBERS[0].after);
    const syn = next.frame("client", 2000, { flags: "S" });
    next.send("server", 2000.01, { flags: "SA" });
    capture.record(syn);
    next.send("client", 2001);
    exchanges(next, 3, 2010);
    expect(figuresOf(await capture.analyze())).toEqual(flawless(4, 2));
  });
});

describe("what the recorder missed is still a hole", () => {
  test("a hundred thousand bytes of an answer, in a connection that goes on", async () => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, { ...SERVER, window: 60_000 });
    conversation.open(0);
    conversation.exchange(10);
    conversation.send("client", 20, { data: get() });
    const head = "HTTP/1.1 200 OK\r\nContent-Length: 1460000\r\n\r\n";
    conversation.send("server", 25, { data: head });
    for (let index = 0; index < 1000; index++) {
      const missed = index >= 100 && index < 900;
      conversation.send("server", 26 + index / 10, { data: "x".repeat(1460), missed });
      if (index % 10 === 9) conversation.send("client", 26.05 + index / 10, { missed });
    }
    exchanges(conversation, 5, 200);
    expect(figuresOf(await capture.analyze())).toEqual({ ...flawless(7), captureDrops: 800 });
  });
});
