// Draws the README's picture of the live page: a recording with real outages, replayed in its own time until a backend is down.
// Needs Debian's chromium: `npm run build && node scripts/live-page-picture.mjs` writes reports/live-page.png.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../", import.meta.url));
/** Seconds of the recording at which Flask B has been frozen for some time, and Flask A is back. */
const MOMENT_SECONDS = 27;
const URL_LINE = /http:\/\/127\.0\.0\.1:\d+\//;

const lbqos = spawn(
  process.execPath,
  [
    ...["dist/main.js", "live", "--replay", "fixtures/outages/outages.pcapng.gz", "--http", "127.0.0.1:0"],
    ...["--balancer", "192.168.56.103", "--backend", "Flask A=192.168.56.109"],
    ...["--backend", "Flask B=192.168.56.113", "--backend", "Flask C=192.168.56.110"],
  ],
  { cwd: root, stdio: ["ignore", "ignore", "pipe"] },
);
const url = await new Promise((resolve, reject) => {
  let text = "";
  lbqos.stderr.on("data", (data) => {
    text += data;
    const [found] = URL_LINE.exec(text) ?? [];
    if (found !== undefined) resolve(found);
  });
  lbqos.on("close", () => reject(new Error(`lbqos ended before it served its page: ${text}`)));
});
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1030 } });
  await page.goto(url);
  await page.waitForTimeout(MOMENT_SECONDS * 1000);
  await page.screenshot({ path: `${root}reports/live-page.png` });
} finally {
  await browser.close();
  lbqos.kill("SIGINT");
}
