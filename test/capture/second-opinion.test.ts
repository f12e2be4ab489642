/** The testbed's captures, read by others: tshark, tcpdump, and the npm package pcap-parser. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { parse } from "pcap-parser";
import { afterAll, describe, expect, test } from "vitest";
import { needs } from "../real-part.ts";
import { pcapFile, someRecords } from "./build-pcap.ts";
import { corpusFiles, HAS_CORPUS } from "./corpus.ts";
import { type Frame, readCapture } from "./read-frames.ts";

const CAPTURES = fileURLToPath(new URL("../../fixtures/captures/", import.meta.url));
const names = readdirSync(CAPTURES).filter((name) => name.endsWith(".pcapng.gz"));

function tsharkFields(path: string, ...fields: string[]): string[][] {
  const options = fields.flatMap((field) => ["-e", field]);
  const output = execFileSync("tshark", ["-n", "-r", path, "-T", "fields", ...options], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: "pipe",
  });
  return output
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
}

/** `1795380917.820857707` in nanoseconds. */
function nanoseconds(seconds: string): bigint {
  const [whole = "", fraction = ""] = seconds.split(".");
  return BigInt(whole + fraction.padEnd(9, "0"));
}

const FIELDS = ["frame.time_epoch", "frame.len", "frame.cap_len", "frame.interface_id"] as const;

async function expectAsTshark(path: string): Promise<void> {
  const rows = tsharkFields(path, ...FIELDS);
  const { capture, frames } = await readCapture(path);
  const { startNs } = capture;
  if (startNs === null) throw new Error("no frame");
  const ours = frames.map(({ timeNs, wireLength, capturedLength }) => [
    startNs + BigInt(timeNs),
    wireLength,
    capturedLength,
  ]);
  const theirs = rows.map(([time = "", wire, captured]) => [
    nanoseconds(time),
    Number(wire),
    Number(captured),
  ]);
  expect(ours).toEqual(theirs);
}

needs("tshark")("times and lengths as tshark reads them", () => {
  const folder = mkdtempSync(join(tmpdir(), "lbqos-tshark-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(names.filter((name) => /^(round-robin-1|loss-big|keepalive)/.test(name)))(
    "of %s",
    async (name) => {
      await expectAsTshark(join(CAPTURES, name));
    },
  );

  test.each(["pcap", "nsecpcap", "modpcap"])(
    "of a testbed's capture converted to %s, cut at 60 bytes",
    async (format) => {
      const path = join(folder, `run.${format}`);
      execFileSync("editcap", ["-F", format, "-s", "60", join(CAPTURES, "keepalive-rr.pcapng.gz"), path], {
        stdio: "pipe",
      });
      await expectAsTshark(path);
    },
  );

  test.skipIf(!HAS_CORPUS)(
    "of the corpus's files of other byte orders and units [needs LBQOS_CORPUS]",
    async () => {
      const unusual = corpusFiles().filter(
        ({ name, format, frames }) =>
          frames > 0 && /BE|ns|\[[0-57-9]/.test(format) && !/test(018|202|901)/.test(name),
      );
      expect(unusual.length).toBeGreaterThan(5);
      for (const { path } of unusual) await expectAsTshark(path);
    },
  );
});

/** Times since the first packet, lengths and bytes, as pcap-parser finds them. */
async function readByPcapParser(file: Buffer): Promise<Frame[]> {
  return new Promise((resolve, reject) => {
    const frames: Frame[] = [];
    let linkType = -1;
    let startUs = 0;
    parse(Readable.from([file]))
      .on("globalHeader", (header) => {
        // The upper half tells of the frame check sequence.
        linkType = header.linkLayerType & 0xffff;
      })
      .on("packet", ({ header, data }) => {
        const timeUs = header.timestampSeconds * 1_000_000 + header.timestampMicroseconds;
        if (frames.length === 0) startUs = timeUs;
        frames.push({
          data: data.toString("hex"),
          capturedLength: header.capturedLength,
          wireLength: header.originalLength,
          timeNs: (timeUs - startUs) * 1000,
          linkType,
          interfaceIndex: 0,
        });
      })
      .on("end", () => resolve(frames))
      .on("error", reject);
  });
}

describe("pcap-parser agrees, packet for packet", () => {
  test.each([true, false])("on made-up captures, little endian: %j", async (littleEndian) => {
    const file = pcapFile(someRecords(500), { littleEndian });
    const { frames } = await readCapture(file);
    expect(frames).toEqual(await readByPcapParser(file));
    expect(frames).toHaveLength(500);
  });

  test.skipIf(!HAS_CORPUS)("on the corpus's classic captures [needs LBQOS_CORPUS]", async () => {
    const classic = corpusFiles().filter(
      ({ format, frames }) => /^pcap\/(BE\/)?us$/.test(format) && frames > 0,
    );
    expect(classic.length).toBeGreaterThan(100);
    for (const { name, path } of classic) {
      if (name.endsWith(".gz")) continue;
      const { frames } = await readCapture(path);
      const theirs = await readByPcapParser(readFileSync(path));
      // A captured length above the one on the wire: lbqos takes the longer one for both.
      const expected = theirs.map((frame) => ({
        ...frame,
        wireLength: Math.max(frame.wireLength, frame.capturedLength),
      }));
      expect(frames, name).toEqual(expected);
    }
  });

  needs("tshark")("on the testbed's captures, converted", () => {
    test.each(names)("%s", async (name) => {
      const file = execFileSync("editcap", ["-F", "pcap", join(CAPTURES, name), "-"], {
        maxBuffer: 2 ** 28,
        stdio: "pipe",
      });
      const { frames } = await readCapture(file);
      expect(frames.length).toBeGreaterThan(1000);
      expect(frames).toEqual(await readByPcapParser(file));
    });
  });
});
