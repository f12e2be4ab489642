/** RTP's streams as tshark counts them: packets made here, and ffmpeg's of which nftables dropped as many as it says. */
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analyze } from "../../../src/analysis/analyze.ts";
import { needs } from "../../real-part.ts";
import { audio, PORT, rtpCapture, type SentPacket } from "./rtp-packets.ts";
import { tsharkStreams } from "./tshark-rtp.ts";

const run = promisify(execFile);
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lbqos-rtp-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Numbers from 0 to 1, the same ones each time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Audio that was lost, delayed, copied and put out of order, but for its first and last packets. */
function spoiled(seed: number): readonly SentPacket[] {
  const throwDice = dice(seed);
  const isInside = (index: number) => index > 5 && index < 380;
  return audio(400, seed % 2 === 0 ? 65_400 : 1000)
    .filter((_, index) => !isInside(index) || throwDice() > 0.05)
    .flatMap((packet, index) =>
      isInside(index) && throwDice() < 0.02 ? [packet, { ...packet, timeNs: packet.timeNs + 100 }] : [packet],
    )
    .map((packet, index) => ({
      ...packet,
      marker: seed % 3 === 0 && throwDice() < 0.1,
      timeNs: packet.timeNs + Math.floor(throwDice() * (isInside(index) && throwDice() < 0.03 ? 150e6 : 8e6)),
    }))
    .toSorted((a, b) => a.timeNs - b.timeNs);
}

/** tshark prints three decimals. */
async function expectEqual(path: string, clockRateHz?: number): Promise<void> {
  const theirs = await tsharkStreams(path, [PORT]);
  const rtp = [{ port: PORT, ...(clockRateHz === undefined ? {} : { clockRateHz }) }];
  const { rtpStreams = [] } = await analyze(path, { selections: [{ filter: "rtp" }], rtp });
  expect(theirs.length).toBeGreaterThan(0);
  expect(rtpStreams.map(({ ssrc, packets, lostPackets: lost }) => ({ ssrc, packets, lost }))).toEqual(
    theirs.map(({ ssrc, packets, lost }) => ({ ssrc, packets, lost })),
  );
  for (const [index, { meanJitterMs, maxJitterMs }] of theirs.entries()) {
    expect(Math.abs((rtpStreams[index]?.meanJitterMs ?? -1) - meanJitterMs)).toBeLessThanOrEqual(0.00051);
    expect(Math.abs((rtpStreams[index]?.maxJitterMs ?? -1) - maxJitterMs)).toBeLessThanOrEqual(0.00051);
  }
}

needs("tshark")("packets that were made", () => {
  test.each([1, 2, 3, 4, 5, 6])(
    "with losses, delays, copies, number %d",
    { timeout: 60_000 },
    async (seed) => {
      const path = join(folder, `made-${seed}.pcap`);
      writeFileSync(path, rtpCapture(spoiled(seed)));
      await expectEqual(path);
    },
  );
});

const CORPUS =
  process.env["LBQOS_CORPUS"] ?? fileURLToPath(new URL("../../../../shared/corpus", import.meta.url));
const CALL = join(CORPUS, "ntop+nDPI__tests__cfgs__default__pcap__KakaoTalk_talk.pcap");

needs("tshark")("a public call", () => {
  test.skipIf(!existsSync(CALL))("has the same packets and losses", { timeout: 60_000 }, async () => {
    const theirs = await tsharkStreams(CALL, [23_044, 23_046]);
    const { rtpStreams = [] } = await analyze(CALL, { selections: [{ filter: "rtp" }] });
    expect(theirs).toHaveLength(4);
    const counts = ({ ssrc, packets }: { ssrc: string; packets: number }, lost: number) =>
      `${ssrc} ${packets} ${lost}`;
    expect(rtpStreams.map((stream) => counts(stream, stream.lostPackets)).sort()).toEqual(
      theirs.map((stream) => counts(stream, stream.lost)).sort(),
    );
  });
});

const isRoot = process.getuid?.() === 0;

needs(
  "tshark",
  "ffmpeg",
  "dumpcap",
  "ip",
  "nft",
)("packets of ffmpeg, every 20th dropped", () => {
  describe.skipIf(!isRoot)(isRoot ? "in a namespace" : "in a namespace [skipped, needs root]", () => {
    const namespace = `lbqos-rtp-${process.pid}`;
    const inside = (...command: string[]) => run("ip", ["netns", "exec", namespace, ...command]);

    beforeAll(async () => {
      await run("ip", ["netns", "add", namespace]);
      await inside("ip", "link", "set", "lo", "up");
      // Behind the hook of the device the sender is told nothing; the recorder stands behind it, too.
      await inside("nft", "add table netdev drops");
      await inside("nft", 'add chain netdev drops out { type filter hook egress device "lo" priority 0; }');
      await inside("nft", `add rule netdev drops out udp dport ${PORT} numgen inc mod 20 == 7 counter drop`);
    });
    afterAll(() => run("ip", ["netns", "del", namespace]));

    test("are as many as the counter says", { timeout: 60_000 }, async () => {
      const path = join(folder, "ffmpeg.pcapng");
      const recorder = spawn("ip", [
        ...["netns", "exec", namespace, "dumpcap", "-q", "-i", "lo", "-f", `udp port ${PORT}`, "-w", path],
      ]);
      const said = new Promise<void>((resolve) =>
        recorder.stderr.on("data", (text) => /File/.test(text) && resolve()),
      );
      const ended = new Promise<void>((resolve) => recorder.on("close", () => resolve()));
      await said;
      await inside(
        ...["ffmpeg", "-loglevel", "error", "-re", "-f", "lavfi", "-i", "sine=frequency=440:duration=6"],
        ...[
          "-ar",
          "8000",
          "-ac",
          "1",
          "-c:a",
          "pcm_mulaw",
          "-f",
          "rtp",
          `rtp://127.0.0.1:${PORT}?pkt_size=172`,
        ],
      );
      await new Promise((resolve) => setTimeout(resolve, 1000));
      recorder.kill("SIGINT");
      await ended;
      const { stdout } = await inside("nft", "list chain netdev drops out");
      const dropped = Number(/packets (\d+)/.exec(stdout)?.[1]);
      expect(dropped).toBeGreaterThan(5);
      await expectEqual(path);
      const { rtpStreams = [] } = await analyze(path, { selections: [{ filter: "rtp" }] });
      expect(rtpStreams).toMatchObject([
        { recognizedBy: "sequence", lostPackets: dropped, duplicatePackets: 0 },
      ]);
    });
  });
});
