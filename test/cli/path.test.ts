/** lbqos path as a command. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { captureOf, passed, steadyTraffic } from "../path/two-taps.ts";
import { needsBuild } from "../real-part.ts";
import { lbqos } from "./lbqos-command.ts";

const folder = mkdtempSync(join(tmpdir(), "lbqos-path-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Two taps, of which the first one missed a packet. */
function writeTaps(): readonly [string, string] {
  const [first, second] = passed(steadyTraffic(60));
  const names = [join(folder, "lb.pcap"), join(folder, "backend.pcap")] as const;
  writeFileSync(names[0], captureOf(first.filter((_, index) => index !== 30)));
  writeFileSync(names[1], captureOf(second));
  return names;
}

needsBuild("lbqos path", () => {
  test("--csv has its warnings on standard error, unless --quiet", () => {
    const taps = writeTaps();
    const { status, stdout, stderr } = lbqos(["path", ...taps, "--csv"]);
    expect(status).toBe(0);
    expect(stdout.split("\r\n")).toHaveLength(4);
    expect(stderr).toMatch(/^lbqos: warning: 1 packet arrived at .* recorder dropped/m);
    expect(lbqos(["path", ...taps, "--csv", "--quiet"]).stderr).toBe("");
  });
});
