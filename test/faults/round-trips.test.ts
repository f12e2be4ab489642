/** Round trips to a backend are the network's: what waited for the server's answer, or for its close, has figures of its own. */
import { beforeAll, describe, expect, test } from "vitest";
import { DraftCapture, type DraftedConversation, get, ok } from "./draft-capture.ts";

const CLIENT = { address: "10.0.0.10", port: 45_000, isn: 1000 };
const SERVER = { address: "10.0.0.21", port: 80 };

// The first analysis compiles the programs.
beforeAll(async () => {
  const capture = new DraftCapture();
  capture.conversation(CLIENT, SERVER).open(0);
  await capture.analyze();
}, 120_000);

async function transportOf(draw: (conversation: DraftedConversation, capture: DraftCapture) => void) {
  const capture = new DraftCapture();
  draw(capture.conversation(CLIENT, SERVER), capture);
  const { pairs } = await capture.analyze();
  const transport = pairs[0]?.transport;
  if (transport === undefined) throw new Error("no pair");
  return transport;
}

/** An exchange whose answer carries the ACK of the request. */
function answeredAtOnce(conversation: DraftedConversation, at: number, wait: number): void {
  conversation.send("client", at, { data: get() });
  conversation.send("server", at + wait, { data: ok() });
}

describe("a kept connection", () => {
  test.each([1.4, 5, 33, 250])("answered after %d ms with the ACK in the answer", async (wait) => {
    const transport = await transportOf((conversation) => {
      conversation.open(0);
      for (let index = 0; index < 10; index++) answeredAtOnce(conversation, 10 + index * 300, wait);
    });
    expect(transport.rttMs).toMatchObject({ count: 0, p50: null });
    expect(transport.answeredRttMs).toMatchObject({ count: 10, min: expect.closeTo(wait, 6) });
    expect(transport.handshakeRttMs.p50).toBeCloseTo(0.5, 6);
    // The source acknowledges an answer with its next request, when it has one.
    expect(transport.sourceRttMs.count).toBe(0);
  });

  test("pure ACKs among them are the network's round trips", async () => {
    const transport = await transportOf((conversation) => {
      conversation.open(0);
      for (let index = 0; index < 10; index++) {
        if (index % 3 === 0) conversation.exchange(10 + index * 100, 40);
        else answeredAtOnce(conversation, 10 + index * 100, 40);
      }
    });
    expect(transport.rttMs).toMatchObject({ count: 4, max: expect.closeTo(0.5, 6) });
    expect(transport.answeredRttMs).toMatchObject({ count: 6, min: expect.closeTo(40, 6) });
  });
});

test("the close of an idle connection is no round trip of data", async () => {
  const transport = await transportOf((conversation) => {
    conversation.open(0);
    conversation.exchange(10, 5);
    conversation.send("client", 100, { flags: "FA" });
    conversation.send("server", 9_100);
    conversation.send("server", 9_200, { flags: "FA" });
    conversation.send("client", 9_900);
  });
  expect(transport.rttMs).toMatchObject({ count: 1, max: expect.closeTo(0.5, 6) });
  expect(transport.answeredRttMs.count).toBe(0);
  expect(transport.sourceRttMs).toMatchObject({ count: 1, max: expect.closeTo(0.5, 6) });
});

test("a server that closes with its answer", async () => {
  const transport = await transportOf((conversation) => {
    conversation.open(0);
    conversation.send("client", 10, { data: get() });
    conversation.send("server", 30, { data: ok(), flags: "FPA" });
    conversation.send("client", 700, { flags: "FA" });
    conversation.send("server", 700.4);
  });
  expect(transport.rttMs.count).toBe(0);
  expect(transport.answeredRttMs).toMatchObject({ count: 1, max: expect.closeTo(20, 6) });
  expect(transport.sourceRttMs.count).toBe(0);
});

describe("the time until connected", () => {
  test.each([1000, 3000])("from the first SYN on, where the one %d ms later is answered", async (wait) => {
    const transport = await transportOf((conversation) => {
      conversation.send("client", 0, { flags: "S" });
      conversation.send("client", wait, { flags: "S", sequence: CLIENT.isn });
      conversation.send("server", wait + 0.5, { flags: "SA" });
      conversation.send("client", wait + 0.6);
      conversation.exchange(wait + 10);
    });
    expect(transport.connectTimeMs).toMatchObject({ count: 1, max: expect.closeTo(wait + 0.5, 6) });
    expect(transport.handshakeRttMs.count).toBe(0);
  });

  test("of connections with one SYN and with two, together", async () => {
    const transport = await transportOf((conversation, capture) => {
      conversation.open(0);
      conversation.exchange(10);
      const late = capture.conversation({ ...CLIENT, port: 45_002 }, SERVER);
      late.send("client", 100, { flags: "S" });
      late.send("client", 1100, { flags: "S", sequence: CLIENT.isn });
      late.send("server", 1100.5, { flags: "SA" });
      late.send("client", 1100.6);
      late.exchange(1200);
    });
    expect(transport.connectTimeMs).toMatchObject({
      count: 2,
      min: expect.closeTo(0.5, 6),
      max: expect.closeTo(1000.5, 6),
    });
    expect(transport.handshakeRttMs).toMatchObject({ count: 1, max: expect.closeTo(0.5, 6) });
  });

  test("is the round trip where the first SYN is answered, and none where none is", async () => {
    const transport = await transportOf((conversation, capture) => {
      conversation.open(0);
      conversation.exchange(10);
      const refused = capture.conversation({ ...CLIENT, port: 45_001 }, SERVER);
      refused.send("client", 100, { flags: "S" });
      for (const at of [1100, 3100]) refused.send("client", at, { flags: "S", sequence: CLIENT.isn });
    });
    expect(transport.connectTimeMs).toEqual(transport.handshakeRttMs);
    expect(transport).toMatchObject({ connectTimeMs: { count: 1 }, connections: 2, failedHandshakes: 1 });
  });
});
