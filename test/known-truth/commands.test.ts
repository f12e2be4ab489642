/** The two commands of this folder, as they are run: `npm run compare:tshark` and `npm run accuracy`. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { MAIN } from "../cli/lbqos-command.ts";
import { USUAL_SEQUENCES } from "../engine/tcp/plan-segment.ts";
import { captureOf } from "../engine/tcp/segment-frames.ts";
import { parseSegments } from "../engine/tcp/segment-notation.ts";
import { needs } from "../real-part.ts";
import { capturePath } from "./captures.ts";

const folder = mkdtempSync(join(tmpdir(), "lbqos-known-truth-"));
afterAll(() => rmSync(folder, { recursive: true }));

function run(script: string, ...args: string[]) {
  return spawnSync(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...args], {
    encoding: "utf8",
    env: { ...process.env, LBQOS_DIST: dirname(MAIN) },
  });
}

needs("tshark")("npm run compare:tshark", () => {
  test("a folder whose captures are equal", () => {
    const equal = mkdtempSync(join(folder, "equal-"));
    copyFileSync(capturePath("keepalive-rr.pcapng.gz"), join(equal, "a.pcapng.gz"));
    copyFileSync(capturePath("loss-to2-from0.pcapng.gz"), join(equal, "b.pcapng.gz"));
    writeFileSync(join(equal, "notes.txt"), "no capture");
    const { status, stdout } = run("compare-tshark.mjs", equal);
    expect(stdout).toContain("2 captures compared: 2 equal (100.0 %)");
    expect(stdout).toContain("| frames | 20102 | 20102 | 0 |");
    expect(stdout).toContain("| retransmission | 64 | 64 | 0 |");
    expect(status).toBe(0);
  });

  test("a difference that tshark's own preference explains", () => {
    const { status, stdout } = run("compare-tshark.mjs", capturePath("loss-to0-from2.pcapng.gz"));
    expect(stdout).toContain(
      "http_response 1200, tshark 1173 (frames only lbqos: 257 278 300 816 1037 and 22 more)",
    );
    expect(stdout).toContain("known: tshark agrees with -o tcp.reassemble_out_of_order:TRUE");
    expect(status).toBe(0);
  });

  test("a difference without a known reason is named with its frames and fails", () => {
    const path = join(folder, "reset.pcap");
    // A request after a reset, which lbqos takes at its word and tshark does not.
    const request = "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n";
    const handshake = ["0 > S 0", "1 < R 0 ack 1", "2 < S 0 ack 1", "3 > 1 ack 1"];
    const plans = parseSegments([...handshake, `4 > 1:${1 + request.length} ack 1`].join("\n"));
    const frames = captureOf(plans.map((plan) => ({ plan, initial: USUAL_SEQUENCES })));
    frames.write(request, frames.length - request.length, "latin1");
    writeFileSync(path, frames);
    const { status, stdout } = run("compare-tshark.mjs", path);
    expect(stdout).toContain("only tshark: 5");
    expect(stdout).toContain("0 equal (0.0 %), 0 different for a known reason, 1 different without");
    expect(status).toBe(1);
  });

  test("a file that neither can read is counted, and nothing else", () => {
    const path = join(folder, "no-capture.pcap");
    writeFileSync(path, "this is no capture");
    const { status, stdout } = run("compare-tshark.mjs", path);
    expect(stdout).toContain("0 captures compared");
    expect(stdout).toContain("1 refused by both");
    expect(status).toBe(0);
  });

  test.each([[[]], [["no-such-folder"]]])("wrong usage: %j", (args) => {
    const { status, stdout, stderr } = run("compare-tshark.mjs", ...args);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^(Usage: npm run compare:tshark|There is no file or folder no-such-folder)/);
    expect(status).toBe(2);
  });
});

const CAPTURES = fileURLToPath(new URL("../../fixtures/captures", import.meta.url));

/** Three tools read each capture. */
const ACCURACY_MS = 120_000;

needs("tshark", "tcptrace")("npm run accuracy", () => {
  test("prints what was lost, what lbqos finds and what others count", { timeout: ACCURACY_MS }, () => {
    const { status, stdout } = run("accuracy/accuracy.mjs", "--folder", CAPTURES, "--directions");
    const lines = stdout.split("\n");
    expect(lines[0]).toBe(
      "| capture | backend | direction | sent | lost | lbqos | beyond | before | bounds " +
        "| tshark retransmissions | tshark lost segments | tcptrace rexmt |",
    );
    expect(lines).toContain("| loss-to0-from2 | fc | to backend | 611 | 0 | 0 | 0 | 0 | 0–0 | 11 | 0 | 11 |");
    expect(lines.filter((line) => line.startsWith("| loss-")).length).toBe(24);
    expect(stdout).toMatch(/^\d+ of 24 directions exact\.$/m);
    expect(status).toBe(0);
  });

  test("sums errors up by group, beside the better of tshark's columns", { timeout: ACCURACY_MS }, () => {
    const own = mkdtempSync(join(folder, "sums-"));
    copyFileSync(capturePath("loss-to2-from0.pcapng.gz"), join(own, "a.pcapng.gz"));
    const counts = (lost: number) => ({ sent: 700, lost, sent_seq: 600, lost_seq: lost });
    // lbqos and tshark's retransmissions find 12, 16 and 15 lost to the backends; tshark counts 3, 9 and 9 on the way back.
    const truth = {
      fa: { to_backend: counts(12), from_backend: counts(0) },
      fb: { to_backend: counts(17), from_backend: counts(0) },
      fc: { to_backend: counts(20), from_backend: counts(1) },
    };
    writeFileSync(join(own, "a.truth.json"), JSON.stringify(truth));
    const { status, stdout } = run("accuracy/accuracy.mjs", "--folder", own, "--json");
    expect(status).toBe(0);
    const { losses, matching } = JSON.parse(stdout);
    const figures = {
      directions: 6,
      lost: 50,
      errorPercent: 14,
      exactPercent: 50,
      withinOnePercent: (100 * 5) / 6,
      impossibleSide: 0,
      unexplained: 0,
      // Lost segments: 0 on the way back, where 1 was lost.
      tsharkErrorPercent: 14,
      tsharkExactPercent: 50,
    };
    expect(losses).toMatchObject([
      { group: "plain IPv4", ...figures },
      { group: "all", ...figures },
    ]);
    expect(losses[0].rangeHoldsPercent).toBeLessThan(100);
    expect(matching).toMatchObject([{ group: "all", requests: 0, rightPercent: null }]);
  });

  test.each([[["two"]], [["--folder", "no-such-folder"]], [["--weekly"]]])("wrong usage: %j", (args) => {
    const { status, stdout, stderr } = run("accuracy/accuracy.mjs", ...args);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/Usage: npm run accuracy|There is no folder no-such-folder/);
    expect(status).toBe(2);
  });
});
