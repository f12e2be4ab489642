/** Real traffic on the loopback interface, recorded and analyzed while it happens: live's figures are the recording's. */

import { mkdtempSync, rmSync } from "node:fs";
import { createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import type { EngineName } from "../../src/capture/engines/live-capture.ts";
import { openEngine } from "../../src/capture/engines/open-engine.ts";
import { needs } from "../real-part.ts";
import { into, start } from "./synthetic-engine.ts";

const REQUESTS = 300;
const IS_ROOT = process.getuid?.() === 0;

const folder = mkdtempSync(join(tmpdir(), "lbqos-real-"));
let server: Server;
let port = 0;
beforeAll(async () => {
  server = createServer((request, response) => response.end(`you asked for ${request.url}`.repeat(20)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function ask(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port, path, agent: false }, (response) => {
      response.resume().on("end", resolve);
    }).on("error", reject);
  });
}

async function record(engine: EngineName, limits = {}) {
  const filter = `tcp port ${port}`;
  const request = {
    interfaces: ["lo"],
    filter,
    snapLengthBytes: null,
    bufferMebibytes: null,
    promiscuous: false,
  };
  const capture = await openEngine(request, engine);
  const analysis = { balancer: "127.0.0.1", backends: [{ name: "here", address: "127.0.0.1", port }] };
  const path = join(folder, `${engine}.pcap`);
  const run = start(capture, { analysis, recording: into(path, { overwrite: true, ...limits }) });
  for (let i = 0; i < REQUESTS; i++) await ask(`/${i}`);
  run.run.end("stop");
  return { ...(await run.ended), analysis };
}

describe.each(["dumpcap", "tcpdump"] as const)("%s", (engine) => {
  needs(engine)("is installed", () => {
    test.skipIf(!IS_ROOT).each([
      ["in one file", {}],
      ["compressed", { gzip: true }],
      ["in several files", { rotateBytes: 100_000 }],
    ])(
      "%s: every request, and the figures of the recording [needs root, to capture]",
      async (_how, limits) => {
        const { metrics, last, failure, analysis } = await record(engine, limits);
        expect(failure).toBeNull();
        expect(last.source).toMatchObject({ engine, timestampSource: "kernel", interfaces: ["lo"] });
        expect(metrics.http.requests).toBe(REQUESTS);
        expect(metrics.pairs[0]?.http.responses).toBe(REQUESTS);
        const offline = await analyze(last.recording?.files ?? [], analysis);
        expect(metrics.capture.recorderDrops).toBe(0);
        // A pcap file has no room for what tcpdump dropped.
        const capture = { ...metrics.capture, ...(engine === "tcpdump" ? { recorderDrops: null } : {}) };
        expect({ ...metrics, capture }).toEqual(offline);
      },
    );
  });
});
