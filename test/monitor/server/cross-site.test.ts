/** A hostile page in a real browser whose owner is signed in: what it asks the monitor for is refused, whatever way it asks. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Monitor, serveMonitor } from "../../../src/monitor/server/serve-monitor.ts";
import { needs } from "../../real-part.ts";

const TOKEN = "correct-horse-battery";
/** A name of the hostile page's own, which leads to this machine: another site, and DNS rebinding. */
const FLAGS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP evil.test 127.0.0.1"];

/** Every way in which a page can ask for something of another origin. What it could read is in `read`. */
const hostilePage = (target: string) => `<!doctype html><title>hostile</title><body>
<form id="form" method="post" target="frame" action="${target}report"><input name="a" value="b"></form>
<iframe name="frame" src="${target}"></iframe><object data="${target}report"></object>
<script>
const read = [];
const note = (what) => (text) => read.push(what + ": " + String(text).slice(0, 40));
const ask = async (path, options) => {
  const response = await fetch("${target}" + path, options).catch(() => null);
  if (response && response.status) note(JSON.stringify(options))(response.status + " " + (await response.text()));
};
const wait = (element, events) => new Promise((resolve) => {
  for (const event of events) element["on" + event] = () => resolve(event);
  setTimeout(resolve, 3000);
});
const add = (name, values) => {
  const element = Object.assign(document.createElement(name), values);
  document.body.append(element);
  return wait(element, ["load", "error"]).then((event) => event === "load" && note(name)("loaded"));
};
(async () => {
  for (const mode of ["cors", "no-cors"])
    for (const credentials of ["include", "omit"]) await ask("metrics", { mode, credentials });
  await ask("snapshot.json", { method: "POST", body: "x", mode: "no-cors", credentials: "include" });
  await add("img", { src: "${target}icon.svg" });
  await add("script", { src: "${target}metrics" });
  await add("link", { rel: "stylesheet", href: "${target}" });
  const events = new EventSource("${target}events", { withCredentials: true });
  if ((await wait(events, ["open", "error"])) === "open") note("events")("open");
  events.close();
  document.getElementById("form").submit();
  await new Promise((resolve) => setTimeout(resolve, 500));
  document.title = JSON.stringify(read);
})();
</script>`;

needs("chromium")("a hostile page in Chromium", () => {
  let browser: Browser;
  let context: BrowserContext;
  let monitor: Monitor;
  let hostile: Server;
  let hostilePort = 0;
  /** What the monitor has made for whoever asked. */
  const made: string[] = [];

  beforeAll(async () => {
    monitor = await serveMonitor({
      host: "127.0.0.1",
      port: 0,
      token: TOKEN,
      metrics: {
        text: async () => {
          made.push("metrics");
          return "lbqos_up 1\n";
        },
        contentType: "text/plain",
      },
      report: () => {
        made.push("report");
        return "<!doctype html><title>secret report</title>";
      },
    });
    hostile = createServer((_request, response) => {
      response.setHeader("Content-Type", "text/html");
      response.end(hostilePage(monitor.url));
    });
    await new Promise<void>((resolve) => hostile.listen(0, "127.0.0.1", resolve));
    hostilePort = (hostile.address() as AddressInfo).port;
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: FLAGS });
    context = await browser.newContext();
    const own = await context.newPage();
    await own.goto(`${monitor.url}report?token=${TOKEN}`);
    await own.waitForURL(`${monitor.url}report`);
    expect(await own.title()).toBe("secret report");
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await monitor?.close();
    hostile?.close();
  });

  test.each([
    ["on another site", "evil.test"],
    ["on another port of the same host, where cookies go", "127.0.0.1"],
  ])("%s reads nothing, and gets nothing", { timeout: 30_000 }, async (_where, name) => {
    const page = await context.newPage();
    const [asked, answers]: [string[], string[]] = [[], []];
    made.splice(0);
    page.on("request", (request) => {
      if (request.url().startsWith(monitor.url)) asked.push(request.url());
    });
    page.on("response", (response) => {
      if (response.url().startsWith(monitor.url)) answers.push(`${response.status()} ${response.url()}`);
    });
    await page.goto(`http://${name}:${hostilePort}/`);
    await expect.poll(() => page.title(), { timeout: 20_000 }).toMatch(/^\[/);
    expect(JSON.parse(await page.title())).toEqual([]);
    expect(made).toEqual([]);
    expect(asked.length).toBeGreaterThan(10);
    for (const answer of answers) expect(answer).toMatch(/^(401|403|413) /);
    await page.close();
  });

  test("whose name leads to the monitor (DNS rebinding) is refused as the monitor's own", async () => {
    const page = await context.newPage();
    const { port } = new URL(monitor.url);
    const answer = await page.goto(`http://evil.test:${port}/report?token=${TOKEN}`);
    expect(answer?.status()).toBe(403);
    expect(await page.content()).not.toContain("secret");
    await page.close();
  });

  test("a link on it may be followed: that is a page of the user's own, and the hostile one sees nothing of it", async () => {
    const page = await context.newPage();
    await page.goto(`http://evil.test:${hostilePort}/`);
    await page.evaluate(`location.href = "${monitor.url}report"`);
    await page.waitForURL(`${monitor.url}report`);
    // The cookie is SameSite=Strict: the browser does not show it after a link from another site.
    expect(await page.content()).not.toContain("secret");
    await page.close();
  });
});
