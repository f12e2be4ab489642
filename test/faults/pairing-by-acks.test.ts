/** Which response answers which request where something is missing: the ACK numbers say what the client had taken when it asked. */
import { beforeAll, describe, expect, test } from "vitest";
import type { ExchangeRow } from "../../src/metrics/exchanges/exchange-row.ts";
import { DraftCapture, type DraftedConversation, get, ok } from "./draft-capture.ts";

const CLIENT = { address: "10.0.0.10", port: 45_000 };
const SERVER = { address: "10.0.0.21", port: 80, isn: 5_000_000 };

// The first analysis compiles the programs.
beforeAll(async () => {
  await new DraftCapture().analyze().catch(() => {});
}, 120_000);

async function exchangesOf(capture: DraftCapture) {
  const rows: ExchangeRow[] = [];
  const run = await capture.analyze({ onExchange: (row) => rows.push({ ...row }) });
  return { run, rows };
}

/** Exchanges whose paths are numbered, each answered with its number. */
function numbered(conversation: DraftedConversation, count: number, at: number): void {
  for (let index = 0; index < count; index++)
    conversation.exchange(at + index * 50, 5, get(`/${index}`), ok());
}

describe("a capture that begins within a kept connection", () => {
  test.each(["response first", "ACK first", "request first"])(
    "%s: every exchange after it is complete",
    async (start) => {
      const capture = new DraftCapture();
      const conversation = capture.conversation(CLIENT, SERVER);
      conversation.openBefore();
      if (start === "response first") {
        conversation.send("client", 0, { data: get("/before"), missed: true });
        conversation.send("server", 1, { data: ok() });
      }
      if (start !== "request first") conversation.send("client", 2);
      numbered(conversation, 4, 10);
      const { rows, run } = await exchangesOf(capture);
      expect(rows.filter(({ state }) => state === "complete").map(({ target }) => target)).toEqual([
        "/0",
        "/1",
        "/2",
        "/3",
      ]);
      expect(run.pairs[0]?.http.timeToFirstByteMs).toMatchObject({ count: 4, min: 5, max: 5 });
    },
  );
});

describe("a hole in an answer, or an answer that is missing", () => {
  test.each([2, 15, 40, 500])(
    "%i bytes longer than the rest of the body: the next exchange is certain",
    async (more) => {
      const capture = new DraftCapture();
      const conversation = capture.conversation(CLIENT, SERVER);
      conversation.open(0);
      numbered(conversation, 2, 10);
      conversation.send("client", 200, { data: get("/hole") });
      conversation.send("server", 205, { data: "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" });
      conversation.send("server", 205.5, { data: "x".repeat(1000 + more), missed: true });
      conversation.send("client", 206);
      numbered(conversation, 4, 300);
      const { rows, run } = await exchangesOf(capture);
      const timed = run.pairs[0]?.http.timeToFirstByteMs;
      expect(timed?.count).toBeGreaterThanOrEqual(6);
      expect(timed).toMatchObject({ min: 5, max: 5 });
      // The client had the whole body when it acknowledged it.
      expect(run.pairs[0]?.http.timeToLastByteMs?.max).toBeLessThanOrEqual(6);
      expect(rows.filter(({ target, state }) => target !== "/hole" && state !== "complete")).toEqual([]);
    },
  );

  test("a whole answer missed by the recorder", async () => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, SERVER);
    conversation.open(0);
    numbered(conversation, 2, 10);
    conversation.send("client", 200, { data: get("/missing") });
    conversation.send("server", 205, { data: ok(), missed: true });
    conversation.send("client", 205.5);
    numbered(conversation, 4, 300);
    const { rows } = await exchangesOf(capture);
    expect(rows.map(({ target, state }) => `${target} ${state}`)).toEqual([
      "/0 complete",
      "/1 complete",
      "/missing uncertain",
      ...["/0", "/1", "/2", "/3"].map((target) => `${target} complete`),
    ]);
  });

  test("a whole request missed by the recorder: its answer stands alone", async () => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, SERVER);
    conversation.open(0);
    numbered(conversation, 2, 10);
    conversation.send("client", 200, { data: get("/missing"), missed: true });
    conversation.send("server", 205, { data: ok() });
    conversation.send("client", 205.5);
    numbered(conversation, 4, 300);
    const { rows } = await exchangesOf(capture);
    expect(rows.filter(({ state }) => state === "complete")).toHaveLength(6);
    expect(rows.filter(({ state }) => state === "responseOnly")).toHaveLength(1);
  });

  test.each([0, 1, 2, 3])(
    "answer %i of a pipeline of four: the next pipeline is certain",
    async (missing) => {
      const capture = new DraftCapture();
      const conversation = capture.conversation(CLIENT, SERVER);
      conversation.open(0);
      for (let batch = 0; batch < 5; batch++) {
        const at = 10 + batch * 100;
        for (let index = 0; index < 4; index++) {
          conversation.send("client", at + index / 100, { data: get(`/${batch}/${index}`) });
        }
        for (let index = 0; index < 4; index++) {
          conversation.send("server", at + 3 + index, {
            data: ok(),
            missed: batch === 2 && index === missing,
          });
          conversation.send("client", at + 3.05 + index);
        }
      }
      const { rows, run } = await exchangesOf(capture);
      const complete = rows.filter(({ state }) => state === "complete");
      expect(complete.length).toBeGreaterThanOrEqual(16 + missing);
      expect(complete.map(({ target }) => target)).toEqual(expect.arrayContaining(["/3/0", "/4/3"]));
      expect(run.pairs[0]?.http.timeToFirstByteMs?.max).toBeLessThan(6.1);
    },
  );

  test.each([1, 15])(
    "%i bytes longer than the body, in a pipeline that never drains: no message fits into it",
    async (more) => {
      const capture = new DraftCapture();
      const conversation = capture.conversation(CLIENT, SERVER);
      conversation.open(0);
      const long = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
      conversation.send("client", 5, { data: get("/0") });
      for (let index = 1; index < 12; index++) {
        const at = index * 50;
        conversation.send("client", at, { data: get(`/${index}`) });
        conversation.send("server", at + 2, { data: index === 6 ? long : ok() });
        if (index === 6)
          conversation.send("server", at + 2.1, { data: "x".repeat(1000 + more), missed: true });
        conversation.send("client", at + 2.2);
      }
      const { rows } = await exchangesOf(capture);
      expect(rows.filter(({ state }) => state === "uncertain" || state === "responseOnly")).toEqual([]);
    },
  );

  test("a client that asks on while an answer is outstanding is never guessed at", async () => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, SERVER);
    conversation.open(0);
    conversation.send("client", 5, { data: get("/0") });
    for (let index = 1; index < 12; index++) {
      const at = index * 50;
      conversation.send("client", at, { data: get(`/${index}`) });
      conversation.send("server", at + 2, { data: ok(), missed: index === 6 });
      conversation.send("client", at + 2.1);
    }
    const { rows } = await exchangesOf(capture);
    // From the hole on, nobody can tell.
    expect(rows.filter(({ state }) => state === "complete").map(({ target }) => target)).toEqual([
      "/0",
      "/1",
      "/2",
      "/3",
      "/4",
    ]);
  });
});

describe("chunked bodies behind a snap length", () => {
  test.each([96, 128, 160])("frames of %i bytes: every time to first byte", async (length) => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, SERVER);
    conversation.open(0);
    for (let index = 0; index < 5; index++) {
      const at = 10 + index * 100;
      conversation.send("client", at, { data: get("/"), capturedLength: length });
      conversation.send("server", at + 3, {
        data: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        capturedLength: length,
      });
      for (let chunk = 0; chunk < 3; chunk++) {
        conversation.send("server", at + 4 + chunk, {
          data: `578\r\n${"y".repeat(1400)}\r\n`,
          capturedLength: length,
        });
        conversation.send("client", at + 4.5 + chunk);
      }
      conversation.send("server", at + 7, { data: "0\r\n\r\n", capturedLength: length });
      conversation.send("client", at + 7.1);
    }
    const { run } = await exchangesOf(capture);
    if (length === 96) return;
    expect(run.http.exchanges).toBe(5);
    expect(run.pairs[0]?.http.timeToFirstByteMs).toMatchObject({ count: 5, min: 3, max: 3 });
  });
});

describe("times that are bounded by an ACK", () => {
  test.each(["answer", "request"])(
    "the last segment of an %s is missing, and the next one comes 5 s later",
    async (half) => {
      const capture = new DraftCapture();
      const conversation = capture.conversation(CLIENT, SERVER);
      conversation.open(0);
      const post = (length: number) => `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n`;
      for (let index = 0; index < 10; index++) {
        const at = 10 + index * 5000;
        const missed = index === 3 || index === 9;
        if (half === "request") {
          conversation.send("client", at, { data: post(2000) });
          conversation.send("client", at + 0.1, { data: "z".repeat(1000) });
          conversation.send("client", at + 0.2, { data: "z".repeat(1000), missed });
          conversation.send("server", at + 0.5);
          conversation.send("server", at + 3, { data: ok() });
          conversation.send("client", at + 3.5);
        } else {
          conversation.send("client", at, { data: get() });
          conversation.send("server", at + 3, { data: "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" });
          conversation.send("server", at + 3.1, { data: "z".repeat(1000) });
          conversation.send("server", at + 3.2, { data: "z".repeat(1000), missed });
          conversation.send("client", at + 3.5);
        }
      }
      const { run } = await exchangesOf(capture);
      const http = run.pairs[0]?.http;
      expect(http).toMatchObject({ requests: 10, responses: 10, unanswered: 0, aborted: 0 });
      expect(http?.timeToFirstByteMs).toMatchObject({ count: 10 });
      expect(http?.timeToFirstByteMs?.min).toBeGreaterThanOrEqual(half === "request" ? 2.5 : 3);
      expect(http?.timeToLastByteMs).toMatchObject({ count: 10 });
      expect(http?.timeToLastByteMs?.max).toBeLessThanOrEqual(3.5);
    },
  );
});

describe("a 408 on an idle connection", () => {
  test.each([0, 2])("answers no request, after %i exchanges", async (before) => {
    const capture = new DraftCapture();
    for (let index = 0; index < 10; index++) {
      const at = index * 1000;
      const conversation = capture.conversation({ ...CLIENT, port: 40_000 + index }, SERVER);
      conversation.open(at);
      numbered(conversation, before, at + 10);
      conversation.send("server", at + 500, {
        data: "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n",
      });
      conversation.send("server", at + 500.1, { flags: "FA" });
      conversation.send("client", at + 500.5);
      conversation.send("client", at + 600, { data: get("/late") });
      conversation.send("server", at + 600.1, { flags: "R" });
    }
    const { run } = await exchangesOf(capture);
    expect(run.pairs[0]?.http).toMatchObject({ requests: 10 * (before + 1), unanswered: 10 });
  });

  test("is paired where its request was recorded after it", async () => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, SERVER);
    conversation.open(0);
    const request = conversation.frame("client", 10, { data: get("/slow") });
    conversation.send("server", 10.1, { data: "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n" });
    capture.record(request);
    conversation.send("client", 10.5);
    const { rows } = await exchangesOf(capture);
    expect(rows).toMatchObject([{ target: "/slow", status: 408, state: "complete" }]);
  });
});
