/** Real captures through replay, recording and analysis: the figures are those of the saved capture. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze-files.ts";
import type { LiveRequest } from "../../src/live/live-session.ts";
import type { LiveSnapshot } from "../../src/live/live-snapshot.ts";
import { openReplay } from "../../src/live/replay.ts";
import { startLive } from "../../src/live/start-live.ts";

const CAPTURES = fileURLToPath(new URL("../../fixtures/captures/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "lbqos-replayed-"));
afterAll(() => rmSync(folder, { recursive: true }));

const PAIRS = {
  balancer: "192.168.56.103",
  backends: [
    { name: "Flask A", address: "192.168.56.109" },
    { name: "Flask B", address: "192.168.56.113" },
    { name: "Flask C", address: "192.168.56.110" },
  ],
};

async function live(file: string, more: Partial<LiveRequest> = {}) {
  const snapshots: LiveSnapshot[] = [];
  const session = startLive({
    capture: await openReplay(file, "max"),
    analysis: PAIRS,
    recording: null,
    method: null,
    run: null,
    durationSeconds: null,
    requests: null,
    onSnapshot: (snapshot) => snapshots.push(snapshot),
    ...more,
  });
  return { result: await session.finished, snapshots };
}

describe("a replayed capture", () => {
  test.each(["round-robin-1", "keepalive-rr", "loss-to2-from0", "chunked-rr", "direct-fa-1"])(
    "%s gives the figures of the saved one",
    async (name) => {
      const file = join(CAPTURES, `${name}.pcapng.gz`);
      const { result, snapshots } = await live(file);
      expect(result.metrics).toEqual(await analyze(file, PAIRS));
      expect(result.failure).toBeNull();
      expect(result.endedBy).toBe("engine");
      expect(snapshots[0]?.phase).toBe("waiting");
      expect(snapshots.at(-1)).toEqual(result.last);
      expect(result.last.phase).toBe("ended");
    },
  );

  test.each([false, true])("is recorded byte for byte, compressed: %s", async (gzip) => {
    const file = join(CAPTURES, "round-robin-1.pcapng.gz");
    const path = join(folder, `run-${gzip}.pcapng`);
    const recording = { path, rotateBytes: null, rotateSeconds: null, gzip };
    const { result } = await live(file, { recording });
    const bytes = readFileSync(path);
    expect((gzip ? gunzipSync(bytes) : bytes).equals(gunzipSync(readFileSync(file)))).toBe(true);
    expect(result.metrics).toEqual(await analyze(path, PAIRS));
    expect(result.last.recording).toEqual({ files: [path], bytes: bytes.length, failure: null });
  });
});
