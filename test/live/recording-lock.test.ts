/** Two recorders on one recording: the second is refused and told by whom, and nobody is held up by a dead one. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, describe, expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import { lockPath, RecordingLock } from "../../src/live/recording-lock.ts";
import { fixture, into, SyntheticEngine, start } from "./synthetic-engine.ts";

const folder = mkdtempSync(join(tmpdir(), "lbqos-lock-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A process that has ended. */
function endedProcess(): number {
  return spawnSync("true").pid;
}

/** Two recorders at once, both allowed to replace the file; the second starts when the first has written half. */
async function twoAtOnce(second: Parameters<typeof into>[1]) {
  const path = join(folder, "two.pcapng");
  const bytes = fixture("keepalive-rr");
  let refused: unknown = null;
  async function* halves() {
    yield bytes.subarray(0, bytes.length / 2);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const other = start(new SyntheticEngine([fixture("chunked-rr")]), {
      recording: into(path, { overwrite: true, ...second }),
    });
    refused = await other.ended.catch((error: unknown) => error);
    yield bytes.subarray(bytes.length / 2);
  }
  await start(new SyntheticEngine(halves()), { recording: into(path, { overwrite: true }) }).ended;
  return { path, bytes, refused };
}

describe("a recording that is under way", () => {
  test.each([
    ["in one file", {}],
    ["as a rotated set", { rotateBytes: 1000 }],
  ])("can't be replaced by another, %s", async (_how, second) => {
    const { path, bytes, refused } = await twoAtOnce(second);
    expect(refused).toBeInstanceOf(Failure);
    expect(String(refused)).toContain(`two.pcapng: process ${process.pid} records into it; record under`);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test("can be replaced when it has ended, and leaves nothing but itself", async () => {
    const { path } = await twoAtOnce({});
    const bytes = fixture("chunked-rr");
    await start(new SyntheticEngine([bytes]), { recording: into(path, { overwrite: true }) }).ended;
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(readdirSync(folder)).toEqual(["two.pcapng"]);
  });

  test("one that is not begun gives its lock back", async () => {
    const path = join(folder, "two.pcapng");
    await expect(
      start(new SyntheticEngine([]), { recording: into(path, { overwrite: false }) }).ended,
    ).rejects.toThrow(/exists already/);
    expect(readdirSync(folder)).toEqual(["two.pcapng"]);
  });
});

describe("a lock", () => {
  const path = join(folder, "run.pcapng");

  test.each([
    ["of a process that was killed", `${endedProcess()} ${hostname()} 1234\n`],
    ["of a process whose number somebody else has now", `${process.pid} ${hostname()} 1\n`],
    ["that was cut off", "12"],
    ["without content", ""],
  ])("%s holds nobody up", async (_what, content) => {
    writeFileSync(lockPath(path), content);
    const lock = await RecordingLock.take(path);
    expect(lock).toBeInstanceOf(RecordingLock);
    if (lock instanceof RecordingLock) await lock.release();
    expect(readdirSync(folder)).not.toContain(".run.pcapng.lock");
  });

  test("of another machine's process is believed, and where it lies is said", async () => {
    writeFileSync(lockPath(path), "77 elsewhere -\n");
    const { ended } = start(new SyntheticEngine([]), { recording: into(path) });
    await expect(ended).rejects.toThrow(
      `process 77 on elsewhere records into it; record under another name, or remove ${lockPath(path)} if`,
    );
    rmSync(lockPath(path));
  });

  test("goes to one of many who find a dead one's", async () => {
    for (let round = 0; round < 30; round++) {
      writeFileSync(lockPath(path), `${endedProcess()} ${hostname()} 1234\n`);
      const taken = await Promise.all(Array.from({ length: 8 }, () => RecordingLock.take(path)));
      const locks = taken.filter((one) => one instanceof RecordingLock);
      expect(locks).toHaveLength(1);
      await locks[0]?.release();
    }
    expect(readdirSync(folder)).toEqual(["two.pcapng"]);
  });
});
