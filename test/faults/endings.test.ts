/** How an exchange ended: what was cut, what was under way when the capture ended, and what can't be understood. */
import { beforeAll, describe, expect, test } from "vitest";
import { DraftCapture, type DraftedConversation, get } from "./draft-capture.ts";

const CLIENT = { address: "10.0.0.10", port: 45_000 };
const SERVER = { address: "10.0.0.21", port: 80, isn: 5_000_000 };

const CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

/** Requests with as much of their answers as was sent, in segments. */
const UNDER_WAY = [
  {
    title: "a stream of events",
    request: get("/events"),
    answer: [CHUNKED, "5\r\ndata:\r\n", "3\r\n 1\n\r\n"],
  },
  {
    title: "a download",
    request: get("/image"),
    answer: ["HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n", "x".repeat(1000)],
  },
  { title: "an answer's header", request: get("/slow"), answer: ["HTTP/1.1 200 OK\r\nServer: a\r\n"] },
  {
    title: "an upload",
    request: "POST /in HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n12345",
    answer: [],
  },
];
const UNTIL_CLOSE = {
  title: "an answer that ends with its connection",
  request: get("/old"),
  answer: ["HTTP/1.0 200 OK\r\n\r\n", "some text"],
};

// The first analysis compiles the programs.
beforeAll(async () => {
  await new DraftCapture().analyze().catch(() => {});
}, 120_000);

/** The request after 10 ms, its answer's segments from 15 ms on. */
async function httpOf(
  { request, answer }: { request: string; answer: readonly string[] },
  end: (conversation: DraftedConversation) => void = () => {},
) {
  const capture = new DraftCapture();
  const conversation = capture.conversation(CLIENT, SERVER);
  conversation.open(0);
  conversation.send("client", 10, { data: request });
  conversation.send("server", 10.5);
  for (const [index, data] of answer.entries()) conversation.send("server", 15 + 10 * index, { data });
  conversation.send("client", 50);
  end(conversation);
  const run = await capture.analyze();
  const http = run.pairs[0]?.http;
  if (http === undefined) throw new Error("the capture has no pair");
  return http;
}

describe("under way when the capture ends", () => {
  test.each([...UNDER_WAY, UNTIL_CLOSE])("$title: running, not aborted", async (exchange) => {
    const http = await httpOf(exchange);
    expect(http).toMatchObject({ requests: 1, running: 1, aborted: 0, malformed: 0, unanswered: 0 });
    expect(http.timeToLastByteMs.count).toBe(0);
    if (exchange.answer.length > 0) expect(http.timeToFirstByteMs).toMatchObject({ count: 1, max: 5 });
  });

  test("with the client's half closed", async () => {
    const http = await httpOf(UNTIL_CLOSE, (conversation) =>
      conversation.send("client", 60, { flags: "FA" }),
    );
    expect(http).toMatchObject({ running: 1, aborted: 0 });
  });

  test("a request without any answer is unanswered", async () => {
    const http = await httpOf({ request: get(), answer: [] });
    expect(http).toMatchObject({ requests: 1, unanswered: 1, running: 0, aborted: 0 });
  });
});

describe("cut", () => {
  test.each(UNDER_WAY)("$title, by the sender's FIN: aborted", async (exchange) => {
    const http = await httpOf(exchange, (conversation) =>
      conversation.close(60, exchange.answer.length > 0 ? "server" : "client"),
    );
    expect(http).toMatchObject({ requests: 1, aborted: 1, running: 0, malformed: 0 });
  });

  test.each([...UNDER_WAY, UNTIL_CLOSE])("$title, by a reset: aborted", async (exchange) => {
    const http = await httpOf(exchange, (conversation) => conversation.send("client", 60, { flags: "RA" }));
    expect(http).toMatchObject({ requests: 1, aborted: 1, running: 0, malformed: 0 });
  });

  test.each([...UNDER_WAY, UNTIL_CLOSE])(
    "$title, by a connection with its ports: aborted",
    async (exchange) => {
      const capture = new DraftCapture();
      const before = capture.conversation(CLIENT, SERVER);
      before.open(0);
      before.send("client", 10, { data: exchange.request });
      for (const [index, data] of exchange.answer.entries()) before.send("server", 15 + index, { data });
      before.send("client", 50);
      const next = capture.conversation({ ...CLIENT, isn: 900_000 }, { ...SERVER, isn: 9_000_000 });
      next.open(10_000);
      next.exchange(10_010);
      const run = await capture.analyze();
      expect(run.pairs[0]?.http).toMatchObject({
        requests: 2,
        responses: exchange.answer.length > 0 ? 2 : 1,
      });
      expect(run.pairs[0]?.http).toMatchObject({ aborted: 1, running: 0 });
    },
  );

  test("an answer that ends with its connection is complete with the FIN", async () => {
    const http = await httpOf(UNTIL_CLOSE, (conversation) => conversation.close(60, "server"));
    expect(http).toMatchObject({ aborted: 0, running: 0 });
    expect(http.timeToLastByteMs.count).toBe(1);
  });
});

describe("malformed", () => {
  test.each([
    ["a chunk size that is no number", `${CHUNKED}xyz\r\nabc\r\n0\r\n\r\n`],
    ["a chunk longer than its size", `${CHUNKED}3\r\nabcdef\r\n0\r\n\r\n`],
    ["lengths that differ", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello"],
    ["a length that is no number", "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello"],
  ])("%s: neither aborted nor running", async (_title, answer) => {
    const exchange = { request: get(), answer: [answer] };
    for (const end of [() => {}, (conversation: DraftedConversation) => conversation.close(60, "server")]) {
      const http = await httpOf(exchange, end);
      expect(http).toMatchObject({ requests: 1, responses: 1, malformed: 1, aborted: 0, running: 0 });
      expect(http.timeToFirstByteMs.count).toBe(0);
    }
  });
});
