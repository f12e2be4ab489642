import { describe, expect, test } from "vitest";
import { progressLine } from "../../src/cli/progress.ts";

describe("the progress line", () => {
  test.each([
    [0, 120e6, "░░░░░░░░░░░░░░░░░░░░░░░░   0 %  0.0 / 120.0 MB"],
    [90e6, 120e6, "██████████████████░░░░░░  75 %  90.0 / 120.0 MB"],
    [120e6, 120e6, "████████████████████████ 100 %  120.0 / 120.0 MB"],
    [130e6, 120e6, "████████████████████████ 100 %  130.0 / 120.0 MB"],
    [1_234_567, null, "1.2 MB"],
    [0, 0, "0.0 MB"],
  ])("at %d of %d bytes", (read, total, line) => expect(progressLine(read, total)).toBe(line));
});
