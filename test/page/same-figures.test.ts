/** What the page says of captures is what the command says of them, to the last byte but for the file's name. */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CAPTURES, lbqos, ROOT } from "../cli/lbqos-command.ts";
import { needs } from "../real-part.ts";
import {
  analyzeIn,
  givenFile,
  launchChromium,
  type OpenedPage,
  openPage,
  saved,
  startAgain,
} from "./open-page.ts";

const FIXTURES = [
  ...readdirSync(CAPTURES)
    .filter((name) => name.endsWith(".pcapng.gz"))
    .map((name) => join(CAPTURES, name)),
  join(ROOT, "fixtures/outages/outages.pcapng.gz"),
];
const EXPERIMENT = ["round-robin", "least-connection", "ip-hash"].flatMap((method) => [
  `${method}-1.pcapng.gz`,
  `${method}-2.pcapng.gz`,
]);

needs("chromium")("the page's figures", () => {
  let browser: Browser;
  let opened: OpenedPage;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "lbqos-page-"));
    browser = await launchChromium();
    opened = await openPage(browser);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Of the page: the JSON that it saves, or why it saves none. */
  async function pageSays(file: { readonly path: string } | ReturnType<typeof givenFile>): Promise<string> {
    const { page } = opened;
    await analyzeIn(page, "path" in file ? [file.path] : [file]);
    const failed = await page.locator(".failed p").allTextContents();
    const text = failed[0] ?? (await saved(page, "run.json"));
    await startAgain(page).catch(() => page.reload());
    return text;
  }

  function commandSays(path: string): string {
    const { status, stdout, stderr } = lbqos(["analyze", "--json", "--quiet", path]);
    return status === 0 ? stdout : stderr.replace(/^lbqos: /, "").trim();
  }

  /** The command calls a file by its path, the page by its name. */
  const named = (text: string, path: string): string =>
    text.replaceAll(path, path.slice(path.lastIndexOf("/") + 1));

  test.each(FIXTURES.map((path) => [path.slice(path.lastIndexOf("/") + 1), path]))(
    "are the command's: %s",
    async (_, path) => {
      expect(await pageSays({ path })).toBe(named(commandSays(path), path));
    },
    60_000,
  );

  const packed = readFileSync(join(CAPTURES, "loss-to2-from0.pcapng.gz"));
  const plain = gunzipSync(packed);
  const changed = (bytes: Buffer, at: number): Buffer => {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ 0x5a;
    return copy;
  };
  const DAMAGED: readonly (readonly [name: string, bytes: Buffer])[] = [
    ["plain.pcapng", plain],
    ["cut.pcapng", plain.subarray(0, plain.length - 7)],
    ["damaged-block.pcapng", changed(plain, Math.floor(plain.length / 2))],
    ["cut.pcapng.gz", packed.subarray(0, Math.floor(packed.length / 2))],
    ["damaged.pcapng.gz", changed(packed, Math.floor(packed.length / 2))],
    ["wrong-sum.pcapng.gz", changed(packed, packed.length - 6)],
    ["two-members.pcapng.gz", Buffer.concat([packed, Buffer.alloc(100)])],
    ["garbage-behind.pcapng.gz", Buffer.concat([packed, Buffer.from("garbage")])],
    ["no-capture.pcap", Buffer.from("This is no capture, but a text.\n")],
    ["empty.pcap", Buffer.alloc(0)],
  ];

  test.each(DAMAGED)("and its warnings and refusals are, too: %s", async (name, bytes) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    expect(await pageSays(givenFile(name, bytes))).toBe(named(commandSays(path), path));
  });

  test("of an experiment are those of compare", async () => {
    const captures = join(folder, "captures");
    mkdirSync(captures);
    for (const name of EXPERIMENT) copyFileSync(join(CAPTURES, name), join(captures, name));
    const { stdout } = lbqos(["compare", "--format", "json", "--no-cache", "--quiet", captures]);
    await analyzeIn(
      opened.page,
      EXPERIMENT.map((name) => join(CAPTURES, name)),
    );
    expect(await saved(opened.page, "comparison.json")).toBe(stdout);
  }, 120_000);

  test("come without a complaint or a request", () => {
    expect(opened.complaints).toEqual([]);
  });
});
