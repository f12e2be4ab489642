/** A key log that grows: whole lines, each once, and what is wrong with the file. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { KeyFollower } from "../../src/live/key-follower.ts";
import { sayInEnglish } from "../../src/words/message.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lbqos-key-follower-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("lines come once, when they are whole", () => {
  const path = join(folder, "keys.log");
  const follower = new KeyFollower(path);
  expect([follower.more(), follower.problem]).toEqual(["", null]);
  writeFileSync(path, "one\ntw");
  expect(follower.more()).toBe("one\n");
  expect(follower.more()).toBe("");
  appendFileSync(path, "o\nthree\n");
  expect(follower.more()).toBe("two\nthree\n");
});

test("a file that begins anew is read anew, and the piece of a line from before is none of it", () => {
  const path = join(folder, "keys.log");
  const follower = new KeyFollower(path);
  writeFileSync(path, "a long first line\nhalf");
  follower.more();
  writeFileSync(path, "new\n");
  expect(follower.more()).toBe("new\n");
});

test("a line without an end is not kept for ever", () => {
  const path = join(folder, "keys.log");
  const follower = new KeyFollower(path);
  writeFileSync(path, "x".repeat(5000));
  expect(follower.more()).toBe("");
  appendFileSync(path, "\nnext\n");
  expect(follower.more()).toBe("\nnext\n");
});

test("what can't be read is told, until it can", () => {
  const path = join(folder, "keys.log");
  mkdirSync(path);
  const follower = new KeyFollower(path);
  expect(follower.more()).toBe("");
  const { problem } = follower;
  expect(problem === null ? null : sayInEnglish(problem)).toBe(`cannot read the keys in ${path}: EISDIR`);
  rmSync(path, { recursive: true });
  writeFileSync(path, "one\n");
  expect([follower.more(), follower.problem]).toEqual(["one\n", null]);
});
