/** lbqos exchanges --annotate: Wireshark shows names and comments, and the frames are those of the capture. */
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { captureOfExchanges } from "../analysis/exchange-capture.ts";
import { needs, needsBuild } from "../real-part.ts";
import { CAPTURES, lbqos } from "./lbqos-command.ts";

const CAPTURE = join(CAPTURES, "round-robin-1.pcapng.gz");
const BACKENDS = ["--balancer", "192.168.56.103", "--backend", "Flask A=192.168.56.109"];
const folder = mkdtempSync(join(tmpdir(), "lbqos-annotate-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

function tshark(...args: string[]): string {
  return execFileSync("tshark", args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 1 << 28,
  });
}

/** Two servers, one of which answers 503 for two seconds. */
function failingRun(): Buffer {
  return captureOfExchanges(
    Array.from({ length: 600 }, (_, i) => ({
      client: `10.0.0.9:${4000 + i}`,
      server: `10.0.0.${1 + (i % 2)}:80`,
      atUs: 10_000 * i,
      takesUs: 900,
      status: i % 2 === 1 && i >= 200 && i < 400 ? 503 : 200,
    })),
  );
}

needs("tshark", "zstd")("an annotated capture", () => {
  const original = at("run.pcapng");
  writeFileSync(original, gunzipSync(readFileSync(CAPTURE)));
  execFileSync("tshark", ["-r", original, "-F", "nsecpcap", "-w", at("run.pcap")], { stdio: "ignore" });
  execFileSync("zstd", ["-q", original, "-o", at("run.pcapng.zst")]);
  copyFileSync(CAPTURE, at("run.pcapng.gz"));
  const allBytes = tshark("-r", original, "-t", "e", "-x");

  test.each(["run.pcapng", "run.pcapng.gz", "run.pcapng.zst", "run.pcap"])(
    "of %s: names, comments, and frames as they were",
    (name) => {
      const out = at(`${name}.annotated.pcapng`);
      const { status, stderr, stdout } = lbqos([
        "exchanges",
        at(name),
        ...BACKENDS,
        "--slowest",
        "2",
        "--annotate",
        out,
      ]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toContain("2 exchanges, the slowest first");
      const fields = ["frame.number", "ip.src_host", "ip.dst_host", "frame.comment"].flatMap((field) => [
        "-e",
        field,
      ]);
      const lines = tshark(
        "-r",
        out,
        "-N",
        "n",
        "-Y",
        "frame.comment || frame.number == 9",
        "-T",
        "fields",
        ...fields,
      );
      expect(
        lines
          .trimEnd()
          .split("\n")
          .map((line) => line.split("\t")),
      ).toEqual([
        ["9", "balancer", "Flask A", ""],
        [
          "27",
          "192.168.56.1",
          "balancer",
          "lbqos, slowest 1: this request took 7.305 ms to the answer's last byte, in frame 202; asked of 192.168.56.113:80 after 3.059 ms at the balancer.",
        ],
        ["29", "192.168.56.1", "balancer", expect.stringContaining("slowest 2: ")],
        [
          "80",
          "balancer",
          "192.168.56.1",
          "lbqos: the answer's last byte, 4.972 ms after the request in frame 29.",
        ],
        [
          "202",
          "balancer",
          "192.168.56.1",
          expect.stringContaining("7.305 ms after the request in frame 27"),
        ],
      ]);
      expect(tshark("-r", out, "-n", "-t", "e", "-x") === tshark("-r", original, "-n", "-t", "e", "-x")).toBe(
        true,
      );
      expect(allBytes.length).toBeGreaterThan(1_000_000);
    },
  );

  test("has the text of a finding at the requests that it hurt, and at no other", () => {
    writeFileSync(at("failing.pcap"), failingRun());
    const out = at("failing.annotated.pcapng");
    expect(
      lbqos(["exchanges", at("failing.pcap"), "--slowest", "1", "--annotate", out, "--quiet"]).status,
    ).toBe(0);
    const shown = tshark(
      "-r",
      out,
      "-Y",
      'frame.comment contains "finding"',
      "-T",
      "fields",
      "-e",
      "ip.dst",
      "-e",
      "frame.time_relative",
      "-e",
      "frame.comment",
    );
    const lines = shown
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t"));
    expect(lines).toHaveLength(100);
    expect(new Set(lines.map(([server]) => server))).toEqual(new Set(["10.0.0.2"]));
    expect(Number(lines[0]?.[1])).toBeGreaterThan(2);
    expect(Number(lines.at(-1)?.[1])).toBeLessThan(4);
    expect(lines[0]?.[2]).toMatch(
      /lbqos, finding 1: 10\.0\.0\.2.* answered with errors from 2\.0\d* s to 4.*: 100 of 100 answers/,
    );
  });
});

needsBuild("--annotate", () => {
  test("never overwrites the capture, and reads no standard input", () => {
    copyFileSync(CAPTURE, at("own.pcapng.gz"));
    linkSync(at("own.pcapng.gz"), at("linked.pcapng"));
    const over = lbqos(["exchanges", at("own.pcapng.gz"), "--annotate", at("linked.pcapng")]);
    expect(over).toMatchObject({ status: 2, stdout: "" });
    expect(over.stderr).toContain(`--annotate would overwrite the capture ${at("own.pcapng.gz")}`);
    expect(readFileSync(at("own.pcapng.gz")).equals(readFileSync(CAPTURE))).toBe(true);
    const piped = lbqos(["exchanges", "-", "--annotate", at("x.pcapng")]);
    expect(piped).toMatchObject({ status: 2, stdout: "" });
    expect(piped.stderr).toContain("--annotate reads the capture a second time");
    expect(existsSync(at("x.pcapng"))).toBe(false);
    const nowhere = lbqos(["exchanges", CAPTURE, "--quiet", "--annotate", at("none/x.pcapng")]);
    expect(nowhere.status).toBe(1);
    expect(nowhere.stderr).toContain("none/x.pcapng: can't be written: no such file or directory");
  });
});
