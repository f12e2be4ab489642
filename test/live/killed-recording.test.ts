/**
 * A recording whose lbqos is killed at any moment while packets come: what is there can be read, and the next recorder is
 * not held up. 42 moments, 7 of each engine, plain and compressed.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { Agent, createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { MAIN, plainEnvironment } from "../cli/lbqos-command.ts";
import { needs } from "../real-part.ts";

const MOMENTS = 7;
/** A kill comes at most so long after the first packets were recorded. */
const LATEST_MS = 700;
/** A file that is larger has packets in it, not only its format's head. */
const HEAD_BYTES = 1000;
const IS_ROOT = process.getuid?.() === 0;

needs("dumpcap", "tcpdump")("a recording", () => {
  const folder = mkdtempSync(join(tmpdir(), "lbqos-killed-"));
  const agent = new Agent({ keepAlive: true });
  const started = new Set<ChildProcess>();
  let server: Server;
  let port = 0;
  let hasEnded = false;
  let asking: Promise<void>;

  beforeAll(async () => {
    server = createServer((request, response) => response.end(`you asked for ${request.url}`.repeat(400)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
    asking = askOn();
  });
  afterAll(async () => {
    hasEnded = true;
    await asking;
    for (const child of started) child.kill("SIGKILL");
    agent.destroy();
    server.close();
    rmSync(folder, { recursive: true });
  });

  /** A few hundred requests a second, until the tests have ended. */
  async function askOn(): Promise<void> {
    while (!hasEnded) {
      await new Promise<void>((resolve, reject) => {
        get({ host: "127.0.0.1", port, path: "/", agent }, (response) => {
          response.resume().on("end", resolve);
        }).on("error", reject);
      });
      await pause(2);
    }
  }

  async function killedRecording(engine: string, path: string, afterMs: number): Promise<void> {
    const source = ["live", "-i", "lo", "--engine", engine, "--capture-filter", `tcp port ${port}`];
    const child = spawn(process.execPath, [MAIN, ...source, "--write", path, "--force", "--quiet"], {
      env: plainEnvironment(),
      stdio: ["ignore", "ignore", "pipe"],
    });
    started.add(child);
    let said = "";
    child.stderr.on("data", (text) => {
      said += text;
    });
    const before = sizeOf(path);
    while (sizeOf(path) === before || sizeOf(path) < HEAD_BYTES) {
      if (child.exitCode !== null) throw new Error(`it ended, and said: ${said}`);
      await pause(5);
    }
    await pause(afterMs);
    child.kill("SIGKILL");
    await once(child, "close");
    started.delete(child);
  }

  describe.skipIf(!IS_ROOT)("is readable [needs root, to capture]", () => {
    const kinds = ["dumpcap", "tcpdump", "cap"].flatMap((engine) => [
      [engine, ""] as const,
      [engine, ".gz"] as const,
    ]);
    test.concurrent.each(kinds)("%s, %s", { timeout: 120_000 }, async (engine, compression) => {
      const path = join(folder, `${engine}.${engine === "dumpcap" ? "pcapng" : "pcap"}${compression}`);
      for (let moment = 0; moment < MOMENTS; moment++) {
        const afterMs = Math.round(Math.random() * LATEST_MS);
        await killedRecording(engine, path, afterMs);
        const { capture, warnings } = await analyze(path);
        const doubts = warnings.map(({ code }) => code).filter((code) => /damage|cut-tail|early/.test(code));
        expect(doubts, `${engine}${compression}, ${afterMs} ms after its first bytes`).toEqual([]);
        expect(capture.packets).toBeGreaterThan(0);
      }
    });
  });
});

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
