/** The live page as its visitors see it: in a browser, on a desktop and a phone, while snapshots come. */

import { readFileSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { LiveSnapshot } from "../../../src/live/live-snapshot.ts";
import type { PairMetrics, RunMetrics } from "../../../src/metrics/run-metrics.ts";
import {
  type Monitor,
  type MonitorOptions,
  serveMonitor,
} from "../../../src/monitor/server/serve-monitor.ts";
import { buildDocument } from "../../../src/report/build-document.ts";
import { renderHtml } from "../../../src/report/html/render-html.ts";
import { message as words } from "../../../src/words/message.ts";
import { needs } from "../../real-part.ts";
import { LOW_CONTRAST } from "../../report/html/low-contrast.ts";
import { sampleWarning } from "../../sample-warning.ts";
import { fixtureMetrics, livePair, outageSnapshots, type PlannedLive, snapshotOf } from "../snapshots.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const TOKEN = "correct-horse-battery";

needs("chromium")("the live page in Chromium", () => {
  let browser: Browser;
  let metrics: RunMetrics;
  let monitor: Monitor;
  let complaints: string[] = [];
  let requested: string[] = [];
  const pages: Page[] = [];

  beforeAll(async () => {
    metrics = await fixtureMetrics("round-robin-1");
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: FLAGS });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
  });

  beforeEach(async () => {
    complaints = [];
    requested = [];
    monitor = await start();
  });

  afterEach(async () => {
    for (const page of pages.splice(0)) await page.context().close();
    await monitor.close();
  });

  function start(changes: Partial<MonitorOptions> = {}): Promise<Monitor> {
    return serveMonitor({
      host: "127.0.0.1",
      port: 0,
      token: null,
      metrics: { text: async () => "lbqos_up 1\n", contentType: "text/plain" },
      report: () => null,
      ...changes,
    });
  }

  /** The pairs of the capture, each doing what is planned for it. */
  function moment(second: number, plans: readonly PlannedLive[] = [], changes: Partial<LiveSnapshot> = {}) {
    const pairs = metrics.pairs.map((pair, index) => ({ ...pair, live: livePair(plans[index] ?? {}) }));
    return snapshotOf(metrics, pairs, second, changes);
  }

  async function visit(
    path = "",
    look: { width?: number; colorScheme?: "dark" | "light"; reducedMotion?: "reduce" } = {},
  ): Promise<Page> {
    const { width = 1280, ...rest } = look;
    const context = await browser.newContext({ viewport: { width, height: 844 }, ...rest });
    const page = await context.newPage();
    pages.push(page);
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => requested.push(request.url()));
    await page.goto(monitor.url + path);
    return page;
  }

  const cardTexts = (page: Page) =>
    page.locator(".card").evaluateAll((cards) => cards.map((one) => one.textContent));

  test("shows what is known, asks for nothing elsewhere and has nothing to complain about", async () => {
    monitor.update(moment(67));
    const page = await visit();
    await expect.poll(() => page.locator("#connection").textContent()).toBe("Live");
    expect(await page.title()).toBe("round-robin, run 3 · lbqos");
    expect(await page.locator("h1").textContent()).toBe("round-robin, run 3");
    const facts = await page.locator(".facts dd").allTextContents();
    expect(facts).toEqual([
      "192.168.56.103",
      "Dumpcap 4.0.17 · eth0",
      "from the kernel",
      "1:07",
      "22,014",
      "0",
      "0",
      "runs/round-robin-3.pcapng · 2.0 MB written",
    ]);
    const tiles = await page.locator(".tile .value").allTextContents();
    expect(tiles).toEqual(["90.0", "2000", "0", "0.00 %", "3", "3 of 3 up"]);
    expect(await cardTexts(page)).toEqual([
      "Flask A▲ UPfor 1:07192.168.56.109",
      "Flask B▲ UPfor 1:07192.168.56.113",
      "Flask C▲ UPfor 1:07192.168.56.110",
    ]);
    const row = page.locator('table[data-table="answers"] tbody tr').first().locator("th, td");
    const { http } = metrics.pairs[0] as PairMetrics;
    expect((await row.allTextContents()).slice(0, 10)).toEqual([
      "Flask A",
      "334",
      "334",
      "0",
      "0",
      "334",
      "0",
      "0",
      "0",
      http.timeToFirstByteMs.p50?.toFixed(3),
    ]);
    const own = ["/", "/events", "/icon.svg"].map((path) => new URL(path, monitor.url).href);
    expect(requested.filter((url) => !own.includes(url))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("follows every snapshot: states with reason and time, figures, lines", async () => {
    for (let second = 0; second < 30; second++) monitor.update(moment(second));
    const page = await visit();
    const lines = page.locator('figure[data-chart="0"] svg .line');
    await expect.poll(() => lines.count()).toBe(3);
    const before = await lines.nth(1).getAttribute("d");
    expect(before?.match(/[ML]/g)).toHaveLength(30);
    const down: PlannedLive = {
      state: "down",
      stateReason: "refused",
      stateSinceSeconds: 25,
      requestsPerSecond: 0,
    };
    monitor.update(moment(31, [{}, down, { state: "failing", stateReason: "5xx", stateSinceSeconds: 30 }]));
    await expect
      .poll(() => cardTexts(page))
      .toEqual([
        "Flask A▲ UPfor 0:31192.168.56.109",
        "Flask B▼ DOWNconnections refused, for 0:06192.168.56.113",
        "Flask C◆ FAILING5xx responses, for 0:01192.168.56.110",
      ]);
    expect(await page.title()).toBe("▼ 1 DOWN · ◆ 1 FAILING · round-robin, run 3 · lbqos");
    expect(await page.locator("#announcements").textContent()).toBe(
      "Flask B: DOWN, connections refused. Flask C: FAILING, 5xx responses.",
    );
    expect(await page.locator("#tile-states .value").textContent()).toBe("1 of 3 up");
    const after = await lines.nth(1).getAttribute("d");
    expect(after?.match(/[ML]/g)).toHaveLength(31);
    monitor.update(moment(32, [{}, { stateSinceSeconds: 31.5 }]));
    await expect.poll(async () => (await cardTexts(page))[1]).toBe("Flask B▲ UPfor 0:00192.168.56.113");
    expect(complaints).toEqual([]);
  });

  test("a pair has the colour that it had, whatever the order in which a later load sees them", async () => {
    const pairs = metrics.pairs.map((pair) => ({ ...pair, live: livePair({}) }));
    const colours = async () => {
      const page = await visit();
      await expect.poll(() => page.locator(".card").count()).toBe(3);
      return Object.fromEntries(
        await page
          .locator(".card")
          .evaluateAll((cards) =>
            cards.map((card) => [
              card.querySelector("h3")?.textContent,
              card.querySelector(".swatch")?.getAttribute("class"),
            ]),
          ),
      );
    };
    monitor.update(snapshotOf(metrics, pairs, 1));
    const first = await colours();
    expect(new Set(Object.values(first)).size).toBe(3);
    monitor.update(snapshotOf(metrics, pairs.toReversed(), 2));
    expect(await colours()).toEqual(first);
  });

  test("shows a real testbed's outages, each within five seconds, and their ends", async () => {
    const truth: Record<string, { fromUnixSeconds: string; toUnixSeconds: string }> = JSON.parse(
      readFileSync(new URL("../../../fixtures/outages/outages.truth.json", import.meta.url), "utf8"),
    );
    const page = await visit();
    /** Moments at which the page said DOWN, by backend. */
    const down = new Map<string, number[]>();
    const snapshots = await outageSnapshots();
    for (const snapshot of snapshots) {
      monitor.update(snapshot);
      const { elapsedSeconds } = snapshot;
      const clock = `0:${String(elapsedSeconds).padStart(2, "0")}`;
      await expect.poll(() => page.locator("#fact-elapsed").textContent(), { interval: 5 }).toBe(clock);
      for (const name of await page.locator('.card[data-state="down"] h3').allTextContents())
        down.set(name, [...(down.get(name) ?? []), snapshot.atUnixMs / 1000]);
    }
    expect([...down.keys()]).toEqual(Object.keys(truth));
    for (const [name, moments] of down) {
      const { fromUnixSeconds, toUnixSeconds } = truth[name] ?? { fromUnixSeconds: "", toUnixSeconds: "" };
      expect(moments[0], name).toBeGreaterThan(Number(fromUnixSeconds));
      expect(moments[0], name).toBeLessThan(Number(fromUnixSeconds) + 5);
      // nginx turns to a server again 10 s after it failed.
      expect(moments.at(-1), name).toBeLessThan(Number(toUnixSeconds) + 10);
    }
    expect(await page.locator("#connection").textContent()).toBe("Capture ended");
    expect(await page.locator("#tile-states .value").textContent()).toBe("3 of 3 up");
    expect(complaints).toEqual([]);
  });

  test("keeps selections: what did not change is not touched", async () => {
    monitor.update(moment(1));
    const page = await visit();
    await page.locator(".card h3").first().waitFor();
    await page
      .locator(".card h3")
      .first()
      .evaluate((heading) => {
        const { ownerDocument } = heading;
        ownerDocument.getSelection()?.selectAllChildren(heading);
      });
    monitor.update(moment(2));
    await expect.poll(() => page.locator("#fact-elapsed").textContent()).toBe("0:02");
    expect(await page.evaluate("getSelection().toString()")).toBe("Flask A");
  });

  test("tells when the capture ended, also after the server went", async () => {
    monitor.update(moment(10));
    const page = await visit();
    await expect.poll(() => page.locator("#connection").textContent()).toBe("Live");
    monitor.update(moment(11, [], { phase: "ended" }));
    await monitor.close();
    await expect.poll(() => page.locator("#connection").textContent()).toBe("Capture ended");
    expect(await page.locator("#fact-elapsed").textContent()).toBe("0:11");
  });

  test("finds a server that was started anew, with its own past", async () => {
    monitor.update(moment(10));
    const page = await visit();
    await expect.poll(() => page.locator("#connection").textContent()).toBe("Live");
    await page.getByRole("button", { name: "Flask A" }).click();
    expect(await page.locator('#legend button[aria-pressed="true"]').count()).toBe(2);
    const port = Number(new URL(monitor.url).port);
    await monitor.close();
    await expect.poll(() => page.locator("#connection").textContent()).toBe("Reconnecting…");
    monitor = await start({ port });
    monitor.update(moment(3, [], { method: "ip-hash", run: 1 }));
    monitor.update(moment(4, [], { method: "ip-hash", run: 1 }));
    await expect.poll(() => page.locator("#connection").textContent(), { timeout: 15_000 }).toBe("Live");
    expect(await page.locator("h1").textContent()).toBe("ip-hash, run 1");
    expect(await page.locator(".card").count()).toBe(3);
    // What was left out belonged to the pairs of the server before.
    expect(await page.locator('#legend button[aria-pressed="true"]').count()).toBe(3);
    const line = page.locator('figure[data-chart="0"] svg .line').first();
    expect((await line.getAttribute("d"))?.match(/[ML]/g)).toHaveLength(2);
  });

  test("waits for the first packet, and says of what nothing is known that it isn't", async () => {
    const nothing = { ...metrics, capture: { ...metrics.capture, start: null, packets: 0 } };
    monitor.update(
      snapshotOf(nothing, [], 2, {
        phase: "waiting",
        recorderDrops: null,
        recording: null,
        method: null,
        run: null,
      }),
    );
    const page = await visit();
    await expect.poll(() => page.locator("#connection").textContent()).toBe("Waiting for the first packet");
    expect(await page.locator("h1").textContent()).toBe("Live capture");
    expect(await page.locator("#fact-drops").textContent()).toBe("not reported");
    expect(await page.locator("#fact-recording").textContent()).toBe("nothing is recorded");
    expect(await page.locator("#tile-states .value").textContent()).toBe("0 of 0 up");
    expect(complaints).toEqual([]);
  });

  test("values can be read with the mouse and with the keyboard, and lines left out", async () => {
    for (let second = 0; second <= 60; second++) {
      monitor.update(moment(second, [{ requestsPerSecond: second }]));
    }
    const page = await visit();
    const chart = page.locator('figure[data-chart="0"] svg');
    await expect.poll(() => chart.locator(".line").count()).toBe(3);
    const box = await chart.boundingBox();
    // The time axis goes from 48 px to 14 px before the right edge, over a minute.
    const middle = 48 + ((box?.width ?? 0) - 62) / 2;
    await chart.hover({ position: { x: middle, y: 60 } });
    expect(await page.locator("#tip p").allTextContents()).toEqual([
      "0:30 (−0:30)",
      "Flask A30.0",
      "Flask B30.0",
      "Flask C30.0",
    ]);
    await page.locator("h1").hover();
    expect(await page.locator("#tip").isVisible()).toBe(false);
    await chart.focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await expect
      .poll(() => page.locator("#announcements").textContent())
      .toBe("Requests (/s), 0:59: Flask A 59.0, Flask B 30.0, Flask C 30.0");
    const toggle = page.getByRole("button", { name: "Flask B" });
    expect(await toggle.getAttribute("aria-pressed")).toBe("true");
    await toggle.click();
    expect(await chart.locator(".line").count()).toBe(2);
    expect(await toggle.getAttribute("aria-pressed")).toBe("false");
    monitor.update(moment(61));
    await expect.poll(() => page.locator("#fact-elapsed").textContent()).toBe("1:01");
    expect(await chart.locator(".line").count()).toBe(2);
    expect(complaints).toEqual([]);
  });

  test("shows the busiest of thousands of pairs, and says how many it leaves out", async () => {
    const [first] = metrics.pairs;
    const pairs = Array.from({ length: 2500 }, (_, index) => ({
      ...(first as PairMetrics),
      source: `10.1.${index >> 8}.${index & 255}`,
      live: livePair(),
    }));
    monitor.update(snapshotOf(metrics, pairs, 5, { balancer: null }));
    monitor.update(snapshotOf(metrics, pairs.slice(3), 6, { balancer: null }));
    const page = await visit();
    await expect.poll(() => page.locator("#more-pairs").textContent()).toMatch(/^2477 more pairs/);
    expect(await page.locator(".card").count()).toBe(20);
    expect(await page.locator(".card h3").first().textContent()).toBe("10.1.0.3 → Flask A");
    expect(await page.locator('figure[data-chart="0"] svg .line').count()).toBe(8);
    expect(complaints).toEqual([]);
  });

  test("hostile names stay text: nothing runs, nothing is asked for", async () => {
    const hostile = [
      `<img src=x onerror="fetch('http://192.0.2.1/'); window.hacked = 1"><script>window.hacked = 1</script>`,
      `"></td><svg onload="window.hacked=1"><a href="javascript:window.hacked=1">x</a>`,
      `\u202e</script><script>window.hacked=1//\u2028\u0000\u001b[31m{name}$&`,
    ];
    const pairs = metrics.pairs.map((pair, index) => ({
      ...pair,
      name: hostile[index] ?? "",
      source: hostile[index] ?? "",
      destination: hostile[index] ?? "",
      live: livePair({ state: "down", stateReason: "reset" }),
    }));
    const [text = ""] = hostile;
    monitor.update(
      snapshotOf(
        { ...metrics, warnings: [sampleWarning({ code: text, message: text, advice: text })] },
        pairs,
        5,
        {
          balancer: null,
          method: text,
          recording: { files: [...hostile, text], bytes: 1, failure: words("verbatim", text) },
          source: { engine: "command", program: text, timestampSource: "process", interfaces: hostile },
        },
      ),
    );
    const page = await visit();
    await expect.poll(() => page.locator(".card").count()).toBe(3);
    monitor.update(
      snapshotOf(
        metrics,
        pairs.map((pair) => ({ ...pair, live: livePair() })),
        6,
        { method: text },
      ),
    );
    await expect.poll(() => page.locator("#announcements").textContent()).toContain("onerror");
    await page.locator('figure[data-chart="0"] svg').hover();
    expect(await page.locator("#tip").textContent()).toContain("onerror");
    expect(await page.locator("h1").textContent()).toBe(`${text}, run 3`);
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    expect(await page.locator("img, a[href^=javascript], main script, svg[onload]").count()).toBe(0);
    expect(requested.filter((url) => !url.startsWith(monitor.url))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("the policy stops what would run all the same", async () => {
    const page = await visit();
    const blocked = await page.evaluate(`(async () => {
      const directives = [];
      addEventListener("securitypolicyviolation", (event) => directives.push(event.effectiveDirective));
      const attempts = [
        () => { document.body.innerHTML = "<p>markup</p>"; },
        () => { document.createElement("script").textContent = "window.hacked = 1"; },
        () => document.body.setAttribute("onclick", "window.hacked = 1"),
        () => document.body.click(),
        () => { new Image().src = "http://192.0.2.1/x"; },
        () => fetch("http://192.0.2.1/x"),
        () => document.body.append(Object.assign(document.createElement("style"), { textContent: "p {}" })),
      ];
      for (const attempt of attempts) try { await attempt(); } catch {}
      await new Promise((resolve) => setTimeout(resolve, 100));
      return directives;
    })()`);
    expect(new Set(blocked as string[])).toEqual(
      new Set(["require-trusted-types-for", "img-src", "connect-src", "style-src-elem"]),
    );
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    expect(await page.locator("#cards").count()).toBe(1);
  });

  test("is opened with a token once, which does not stay in the address", async () => {
    await monitor.close();
    monitor = await start({ token: TOKEN });
    monitor.update(moment(1));
    const page = await visit(`?token=${TOKEN}`);
    await expect.poll(() => page.locator("#connection").textContent()).toBe("Live");
    expect(page.url()).toBe(monitor.url);
    expect(await page.evaluate("document.cookie")).toBe("");
    const port = Number(new URL(monitor.url).port);
    await monitor.close();
    monitor = await start({ port, token: `${TOKEN}-another` });
    await expect
      .poll(() => page.locator("#connection").textContent(), { timeout: 15_000 })
      .toBe("Token required: open the address that lbqos printed");
  });

  test("links to the report, whose own style and script may run", async () => {
    await monitor.close();
    monitor = await start({ report: () => renderHtml(buildDocument(metrics, { language: "en" })) });
    const page = await visit();
    await page.getByRole("link", { name: "Report so far" }).click();
    await page.waitForURL(/\/report$/);
    expect(await page.locator("h1").textContent()).toContain("Quality of service");
    expect(await page.locator("th button").count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  test("speaks Indonesian where it is told to", async () => {
    await monitor.close();
    monitor = await start({ language: "id" });
    monitor.update(moment(67));
    const page = await visit();
    await expect.poll(() => page.locator("#connection").textContent()).toBe("Langsung");
    expect(await page.evaluate("document.documentElement.lang")).toBe("id");
    expect(await page.locator("#tile-rate .value").textContent()).toBe("90,0");
  });

  test.each([
    [390, "light"],
    [390, "dark"],
    [1280, "light"],
    [1280, "dark"],
  ] as const)("fits a screen of %i px, %s, and can be read there", async (width, colorScheme) => {
    const plans: PlannedLive[] = [
      {},
      { state: "down", stateReason: "unanswered", stateSinceSeconds: 1 },
      { state: "failing", stateReason: "reset", stateSinceSeconds: 1 },
    ];
    const long = "a-name-without-any-space-that-is-far-too-long-for-a-phone".repeat(2);
    monitor.update(moment(40, plans, { method: long, recorderDrops: 7, skippedFrames: 3 }));
    const page = await visit("", { width, colorScheme });
    await expect.poll(() => page.locator(".card").count()).toBe(3);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    expect(await page.evaluate(LOW_CONTRAST)).toEqual([]);
    const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(background).toBe(colorScheme === "dark" ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)");
    if (width > 1000) {
      const cut = await page
        .locator(".table")
        .evaluateAll((tables) => tables.filter((one) => one.scrollWidth > one.clientWidth).length);
      expect(cut).toBe(0);
    }
    expect(complaints).toEqual([]);
  });

  test("moves nothing for those who don't want it", async () => {
    monitor.update(moment(1));
    const animation = (page: Page) =>
      page.evaluate('getComputedStyle(document.getElementById("connection"), "::before").animationName');
    const moving = await visit();
    await expect.poll(() => animation(moving)).toBe("beat");
    const still = await visit("", { reducedMotion: "reduce" });
    await expect.poll(() => still.locator("#connection").textContent()).toBe("Live");
    expect(await animation(still)).toBe("none");
  });

  test("tables have headers, charts a name, and every control can be reached by keyboard", async () => {
    monitor.update(moment(5));
    const page = await visit();
    await expect.poll(() => page.locator(".card").count()).toBe(3);
    const nameless = await page
      .locator("svg")
      .evaluateAll(
        (all) =>
          all.filter((one) => one.ariaHidden !== "true" && (one.role !== "img" || !one.ariaLabel)).length,
      );
    expect(nameless).toBe(0);
    expect(await page.locator("tbody tr > :first-child:not(th[scope=row])").count()).toBe(0);
    expect(await page.locator("thead th:not([scope=col])").count()).toBe(0);
    expect(await page.locator("#announcements[aria-live=polite]").count()).toBe(1);
    const reached: unknown[] = [];
    for (let press = 0; press < 17; press++) {
      await page.keyboard.press("Tab");
      reached.push(await page.evaluate("document.activeElement.tagName"));
    }
    expect(reached.filter((tag) => tag === "A")).toHaveLength(4);
    expect(reached.filter((tag) => tag === "BUTTON")).toHaveLength(3);
    expect(reached.filter((tag) => tag === "svg")).toHaveLength(6);
    expect(reached.filter((tag) => tag === "DIV")).toHaveLength(4);
  });
});
