/**
 * A tenth of the grid of `npm run accuracy`: how true losses and matching are. The floors are what lbqos keeps today in every
 * tenth, with room for chance; figures of the whole grid stand in docs/accuracy.md.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { MAIN } from "../cli/lbqos-command.ts";
import { LAB_PROGRAMS, needs, needsRoot } from "../real-part.ts";

const LONG_MS = 900_000;
const FIGURES = z.object({
  losses: z.array(
    z.object({
      group: z.string(),
      directions: z.number(),
      lost: z.number(),
      errorPercent: z.number(),
      withinOnePercent: z.number(),
      rangeHoldsPercent: z.number(),
      unexplained: z.number(),
      counted: z.number(),
      countedAlike: z.number(),
      tsharkErrorPercent: z.number(),
    }),
  ),
  matching: z.array(
    z.object({
      group: z.string(),
      requests: z.number(),
      rightPercent: z.number(),
      wrongUnmarkedPercent: z.number(),
      markedPercent: z.number(),
    }),
  ),
});

/** Largest error in percent of the lost segments. */
const LARGEST_ERRORS: Readonly<Record<string, number>> = {
  "plain IPv4": 5,
  "segmentation offload": 5,
  IPv6: 8,
  "no timestamps": 15,
  "no SACK": 10,
  "neither timestamps nor SACK": 6,
  "queue drops": 1,
  "delay, reordering, bursts, copies": 15,
  all: 4,
};

needs(
  ...LAB_PROGRAMS,
  "ethtool",
  "nft",
  "tc",
  "cc",
  "tshark",
)("the accuracy of lbqos", () => {
  needsRoot("on networks of the lab", () => {
    const folder = mkdtempSync(join(tmpdir(), "lbqos-accuracy-"));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test("is what it was", { timeout: LONG_MS }, () => {
      const script = fileURLToPath(new URL("accuracy/accuracy.mjs", import.meta.url));
      const measured = spawnSync(process.execPath, [script, "--tenth", "--out", folder, "--json"], {
        encoding: "utf8",
        maxBuffer: 1 << 26,
        env: { ...process.env, LBQOS_DIST: dirname(MAIN) },
      });
      expect(measured).toMatchObject({ status: 0, stderr: expect.stringMatching(/^\.{20}\n$/) });
      const { losses, matching } = FIGURES.parse(JSON.parse(measured.stdout));
      const tooLarge = losses.filter(
        ({ group, errorPercent }) => errorPercent > (LARGEST_ERRORS[group] ?? 1000),
      );
      expect(tooLarge).toEqual([]);
      const all = losses.at(-1);
      expect(all?.directions).toBe(120);
      expect(all?.lost).toBeGreaterThan(1000);
      expect(all?.unexplained).toBe(0);
      // What the switch drops in the last moments of a run stands in one of the two only.
      expect(all?.countedAlike).toBeGreaterThan((all?.counted ?? 0) - 4);
      expect(all?.rangeHoldsPercent).toBeGreaterThan(90);
      expect(all?.withinOnePercent).toBeGreaterThan(80);
      expect(all?.errorPercent).toBeLessThan((all?.tsharkErrorPercent ?? 0) / 3);
      const requests = matching.at(-1);
      expect(requests?.requests).toBeGreaterThan(5000);
      expect(requests?.rightPercent).toBeGreaterThan(97);
      expect(requests?.wrongUnmarkedPercent).toBeLessThan(1);
      expect(requests?.markedPercent).toBeLessThan(20);
    });
  });
});
