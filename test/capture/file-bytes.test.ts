/** Files are read here or in another thread, by how much is asked for: the bytes are the same. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openFileBytes } from "../../src/capture/file-bytes.ts";
import { workingFolder } from "../cli/lbqos-command.ts";

const FILE_BYTES = 5_000_000;
const LARGE_READ = 2 ** 21;

function file(): string {
  const path = join(workingFolder(), "file");
  writeFileSync(path, Buffer.from(Array.from({ length: FILE_BYTES }, (_, at) => (at * 31) % 251)));
  return path;
}

test.each([4096, 2 ** 20 - 1, 2 ** 20, LARGE_READ, 2 ** 24])("read %i bytes at a time", async (room) => {
  const path = file();
  const source = await openFileBytes(path);
  const pieces: Buffer[] = [];
  for (;;) {
    const piece = Buffer.alloc(room);
    const count = await source.read(piece);
    if (count === 0) break;
    pieces.push(piece.subarray(0, count));
    expect(source.bytesRead).toBe(Buffer.concat(pieces).length);
  }
  await source.close();
  expect(Buffer.concat(pieces).equals(readFileSync(path))).toBe(true);
  expect(source.fault).toBeNull();
});

test.each([512, LARGE_READ])(
  "what the system refuses to read is a fault (%i bytes at a time)",
  async (room) => {
    // A file by its kind, and nothing lies at address 0 of a process.
    const source = await openFileBytes("/proc/self/mem");
    expect(await source.read(Buffer.alloc(room))).toBe(0);
    expect(source.fault).toEqual({ code: "read-error", what: "byte 0 can't be read (EIO)" });
    await source.close();
  },
);

test("closing waits for a read that is under way", async () => {
  const source = await openFileBytes(file());
  const ended: string[] = [];
  const reading = source.read(Buffer.alloc(LARGE_READ)).then((count) => ended.push(`read ${count}`));
  await source.close().then(() => ended.push("closed"));
  await reading;
  expect(ended).toEqual([`read ${LARGE_READ}`, "closed"]);
});
