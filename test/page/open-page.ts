/** The built page in Debian's Chromium, opened from its file as its users do. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { MAIN } from "../cli/lbqos-command.ts";

export const PAGE = join(dirname(MAIN), "page/lbqos.html");

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: FLAGS });
}

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: "dark" | "light";
  readonly locale?: string;
}

/** A page, and what it complains about: errors, messages of the console, requests for anything but itself. */
export interface OpenedPage {
  readonly page: Page;
  readonly complaints: string[];
}

export async function openPage(
  browser: Browser,
  look: Look = {},
  address = pathToFileURL(PAGE).href,
): Promise<OpenedPage> {
  const { width = 1280, height = 844, locale = "en-GB", ...rest } = look;
  const context = await browser.newContext({ viewport: { width, height }, locale, ...rest });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = request.url();
    if (url !== address && !url.startsWith("blob:")) complaints.push(`request: ${url}`);
  });
  await page.goto(address);
  return { page, complaints };
}

export interface GivenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A file as a user would have it, of bytes that a test made. */
export function givenFile(name: string, buffer: Buffer): GivenFile {
  return { name, mimeType: "application/octet-stream", buffer };
}

/** Chooses captures, and waits for what becomes of them. */
export async function analyzeIn(page: Page, files: readonly string[] | readonly GivenFile[]): Promise<void> {
  await page.locator("#captures").setInputFiles(files as string[]);
  await page.locator(".report, .failed").first().waitFor({ timeout: 60_000 });
}

/** What the page saves under a name, as text. */
export async function saved(page: Page, name: string): Promise<string> {
  await page.locator("#tab-save").click();
  const download = page.waitForEvent("download");
  await page.locator(".downloads button", { hasText: name }).click();
  return readFileSync(await (await download).path(), "utf8");
}

/** Back to the beginning. */
export async function startAgain(page: Page): Promise<void> {
  await page.locator(".bar button").first().click();
  await page.locator("#captures").waitFor({ state: "attached" });
}
