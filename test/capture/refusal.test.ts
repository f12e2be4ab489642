import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, describe, expect, test, vi } from "vitest";
import { openCapture } from "../../src/capture/open-capture.ts";
import { Failure } from "../../src/failure.ts";
import { pcapHeader } from "./build-pcap.ts";
import { PcapngBuilder } from "./build-pcapng.ts";
import { failureOf } from "./read-frames.ts";

const folder = mkdtempSync(join(tmpdir(), "lbqos-refusal-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const CAPTURE_ADVICE = "give the file that tcpdump -w, dumpcap or Wireshark wrote";
const CONVERT_ADVICE = "convert it with: editcap -F pcapng IN OUT.pcapng";
const tar = Buffer.alloc(512);
tar.write("run.pcap", 0);
tar.write("ustar", 257);

describe("what is no capture is refused with one line that says what it is and what to do", () => {
  test.each<[name: string, content: string | Buffer, begins: string]>([
    ["text", "No. Time Source\n1 0.0 10.0.0.1\n", `(4e 6f 2e 20) begins a text file; ${CAPTURE_ADVICE}`],
    ["short text", "x", `(78) begins a text file; ${CAPTURE_ADVICE}`],
    [
      "UTF-8 text, cut inside a character",
      Buffer.from("é".repeat(400)).subarray(0, 511),
      "begins a text file",
    ],
    ["an HTML page", "\n<!DOCTYPE html><p>Sign in", "begins an HTML page; the server answered with a page"],
    ["JSON", '{"log": {}}', `begins a JSON document; ${CAPTURE_ADVICE}`],
    ["a hex dump", "000000 45 00 00 3c\n", "begins a hex dump; convert it with: text2pcap IN OUT.pcapng"],
    ["a Git LFS pointer", "version https://git-lfs.github.com/spec/v1\n", "begins a Git LFS pointer"],
    [
      "ZIP",
      Buffer.from("504b030414000000", "hex"),
      "begins a ZIP archive; unpack it and give the capture inside (unzip)",
    ],
    ["7z", Buffer.from("377abcaf271c0004", "hex"), "begins a 7z archive"],
    ["RAR", Buffer.from("526172211a070100", "hex"), "begins a RAR archive"],
    ["tar", tar, "begins a tar archive; unpack it and give the capture inside (tar -xf)"],
    [
      "bzip2",
      Buffer.from("BZh91AY&SY"),
      "begins bzip2 data; unpack it and give the capture inside (bunzip2)",
    ],
    [
      "xz",
      Buffer.from("fd377a585a000004", "hex"),
      "begins xz data; unpack it and give the capture inside (unxz)",
    ],
    ["lz4", Buffer.from("04224d1864400000", "hex"), "begins lz4 data"],
    [
      "snoop",
      Buffer.from("736e6f6f700000000000000200000004", "hex"),
      `begins a snoop capture; ${CONVERT_ADVICE}`,
    ],
    [
      "Network Monitor",
      Buffer.from("474d425500020100", "hex"),
      `Network Monitor 2 capture; ${CONVERT_ADVICE}`,
    ],
    ["a program", Buffer.from("7f454c4602010100", "hex"), `begins a program; ${CAPTURE_ADVICE}`],
    ["PDF", "%PDF-1.7", "begins a PDF document"],
    [
      "noise",
      Buffer.from("0102030405060708", "hex"),
      `(01 02 03 04) begins data of an unknown kind; ${CAPTURE_ADVICE}`,
    ],
    ["pcap of the Stone Age", pcapHeader({ version: [1, 9] }), "begins a pcap file of the archaic version 1"],
    [
      "pcapng of the future",
      new PcapngBuilder().section(2, 1),
      "begins a pcapng file of the unknown version 2.1",
    ],
    [
      "pcapng sent as text",
      Buffer.from("0a0d0d0a1c0000001a1a1a1a", "hex"),
      "byte-order magic (byte 8) is damaged",
    ],
  ])("%s", async (name, content, begins) => {
    const path = fileOf(`${name.replaceAll(" ", "-")}.pcap`, content);
    const message = await failureOf(path);
    expect(message.startsWith(`${path}: is not a capture: byte 0 (`)).toBe(true);
    expect(message).toContain(begins);
    expect(message).not.toContain("\n");
  });

  test("an empty file", async () => {
    const path = fileOf("empty.pcap", "");
    expect(await failureOf(path)).toBe(
      `${path}: is empty (0 bytes): nothing was recorded or the copy failed`,
    );
  });

  test("a missing file", async () => {
    const path = join(folder, "missing.pcap");
    expect(await failureOf(path)).toBe(`${path}: no such file; check the name and the folder`);
  });

  test("a path through a file", async () => {
    const path = join(fileOf("plain", "x"), "run.pcap");
    expect(await failureOf(path)).toBe(`${path}: no such file; check the name and the folder`);
  });

  test("a folder", async () => {
    expect(await failureOf(folder)).toBe(
      `${folder}: is a directory; name the captures in it, for example ${folder}/*.pcapng`,
    );
  });

  test.skipIf(process.getuid?.() === 0)(
    "a file that may not be read [root may read everything]",
    async () => {
      const path = fileOf("secret.pcap", pcapHeader());
      chmodSync(path, 0);
      expect(await failureOf(path)).toBe(
        `${path}: no permission to read it; change its mode (chmod +r) or ask its owner`,
      );
    },
  );

  test("a name that the system refuses", async () => {
    const path = `${folder}/${"x".repeat(5000)}`;
    expect(await failureOf(path)).toBe(
      `${path}: can't be opened (ENAMETOOLONG); check the name and the disk`,
    );
  });
});

describe("wrong usage", () => {
  async function statusOf(sources: string[]): Promise<number> {
    const error = await openCapture(sources).catch((reason: unknown) => reason);
    return error instanceof Failure ? error.status : 0;
  }

  test("no source", async () => {
    expect(await failureOf([])).toBe("no capture given; name at least one file");
    expect(await statusOf([])).toBe(2);
  });

  test("standard input named twice", async () => {
    expect(await failureOf(["-", "-"])).toBe("-: standard input is named twice; name it once");
    expect(await statusOf(["-", "-"])).toBe(2);
  });

  test("standard input that is a terminal", async () => {
    vi.spyOn(process, "stdin", "get").mockReturnValue({ isTTY: true } as typeof process.stdin);
    expect(await failureOf("-")).toContain("-: standard input is a terminal; pipe a capture into it");
    expect(await statusOf(["-"])).toBe(2);
    vi.restoreAllMocks();
  });
});
