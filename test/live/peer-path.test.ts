/** A run under way with a second tap: what is measured of the path, and that nothing that a peer does ends the capture. */
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { TapFeed } from "../../src/live/tap-feed.ts";
import {
  metricDescriptions,
  PrometheusExposition,
} from "../../src/monitor/prometheus/prometheus-exposition.ts";
import { pathLines } from "../../src/report/live/path-lines.ts";
import { progressLine } from "../../src/report/live/progress-line.ts";
import { renderLive } from "../../src/report/live/render-live.ts";
import { capturesOf, steadyTraffic } from "../path/two-taps.ts";
import { piecesOf, SyntheticEngine, start } from "./synthetic-engine.ts";

/** Every fiftieth packet there is lost, every hundredth back. */
const LOSSY = steadyTraffic(6000, (packet, index) => {
  const number = index >> 1;
  const isLost = packet.isForward ? number % 50 === 49 : number % 100 === 99;
  return isLost ? { ...packet, delaysNs: [] } : packet;
});

/** Bytes over so long a time. */
async function* paced(bytes: Uint8Array, seconds: number, count = 40): AsyncGenerator<Uint8Array> {
  for (const piece of piecesOf(bytes, Math.ceil(bytes.length / count))) {
    yield piece;
    await pause((1000 * seconds) / count);
  }
}

describe("the path to a peer", () => {
  test("is measured while it runs: losses, delay and jitter by direction", async () => {
    const [own, peer] = capturesOf(LOSSY, {}, { clock: (ns) => ns - 1.5e9 + ns * 20e-6 });
    const { ended } = start(new SyntheticEngine(paced(own, 3)), {
      peer: { capture: new SyntheticEngine(paced(peer, 3)), synchronousClocks: false },
    });
    const { snapshots, last } = await ended;
    const { forward, backward, clocks } = last.path?.figures ?? {};
    // The first thousand tell how packets are matched, the rest is counted.
    expect(forward?.sent).toBeGreaterThan(3000);
    for (const [direction, each] of [
      [forward, 50],
      [backward, 100],
    ] as const) {
      const { sent = 0, received = 0, lost = 0 } = direction ?? {};
      expect(received + lost).toBe(sent);
      expect(Math.abs(lost - sent / each)).toBeLessThanOrEqual(1);
      expect(direction?.notRecordedAtSender).toBe(0);
    }
    const [there, back] = [forward?.delayMs, backward?.delayMs];
    // 1 ms there and 3 ms back, and 0.1 ms more for two of three: their sum is exact, each is right within the bound.
    expect((there?.min ?? 0) + (back?.min ?? 0)).toBeCloseTo(4, 2);
    expect(Math.abs((there?.min ?? 0) - 1)).toBeLessThanOrEqual(clocks?.delayBoundMs ?? 0);
    expect((there?.max ?? 0) - (there?.min ?? 0)).toBeCloseTo(0.1, 2);
    expect(forward?.meanIpdvMs).toBeCloseTo(0.2 / 3, 2);
    // Round trips of 4 ms over 60 s leave more than 100 ppm open.
    expect(clocks?.driftPpm).toBeNull();
    expect(last.path?.problem).toBeNull();
    expect(snapshots.some(({ path }) => path?.phase === "matching")).toBe(true);

    const shown = snapshots.findLast(({ path }) => path?.phase === "matching") ?? last;
    expect(pathLines(shown.path ?? { phase: "looking", problem: null, figures: null }, "en")).toEqual([
      expect.stringMatching(/^To the peer: [\d,]+ packets, \d+ lost \(\d\.\d\d %\); last 10 s: delay /),
      expect.stringMatching(/^From the peer: /),
      expect.stringMatching(/^Clocks: delays ± \d\.\d+ ms/),
    ]);
    const view = { width: 140, height: 30, colour: false, hasNamedPairs: true, url: null } as const;
    expect(renderLive(shown, { ...view, language: "en" }).join("\n")).toMatch(/To the peer: .*jitter/);
    expect(renderLive(shown, { ...view, language: "id" }).join("\n")).toMatch(/Ke mesin lawan: .*jitter/);
    expect(progressLine(shown)).toMatch(/to_peer_packets=\d+ to_peer_lost=\d+ to_peer_delay_ms=/);
    const exposition = new PrometheusExposition();
    exposition.update(shown);
    const text = await exposition.text();
    expect(text).toMatch(/^lbqos_path_lost_packets_total\{.*direction="forward"\} \d+$/m);
    expect(text).toMatch(/^lbqos_path_delay_seconds\{.*direction="backward"\} 0\.00\d+$/m);
    expect(metricDescriptions.filter(({ name }) => name.startsWith("lbqos_path_"))).toHaveLength(8);
  });

  test("that sends no capture is told in one line, and the run goes on", async () => {
    const [own] = capturesOf(steadyTraffic(200));
    const { ended } = start(new SyntheticEngine(paced(own, 0.5)), {
      peer: {
        capture: new SyntheticEngine([Buffer.from("ssh: not a capture at all, only words")]),
        synchronousClocks: true,
      },
    });
    const { metrics, last, failure } = await ended;
    expect(failure).toBeNull();
    expect(metrics.capture.packets).toBe(400);
    expect(last.path).toMatchObject({ phase: "ended", figures: null });
    const [line = "", ...others] = pathLines(last.path ?? never(), "en");
    expect(others).toEqual([]);
    expect(line).toMatch(/^the path to the peer is not measured any more: .*; the capture goes on$/);
    expect(metrics.warnings.map(({ code }) => code)).toContain("path-to-peer");
  });

  test("that ends keeps what was measured; what came after it is not lost", async () => {
    const [own, peer] = capturesOf(steadyTraffic(6000));
    const cut = peer.subarray(0, Math.floor(peer.length / 2));
    const { ended } = start(new SyntheticEngine(paced(own, 2)), {
      peer: { capture: new SyntheticEngine(paced(cut, 1)), synchronousClocks: true },
    });
    const { metrics, last } = await ended;
    expect(metrics.capture.packets).toBe(12_000);
    expect(last.path?.problem?.key).toMatch(/^peer(Stopped|Ended)$/);
    expect(last.path?.figures?.forward.sent).toBeGreaterThan(1000);
    expect(last.path?.figures?.forward.lost).toBe(0);
    expect(last.path?.figures?.backward.lost).toBe(0);
  });

  test("of another run is told", async () => {
    const [own] = capturesOf(steadyTraffic(3000));
    const [, peer] = capturesOf(steadyTraffic(3000, (packet) => ({ ...packet, port: 41_000, sequence: 7 })));
    const { ended } = start(new SyntheticEngine(paced(own, 0.5)), {
      peer: { capture: new SyntheticEngine(paced(peer, 0.5)), synchronousClocks: true },
    });
    const { last } = await ended;
    expect(pathLines(last.path ?? never(), "en").join()).toMatch(/no packet of this machine's capture is in/);
  });
});

test("a feed holds back who writes faster than is read", async () => {
  const feed = new TapFeed();
  feed.push(new Uint8Array(1000));
  feed.push(new Uint8Array(500));
  expect(feed.waitingBytes).toBe(1500);
  let hasRoom = false;
  const room = feed.roomFor(600).then(() => {
    hasRoom = true;
  });
  await pause(1);
  expect(hasRoom).toBe(false);
  const reader = feed[Symbol.asyncIterator]();
  expect((await reader.next()).value).toHaveLength(1000);
  await room;
  expect(feed.waitingBytes).toBe(500);
});

function never(): never {
  throw new Error("the moment has no path");
}
