/** The joined rooms, on hand-made captures: what a whole run says of a few frames. */
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Analysis } from "../../src/analysis/analysis.ts";
import { analyze } from "../../src/analysis/analyze.ts";
import { FrameBatch } from "../../src/capture/frame.ts";
import { openCapture } from "../../src/capture/open-capture.ts";
import { MAX_PAIRS } from "../../src/engine/tally/pair-directory.ts";
import { Failure } from "../../src/failure.ts";
import type { AnalysisOptions } from "../../src/metrics/analysis-options.ts";
import type { ExchangeRow } from "../../src/metrics/exchanges/exchange-row.ts";
import type { RunMetrics } from "../../src/metrics/run-metrics.ts";
import { USUAL_SEQUENCES } from "../engine/tcp/plan-segment.ts";
import { captureOf } from "../engine/tcp/segment-frames.ts";
import { type PlannedSegment, parseSegments } from "../engine/tcp/segment-notation.ts";

const REQUEST = "GET /a HTTP/1.1\r\nHost: example.org\r\n\r\n";
const RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

/** A capture of planned segments; `payloads` fills those that carry HTTP, by their number. */
function capture(plans: readonly PlannedSegment[], payloads: Readonly<Record<number, string>>): Buffer {
  const frames = plans.map((plan, index) => {
    const payload = payloads[index + 1] ?? "";
    return {
      plan: { ...plan, length: plan.length || payload.length, held: plan.held || payload.length },
      payload,
    };
  });
  const file = captureOf(frames.map(({ plan }) => ({ plan, initial: USUAL_SEQUENCES })));
  let end = 24;
  for (const { plan, payload } of frames) {
    end += 16 + file.readUInt32LE(end + 8);
    file.write(payload.slice(0, plan.held), end - plan.held, "latin1");
  }
  return file;
}

/** Client 10.0.0.1:40001, server 10.0.0.2:80; the request is segment 4, the response 6. */
const ONE_EXCHANGE = `
0    > S 0 id 1
1    < S 0 ack 1
2    > 1 ack 1 id 2
10   > 1 ack 1 id 3
12   < 1 ack ${1 + REQUEST.length} id 1
30   < 1 ack ${1 + REQUEST.length} id 2
34   > ${1 + REQUEST.length} ack ${1 + RESPONSE.length} id 4
`;

function oneExchange(): Buffer {
  return capture(parseSegments(ONE_EXCHANGE), { 4: REQUEST, 6: RESPONSE });
}

describe("one exchange", async () => {
  const rows: ExchangeRow[] = [];
  const run = await analyze(oneExchange(), { onExchange: (row) => rows.push(row) });

  test("the capture as a file", () => {
    expect(run.capture).toEqual({
      files: ["buffer"],
      format: "pcap",
      packets: 7,
      bytes: 7 * 54 + REQUEST.length + RESPONSE.length,
      tcpPackets: 7,
      start: "2023-11-14T22:13:20.000000000Z",
      durationSeconds: 0.034,
      skipped: {},
      duplicateFrames: 0,
      recorderDrops: null,
    });
  });

  test("TCP and HTTP of the whole capture", () => {
    expect(run.tcp).toMatchObject({ connections: 1, retransmissions: 0, lostSegments: 0, duplicateAcks: 0 });
    expect(run.http).toEqual({ requests: 1, responses: 1, exchanges: 1, unanswered: 0 });
  });

  test("the pair that it makes", () => {
    expect(run.pairs.length).toBe(1);
    const [pair] = run.pairs;
    expect(pair).toMatchObject({
      name: "10.0.0.2",
      source: "10.0.0.1",
      destination: "10.0.0.2",
      destinationPort: 80,
      paper: {
        frames: 1,
        bytes: 54 + REQUEST.length,
        requests: 1,
        throughputMbps: null,
        lostPackets: 0,
        packetLossPercent: 0,
      },
      http: { requests: 1, responses: 1, unanswered: 0, aborted: 0, statuses: { "2xx": 1 } },
      categories: { profile: "tiphon", packetLoss: 4, delay: null },
    });
    expect(pair?.http.timeToFirstByteMs).toMatchObject({ count: 1, mean: 20 });
    expect(pair?.http.timeToLastByteMs).toMatchObject({ count: 1, mean: 20 });
    expect(pair?.transport).toMatchObject({ connections: 1, resets: 0, failedHandshakes: 0, zeroWindows: 0 });
    expect(pair?.transport.toBackend).toMatchObject({
      packets: 4,
      segments: 2,
      payloadBytes: REQUEST.length,
    });
    expect(pair?.transport.fromBackend).toMatchObject({
      packets: 3,
      segments: 2,
      payloadBytes: RESPONSE.length,
    });
    expect(pair?.transport.handshakeRttMs).toMatchObject({ count: 1, mean: 1 });
    expect(pair?.transport.rttMs).toMatchObject({ count: 1, mean: 2 });
    expect(pair?.transport.sourceRttMs).toMatchObject({ count: 1, mean: 4 });
    expect(pair?.transport.toBackend.throughputMbps).toBeCloseTo(((4 * 54 + REQUEST.length) * 8) / 34e3, 12);
    expect(pair?.transport.toBackend.goodputMbps).toBeCloseTo((REQUEST.length * 8) / 34e3, 12);
  });

  test("the exchange as a row", () => {
    expect(rows).toEqual([
      {
        pair: "10.0.0.2",
        client: "10.0.0.1:40001",
        server: "10.0.0.2:80",
        connection: 1,
        exchange: 1,
        tcpStream: 0,
        communityId: "1:kO0sj5IvmHyTr62l9OBOFqKIbrs=",
        state: "complete",
        method: "GET",
        target: "/a",
        host: "example.org",
        status: 200,
        interimResponses: 0,
        requestStart: "2023-11-14T22:13:20.010000000Z",
        requestStartSeconds: 0.01,
        requestDurationMs: 0,
        timeToFirstByteMs: 20,
        timeToLastByteMs: 20,
        transferDurationMs: 0,
        requestBytes: REQUEST.length,
        responseBytes: RESPONSE.length,
        requestFrame: 4,
        responseStartFrame: 6,
        responseEndFrame: 6,
        upstream: null,
        downstream: null,
      },
    ]);
  });

  test("warns that one request says little", () => {
    expect(run.warnings.map(({ code }) => code)).toEqual(["few-requests"]);
  });
});

describe("what a retransmission costs the client", () => {
  /** A response in three segments, of which the tap sees the second one 200 ms late. */
  const response = "HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n";
  const head = response.length;
  const text = `
0    > S 0
1    < S 0 ack 1
2    > 1 ack 1
10   > 1 ack 1
30   < 1 ack ${1 + REQUEST.length}
31   < ${1 + head + 150}:${1 + head + 300} ack ${1 + REQUEST.length}
240  < ${1 + head}:${1 + head + 150} ack ${1 + REQUEST.length}
`;

  test("counts in the time to last byte", async () => {
    const rows: ExchangeRow[] = [];
    const { pairs } = await analyze(capture(parseSegments(text), { 4: REQUEST, 5: response }), {
      onExchange: (row) => rows.push(row),
    });
    expect(rows).toMatchObject([
      { timeToFirstByteMs: 20, timeToLastByteMs: 230, responseEndFrame: 7, state: "complete" },
    ]);
    expect(pairs[0]?.http.timeToLastByteMs).toMatchObject({ count: 1, mean: 230 });
  });
});

describe("several connections", () => {
  /** On the connection with this number, from `startMs` on. */
  const exchangeAt = (connection: number, startMs: number) =>
    parseSegments(ONE_EXCHANGE).map((plan) => ({ ...plan, connection, timeNs: plan.timeNs + startMs * 1e6 }));

  test("of one pair add up", async () => {
    const plans = [...exchangeAt(1, 0), ...exchangeAt(2, 1000), ...exchangeAt(3, 2000)];
    const payloads = { 4: REQUEST, 6: RESPONSE, 11: REQUEST, 13: RESPONSE, 18: REQUEST, 20: RESPONSE };
    const { pairs, tcp } = await analyze(capture(plans, payloads));
    expect(tcp.connections).toBe(3);
    expect(pairs.length).toBe(1);
    const { paper, transport, http } = pairs[0] ?? {};
    expect(paper).toMatchObject({ frames: 3, requests: 3, delayMs: 1000, jitterMs: 0, durationMs: 2000 });
    expect(transport?.connections).toBe(3);
    expect(http?.requestsPerSecond).toBe(1);
    expect(http?.jitterMs).toEqual({ meanDifference: 0, rfc3550: 0, p99MinusMin: 0 });
  });

  test("resets and zero windows, by either side", async () => {
    const text = `${ONE_EXCHANGE}
40   < ${1 + RESPONSE.length} ack ${1 + REQUEST.length} win 0
41   > ${1 + REQUEST.length} ack ${1 + RESPONSE.length} win 0
42   > ${2 + REQUEST.length} ack ${1 + RESPONSE.length} win 0
50   < R ${1 + RESPONSE.length}
`;
    const { pairs, tcp } = await analyze(capture(parseSegments(text), { 4: REQUEST, 6: RESPONSE }));
    expect(tcp.zeroWindows).toBe(3);
    expect(pairs[0]?.transport).toMatchObject({ zeroWindows: 3, resets: 1, failedHandshakes: 0 });
  });

  test("a handshake segment that either side may have lost goes where the losses around it are", async () => {
    const late = parseSegments(
      "0 > S 0 ts 1/0\n1000 > S 0 ts 1001/0\n1001 < S 0 ack 1 ts 5/1\n1002 > 1 ack 1 ts 1003/5",
    ).map((plan) => ({ ...plan, connection: 2 }));
    const named = { balancer: "10.0.0.1", backends: [{ name: "A", address: "10.0.0.2" }] };
    const { pairs } = await analyze(capture(late, {}), named);
    // The first SYN/ACK was lost before the tap; so, by that, was the second one.
    expect(pairs[0]?.transport.toBackend).toMatchObject({ lostBeyondTap: 0, lostAtMost: 1 });
    expect(pairs[0]?.transport.fromBackend).toMatchObject({
      lostBeforeTap: 2,
      // Two of three lost: 3 (2/3)² = 1.33 more or less at the ends (four: P(X > 4) = 1.5 %), and 1.33 more by holes (six of 2.67).
      lostAtLeast: 0,
      lostAtMost: 8,
    });
  });
});

describe("frames recorded twice", () => {
  test("count once, and a warning says so", async () => {
    const plans = parseSegments(ONE_EXCHANGE).flatMap((plan, index) =>
      [0, 1].map((copy) => ({
        plan: { ...plan, timeNs: plan.timeNs + copy * 10_000, link: copy },
        number: index + 1,
      })),
    );
    const payloads = Object.fromEntries(
      plans.flatMap(({ number }, index) =>
        number === 4 ? [[index + 1, REQUEST]] : number === 6 ? [[index + 1, RESPONSE]] : [],
      ),
    );
    const twice = await analyze(
      capture(
        plans.map(({ plan }) => plan),
        payloads,
      ),
    );
    const once = await analyze(oneExchange());
    expect(twice.capture).toMatchObject({ packets: 14, duplicateFrames: 7 });
    expect(twice.http).toEqual(once.http);
    expect(twice.pairs[0]?.http).toEqual(once.pairs[0]?.http);
    expect(twice.pairs[0]?.transport.toBackend).toMatchObject({ packets: 4, segments: 2, lostBeyondTap: 0 });
    expect(twice.warnings.map(({ code }) => code)).toContain("duplicate-frames");
    // Wireshark counts every copy.
    expect(twice.tcp.retransmissions).toBeGreaterThan(0);
  });
});

describe("a run under way", () => {
  test("a snapshot shows what there is, and finish the rest", async () => {
    const analysis = new Analysis();
    const opened = await openCapture(capture(parseSegments(ONE_EXCHANGE).slice(0, 5), { 4: REQUEST }));
    const batch = await opened.nextBatch();
    if (batch === null) throw new Error("no frames");
    expect(analysis.snapshot(opened).capture).toMatchObject({
      packets: 0,
      start: null,
      durationSeconds: null,
    });
    analysis.feed(batch, opened.startNs);
    const half = analysis.snapshot(opened);
    expect(half.http).toEqual({ requests: 1, responses: 0, exchanges: 0, unanswered: 0 });
    expect(half.pairs[0]?.paper.requests).toBe(1);
    expect(analysis.snapshot(opened)).toEqual(half);
    const whole = analysis.finish(opened);
    expect(whole.http).toEqual({ requests: 1, responses: 0, exchanges: 1, unanswered: 1 });
    expect(whole.pairs[0]?.http).toMatchObject({ requests: 1, responses: 0, unanswered: 1 });
    await opened.close();
  });
});

describe("many clients of one server", () => {
  /** One exchange of each of `count` clients: the same frames again with another client's address. */
  function crowd(count: number): Buffer {
    const one = oneExchange();
    const copies = Array.from({ length: count }, (_, client) => {
      const records = Buffer.from(one.subarray(24));
      for (let at = 0; at < records.length; at += 16 + records.readUInt32LE(at + 8)) {
        // Ethernet, then IPv4: source at 12, destination at 16.
        const addresses = at + 16 + 14 + 12;
        const own = records.readUInt32BE(addresses) === 0x0a000001 ? addresses : addresses + 4;
        records.writeUInt32BE(0x0a010000 + client, own);
      }
      return records;
    });
    return Buffer.concat([one.subarray(0, 24), ...copies]);
  }

  test("a snapshot shows the hundred busiest pairs, the end all of them", async () => {
    const analysis = new Analysis({ live: true });
    const opened = await openCapture(crowd(130));
    for (let batch = await opened.nextBatch(); batch !== null; batch = await opened.nextBatch()) {
      analysis.feed(batch, opened.startNs);
    }
    const snapshot = analysis.snapshot(opened);
    expect(snapshot.pairs.length).toBe(100);
    expect(snapshot.http.exchanges).toBe(130);
    expect(snapshot.pairs.every(({ live }) => live?.state === "up")).toBe(true);
    expect(analysis.finish(opened).pairs.length).toBe(130);
    await opened.close();
    expect((await analyze(crowd(130))).pairs.length).toBe(130);
  });

  test("more than there is room for have no row, and count with all clients of the server", async () => {
    const count = MAX_PAIRS + 50;
    const { http, pairs, allClients = [], warnings } = await analyze(crowd(count));
    expect(pairs.length).toBe(MAX_PAIRS);
    expect(http.requests).toBe(count);
    expect(allClients[0]).toMatchObject({
      http: { requests: count, responses: count, timeToFirstByteMs: { count } },
      transport: { connections: count },
      paper: { frames: count },
    });
    const [warning] = warnings.filter(({ code }) => code === "too-many-pairs");
    expect(warning?.message).toMatch(/^There are more than 1000 client → server pairs: 50 connections/);
  }, 60_000);
});

describe("a snapshot changes nothing", () => {
  const CAPTURES = new URL("../../fixtures/captures/", import.meta.url);
  const testbed: AnalysisOptions = {
    balancer: "192.168.56.103",
    backends: [
      { name: "Flask A", address: "192.168.56.109" },
      { name: "Flask B", address: "192.168.56.113" },
      { name: "Flask C", address: "192.168.56.110" },
      // Never asked: that they are there must not depend on when one looked.
      ...[1, 2, 3, 4, 5, 6].map((host) => ({ name: `spare ${host}`, address: `192.168.56.20${host}` })),
    ],
    chartData: true,
  };

  /** Analyses a capture, with a snapshot after each batch of frames that `looks` names; batches have `size` frames. */
  async function analyzeInPieces(
    file: string,
    options: AnalysisOptions,
    size: number,
    looks: Iterable<number>,
  ) {
    const analysis = new Analysis(options);
    const opened = await openCapture(fileURLToPath(new URL(file, CAPTURES)));
    const piece = new FrameBatch();
    const moments = new Set(looks);
    let pieces = 0;
    let snapshots = 0;
    const feed = () => {
      analysis.feed(piece, opened.startNs);
      if (!moments.has(pieces++)) return;
      snapshots++;
      analysis.snapshot(opened, pieces % 2 === 0 ? null : (piece.timeNs[0] ?? 0) + 5e9);
    };
    for (let batch = await opened.nextBatch(); batch !== null; batch = await opened.nextBatch()) {
      for (let first = 0; first < batch.count; first += size) {
        piece.reset(batch.bytes);
        for (let row = first; row < Math.min(batch.count, first + size); row++) pushRow(piece, batch, row);
        feed();
      }
    }
    const run = analysis.finish(opened);
    await opened.close();
    return { run, snapshots };
  }

  function pushRow(piece: FrameBatch, batch: FrameBatch, row: number): void {
    const { offset, capturedLength, wireLength, timeNs, linkType, interfaceIndex } = batch;
    const columns = [offset, capturedLength, wireLength, timeNs, linkType, interfaceIndex] as const;
    const [at = 0, captured = 0, wire = 0, time = 0, link = 0, recorder = 0] = columns.map(
      (column) => column[row],
    );
    piece.push(at, captured, wire, time, link, recorder);
  }

  const withoutLive = (run: RunMetrics) => ({
    ...run,
    pairs: run.pairs.map(({ live: _, ...pair }) => pair),
  });

  test.each([
    ["keepalive-rr.pcapng.gz", testbed],
    ["keepalive-rr.pcapng.gz", {}],
    ["loss-big-to2-from2.pcapng.gz", testbed],
    ["../outages/outages.pcapng.gz", testbed],
  ])("%s, whenever it is taken", async (file, options) => {
    const { run: untouched } = await analyzeInPieces(file, options, 100_000, []);
    const { run: live } = await analyzeInPieces(file, { ...options, live: true }, 100_000, []);
    expect(JSON.stringify(withoutLive(live))).toBe(JSON.stringify(untouched));
    const anyMoments = fc.uniqueArray(fc.integer({ min: 0, max: 70 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(anyMoments, async (moments) => {
        const { run, snapshots } = await analyzeInPieces(file, { ...options, live: true }, 50, moments);
        expect(snapshots).toBeGreaterThan(0);
        expect(JSON.stringify(run)).toBe(JSON.stringify(live));
      }),
      { numRuns: 6, examples: [[[0]], [Array.from({ length: 35 }, (_, index) => index * 2)]] },
    );
  });
});

describe("captures without what is asked for", () => {
  test("named pairs without traffic are reported, and said to be so", async () => {
    const options: AnalysisOptions = {
      balancer: "10.0.0.1",
      backends: [
        { name: "A", address: "10.0.0.2" },
        { name: "B", address: "10.0.0.3" },
      ],
    };
    const run = await analyze(oneExchange(), options);
    expect(run.pairs.map(({ name, paper }) => [name, paper.requests])).toEqual([
      ["A", 1],
      ["B", 0],
    ]);
    expect(run.pairs[1]?.paper).toEqual({
      frames: 0,
      bytes: 0,
      durationMs: null,
      throughputMbps: 0,
      delayMs: null,
      jitterMs: null,
      jitterSignedMs: null,
      lostPackets: 0,
      packetLossPercent: null,
      requests: 0,
    });
    expect(run.warnings.map(({ code }) => code)).toEqual([
      "few-requests",
      "pair-without-traffic",
      "backend-side-capture",
    ]);
  });

  test("no frame at all", async () => {
    const run = await analyze(captureOf([]));
    expect(run.capture).toMatchObject({ packets: 0, bytes: 0, start: null, durationSeconds: null });
    expect(run.pairs).toEqual([]);
  });

  test("TCP without HTTP makes no pair", async () => {
    const { tcp, pairs } = await analyze(
      capture(parseSegments("0 > S 0\n1 < S 0 ack 1\n2 > 1:100 ack 1"), {}),
    );
    expect([tcp.connections, pairs]).toEqual([1, []]);
  });

  test("nobody answered", async () => {
    const plans = parseSegments("0 > S 0\n1000 > S 0\n3000 > S 0");
    const run = await analyze(capture(plans, {}), {
      balancer: "10.0.0.1",
      backends: [{ name: "A", address: "10.0.0.2" }],
    });
    expect(run.pairs[0]?.transport).toMatchObject({ connections: 1, failedHandshakes: 1 });
    expect(run.pairs[0]?.transport.toBackend).toMatchObject({ segments: 3, lossPercent: expect.any(Number) });
    expect(run.warnings.map(({ code }) => code)).toContain("one-direction");
  });
});

test("wrong options are refused before anything is read", async () => {
  await expect(analyze("no-such-file.pcap", { balancer: "lb" })).rejects.toThrow(Failure);
  await expect(analyze("no-such-file.pcap", { balancer: "lb" })).rejects.toThrow(/lb/);
  await expect(analyze("no-such-file.pcap", { profile: "none" })).rejects.toThrow(/category profile "none"/);
});

/** Everything that a program reads: JSON has no undefined, no NaN, no infinity. */
function numbersIn(value: unknown, path = "run"): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (value === undefined) return [`${path} is undefined`];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, `${path}.${key}`));
}

test("what is handed over is plain JSON", async () => {
  const run: RunMetrics = await analyze(oneExchange(), { chartData: true });
  expect(numbersIn(run)).toEqual([]);
  expect(JSON.parse(JSON.stringify(run))).toEqual(run);
});
