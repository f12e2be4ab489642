import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { PassThrough, Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import { openCapture } from "../../src/capture/open-capture.ts";
import { pcapFile, someRecords } from "./build-pcap.ts";
import { somePcapng } from "./build-pcapng.ts";
import { failureOf, inPieces, readCapture } from "./read-frames.ts";

const FILE = pcapFile(someRecords(5));

afterEach(() => {
  vi.restoreAllMocks();
});

function pipeIntoStandardInput(stream: Readable): void {
  vi.spyOn(process, "stdin", "get").mockReturnValue(stream as typeof process.stdin);
}

describe("standard input", () => {
  test.each([
    ["pcap", FILE],
    ["pcapng", somePcapng(5)],
    ["pcap inside gzip", gzipSync(FILE)],
  ])("may be a %s", async (_, file) => {
    pipeIntoStandardInput(Readable.from(inPieces(file, [10, 40])));
    const { capture, frames } = await readCapture("-");
    expect(frames).toHaveLength(5);
    expect(capture.files).toEqual(["-"]);
    expect(capture.bytesTotal).toBeNull();
    expect(capture.bytesRead).toBe(file.length);
  });

  test("without a byte", async () => {
    pipeIntoStandardInput(Readable.from([]));
    expect(await failureOf("-")).toBe("-: is empty (0 bytes): nothing was recorded or the copy failed");
  });
});

describe("a stream", () => {
  test("that fails on the way: what came before, and a warning", async () => {
    async function* failing() {
      yield FILE.subarray(0, 60);
      throw new Error("connection lost");
    }
    const { capture, frames } = await readCapture(failing());
    expect(frames).toHaveLength(2);
    expect(capture.warnings).toMatchObject([
      { code: "read-error", message: "stream: the stream failed after byte 60 (connection lost)" },
    ]);
  });

  test("that fails at once", async () => {
    const stream = new Readable({
      read() {
        this.destroy(new Error("connection refused"));
      },
    });
    expect(await failureOf(stream)).toBe(
      "stream: the stream failed after byte 0 (connection refused); copy the file again",
    );
  });

  test("of text instead of bytes", async () => {
    const stream = Readable.from([FILE.toString("latin1")], { encoding: "latin1" });
    expect(await failureOf(stream)).toContain("it gives text, not bytes");
  });

  test("of empty pieces", async () => {
    const { frames } = await readCapture(inPieces(FILE, [0, 0, 30, 30, 30, FILE.length]));
    expect(frames).toHaveLength(5);
  });

  test("that is silent lets go of a reader that closes", async () => {
    const stream = new PassThrough();
    stream.write(Buffer.concat([FILE, FILE.subarray(24, 30)]));
    const capture = await openCapture(stream);
    expect((await capture.nextBatch())?.count).toBe(5);
    const waiting = capture.nextBatch();
    await capture.close();
    expect(await waiting).toBeNull();
    expect(stream.destroyed).toBe(true);
    expect(capture.warnings).toEqual([]);
  });

  test("of a child process", async () => {
    const child = spawn(process.execPath, ["-e", "process.stdin.pipe(process.stdout)"]);
    child.stdin.end(FILE);
    const { frames } = await readCapture(child.stdout);
    expect(frames).toHaveLength(5);
  });
});

describe.skipIf(process.platform === "win32")("a named pipe [Windows has none in its folders]", () => {
  test("is read while it is written, and let go of", async () => {
    const folder = mkdtempSync(join(tmpdir(), "lbqos-pipe-"));
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    // The writer keeps the pipe open until it is told to end, so that the reader has to give up by itself.
    const script =
      "require('fs').writeFileSync(fd = require('fs').openSync(process.argv[1], 'w'), Buffer.from(process.argv[2], 'hex'))";
    const writer = spawn(process.execPath, [
      "-e",
      `let fd; ${script}; process.stdin.resume()`,
      pipe,
      FILE.toString("hex"),
    ]);
    const capture = await openCapture(pipe);
    expect(capture.files).toEqual([pipe]);
    expect(capture.bytesTotal).toBeNull();
    expect((await capture.nextBatch())?.count).toBe(5);
    const waiting = capture.nextBatch();
    await capture.close();
    expect(await waiting).toBeNull();
    writer.stdin.end();
    rmSync(folder, { recursive: true });
  });
});
