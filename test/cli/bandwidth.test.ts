/** A profile that rates by percent of the bandwidth asks for it, where somebody chose the profile. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { needsBuild } from "../real-part.ts";
import { CAPTURES, lbqos } from "./lbqos-command.ts";

const CAPTURE = join(CAPTURES, "keepalive-rr.pcapng.gz");

needsBuild("analyze --profile", () => {
  const warned = (...args: string[]) => lbqos(["analyze", CAPTURE, "--csv", ...args]).stderr;

  test("tiphon asks for the bandwidth, and only where it is missing", () => {
    expect(warned("--profile", "tiphon")).toMatch(
      /^lbqos: warning: Profile "tiphon" rates throughput as a percentage of the link's bandwidth, which was not given.* --bandwidth/,
    );
    expect(warned("--profile", "tiphon", "--bandwidth", "100M")).toBe("");
    expect(warned("--profile", "tiphon-kbps")).toBe("");
    expect(warned()).toBe("");
  });
});
