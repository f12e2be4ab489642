/** The page as its users see it: on a desktop and a phone, dark and light, in both languages, with keys, and with captures that mean harm. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { parseManifest } from "../../src/experiment/manifest/parse-manifest.ts";
import { CAPTURES, ROOT } from "../cli/lbqos-command.ts";
import { needs, needsBuild } from "../real-part.ts";
import { hostileCapture } from "./hostile-capture.ts";
import {
  analyzeIn,
  givenFile,
  type Look,
  launchChromium,
  type OpenedPage,
  openPage,
  PAGE,
  saved,
} from "./open-page.ts";

const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const OUTAGES = join(ROOT, "fixtures/outages/outages.pcapng.gz");
const fixture = (name: string): string => join(CAPTURES, `${name}.pcapng.gz`);

needsBuild("the page's file", () => {
  test("is small: what loads first weighs under 400 kB with gzip, all of it under 1.5 MB", () => {
    const page = readFileSync(PAGE);
    expect(gzipSync(page).length).toBeLessThan(400_000);
    expect(page.length).toBeLessThan(1_500_000);
  });

  test("allows its own script and style, and no connection", () => {
    const [, policy = ""] =
      /Content-Security-Policy" content="([^"]*)"/.exec(readFileSync(PAGE, "utf8")) ?? [];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'none'");
    expect(policy).not.toContain("unsafe-inline");
    expect(policy).not.toContain("'unsafe-eval'");
    expect(policy).not.toMatch(/https?:/);
  });
});

needs("chromium")("the page in Chromium", () => {
  let browser: Browser;
  const opened: OpenedPage[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
  }, 60_000);
  afterEach(async () => {
    for (const { page } of opened.splice(0)) await page.context().close();
  });
  afterAll(async () => {
    await browser?.close();
  });

  async function visit(look: Look = {}): Promise<OpenedPage> {
    const one = await openPage(browser, look);
    opened.push(one);
    return one;
  }

  /** What axe finds: rule, and where. */
  async function faults(page: Page): Promise<string[]> {
    await page.evaluate(AXE);
    const found: unknown = await page.evaluate(`axe.run(document).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html.slice(0, 200))))`);
    return found as string[];
  }

  async function expectGoodScreen(page: Page): Promise<void> {
    expect(await faults(page)).toEqual([]);
    const overflow: unknown = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    expect(overflow).toBe(0);
  }

  test.each([
    { width: 1440, colorScheme: "light", locale: "en-GB" },
    { width: 1024, colorScheme: "dark", locale: "id-ID" },
    { width: 390, colorScheme: "dark", locale: "en-GB" },
  ] as const)(
    "has no fault that axe knows, and fits: %o",
    async (look) => {
      const { page, complaints } = await visit(look);
      await expectGoodScreen(page);
      await analyzeIn(page, [OUTAGES]);
      await expectGoodScreen(page);
      await page.locator(".servers summary").click();
      await expectGoodScreen(page);
      await page.locator("#tab-exchanges").click();
      await page.locator(".list tbody button").first().click();
      await expectGoodScreen(page);
      await page.keyboard.press("Escape");
      await page.locator("#tab-save").click();
      await expectGoodScreen(page);
      await page.locator(".bar button").first().click();
      await analyzeIn(page, [fixture("round-robin-1"), fixture("ip-hash-1")]);
      await expectGoodScreen(page);
      await page.locator("#tab-runs").click();
      await expectGoodScreen(page);
      await page.locator(".bar button").first().click();
      await analyzeIn(page, [givenFile("notes.txt", Buffer.from("no capture"))]);
      await expectGoodScreen(page);
      expect(complaints).toEqual([]);
    },
    120_000,
  );

  test("shows the answer first, and names that the user gives", async () => {
    const { page } = await visit();
    await analyzeIn(page, [fixture("round-robin-1")]);
    expect(await page.locator(".report h1").textContent()).toBe(
      "Quality of service: round-robin-1.pcapng.gz",
    );
    expect(await page.locator(".report p").nth(1).textContent()).toContain("all 1000 requests were answered");
    await page.locator(".servers summary").click();
    expect(await page.locator('input[name="balancer"]').inputValue()).toBe("192.168.56.103");
    for (const [index, name] of ["Flask A", "Flask C", "Flask B"].entries()) {
      await page.locator(".server").nth(index).locator("input").first().fill(name);
    }
    await page.locator(".servers .primary").click();
    await page.locator(".report", { hasText: "Flask B" }).waitFor();
    const rows = await page.locator(".report table").first().locator("tbody th").allTextContents();
    expect(rows).toEqual(["Clients", "Flask A", "Flask C", "Flask B"]);
  }, 60_000);

  test("measures frames by a display filter, and says what is wrong with one", async () => {
    const { page } = await visit();
    await analyzeIn(page, [fixture("direct-fa-1")]);
    await page.locator(".servers summary").click();
    await page.locator('input[name="filter"]').fill("tcp.port = 80");
    await page.locator(".servers .primary").click();
    expect(await page.locator(".wrong").textContent()).toContain("tcp.port");
    await page.locator('input[name="filter"]').fill("tcp.port == 80");
    await page.locator(".servers .primary").click();
    await page.locator(".report", { hasText: "tcp.port == 80" }).waitFor();
  }, 60_000);

  test("finds exchanges: by a word, failed ones, the slowest, by keys", async () => {
    const { page } = await visit();
    await analyzeIn(page, [OUTAGES]);
    await page.locator("#tab-report").focus();
    await page.keyboard.press("ArrowRight");
    const list = page.locator(".list tbody tr:not(.space)");
    await list.first().waitFor();
    expect(await page.locator(".exchanges [role=status]").textContent()).toContain("299 of 299");
    await page.locator('input[type="search"]').fill("192.168.56.109");
    await expect.poll(() => page.locator(".exchanges [role=status]").textContent()).toContain("79 of 299");
    await page.locator('input[type="search"]').fill("");
    await page.locator('input[type="checkbox"]').check();
    await expect.poll(() => page.locator(".exchanges [role=status]").textContent()).toContain("1 of 299");
    await page.locator('input[type="checkbox"]').uncheck();
    await page.locator(".query button").click();
    await expect.poll(() => list.first().locator("td").nth(5).textContent()).toMatch(/^7\d\d\d/);
    // The last row comes into sight, and is asked of the worker.
    await page.locator(".list").focus();
    await page.keyboard.press("End");
    await expect.poll(() => list.last().getAttribute("aria-rowindex")).toBe("300");
  }, 60_000);

  test("compares captures, with methods that the user corrects, and writes the manifest of it", async () => {
    const { page } = await visit();
    await analyzeIn(page, [fixture("round-robin-1"), fixture("round-robin-2"), fixture("ip-hash-1")]);
    expect(await page.locator(".report .summary").textContent()).toContain("2 methods, 3 backends, 3 runs");
    await page.locator("#tab-runs").click();
    await page.locator(".runs tbody input").nth(2).fill("weighted");
    await page.locator(".runs .primary").click();
    await page.locator(".report .summary", { hasText: "3 methods" }).waitFor();
    const manifest = parseManifest(await saved(page, "experiment.yaml"), "experiment.yaml");
    expect(manifest.methods.map(({ name }) => name).sort()).toEqual(["ip-hash", "round-robin", "weighted"]);
    expect(manifest.balancer).toBe("192.168.56.103");
  }, 120_000);

  test("saves pictures, as SVG and as a PNG as wide as a column", async () => {
    const { page } = await visit({ colorScheme: "dark" });
    await analyzeIn(page, [fixture("round-robin-1")]);
    const save = async (format: string): Promise<Buffer> => {
      const download = page.waitForEvent("download");
      await page.locator("figcaption .files button", { hasText: format }).first().click();
      return readFileSync(await (await download).path());
    };
    const svg = (await save("SVG")).toString("utf8");
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain("192.168.56.109");
    const png = await save("PNG");
    expect(png.toString("latin1", 1, 4)).toBe("PNG");
    expect(png.readUInt32BE(16)).toBe(1050);
    // Text and lines, and not a white sheet.
    expect(png.length).toBeGreaterThan(20_000);
  }, 60_000);

  test("speaks Indonesian when told to, and turns dark", async () => {
    const { page } = await visit();
    await page.locator(".bar select").first().selectOption("id");
    await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("id");
    expect(await page.locator("h1").textContent()).toBe("Kualitas layanan dari capture paket");
    await page.locator(".bar select").nth(1).selectOption("dark");
    await expect.poll(() => page.locator("html").getAttribute("data-theme")).toBe("dark");
  });

  test("can't send anything, not even to who asks it to", async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked++;
      response.end();
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const { page } = await visit();
    const tries = `Promise.all([
      fetch("http://127.0.0.1:${port}/fetch").then(() => "sent", () => "refused"),
      new Promise((resolve) => {
        const image = new Image();
        image.onload = image.onerror = () => resolve("image");
        image.src = "http://127.0.0.1:${port}/image";
      }),
      navigator.sendBeacon("http://127.0.0.1:${port}/beacon", "x"),
      new Promise((resolve) => {
        const worker = new Worker(URL.createObjectURL(new Blob([
          'fetch("http://127.0.0.1:${port}/worker").then(() => postMessage("sent"), () => postMessage("refused"))'])));
        worker.onmessage = ({ data }) => resolve(data);
      }),
    ])`;
    const [fetched, , , byWorker] = (await page.evaluate(tries)) as string[];
    expect([fetched, byWorker]).toEqual(["refused", "refused"]);
    expect(asked).toBe(0);
    server.close();
  });

  test("runs nothing that a capture or its name says", async () => {
    const { page, complaints } = await visit();
    const name = `<img src=x onerror=alert(1)>"'.pcap`;
    await analyzeIn(page, [givenFile(name, hostileCapture())]);
    expect(await page.locator(".report h1").textContent()).toContain("<img src=x onerror=alert(1)>");
    await page.locator("#tab-exchanges").click();
    await page.locator(".list tbody button").first().click();
    expect(await page.locator("dialog h2").textContent()).toContain("<script>alert(2)</script>");
    expect(await page.locator("img, main script, iframe").count()).toBe(0);
    expect(complaints).toEqual([]);
  }, 60_000);

  test("an analysis can be cancelled, and another begun", async () => {
    const { page } = await visit();
    // As many zeros as keep it busy: compressed, they are few.
    const head = Buffer.alloc(24);
    head.writeUInt32LE(0xa1b2c3d4, 0);
    head.writeUInt16LE(2, 4);
    head.writeUInt16LE(4, 6);
    head.writeUInt32LE(65_535, 16);
    head.writeUInt32LE(1, 20);
    const long = gzipSync(Buffer.concat([head, Buffer.alloc(1 << 28)]), { level: 1 });
    await page.locator("#captures").setInputFiles([givenFile("long.pcap.gz", long)]);
    await page.locator(".busy button").click();
    await page.locator(".drop").waitFor();
    await analyzeIn(page, [fixture("direct-fa-1")]);
    expect(await page.locator(".report h1").textContent()).toContain("direct-fa-1");
  }, 60_000);
});
