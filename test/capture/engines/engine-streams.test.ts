/** What engine cap writes, and how far into a stream engine dumpcap sees. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { dumpcapArguments } from "../../../src/capture/engines/dumpcap.ts";
import type { EngineRequest } from "../../../src/capture/engines/live-capture.ts";
import { PcapWriter } from "../../../src/capture/engines/pcap-writer.ts";
import { PcapngPosition } from "../../../src/capture/engines/pcapng-position.ts";
import { tcpdumpArguments } from "../../../src/capture/engines/tcpdump.ts";
import { readCapture } from "../read-frames.ts";

const frames = fc.array(
  fc.record({
    // Within 104 days of each other, where times are exact.
    seconds: fc.integer({ min: 2 ** 31, max: 2 ** 31 + 8_000_000 }),
    nanoseconds: fc.integer({ min: 0, max: 999_999_999 }),
    data: fc.uint8Array({ minLength: 1, maxLength: 65_535 }),
    beyond: fc.integer({ min: 0, max: 100 }),
  }),
  { maxLength: 30 },
);

test("a pcap that was written is read back as it was, cut at the snap length", async () => {
  await fc.assert(
    fc.asyncProperty(frames, fc.integer({ min: 1, max: 65_535 }), async (list, snapLength) => {
      const blocks: Buffer[] = [];
      const writer = new PcapWriter(1, snapLength, (bytes) => blocks.push(Buffer.from(bytes)));
      const frame = Buffer.alloc(65_535);
      for (const { seconds, nanoseconds, data, beyond } of list) {
        frame.set(data);
        writer.add(seconds, nanoseconds, frame, data.length, data.length + beyond);
      }
      writer.flush();
      expect(writer.pendingFrames).toBe(0);
      const { capture, frames: read } = await readCapture(Buffer.concat(blocks));
      const start = capture.startNs ?? 0n;
      expect(read.map(({ data, wireLength, timeNs }) => [data, wireLength, start + BigInt(timeNs)])).toEqual(
        list.map(({ seconds, nanoseconds, data, beyond }) => [
          Buffer.from(data.subarray(0, snapLength)).toString("hex"),
          data.length + beyond,
          BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds),
        ]),
      );
    }),
    { numRuns: 40 },
  );
});

test("the header goes out at once: a capture without frames is one", async () => {
  const blocks: Buffer[] = [];
  new PcapWriter(113, 96, (bytes) => blocks.push(Buffer.from(bytes)));
  const { frames: read, capture } = await readCapture(Buffer.concat(blocks));
  expect(read).toEqual([]);
  expect(capture.warnings).toEqual([]);
});

test("the latest time of a pcapng stream, wherever its pieces end", async () => {
  const fixture = new URL("../../../fixtures/captures/direct-fa-1.pcapng.gz", import.meta.url);
  const bytes = gunzipSync(readFileSync(fixture)).subarray(0, 200_000);
  const { capture, frames: read } = await readCapture(bytes);
  const latest = (capture.startNs ?? 0n) + BigInt(Math.max(...read.map(({ timeNs }) => timeNs)));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 50 }), (sizes) => {
      const position = new PcapngPosition();
      for (let at = 0, i = 0; at < bytes.length; i += 1) {
        const size = sizes[i % sizes.length] ?? 1;
        position.feed(bytes.subarray(at, at + size));
        at += size;
      }
      // The last block is cut: its head, and so its time, is there all the same.
      expect(position.latestNs).toBeGreaterThanOrEqual(latest);
      expect(position.latestNs - latest).toBeLessThan(1_000_000_000n);
    }),
    { numRuns: 30 },
  );
  expect(new PcapngPosition().latestNs).toBe(0n);
});

test("options of the programs", () => {
  const least: EngineRequest = {
    interfaces: ["eth0"],
    filter: "",
    snapLengthBytes: null,
    bufferMebibytes: null,
    promiscuous: true,
  };
  const most: EngineRequest = {
    interfaces: ["eth0", "eth1"],
    filter: "tcp port 80",
    snapLengthBytes: 96,
    bufferMebibytes: 8,
    promiscuous: false,
  };
  expect(dumpcapArguments(least).join(" ")).toBe("-q -B 64 -i eth0 -w -");
  expect(dumpcapArguments(most).join(" ")).toBe("-q -p -f tcp port 80 -s 96 -B 8 -i eth0 -i eth1 -w -");
  expect(tcpdumpArguments(least).join(" ")).toBe(
    "-n -U --time-stamp-precision=nano -s 0 -B 65536 -i eth0 -w -",
  );
  expect(tcpdumpArguments({ ...most, interfaces: ["eth0"] }).join(" ")).toBe(
    "-n -U --time-stamp-precision=nano -p -s 96 -B 8192 -i eth0 -w - tcp port 80",
  );
});
