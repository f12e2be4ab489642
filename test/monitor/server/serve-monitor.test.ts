/** The monitor's server, asked over real connections. */
import { createServer } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { Failure } from "../../../src/failure.ts";
import type { PairMetrics, RunMetrics } from "../../../src/metrics/run-metrics.ts";
import {
  type Monitor,
  type MonitorOptions,
  serveMonitor,
} from "../../../src/monitor/server/serve-monitor.ts";
import { fixtureMetrics, livePair, snapshotOf } from "../snapshots.ts";
import { ask, EventReader, RawConnection } from "./http-client.ts";

const TOKEN = "correct-horse-battery";
const METRICS = { text: async () => "lbqos_up 1\n", contentType: "text/plain; version=0.0.4; charset=utf-8" };

let metrics: RunMetrics;
let pairs: PairMetrics[];
const open: { close(): Promise<void> }[] = [];
const readers: EventReader[] = [];

beforeAll(async () => {
  metrics = await fixtureMetrics("round-robin-1");
  pairs = metrics.pairs.map((pair) => ({ ...pair, live: livePair() }));
});

afterEach(async () => {
  for (const reader of readers.splice(0)) reader.end();
  for (const monitor of open.splice(0)) await monitor.close();
});

async function start(changes: Partial<MonitorOptions> = {}): Promise<Monitor> {
  const monitor = await serveMonitor({
    host: "127.0.0.1",
    port: 0,
    token: null,
    metrics: METRICS,
    report: () => "<!doctype html><title>report</title>",
    ...changes,
  });
  open.push(monitor);
  return monitor;
}

function listenTo(monitor: Monitor, from?: string): EventReader {
  const reader = new EventReader(monitor.url, from);
  readers.push(reader);
  return reader;
}

/** What stands in the answers to requests that get nothing. */
const REFUSALS = {
  en: {
    "/report": "404: There is no report yet: nothing was captured.\n",
    "/snapshot.json": "404: There is no snapshot yet.\n",
    "/else": "404: There is nothing at this address.\n",
  },
  id: {
    "/report": "404: Belum ada laporan: belum ada yang terekam.\n",
    "/snapshot.json": "404: Belum ada snapshot.\n",
    "/else": "404: Tidak ada apa pun di alamat ini.\n",
  },
} as const;

test.each(["en", "id"] as const)(
  "what there is not is said in the language of the page: %s",
  async (language) => {
    const monitor = await start({ report: () => null, language });
    for (const [path, text] of Object.entries(REFUSALS[language]))
      expect((await ask(monitor.url, path)).body, path).toBe(text);
  },
);

describe("what can be asked for", () => {
  test.each([
    ["/", "text/html; charset=utf-8", "<!doctype html>"],
    ["/metrics", METRICS.contentType, "lbqos_up 1\n"],
    ["/report", "text/html; charset=utf-8", "<title>report</title>"],
    ["/snapshot.json", "application/json; charset=utf-8", '"phase":"capturing"'],
    ["/icon.svg", "image/svg+xml", "<svg"],
  ])("%s", async (path, type, part) => {
    const monitor = await start();
    monitor.update(snapshotOf(metrics, pairs, 1));
    const { status, headers, body } = await ask(monitor.url, path);
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe(type);
    expect(body).toContain(part);
    const head = await ask(monitor.url, path, {}, "HEAD");
    expect(head.status).toBe(200);
    expect(head.body).toBe("");
    expect(head.headers["content-length"]).toBe(String(Buffer.byteLength(body)));
  });

  test("headers that leave a hostile page nothing", async () => {
    const monitor = await start();
    for (const path of ["/", "/report", "/metrics", "/nothing"]) {
      const { headers } = await ask(monitor.url, path);
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "no-store",
      });
      const policy = headers["content-security-policy"];
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
    }
  });

  test("nothing else", async () => {
    const monitor = await start();
    for (const path of ["/nothing", "//", "/../etc/passwd", "/metrics/", "http://example.org/", "*"]) {
      expect((await ask(monitor.url, path)).status, path).toBe(404);
    }
  });

  test("only to be read", async () => {
    const monitor = await start();
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"]) {
      const { status, headers } = await ask(monitor.url, "/metrics", {}, method);
      expect(status, method).toBe(405);
      expect(headers["allow"]).toBe("GET, HEAD");
    }
    expect((await ask(monitor.url, "/metrics", {}, "POST", "x".repeat(1000))).status).toBe(413);
  });

  test("no endless headers", async () => {
    const monitor = await start();
    expect((await ask(monitor.url, "/", { "X-Long": "x".repeat(20_000) })).status).toBe(431);
  });

  test("a report only when there is one, made once per snapshot", async () => {
    const report = vi.fn<() => string | null>(() => null);
    const monitor = await start({ report });
    expect((await ask(monitor.url, "/report")).status).toBe(404);
    report.mockReturnValue("<p>one</p>");
    expect((await ask(monitor.url, "/report")).body).toBe("<p>one</p>");
    report.mockReturnValue("<p>two</p>");
    expect((await ask(monitor.url, "/report")).body).toBe("<p>one</p>");
    monitor.update(snapshotOf(metrics, pairs, 1));
    expect((await ask(monitor.url, "/report")).body).toBe("<p>two</p>");
    expect(report).toHaveBeenCalledTimes(3);
  });

  test("one answer that can't be made leaves the others", async () => {
    const monitor = await start({
      metrics: { ...METRICS, text: () => Promise.reject(new Error("broken at /some/path")) },
    });
    const { status, body } = await ask(monitor.url, "/metrics");
    expect(status).toBe(500);
    expect(body).not.toContain("/some/path");
    expect((await ask(monitor.url, "/")).status).toBe(200);
  });

  test("thousands of pairs are bounded", async () => {
    const monitor = await start();
    const [first] = pairs;
    if (first === undefined) throw new Error("the capture has pairs");
    const many = Array.from({ length: 3000 }, (_, index) => ({
      ...first,
      source: `10.0.${index >> 8}.${index & 255}`,
    }));
    monitor.update(snapshotOf(metrics, many, 1));
    const snapshot = JSON.parse((await ask(monitor.url, "/snapshot.json")).body);
    expect(snapshot.metrics.pairs).toHaveLength(200);
    expect(snapshot.pairsNotShown).toBe(2800);
  });
});

describe("on loopback", () => {
  test.each([
    ["127.0.0.1", 200],
    ["localhost:9999", 200],
    ["LOCALHOST", 200],
    ["[::1]:80", 200],
    ["example.org", 403],
    ["127.0.0.1.example.org", 403],
    ["localhost.example.org:8080", 403],
  ])("asked by the name %j", async (Host, status) => {
    const monitor = await start();
    for (const path of ["/", "/metrics", "/snapshot.json", "/events", "/nothing"]) {
      // Before the first snapshot there is none.
      const isMissing = path === "/nothing" || path === "/snapshot.json";
      const expected = status === 200 && isMissing ? 404 : status;
      expect((await ask(monitor.url, path, { Host }, "HEAD")).status, path).toBe(expected);
    }
  });

  test.each([
    ["GET / HTTP/1.0\r\n\r\n", 403],
    ["GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
    ["GET / HTTP/1.1\r\nHost: localhost\r\nHost: example.org\r\nConnection: close\r\n\r\n", 200],
    ["GET / HTTP/1.1\r\nHost: example.org\r\nHost: localhost\r\nConnection: close\r\n\r\n", 403],
    ["no HTTP at all\r\n\r\n", 400],
  ])("asked with %j", async (request, status) => {
    const monitor = await start();
    expect(await new RawConnection(monitor.url, request).ended).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  test.each([
    [{ Origin: "http://example.org" }, 403],
    [{ Origin: "null" }, 403],
    [{ Origin: "http://127.0.0.1:1" }, 403],
    [{ "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image" }, 403],
    [{ "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty" }, 403],
    [{ "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe" }, 403],
    [{ "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document" }, 200],
    [{ "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty" }, 200],
    [{ "Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document" }, 200],
  ] as [Record<string, string>, number][])("asked by a page with %j", async (headers, status) => {
    const monitor = await start();
    expect((await ask(monitor.url, "/metrics", headers)).status).toBe(status);
  });

  test("asked by its own page", async () => {
    const monitor = await start();
    const { status } = await ask(monitor.url, "/metrics", { Origin: new URL(monitor.url).origin });
    expect(status).toBe(200);
  });
});

describe("with a token", () => {
  const paths = ["/", "/events", "/metrics", "/report", "/snapshot.json", "/icon.svg", "/nothing"];

  test("nothing is told without it, not even what there is", async () => {
    const monitor = await start({ token: TOKEN });
    monitor.update(snapshotOf(metrics, pairs, 1));
    for (const path of paths) {
      for (const headers of [
        {},
        { Authorization: "Bearer wrong" },
        { Authorization: `Basic ${TOKEN}` },
        { Authorization: `Bearer ${TOKEN}x` },
        { Cookie: `lbqos_${new URL(monitor.url).port}=${TOKEN}` },
      ]) {
        const { status, headers: told, body } = await ask(monitor.url, path, { ...headers });
        expect(status, `${path} ${JSON.stringify(headers)}`).toBe(401);
        expect(told["www-authenticate"]).toMatch(/^Bearer/);
        expect(body).not.toContain("Flask");
      }
      expect((await ask(monitor.url, `${path}?token=wrong`)).status).toBe(401);
    }
  });

  test("programs send it with every request", async () => {
    const monitor = await start({ token: TOKEN });
    const answer = await ask(monitor.url, "/metrics", { Authorization: `Bearer ${TOKEN}` });
    expect(answer.body).toBe("lbqos_up 1\n");
  });

  test("browsers show it once and keep a cookie, which is not the token", async () => {
    const monitor = await start({ token: TOKEN });
    const shown = await ask(monitor.url, `/report?token=${TOKEN}`);
    expect(shown.status).toBe(200);
    expect(shown.body).toContain('content="0; url=/report"');
    expect(shown.body + JSON.stringify(shown.headers)).not.toContain(TOKEN);
    const [cookie = ""] = shown.headers["set-cookie"] ?? [];
    expect(cookie).toMatch(/^lbqos_\d+=[\w-]+; Path=\/; HttpOnly; SameSite=Strict$/);
    const answer = await ask(monitor.url, "/report", { Cookie: `other=1; ${cookie.split(";")[0]}` });
    expect(answer.body).toContain("<title>report</title>");
  });

  test("the cookie still counts after a restart with the same token, and not with another", async () => {
    const first = await start({ token: TOKEN });
    const port = Number(new URL(first.url).port);
    const [cookie = ""] = (await ask(first.url, `/?token=${TOKEN}`)).headers["set-cookie"] ?? [];
    await first.close();
    const second = await start({ token: TOKEN, port });
    expect((await ask(second.url, "/", { Cookie: cookie })).status).toBe(200);
    await second.close();
    const third = await start({ token: `${TOKEN}-2`, port });
    expect((await ask(third.url, "/", { Cookie: cookie })).status).toBe(401);
  });

  test("it is not enough where the Host header is wrong", async () => {
    const monitor = await start({ token: TOKEN });
    const headers = { Authorization: `Bearer ${TOKEN}`, Host: "example.org" };
    expect((await ask(monitor.url, "/metrics", headers)).status).toBe(403);
  });

  test("every address of the machine can be listened on, by whatever name it is asked", async () => {
    const monitor = await start({ token: TOKEN, host: "0.0.0.0" });
    expect(monitor.url).not.toContain("0.0.0.0");
    const url = `http://127.0.0.1:${new URL(monitor.url).port}`;
    const headers = { Authorization: `Bearer ${TOKEN}`, Host: "balancer.example" };
    expect((await ask(url, "/metrics", headers)).status).toBe(200);
    expect((await ask(url, "/metrics", { Host: "balancer.example" })).status).toBe(401);
  });
});

async function failureOf(changes: Partial<MonitorOptions>): Promise<Failure> {
  const outcome = await start(changes).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Failure)) throw new Error(`no Failure but ${String(outcome)}`);
  expect(outcome.message).not.toContain("\n");
  return outcome;
}

describe("can't start", () => {
  test.each(["0.0.0.0", "::", "192.0.2.1", "balancer.example"])("on %s without a token", async (host) => {
    const failure = await failureOf({ host });
    expect(failure.message).toMatch(new RegExp(`^${host} is not loopback.*token.*127\\.0\\.0\\.1`));
    expect(failure.status).toBe(2);
  });

  test.each(["short", "with a space in it, long", "tökens-are-ascii-only"])(
    "with the token %j",
    async (token) => {
      const failure = await failureOf({ token });
      expect(failure.message).toMatch(/16 or more visible ASCII/);
      expect(failure.message).not.toContain(token);
      expect(failure.status).toBe(2);
    },
  );

  test("on a port that is in use", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const failure = await failureOf({ port });
    other.close();
    expect(failure.message).toBe(
      `The web page's port 127.0.0.1:${port} is in use: stop the program that uses it, or choose another port.`,
    );
    expect(failure.status).toBe(1);
  });

  test("on an address that no interface has", async () => {
    const failure = await failureOf({ host: "192.0.2.1", token: TOKEN });
    expect(failure.message).toMatch(/192\.0\.2\.1:0: no interface of this machine has that address/);
  });
});

describe("the stream of events", () => {
  test("begins with the past, and goes on with every snapshot", async () => {
    const monitor = await start();
    for (let second = 1; second <= 5; second++) monitor.update(snapshotOf(metrics, pairs, second));
    const reader = listenTo(monitor);
    await vi.waitFor(() => expect(reader.events("view")).toHaveLength(1));
    expect(reader.head).toMatch(/Content-Type: text\/event-stream/i);
    expect(reader.events("history")).toMatchObject([
      { points: [{ atSeconds: 1 }, { atSeconds: 2 }, { atSeconds: 3 }, { atSeconds: 4 }, { atSeconds: 5 }] },
    ]);
    monitor.update(snapshotOf(metrics, pairs, 6, { phase: "ended" }));
    await vi.waitFor(() => expect(reader.events("view")).toHaveLength(2));
    expect(reader.events("view")[1]).toMatchObject({ view: { phase: "ended" }, point: { atSeconds: 6 } });
  });

  test("is there before the first snapshot", async () => {
    const monitor = await start();
    const reader = listenTo(monitor);
    await vi.waitFor(() => expect(reader.events("history")).toMatchObject([{ points: [] }]));
    monitor.update(snapshotOf(metrics, [], 0, { phase: "waiting" }));
    await vi.waitFor(() => expect(reader.events("view")).toMatchObject([{ view: { phase: "waiting" } }]));
  });

  test("stays one event per snapshot whatever the names hold", async () => {
    const monitor = await start();
    const reader = listenTo(monitor);
    const name = "A\n\nevent: view\ndata: {}\r\n\u2028</script>\u202e";
    monitor.update(snapshotOf(metrics, [{ ...pairs[0], name } as PairMetrics], 1));
    await vi.waitFor(() => expect(reader.events("view").length).toBeGreaterThan(0));
    expect(reader.events("view")).toHaveLength(1);
    expect(reader.events("view")).toMatchObject([
      { view: { pairs: [{ name: "A\\x0a\\x0aevent: view\\x0adata: {}\\x0d\\x0a\\u2028</script>\\u202e" }] } },
    ]);
  });

  test("drops who does not read, and nobody else", async () => {
    const monitor = await start();
    const [slow, quick] = [listenTo(monitor), listenTo(monitor)];
    await vi.waitFor(() => expect([slow.status, quick.status]).toEqual([200, 200]));
    slow.stall();
    // 45 MB, more than the kernel's buffers (10 MB) and what may wait (4 MiB).
    const [first] = pairs;
    if (first === undefined) throw new Error("the capture has pairs");
    const long = Array.from({ length: 20 }, (_, index) => ({
      ...first,
      name: "x".repeat(1000),
      destinationPort: index,
    }));
    const sent = 1500;
    for (let second = 0; second < sent; second++) {
      monitor.update(snapshotOf(metrics, long, second));
      await nextTurn();
    }
    // The history and every view.
    await vi.waitFor(() => expect(quick.count).toBe(1 + sent), 20_000);
    slow.resume();
    await slow.ended;
    expect(slow.count).toBeLessThan(sent);
    monitor.update(snapshotOf(metrics, long, sent));
    await vi.waitFor(() => expect(quick.count).toBe(2 + sent), 20_000);
  });

  test("has room for 32 pages, and again when one goes", async () => {
    const monitor = await start();
    const pages = Array.from({ length: 32 }, (_, i) => listenTo(monitor, `127.0.0.${2 + (i % 2)}`));
    await vi.waitFor(() => expect(pages.every(({ status }) => status === 200)).toBe(true));
    expect((await ask(monitor.url, "/events")).status).toBe(503);
    expect((await ask(monitor.url, "/metrics")).status).toBe(200);
    pages[0]?.end();
    await vi.waitFor(async () => expect((await ask(monitor.url, "/events", {}, "HEAD")).status).toBe(200));
  });
});

test("no address has all pages", async () => {
  const monitor = await start();
  const pages = Array.from({ length: 17 }, () => listenTo(monitor, "127.0.0.2"));
  await vi.waitFor(() => expect(pages.every(({ status }) => status > 0)).toBe(true));
  expect(pages.filter(({ status }) => status === 200)).toHaveLength(16);
  expect((await ask(monitor.url, "/events", {}, "HEAD")).status).toBe(200);
});

describe("connections that were allowed nothing", () => {
  const half = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n";

  test("don't keep Prometheus out, from however many addresses they come", async () => {
    const monitor = await start({ token: TOKEN });
    const page = new RawConnection(
      monitor.url,
      `GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`,
    );
    await vi.waitFor(() => expect(page.text).toContain("200 OK"));
    for (let i = 0; i < 400; i++) new RawConnection(monitor.url, half, `127.0.0.${10 + (i % 20)}`);
    for (let i = 0; i < 400; i++) new RawConnection(monitor.url, half);
    const answer = await ask(monitor.url, "/metrics", { Authorization: `Bearer ${TOKEN}` });
    expect(answer.body).toBe("lbqos_up 1\n");
    monitor.update(snapshotOf(metrics, pairs, 1));
    await vi.waitFor(() => expect(page.text).toContain("event: view"));
  });

  test("have to go after 5 s", { timeout: 20_000 }, async () => {
    const monitor = await start({ token: TOKEN });
    const startMs = performance.now();
    const silent = new RawConnection(monitor.url, "");
    const refused = new RawConnection(monitor.url, `${half}\r\n`);
    await Promise.all([silent.ended, refused.ended]);
    expect(refused.text).toContain("401");
    expect(performance.now() - startMs).toBeLessThan(9000);
  });
});

test("close ends streams, stalled readers and half a request at once, and frees the port", async () => {
  const monitor = await start();
  const port = Number(new URL(monitor.url).port);
  const pages = [listenTo(monitor), listenTo(monitor)];
  await vi.waitFor(() => expect(pages.every(({ status }) => status === 200)).toBe(true));
  pages[0]?.stall();
  const half = new RawConnection(monitor.url, "GET / HTTP/1.1\r\nHost: 127");
  const idle = new RawConnection(monitor.url, "GET /icon.svg HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await vi.waitFor(() => expect(idle.text).toContain("200 OK"));
  monitor.update(snapshotOf(metrics, pairs, 9, { phase: "ended" }));
  await Promise.all([monitor.close(), monitor.close()]);
  await Promise.all([pages[1]?.ended, half.ended, idle.ended]);
  expect(pages[1]?.events("view")).toMatchObject([{ view: { phase: "ended" } }]);
  await expect(ask(monitor.url, "/")).rejects.toThrow(/ECONNREFUSED/);
  await start({ port });
});
