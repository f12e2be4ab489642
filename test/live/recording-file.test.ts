/** Where a recording may be written, and what it leaves behind. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test, vi } from "vitest";
import { Failure } from "../../src/failure.ts";
import { RecordingFile } from "../../src/live/recording-file.ts";
import { fixture, into, SyntheticEngine, start } from "./synthetic-engine.ts";

const folder = mkdtempSync(join(tmpdir(), "lbqos-recording-"));
afterAll(() => rmSync(folder, { recursive: true }));
const PLAIN = { gzip: false, overwrite: false };

describe("a file that can't be begun is refused in one line", () => {
  writeFileSync(join(folder, "there.pcapng"), "precious");
  test.each([
    ["there.pcapng", /there\.pcapng: exists already and is not overwritten; record under another name/],
    ["missing/run.pcapng", /there is no such folder; make it first \(mkdir -p\)/],
    ["there.pcapng/run.pcapng", /there is no such folder/],
    [".", /is a folder; give the name of a file in it/],
  ])("%s", async (name, message) => {
    const engine = new SyntheticEngine([fixture("keepalive-rr")]);
    const run = start(engine, { recording: into(join(folder, name)) });
    await expect(run.ended).rejects.toThrow(message);
    await expect(run.ended).rejects.toBeInstanceOf(Failure);
    expect(engine.stops).toBe(1);
    expect(readFileSync(join(folder, "there.pcapng"), "utf8")).toBe("precious");
  });
});

describe("a file that is replaced", () => {
  const path = join(folder, "old.pcapng");

  test("holds the recording only", async () => {
    writeFileSync(path, Buffer.alloc(5_000_000, 7));
    const bytes = fixture("keepalive-rr");
    await start(new SyntheticEngine([bytes]), { recording: into(path, { overwrite: true }) }).ended;
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test("keeps what it held as long as nothing is recorded", async () => {
    writeFileSync(path, "precious");
    await start(new SyntheticEngine([]), { recording: into(path, { overwrite: true }) }).ended;
    expect(readFileSync(path, "utf8")).toBe("precious");
  });
});

test("nothing recorded leaves no file, and no file's name", async () => {
  const path = join(folder, "nothing.pcapng");
  const { metrics, last, failure } = await start(new SyntheticEngine([]), { recording: into(path) }).ended;
  expect(readdirSync(folder)).not.toContain("nothing.pcapng");
  expect(last.recording).toEqual({ files: [], bytes: 0, failure: null });
  expect(metrics.capture).toMatchObject({ files: [], packets: 0, start: null });
  expect(failure).toBeNull();
});

test("what is compressed can be unpacked at any moment", async () => {
  const path = join(folder, "members.gz");
  const file = await RecordingFile.open(path, { gzip: true, overwrite: false });
  for (const text of ["one ", "two ", "three"]) {
    expect(await file.write(Buffer.from(text), () => 0)).toBe(text.length);
    expect(gunzipSync(readFileSync(path)).toString()).toMatch(new RegExp(`${text}$`));
  }
  expect(file.bytes).toBe(readFileSync(path).length);
  await file.close();
  expect(gunzipSync(readFileSync(path)).toString()).toBe("one two three");
});

test("a named pipe is written to as it is", async () => {
  const path = join(folder, "pipe");
  execFileSync("mkfifo", [path]);
  const reading = new Promise<Buffer>((resolve) => {
    import("node:fs/promises").then(({ readFile }) => readFile(path)).then(resolve);
  });
  const bytes = fixture("keepalive-rr");
  const { failure } = await start(new SyntheticEngine([bytes]), { recording: into(path) }).ended;
  expect(failure).toBeNull();
  expect((await reading).equals(bytes)).toBe(true);
});

test("a device that takes everything", async () => {
  const { failure, last } = await start(new SyntheticEngine([fixture("keepalive-rr")]), {
    recording: into("/dev/null"),
  }).ended;
  expect(failure).toBeNull();
  expect(last.recording?.bytes).toBe(fixture("keepalive-rr").length);
});

test("an error of the disk ends the file where a record ends", async () => {
  const file = await RecordingFile.open("/dev/full", PLAIN);
  expect(await file.write(Buffer.alloc(10), () => 5)).toBe(5);
  expect(file.error).toBe("ENOSPC");
  await file.close();
});

test.each([
  ["one file", {}, 1],
  ["each file of a rotated set", { rotateBytes: 50_000 }, 4],
])("is on the disk when it ends: %s", async (_how, limits, files) => {
  const bytes = fixture("keepalive-rr");
  const probe = await open(join(folder, "there.pcapng"));
  const sync = vi.spyOn(Object.getPrototypeOf(probe) as FileHandle, "sync");
  await probe.close();
  const path = join(folder, `synced-${files}.pcapng`);
  const { last } = await start(new SyntheticEngine([bytes]), { recording: into(path, limits) }).ended;
  expect(last.recording?.files.length).toBeGreaterThanOrEqual(files);
  // The file, and the folder that has its name.
  expect(sync).toHaveBeenCalledTimes(2 * (last.recording?.files.length ?? 0));
  sync.mockRestore();
});

test("folders are not made on the way", async () => {
  mkdirSync(join(folder, "empty"));
  await expect(RecordingFile.open(join(folder, "empty/a/b"), PLAIN)).rejects.toThrow(Failure);
  expect(readdirSync(join(folder, "empty"))).toEqual([]);
});
