/** Losses that were none: IPv4 IDs that a host counts for all its connections, packets that repeat several, checksum 0. */
import { beforeAll, describe, expect, test } from "vitest";
import { DraftCapture, type DraftedConversation, get, IdCounter, ok } from "./draft-capture.ts";
import { figuresOf, flawless } from "./figures.ts";

const SERVER = { address: "10.0.0.21", port: 80 };

// The first analysis compiles the programs.
beforeAll(async () => {
  const capture = new DraftCapture();
  capture.conversation({ address: "10.0.0.1", port: 40_000 }, SERVER).open(0);
  await capture.analyze();
}, 120_000);

describe("one IP ID counter for all connections of a host", () => {
  /** An answer in three segments, whose own ACK of the request may come before it. */
  function longExchange(conversation: DraftedConversation, at: number, acknowledges: boolean): void {
    conversation.send("client", at, { data: get() });
    if (acknowledges) conversation.send("server", at + 0.5);
    conversation.send("server", at + 5, { data: ok("x".repeat(2000)).slice(0, 700) });
    conversation.send("server", at + 5.1, { data: ok("x".repeat(2000)).slice(700, 1400) });
    conversation.send("server", at + 5.2, { data: ok("x".repeat(2000)).slice(1400) });
    conversation.send("client", at + 5.7);
  }

  describe.each([true, false])("the server acknowledges requests apart: %s", (acknowledges) => {
    test.each([2, 3, 8])("of a server with %i clients: nothing is missing", async (clients) => {
      const capture = new DraftCapture();
      const ids = new IdCounter(700);
      const conversations = Array.from({ length: clients }, (_, index) =>
        capture.conversation(
          { address: `10.0.0.${100 + index}`, port: 40_000, isn: 9000 * (index + 1) },
          { ...SERVER, ids },
        ),
      );
      for (const [index, conversation] of conversations.entries()) conversation.open(index * 3);
      for (let round = 0; round < 30; round++) {
        for (const [index, conversation] of conversations.entries()) {
          longExchange(conversation, 100 + round * 400 + index * 20, acknowledges);
        }
      }
      expect(figuresOf(await capture.analyze())).toEqual(flawless(30 * clients, clients));
    });
  });

  test.each([1, 5, 40])(
    "of a server that sends %i other packets between two answers, unrecorded",
    async (others) => {
      const capture = new DraftCapture();
      const ids = new IdCounter(700);
      const conversation = capture.conversation({ address: "10.0.0.100", port: 40_000 }, { ...SERVER, ids });
      conversation.open(0);
      for (let round = 0; round < 40; round++) {
        for (let other = 0; other < others; other++) ids.take();
        longExchange(conversation, 100 + round * 300, true);
      }
      expect(figuresOf(await capture.analyze())).toEqual(flawless(40));
    },
  );

  test("of the balancer, in connections one after the other", async () => {
    const capture = new DraftCapture();
    const ids = new IdCounter(1);
    for (let index = 0; index < 40; index++) {
      const client = { address: "10.0.0.1", port: 40_000 + index, ids, isn: 100_000 * (index + 1) };
      const conversation = capture.conversation(client, SERVER);
      conversation.open(index * 100);
      conversation.exchange(index * 100 + 10);
      conversation.close(index * 100 + 30);
    }
    expect(figuresOf(await capture.analyze())).toEqual(flawless(40, 40));
  });

  test("a hole that was filled is still a loss before the tap", async () => {
    const capture = new DraftCapture();
    const ids = new IdCounter(700);
    const conversations = [100, 101, 102].map((host) =>
      capture.conversation({ address: `10.0.0.${host}`, port: 40_000 }, { ...SERVER, ids }),
    );
    for (const conversation of conversations) conversation.open(0);
    for (let round = 0; round < 30; round++) {
      for (const [index, conversation] of conversations.entries()) {
        const at = 100 + round * 400 + index * 40;
        const { server } = conversation;
        conversation.send("client", at, { data: get() });
        if (round % 10 !== 5) {
          conversation.send("server", at + 5, { data: ok("x".repeat(1000)) });
          conversation.send("client", at + 5.5);
          continue;
        }
        // Lost on its way to the tap, and sent again.
        const first = server.next;
        const [head, tail] = ["HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", "x".repeat(1000)];
        conversation.send("server", at + 5, { data: head, missed: true, lost: true });
        conversation.send("server", at + 5.1, { data: tail, lost: true });
        conversation.send("client", at + 5.6, { acknowledgement: first });
        conversation.send("server", at + 25, { data: head, sequence: first });
        conversation.send("client", at + 25.5, { acknowledgement: server.next });
        conversation.server.received = conversation.client.next;
        conversation.client.received = server.next;
      }
    }
    expect(figuresOf(await capture.analyze())).toMatchObject({ requests: 90, responses: 90, beforeTap: 9 });
  });

  test("counted for each connection, a lost repetition is still found", async () => {
    const capture = new DraftCapture();
    for (let index = 0; index < 10; index++) {
      const at = index * 2000;
      const conversation = capture.conversation(
        { address: "10.0.0.1", port: 40_000 + index },
        { ...SERVER, ids: new IdCounter(100 * index + 1) },
      );
      conversation.open(at);
      conversation.exchange(at + 10);
      conversation.send("client", at + 20, { data: get() });
      const first = conversation.server.next;
      conversation.send("server", at + 25, { data: ok(), missed: true, lost: true });
      conversation.send("server", at + 226, { data: ok(), sequence: first });
      conversation.client.received = conversation.server.next;
      conversation.send("client", at + 226.5);
      conversation.close(at + 300);
    }
    expect(figuresOf(await capture.analyze())).toMatchObject({ requests: 20, beforeTap: 10, beyondTap: 0 });
  });
});

test.each([1, 2, 3, 6])(
  "data and FIN sent apart, then %i times together: no more is lost than was sent",
  async (times) => {
    const capture = new DraftCapture();
    const conversation = capture.conversation({ address: "10.0.0.1", port: 40_000 }, SERVER);
    conversation.open(0);
    conversation.send("client", 10, { data: get() });
    conversation.send("server", 10.5);
    const first = conversation.server.next;
    conversation.send("server", 15, { data: ok(), lost: true });
    conversation.send("server", 15.1, { flags: "FA", lost: true });
    for (let time = 0; time < times; time++) {
      conversation.send("server", 220 * 2 ** time, { flags: "FPA", data: ok(), sequence: first });
    }
    conversation.client.received = conversation.server.next;
    conversation.send("client", 220 * 2 ** times);
    const { pairs } = await capture.analyze();
    // The last copy arrived.
    expect(pairs[0]?.transport.fromBackend).toMatchObject({
      segments: 3 + times,
      lostBeyondTap: 2 + times - 1,
    });
  },
);

describe("an IPv4 checksum of 0, left to the network card", () => {
  test.each([128, 96, 70])("frames cut to %i bytes, and nothing says so", async (length) => {
    const capture = new DraftCapture();
    const conversation = capture.conversation({ address: "10.0.0.1", port: 40_000 }, SERVER);
    conversation.open(0);
    for (let index = 0; index < 10; index++) {
      conversation.send("client", 10 + index * 10, { data: get() });
      const head = "HTTP/1.1 200 OK\r\nContent-Length: 4344\r\n\r\n";
      conversation.send("server", 13 + index * 10, { data: head + "x".repeat(1448) });
      conversation.send("server", 13.05 + index * 10, { data: "x".repeat(1448) });
      conversation.send("server", 13.1 + index * 10, { data: "x".repeat(1448) });
      conversation.send("client", 13.2 + index * 10);
    }
    for (const [index, frame] of capture.frames.entries()) {
      const bytes = Buffer.from(frame.bytes.subarray(0, length));
      // The tapped host is the server.
      if (bytes.readUInt8(29) === 21) bytes.writeUInt16BE(0, 24);
      capture.frames[index] = { ...frame, bytes, wireLength: bytes.length };
    }
    const run = await capture.analyze();
    expect(run.tcp.lostSegments).toBe(0);
    expect(figuresOf(run)).toMatchObject({ captureDrops: 0, beforeTap: 0, beyondTap: 0 });
    if (length === 70) return;
    expect(figuresOf(run)).toMatchObject({ requests: 10, responses: 10 });
    expect(run.pairs[0]?.http.timeToLastByteMs?.p50).toBeCloseTo(3.1, 5);
  });
});
