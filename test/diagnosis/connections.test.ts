/** Findings about single connections, in drafted captures; each beside a healthy twin, on which a diagnosis is silent. */
import { describe, expect, test } from "vitest";
import { withDiagnosis } from "../../src/diagnosis/diagnosed-run.ts";
import type { Finding } from "../../src/diagnosis/finding.ts";
import { DraftCapture, type DraftedConversation, get, ok } from "../faults/draft-capture.ts";

const BALANCER = "10.0.0.1";
const BACKEND = { address: "10.0.0.2", port: 80 };

/** So many connections one after the other, a second apart; each is opened, then does what it is told. */
async function findingsOf(
  connections: number,
  of: (connection: DraftedConversation, at: number, index: number) => void,
): Promise<readonly Finding[]> {
  const capture = new DraftCapture();
  for (let index = 0; index < connections; index++) {
    const one = capture.conversation({ address: BALANCER, port: 2000 + index }, BACKEND);
    const at = 10 + 1000 * index;
    one.open(at);
    of(one, at + 2, index);
  }
  capture.sort();
  return withDiagnosis(await capture.analyze()).diagnosis.findings;
}

/** Two answered requests on a kept connection. */
function twoPages(one: DraftedConversation, at: number): void {
  one.exchange(at, 5);
  one.exchange(at + 20, 5);
}

describe("keep-alive race", () => {
  test("a request comes after the backend's FIN", async () => {
    const findings = await findingsOf(20, (one, at, index) => {
      twoPages(one, at);
      if (index % 4 !== 0) return one.close(at + 500);
      one.send("server", at + 500, { flags: "FA" });
      one.send("client", at + 500.2, { data: get("/late") });
      one.send("server", at + 500.4, { flags: "R" });
    });
    expect(findings).toMatchObject([
      { kind: "keepAliveRace", certainty: "certain", requests: 5, failedRequests: 5, asked: 45 },
    ]);
  });

  test("the backend's FIN comes after the request, and does not acknowledge it", async () => {
    const findings = await findingsOf(20, (one, at, index) => {
      twoPages(one, at);
      if (index % 4 !== 0) return one.close(at + 500);
      const acknowledgement = one.server.received;
      one.send("client", at + 500, { data: get("/late") });
      one.send("server", at + 500.1, { flags: "FA", acknowledgement });
      one.send("server", at + 500.6, { flags: "R" });
    });
    expect(findings).toMatchObject([{ kind: "keepAliveRace", requests: 5 }]);
  });

  test("is none where connections are closed by either side, or where a request was there", async () => {
    const closed = await findingsOf(20, (one, at, index) => {
      twoPages(one, at);
      one.close(at + 500, index % 2 === 0 ? "server" : "client");
    });
    expect(closed).toEqual([]);
    const dies = await findingsOf(20, (one, at, index) => {
      twoPages(one, at);
      if (index % 4 !== 0) return one.close(at + 500);
      one.send("client", at + 500, { data: get("/late") });
      one.send("server", at + 540, { flags: "FA" });
    });
    expect(dies.map(({ kind }) => kind)).toEqual(["failing"]);
  });
});

describe("delayed ACK", () => {
  /** The head of an answer, then its body after so many ms. */
  const inTwo = (one: DraftedConversation, at: number, pauseMs: number) => {
    const [head = "", body = ""] = ok("hello").split(/(?<=\r\n\r\n)/);
    one.send("client", at, { data: get() });
    one.send("server", at + 2, { data: head });
    one.send("client", at + 2 + pauseMs - 0.2);
    one.send("server", at + 2 + pauseMs, { data: body });
    one.send("client", at + 3 + pauseMs);
  };

  test("the body of one answer in two comes 40 ms after its head", async () => {
    const findings = await findingsOf(60, (one, at, index) => {
      if (index % 2 === 0) one.exchange(at, 5);
      else inTwo(one, at, 40 + (index % 5));
    });
    expect(findings).toMatchObject([
      { kind: "delayedAck", of: "answers", certainty: "likely", requests: 30, asked: 60 },
    ]);
    expect(findings[0]?.addedSeconds).toBeCloseTo(1.2);
  });

  test("the same of requests", async () => {
    const [head = "", rest = ""] = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n|hi".split("|");
    const findings = await findingsOf(40, (one, at) => {
      one.send("client", at, { data: head });
      one.send("server", at + 40);
      one.send("client", at + 40.2, { data: rest });
      one.send("server", at + 42, { data: ok() });
    });
    expect(findings).toMatchObject([{ kind: "delayedAck", of: "requests", requests: 40 }]);
  });

  test("is none where bodies take any time", async () => {
    expect(await findingsOf(60, (one, at, index) => inTwo(one, at, 5 + 3 * (index % 30)))).toEqual([]);
  });
});

describe("slow reader", () => {
  /** An answer of two parts, the second one when the reader has room again. */
  const read = (one: DraftedConversation, at: number, isFull: boolean, pauseMs: number) => {
    const text = ok("x".repeat(2000));
    one.send("client", at, { data: get() });
    one.send("server", at + 2, { data: text.slice(0, 1000) });
    one.send("client", at + 2.5, isFull ? { window: 0 } : {});
    if (isFull) one.send("client", at + 1.5 + pauseMs);
    one.send("server", at + 2 + pauseMs, { data: text.slice(1000) });
    one.send("client", at + 3 + pauseMs);
  };

  test("windows of zero while answers wait", async () => {
    const findings = await findingsOf(20, (one, at, index) => read(one, at, index < 6, index < 6 ? 400 : 5));
    expect(findings).toMatchObject([
      { kind: "slowReader", reader: "source", zeroWindows: 6, requests: 6, certainty: "likely" },
    ]);
    expect(findings[0]?.addedSeconds).toBeCloseTo(2.4);
  });

  test("is none where the server pauses, and where the window is full for a moment", async () => {
    expect(await findingsOf(20, (one, at) => read(one, at, false, 400))).toEqual([]);
    expect(await findingsOf(20, (one, at) => read(one, at, true, 5))).toEqual([]);
  });
});

describe("health checks", () => {
  test("among the requests, and none where everything asked is one", async () => {
    const some = await findingsOf(40, (one, at, index) => {
      one.exchange(at, 5, get(index % 4 === 0 ? "/healthz" : `/page/${index}`));
    });
    expect(some).toMatchObject([{ kind: "healthChecks", certainty: "likely", requests: 10, asked: 40 }]);
    expect(await findingsOf(40, (one, at) => one.exchange(at, 5, get("/healthz")))).toEqual([]);
    expect(await findingsOf(40, (one, at, index) => one.exchange(at, 5, get(`/page/${index}`)))).toEqual([]);
  });
});
