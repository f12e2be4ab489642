/** Files are read here or in another thread, by how much is asked for: the bytes are the same. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openFileBytes } from "../../src/capture/file-bytes.ts";
import { sayInEnglish } from "../../src/words/message.ts";
import { workingFolder } from "../cli/lbqos-command.ts";

const FILE_BYTES = 9_000_000;
const LARGE_READ = 2 ** 21;

function file(): string {
  const path = join(workingFolder(), "file");
  const bytes = Buffer.alloc(FILE_BYTES);
  for (let at = 0; at < FILE_BYTES; at++) bytes[at] = (at * 31) % 251;
  writeFileSync(path, bytes);
  return path;
}

test.each([4096, 2 ** 20 - 1, 2 ** 20, LARGE_READ, 2 ** 24])("read %i bytes at a time", async (room) => {
  const path = file();
  const source = await openFileBytes(path);
  const pieces: Buffer[] = [];
  let read = 0;
  for (;;) {
    const piece = Buffer.alloc(room);
    const count = await source.read(piece);
    if (count === 0) break;
    pieces.push(piece.subarray(0, count));
    read += count;
    expect(source.bytesRead).toBe(read);
  }
  await source.close();
  expect(Buffer.concat(pieces).equals(readFileSync(path))).toBe(true);
  expect(source.fault).toBeNull();
});

test("what the system refuses to read is a fault", async () => {
  // A file by its kind, and nothing lies at address 0 of a process.
  const source = await openFileBytes("/proc/self/mem");
  expect(await source.read(Buffer.alloc(512))).toBe(0);
  const { code, what } = source.fault ?? {};
  expect(code).toBe("read-error");
  expect(what && sayInEnglish(what)).toBe("byte 0 can't be read (EIO)");
  await source.close();
});

test("closing waits for a read that is under way", async () => {
  const source = await openFileBytes(file());
  // What begins a file is read at once.
  for (let count = 0; count < 2; count++) await source.read(Buffer.alloc(LARGE_READ));
  const ended: string[] = [];
  const reading = source.read(Buffer.alloc(LARGE_READ)).then((count) => ended.push(`read ${count}`));
  await source.close().then(() => ended.push("closed"));
  await reading;
  expect(ended).toEqual([`read ${LARGE_READ}`, "closed"]);
});

test("a file that is read in small pieces leaves others their turn", async () => {
  const source = await openFileBytes(file());
  const piece = Buffer.alloc(65_536);
  let turns = 0;
  let isReading = true;
  const others = (): void => {
    turns++;
    if (isReading) setImmediate(others);
  };
  setImmediate(others);
  while ((await source.read(piece)) > 0);
  isReading = false;
  await source.close();
  expect(turns).toBeGreaterThanOrEqual(2);
});
