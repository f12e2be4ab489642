/** An analysis that its signal ends before the capture does: in one thread, and in two as the package runs them. */
import { spawnSync } from "node:child_process";
import { getEventListeners } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import type { ExchangeRow } from "../../src/metrics/exchanges/exchange-row.ts";
import { captureBytes, MAIN } from "../cli/lbqos-command.ts";
import { needsBuild } from "../real-part.ts";

const NAME = "direct-fa-1.pcapng.gz";
const LIBRARY = pathToFileURL(join(MAIN, "../index.js")).href;
const REASON = new Error("enough");
const folder = mkdtempSync(join(tmpdir(), "lbqos-broken-off-"));
/** So many that two threads hand records over several times. */
const NAMES = [NAME, "round-robin-1.pcapng.gz", "round-robin-2.pcapng.gz", "ip-hash-1.pcapng.gz"];
const paths = NAMES.map((name) => join(folder, name.replace(".gz", "")));
const [path = ""] = paths;
let all: readonly ExchangeRow[] = [];

beforeAll(async () => {
  for (const [index, name] of NAMES.entries()) writeFileSync(paths[index] ?? "", captureBytes(name));
  all = await rowsOf(analyze, {});
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Analyze = typeof analyze;
type Options = NonNullable<Parameters<Analyze>[1]>;

async function rowsOf(run: Analyze, options: Options): Promise<ExchangeRow[]> {
  const rows: ExchangeRow[] = [];
  await run(paths, { ...options, onExchange: (row) => rows.push(row) });
  return rows;
}

/** Aborts once so many bytes were read; what was told by the time the promise is rejected, and how. */
async function brokenOff(run: Analyze, atBytes: number, options: Options = {}) {
  const controller = new AbortController();
  const rows: ExchangeRow[] = [];
  const outcome = await run(paths, {
    ...options,
    signal: controller.signal,
    onExchange: (row) => rows.push(row),
    onProgress: (bytesRead) => {
      if (bytesRead >= atBytes) controller.abort(REASON);
    },
  }).then(
    () => "ended",
    (error) => error,
  );
  return { outcome, rows, listeners: getEventListeners(controller.signal, "abort").length };
}

/** What tells exchanges apart: their links may be missing where the end came first. */
const names = (rows: readonly ExchangeRow[]) =>
  rows.map(({ connection, exchange }) => [connection, exchange]);

function ends(run: () => Analyze, options: Options): void {
  test("rejects with the reason, and what ended up to there was told, in order", async () => {
    const { outcome, rows, listeners } = await brokenOff(run(), 4_000_000, options);
    expect(outcome).toBe(REASON);
    expect(listeners).toBe(0);
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.length).toBeLessThan(all.length);
    expect(names(rows)).toEqual(names(all).slice(0, rows.length));
  });

  test("an abort before it begins reads nothing", async () => {
    const work = run()("/there/is/no/such.pcap", { ...options, signal: AbortSignal.abort(REASON) });
    await expect(work).rejects.toBe(REASON);
  });

  test("a signal that is never given changes nothing", async () => {
    const rows = await rowsOf(run(), { ...options, signal: new AbortController().signal });
    expect(rows).toEqual(all);
  });
}

describe("in one thread", () => {
  ends(() => analyze, { threads: 1 });

  test("a stream that is silent ends too", async () => {
    const bytes = captureBytes(NAME);
    async function* silent(): AsyncGenerator<Uint8Array> {
      yield bytes.subarray(0, 700_000);
      await new Promise(() => {});
    }
    const controller = new AbortController();
    const rows: ExchangeRow[] = [];
    const work = analyze(silent(), { signal: controller.signal, onExchange: (row) => rows.push(row) });
    setTimeout(() => controller.abort(REASON), 200);
    await expect(work).rejects.toBe(REASON);
    expect(rows.length).toBeGreaterThan(100);
  });

  test("a stream that never says what it is ends too", async () => {
    async function* mute(): AsyncGenerator<Uint8Array> {
      await new Promise(() => {});
    }
    const controller = new AbortController();
    const work = analyze(mute(), { signal: controller.signal });
    setTimeout(() => controller.abort(REASON), 10);
    await expect(work).rejects.toBe(REASON);
  });

  test("the second reading for selected frames ends too", async () => {
    const controller = new AbortController();
    const work = analyze(path, {
      signal: controller.signal,
      selections: [{ name: "all", filter: "" }],
      // So few exchanges wait for their links until the first reading has ended.
      onExchange: () => controller.abort(REASON),
    });
    await expect(work).rejects.toBe(REASON);
  });
});

needsBuild("in two threads", () => {
  let built: Analyze;
  beforeAll(async () => {
    built = (await import(LIBRARY)).analyze;
  });
  ends(() => built, { threads: 2 });

  test("no thread is left that would keep the program running", () => {
    const program = `
      import { analyze } from ${JSON.stringify(LIBRARY)};
      const controller = new AbortController();
      await analyze(${JSON.stringify(paths)}, {
        threads: 2,
        signal: controller.signal,
        onProgress: () => controller.abort(new Error("enough")),
      }).catch((error) => console.log(error.message));`;
    const script = join(folder, "aborts.mjs");
    writeFileSync(script, program);
    const { status, stdout } = spawnSync(process.execPath, [script], {
      encoding: "utf8",
      timeout: 20_000,
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: "enough\n" });
  });
});
