/** What load generators are told, and what is read from what they print. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PLAIN_HTTP1 } from "../../src/lab/lab-protocols.ts";
import { type ClientLoad, loadCommand, readLoadReport, sumOfReports } from "../../src/lab/load-generator.ts";

const LOAD: ClientLoad = {
  generator: "httperf",
  server: "192.168.56.103",
  uri: "/slow?s=0.02",
  requests: 1000,
  requestsPerSecond: 500,
  requestsPerConnection: 1,
  connections: 10,
  bodyBytes: 0,
  protocols: PLAIN_HTTP1,
  isGrpc: false,
};

function command(changes: Partial<ClientLoad>): string {
  return loadCommand({ ...LOAD, ...changes }, "/run/lab").join(" ");
}

test("httperf makes connections at a rate", () => {
  expect(command({})).toBe(
    "httperf --server 192.168.56.103 --port 80 --uri /slow?s=0.02 --num-conns 1000 --num-calls 1 --rate 500 --timeout 10",
  );
  expect(command({ requestsPerConnection: 10 })).toContain("--num-conns 100 --num-calls 10 --rate 50 ");
});

test("wrk sends for as long as the requests would take", () => {
  expect(command({ generator: "wrk" })).toBe(
    "wrk -t 1 -c 10 -d 2s -H Connection: close http://192.168.56.103/slow?s=0.02",
  );
  expect(command({ generator: "wrk", requestsPerConnection: 5, requests: 1 })).toBe(
    "wrk -t 1 -c 10 -d 1s http://192.168.56.103/slow?s=0.02",
  );
});

test("ab sends as many as it is told", () => {
  expect(command({ generator: "ab" })).toBe("ab -q -r -n 1000 -c 10 http://192.168.56.103/slow?s=0.02");
  expect(command({ generator: "ab", requests: 3, requestsPerConnection: 2 })).toContain("-k -n 3 -c 3 ");
});

test("httperf's own words", () => {
  const text = readFileSync(
    new URL("../../fixtures/captures/loss-big-to2-from2.httperf.txt", import.meta.url),
    "utf8",
  );
  expect(readLoadReport("httperf", text)).toEqual({
    requests: 60,
    replies: 60,
    errors: 0,
    failures: 0,
    seconds: Number(/test-duration ([\d.]+)/.exec(text)?.[1]),
  });
  expect(
    readLoadReport(
      "httperf",
      [
        "Total: connections 5 requests 4 replies 3 test-duration 0.5 s",
        "Reply status: 1xx=0 2xx=0 3xx=0 4xx=1 5xx=2",
        "Errors: total 2 client-timo 1 socket-timo 0 connrefused 1 connreset 0",
      ].join("\n"),
    ),
  ).toEqual({ requests: 4, replies: 3, errors: 2, failures: 3, seconds: 0.5 });
});

test("wrk's own words", () => {
  const text = `Running 2s test @ http://192.168.56.103/
  1 threads and 10 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     4.10ms    2.11ms  30.11ms   91.38%
    Req/Sec     2.47k   203.14     2.83k    70.00%
  4930 requests in 2.00s, 0.87MB read
  Socket errors: connect 1, read 2, write 0, timeout 3
  Non-2xx or 3xx responses: 7
Requests/sec:   2461.81
`;
  expect(readLoadReport("wrk", text)).toEqual({
    requests: 4930,
    replies: 4930,
    errors: 6,
    failures: 7,
    seconds: 2,
  });
});

test("ab's own words", () => {
  const text = `Concurrency Level:      10
Time taken for tests:   0.421 seconds
Complete requests:      1000
Failed requests:        2
   (Connect: 0, Receive: 1, Length: 1, Exceptions: 0)
Non-2xx responses:      5
Total transferred:      182000 bytes
`;
  expect(readLoadReport("ab", text)).toEqual({
    requests: 1000,
    replies: 1000,
    errors: 2,
    failures: 5,
    seconds: 0.421,
  });
});

test.each(["httperf", "wrk", "ab", "python"] as const)(
  "%s that said nothing is not understood",
  (generator) => {
    expect(readLoadReport(generator, `${generator}: connection refused\n`)).toBeNull();
  },
);

test("python gets IPv6 addresses as they are, the others in a URL", () => {
  const load = { server: "fd00::56:103", connections: 4, requestsPerConnection: 5 } as const;
  expect(command({ ...load, generator: "python", uri: "/sink", bodyBytes: 9 })).toBe(
    "/usr/bin/python3 -B /run/lab/load.py fd00::56:103 80 4 1000 5 /sink 9 10",
  );
  expect(command({ ...load, generator: "ab" })).toBe(
    "ab -q -r -k -n 1000 -c 4 http://[fd00::56:103]/slow?s=0.02",
  );
});

test("python's own words", () => {
  const report = { requests: 5, replies: 4, errors: 1, failures: 2, seconds: 0.25 };
  expect(readLoadReport("python", JSON.stringify(report))).toEqual(report);
  expect(readLoadReport("python", '{"requests": 5}')).toBeNull();
});

test("several clients sent at the same time", () => {
  const one = { requests: 10, replies: 9, errors: 1, failures: 0, seconds: 1 };
  expect(sumOfReports([one, { ...one, seconds: 3 }])).toEqual({
    requests: 20,
    replies: 18,
    errors: 2,
    failures: 0,
    seconds: 3,
  });
});
