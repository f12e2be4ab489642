import { expect, test } from "vitest";
import { isForegroundStat } from "../../src/cli/live/foreground.ts";

/** proc(5): pid (name) state parent group session terminal terminal's-group … */
test.each([
  ["in front", "4242 (node) S 1 4242 100 34816 4242 0", true],
  ["a child of sudo, in its group", "4243 (node) S 4242 4242 100 34816 4242 0", true],
  ["in the background", "4242 (node) R 1 4242 100 34816 100 0", false],
  ["without a terminal of its own", "4242 (node) S 1 4242 4242 0 -1 0", true],
  ["a name with parentheses", "4242 (a) b (S 1 1 1 1 7) S 1 4242 100 34816 100 0", false],
])("%s", (_what, stat, inFront) => expect(isForegroundStat(stat)).toBe(inFront));
