/** Captures from 64 MB on, which a second thread helps with without being asked to, and which take long enough to be stopped. */
import { once } from "node:events";
import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { pcapHeader } from "../capture/build-pcap.ts";
import { captureBytes, lbqos, startLbqos, workingFolder } from "./lbqos-command.ts";

const LARGE_BYTES = 64e6;
const SLOW_BYTES = 16 * 2 ** 30;

test("a large capture is analyzed as one thread does it, and as a small part of it is", () => {
  const folder = workingFolder();
  const section = captureBytes("round-robin-1.pcapng.gz");
  const times = Math.ceil(LARGE_BYTES / section.length);
  const large = openSync(join(folder, "large.pcapng"), "w");
  for (let time = 0; time < times; time++) writeSync(large, section);
  closeSync(large);

  const [byDefault, byOne] = [[], ["--threads=1"]].map((more) =>
    lbqos(["analyze", "large.pcapng", "--json", ...more], { cwd: folder }),
  );
  expect(byDefault?.status).toBe(0);
  expect(byDefault).toEqual(byOne);
  const small = JSON.parse(lbqos(["analyze", "fixtures/captures/round-robin-1.pcapng.gz", "--json"]).stdout);
  expect(JSON.parse(byDefault?.stdout ?? "").capture.packets).toBe(times * small.capture.packets);
});

test.each([[[]], [["--threads", "1"]]])(
  "SIGINT ends an analysis at once %j",
  async (more) => {
    const folder = workingFolder();
    // Zeros are records of no bytes: this takes half a minute to read, and no room on the disk.
    const slow = openSync(join(folder, "slow.pcap"), "w");
    writeSync(slow, pcapHeader());
    ftruncateSync(slow, SLOW_BYTES);
    closeSync(slow);
    const program = startLbqos(["analyze", "slow.pcap", "--quiet", ...more], folder);
    const ended = once(program, "exit");
    await pause(1500);
    expect(program.exitCode).toBeNull();
    const since = performance.now();
    program.kill("SIGINT");
    expect(await ended).toEqual([130, null]);
    expect(performance.now() - since).toBeLessThan(5000);
  },
  60_000,
);
