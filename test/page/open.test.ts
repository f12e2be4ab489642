/** `lbqos open`: the page from loopback with captures loaded, for who has its address and for nobody else. */
import type { ChildProcess } from "node:child_process";
import { request } from "node:http";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { CAPTURES, lbqos, ROOT, startLbqos } from "../cli/lbqos-command.ts";
import { waitForLine } from "../monitor/wait-for-line.ts";
import { needs, needsBuild } from "../real-part.ts";
import { launchChromium, openPage, saved } from "./open-page.ts";

const CAPTURE = join(CAPTURES, "direct-fa-1.pcapng.gz");

let running: ChildProcess | null = null;
afterEach(() => {
  running?.kill("SIGINT");
  running = null;
});

/** Starts the command. @returns the address that it prints */
async function open(...captures: readonly string[]): Promise<URL> {
  running = startLbqos(["open", ...captures], ROOT);
  const address = await waitForLine(running, /(http:\/\/127\.0\.0\.1:\d+\/\?token=\S+)/);
  return new URL(address);
}

/** Status and headers of an answer. */
function ask(url: URL, path: string, headers: Record<string, string> = {}, method = "GET") {
  return new Promise<{ status: number; headers: Record<string, unknown>; bytes: number }>(
    (resolve, reject) => {
      const { hostname, port } = url;
      const asked = request({ hostname, port, path, method, headers }, (response) => {
        let bytes = 0;
        response.on("data", (piece: Buffer) => {
          bytes += piece.length;
        });
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes }),
        );
      });
      asked.on("error", reject);
      asked.end();
    },
  );
}

needsBuild("lbqos open", () => {
  test("lets in who has the token, and no page from elsewhere", async () => {
    const url = await open(CAPTURE);
    const own = { authorization: `Bearer ${url.searchParams.get("token")}` };
    expect((await ask(url, "/")).status).toBe(401);
    expect((await ask(url, "/captures/0")).status).toBe(401);
    expect((await ask(url, "/?token=wrong")).status).toBe(401);
    expect((await ask(url, "/captures/0", { ...own, host: "evil.example" })).status).toBe(403);
    expect((await ask(url, "/captures/0", { ...own, origin: "http://evil.example" })).status).toBe(403);
    expect((await ask(url, "/captures/0", own, "POST")).status).toBe(405);
    for (const path of [
      "/captures/1",
      "/captures/-1",
      "/captures/0/..",
      "/../../etc/passwd",
      "/package.json",
    ]) {
      expect((await ask(url, path, own)).status).toBe(404);
    }
    const capture = await ask(url, "/captures/0", own);
    expect([capture.status, capture.bytes]).toEqual([200, Number(capture.headers["content-length"])]);
    const page = await ask(url, "/", own);
    expect(page.headers["content-security-policy"]).toContain("connect-src 'self'");
    expect(page.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(page.headers["x-content-type-options"]).toBe("nosniff");
  });

  test("says what can't be served before it serves", () => {
    const missing = lbqos(["open", "no-such.pcap"]);
    expect([missing.status, missing.stderr]).toEqual([
      1,
      "lbqos: no-such.pcap: no such file; check the name and the folder\n",
    ]);
    const empty = lbqos(["open", "docs"]);
    expect([empty.status, empty.stdout]).toEqual([1, ""]);
  });
});

needs("chromium")("lbqos open in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
  });

  test("shows the capture's report, with the command's figures, and asks for nothing but it", async () => {
    const url = await open(CAPTURE);
    const { page, complaints } = await openPage(browser, {}, url.href);
    await page.locator(".report").waitFor({ timeout: 60_000 });
    expect(new URL(page.url()).search).toBe("");
    const { stdout } = lbqos(["analyze", "--json", "--quiet", CAPTURE]);
    expect(await saved(page, "run.json")).toBe(stdout.replaceAll(CAPTURE, "direct-fa-1.pcapng.gz"));
    expect(complaints).toEqual([`request: ${new URL("/captures/0", url).href}`]);
    // The cookie lets it in again.
    await page.reload();
    await page.locator(".report").waitFor({ timeout: 60_000 });
    await page.context().close();
  }, 120_000);
});
