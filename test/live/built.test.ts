/** What only a real thread and a real process show: the analysis beside the session, and an end without warning. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { readCapture } from "../capture/read-frames.ts";
import { buildApart } from "../setup/build-to.ts";
import { FIXTURES, fixture, into, PAIRS } from "./synthetic-engine.ts";

const folder = mkdtempSync(join(tmpdir(), "lbqos-built-"));
let built: string;
/** URL of the built library. */
const library = () => pathToFileURL(join(built, "dist/index.js")).href;
beforeAll(() => {
  built = buildApart();
}, 120_000);
afterAll(() => {
  for (const made of [built, folder]) rmSync(made, { recursive: true, force: true });
});

describe("the analysis in a thread of its own", () => {
  async function live(file: string, path: string) {
    const lbqos: typeof import("../../src/index.ts") = await import(library());
    return lbqos.startLive({
      capture: await lbqos.openReplay(file, "max"),
      analysis: PAIRS,
      recording: into(path),
      method: null,
      run: null,
      durationSeconds: null,
      requests: null,
      onSnapshot: () => {},
    }).finished;
  }

  test.each(["round-robin-2", "loss-big-to2-from2"])("gives %s's figures", async (name) => {
    const file = join(FIXTURES, `${name}.pcapng.gz`);
    const path = join(folder, `${name}.pcapng`);
    const { metrics, failure } = await live(file, path);
    expect(failure).toBeNull();
    expect(metrics).toEqual(await analyze(path, PAIRS));
    expect(readFileSync(path).equals(fixture(name))).toBe(true);
  });
});

/** Records its standard input until it is killed. */
const RECORDER = `
const [source, path, limits] = process.argv.slice(2);
const { startLive } = await import(source);
startLive({
  capture: {
    engine: "command", program: null, timestampSource: "recorded", interfaces: [], bytes: process.stdin, waits: false,
    nowNs: () => 0n, drops: () => null, failure: null, stop() {},
  },
  analysis: {},
  recording: { path, rotateBytes: null, rotateSeconds: null, gzip: false, ...JSON.parse(limits) },
  method: null, run: null, durationSeconds: null, requests: null,
  onSnapshot: () => {},
});
`;

describe("killed without warning, the recording", () => {
  const BYTES = fixture("round-robin-1");

  test.each([
    ["is whole up to its last record", {}],
    ["is whole, compressed", { gzip: true }],
    ["is whole, rotated", { rotateBytes: 300_000 }],
  ])("%s", async (title, limits) => {
    const own = mkdtempSync(join(folder, "killed-"));
    const script = join(own, "record.mjs");
    writeFileSync(script, RECORDER);
    const path = join(own, "run.pcapng");
    const args = [script, library(), path, JSON.stringify(limits)];
    const recorder = spawn(process.execPath, args, { stdio: ["pipe", "inherit", "inherit"] });
    const ended = once(recorder, "exit");
    recorder.stdin.on("error", () => {});
    // A record is torn in two by the last of these pieces.
    const given = BYTES.subarray(0, 1_000_001);
    for (let at = 0; at < given.length; at += 50_000) recorder.stdin.write(given.subarray(at, at + 50_000));

    const files = () => readdirSync(own).filter((name) => name.startsWith("run"));
    const stored = () => files().reduce((sum, name) => sum + statSync(join(own, name)).size, 0);
    const enough = "gzip" in limits ? 50_000 : 900_000;
    await expect.poll(stored, { timeout: 20_000 }).toBeGreaterThan(enough);
    await sleep(500);
    recorder.kill("SIGKILL");
    await ended;

    const paths = files()
      .sort()
      .map((name) => join(own, name));
    expect(paths.length).toBe(title.includes("rotated") ? 4 : 1);
    const { capture, frames } = await readCapture(paths);
    expect(capture.warnings).toEqual([]);
    const whole = await readCapture(given);
    expect(whole.capture.warnings.map(({ code }) => code)).toEqual(["cut-tail"]);
    expect(frames.map(({ data }) => data)).toEqual(whole.frames.map(({ data }) => data));
  });
});
