/** Keys that a manifest names. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RemoteRunner } from "../../src/study/jobs/job-runner.ts";
import { readExperiment } from "../../src/study/read-experiment.ts";

test("leave this machine for no queue", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lbqos-manifest-keys-"));
  try {
    writeFileSync(join(folder, "a-1.pcap"), "");
    writeFileSync(join(folder, "keys.log"), "");
    const manifest = join(folder, "experiment.yaml");
    writeFileSync(manifest, "methods:\n  - { name: a, captures: [{ files: a-*.pcap, keys: keys.log }] }\n");
    let asked = 0;
    const remote: RemoteRunner = {
      atOnce: 1,
      run: () => {
        asked++;
        return Promise.reject(new Error("asked"));
      },
      stop: async () => undefined,
    };
    await expect(readExperiment(manifest, { remote })).rejects.toThrow(/^--queue hands no keys to workers/);
    expect(asked).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
