import { existsSync, linkSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ExchangeFile, refuseOverwriting } from "../../src/cli/exchange-file.ts";
import { Failure } from "../../src/failure.ts";
import type { ExchangeRow } from "../../src/metrics/exchanges/exchange-row.ts";
import { conversationFilter } from "../../src/metrics/exchanges/frame-filter.ts";
import { exchangeCsv, exchangeJsonLines } from "../../src/report/exchanges/exchange-lines.ts";
import { message as words } from "../../src/words/message.ts";

const folder = mkdtempSync(join(tmpdir(), "lbqos-exchanges-"));
afterAll(() => rmSync(folder, { recursive: true }));

function row(exchange: number, target = "/"): ExchangeRow {
  return {
    pair: "Flask A",
    client: "10.0.0.1:40000",
    server: "[2001:db8::1]:80",
    connection: 1,
    exchange,
    tcpStream: 0,
    communityId: "1:LQU9qZlK+B5F3KDmev6m5PMibrg=",
    state: "complete",
    method: "GET",
    target,
    host: null,
    status: 200,
    interimResponses: 0,
    requestStart: "2026-11-22T20:54:26.324605004Z",
    requestStartSeconds: 0.25,
    requestDurationMs: 0,
    timeToFirstByteMs: 1.376542,
    timeToLastByteMs: 1.4,
    transferDurationMs: 0.023458,
    requestBytes: 77,
    responseBytes: 173,
    requestFrame: 4,
    responseStartFrame: 6,
    responseEndFrame: 6,
    upstream: null,
    downstream: null,
  };
}

describe("an exchange file", () => {
  test("holds a line for each exchange, in CSV after a header", () => {
    const path = join(folder, "lines.csv");
    const file = new ExchangeFile(path, exchangeCsv);
    file.add(row(1));
    file.add(row(2, '/a,"b"?=1\n'));
    file.finish();
    expect(readFileSync(path, "utf8").split("\r\n")).toEqual([
      "pair,client,server,connection,exchange,state,method,target,host,status,interimResponses,requestStart,requestStartSeconds,requestDurationMs,timeToFirstByteMs,timeToLastByteMs,transferDurationMs,requestBytes,responseBytes,requestFrame,responseStartFrame,responseEndFrame,tcpStream,communityId,grpcStatus,stallMs,networkThereMs,serverMs,networkBackMs,balancerOutcome,linkCertainty,waitBeforeMs,waitAfterMs,addedTimeToFirstByteMs,upstreamServers,upstreamStatuses,upstreamConnections,upstreamExchanges,upstreamConnectMs,upstreamFirstByteMs,upstreamLastByteMs,clientOfBalancer,clientConnection,clientExchange,displayFilter",
      "Flask A,10.0.0.1:40000,[2001:db8::1]:80,1,1,complete,GET,/,,200,0,2026-11-22T20:54:26.324605004Z,0.25,0,1.376542,1.4,0.023458,77,173,4,6,6,0,1:LQU9qZlK+B5F3KDmev6m5PMibrg=,,,,,,,,,,,,,,,,,,,,,tcp.stream in {0} && frame.number >= 4 && frame.number <= 6",
      'Flask A,10.0.0.1:40000,[2001:db8::1]:80,1,2,complete,GET,"/a,""b""?=1\\x0a",,200,0,2026-11-22T20:54:26.324605004Z,0.25,0,1.376542,1.4,0.023458,77,173,4,6,6,0,1:LQU9qZlK+B5F3KDmev6m5PMibrg=,,,,,,,,,,,,,,,,,,,,,tcp.stream in {0} && frame.number >= 4 && frame.number <= 6',
      "",
    ]);
  });

  test("gives everything back from JSON Lines, over many blocks", () => {
    const path = join(folder, "lines.jsonl");
    const rows = Array.from({ length: 5000 }, (_, index) => row(index, `/\u001b[2J${index}`));
    const file = new ExchangeFile(path, exchangeJsonLines);
    for (const one of rows) file.add(one);
    const before = readFileSync(path, "utf8").length;
    file.finish();
    const text = readFileSync(path, "utf8");
    expect(before).toBeGreaterThan(text.length - 100_000);
    expect(
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(rows.map((row) => ({ ...row, displayFilter: conversationFilter(row) })));
  });

  test("has lines that are complete after an analysis that broke off", () => {
    const path = join(folder, "broken-off.jsonl");
    const file = new ExchangeFile(path, exchangeJsonLines);
    file.add(row(1));
    file.abandon();
    file.add(row(2));
    file.abandon();
    expect(readFileSync(path, "utf8")).toBe(exchangeJsonLines.line(row(1)));
  });

  test("leaves an older file alone until there is something to write", () => {
    const path = join(folder, "older.csv");
    writeFileSync(path, "older");
    new ExchangeFile(path, exchangeCsv).abandon();
    expect(readFileSync(path, "utf8")).toBe("older");
    new ExchangeFile(path, exchangeCsv).finish();
    expect(readFileSync(path, "utf8")).toBe(exchangeCsv.head);
  });

  test("fails with one line that says why", () => {
    const path = join(folder, "missing/lines.csv");
    expect(() => new ExchangeFile(path, exchangeCsv).add(row(1))).toThrow(
      new Failure(words("verbatim", `exchanges can't be written to ${path}: no such file or directory`)),
    );
  });

  test.skipIf(!existsSync("/dev/full"))("fails when the disk is full [needs /dev/full]", () => {
    const file = new ExchangeFile("/dev/full", exchangeCsv);
    file.add(row(1));
    expect(() => file.finish()).toThrow(
      new Failure(words("verbatim", "exchanges can't be written to /dev/full: no space left on device")),
    );
    file.abandon();
  });
});

describe("a capture", () => {
  test("is never overwritten by its exchanges, however it is spelled or linked", () => {
    const capture = join(folder, "run.pcap");
    writeFileSync(capture, "x");
    linkSync(capture, join(folder, "hard.csv"));
    symlinkSync(capture, join(folder, "soft.csv"));
    for (const target of [capture, join(folder, "hard.csv"), join(folder, "soft.csv")]) {
      expect(() => refuseOverwriting("--exchanges", target, ["-", capture])).toThrow(
        new Failure(words("verbatim", `--exchanges would overwrite the capture ${capture}`), 2),
      );
    }
    refuseOverwriting("--exchanges", join(folder, "new.csv"), [capture]);
    refuseOverwriting("--exchanges", "-", [capture]);
  });
});
