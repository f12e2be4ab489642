import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseArguments } from "../../src/cli/parse-arguments.ts";
import { Failure } from "../../src/failure.ts";
import { message as words } from "../../src/words/message.ts";

const UPDATE = process.env["LBQOS_UPDATE_EXPECTED"] === "1";

async function request(...args: string[]) {
  const command = await parseArguments(["analyze", ...args]);
  if (command.kind !== "analyze") throw new Error(`a ${command.kind} came out`);
  return command.request;
}

describe("lbqos analyze", () => {
  test("with nothing but a capture", async () => {
    expect(await request("run.pcapng")).toEqual({
      captures: ["run.pcapng"],
      pairs: {},
      selections: {
        groups: { by: ["direction", "conversation", "protocol"], perKind: 5, onlyWithoutPairs: true },
      },
      rating: {},
      output: "terminal",
      exchanges: null,
      columns: {},
      taps: { files: [], synchronousClocks: false },
      keys: null,
      out: null,
      charts: { formats: ["png", "svg", "pdf"], widthCm: 8.89, dpi: 300, withTitle: true },
      failIf: { conditions: [], junit: null },
      language: "en",
      threads: null,
      quiet: false,
    });
  });

  test("with everything", async () => {
    const args = [
      "a.pcap",
      "-",
      "--balancer",
      "10.0.0.1",
      "--backend",
      "A=10.0.0.2",
      "--backend",
      "10.0.0.3:80",
    ];
    args.push(
      "--keys",
      "keys.log",
      "--json",
      "--exchanges",
      "out.NDJSON",
      "--lang",
      "id",
      "--profile",
      "tiphon-kbps",
    );
    args.push("--bandwidth", "100M", "--threads", "2", "--quiet");
    args.push("-o", "report", "--charts", "svg", "--width", "10", "--dpi", "150", "--no-titles");
    args.push("--fail-if", "requests > 1", "--fail-if", "delayMs < 2", "--junit", "junit.xml");
    expect(await request(...args)).toEqual({
      captures: ["a.pcap", "-"],
      pairs: {
        balancer: "10.0.0.1",
        backends: [
          { name: "A", address: "10.0.0.2" },
          { name: "10.0.0.3:80", address: "10.0.0.3", port: 80 },
        ],
      },
      selections: {},
      rating: { profile: "tiphon-kbps", bandwidthBitsPerSecond: 100e6 },
      output: "json",
      exchanges: { path: "out.NDJSON", format: "jsonLines" },
      columns: {},
      taps: { files: [], synchronousClocks: false },
      keys: "keys.log",
      out: "report",
      charts: { formats: ["svg"], widthCm: 10, dpi: 150, withTitle: false },
      failIf: { conditions: ["requests > 1", "delayMs < 2"], junit: "junit.xml" },
      language: "id",
      threads: 2,
      quiet: true,
    });
  });

  test("with pairs as filters", async () => {
    const { pairs } = await request(
      "a.pcap",
      ...["--filter", "ip.src==10.0.0.1 && ip.dst==10.0.0.2 && http"],
      ...["--filter", "ip.src==10.0.0.1 && ip.dst==10.0.0.3 && tcp.dstport==80 && http"],
    );
    expect(pairs).toEqual({
      balancer: "10.0.0.1",
      backends: [
        { name: "10.0.0.2", address: "10.0.0.2" },
        { name: "10.0.0.3:80", address: "10.0.0.3", port: 80 },
      ],
    });
  });

  test.each([
    ["100M", 100e6],
    ["1G", 1e9],
    ["2.5 Gbit/s", 2.5e9],
    ["64kbps", 64e3],
    ["100000000", 100e6],
  ])("with a bandwidth of %s", async (text, bits) => {
    expect((await request("a.pcap", "--bandwidth", text)).rating).toEqual({ bandwidthBitsPerSecond: bits });
  });

  test.each([
    [
      ["--json", "--csv", "a"],
      "option '--json' cannot be used with option '--csv'; see lbqos analyze --help",
    ],
    [[], "no capture was named: lbqos analyze FILE, or -r FILE"],
    [["a", "--jsn"], "unknown option '--jsn' (Did you mean --json?); see lbqos analyze --help"],
    [["a", "--backend"], "option '--backend <backend>' argument missing; see lbqos analyze --help"],
    [["a", "--lang", "fr"], '--lang: "fr" is not a language of lbqos; there are en, id'],
    [["-", "-"], "standard input (-) can be read only once"],
    [
      ["a", "--profile", "itu"],
      'there is no category profile "itu"; the built-in ones are tiphon, tiphon-kbps',
    ],
    [["a", "--bandwidth", "fast"], '--bandwidth: "fast" is no rate such as 100M or 1Gbit/s'],
    [["a", "--bandwidth", "0"], '--bandwidth: "0" is no rate such as 100M or 1Gbit/s'],
    [
      ["a", "--exchanges", "out.txt"],
      '--exchanges: "out.txt" must end in .csv, .jsonl, .ndjson, .har or .parquet, or be - for standard output',
    ],
    [
      ["a", "--exchanges", "-", "--json"],
      "--exchanges - and --json both need standard output: give --exchanges a file",
    ],
    [
      ["a", "--balancer", "10.0.0.1", "--filter", "ip.src==10.0.0.1 && ip.dst==10.0.0.2 && http"],
      "option '--filter <expression>' cannot be used with option '--balancer <address>'; see lbqos analyze --help",
    ],
    [
      [
        "a",
        "--filter",
        "ip.src==10.0.0.1 && ip.dst==10.0.0.2 && http",
        "--filter",
        "ip.src==10.0.0.2 && ip.dst==10.0.0.1 && http",
      ],
      "--filter: pairs of one source at a time, and these have 10.0.0.1 and 10.0.0.2",
    ],
    [
      [
        "a",
        "--filter",
        "ip.src==10.0.0.1 && ip.dst==10.0.0.2 && http",
        "--filter",
        "ip.dst==10.0.0.2 && ip.src==10.0.0.1 && http",
      ],
      '--filter: "10.0.0.2" is named twice, for 10.0.0.2 and for 10.0.0.2',
    ],
  ])("refuses %j", async (args, message) => {
    await expect(parseArguments(["analyze", ...args])).rejects.toEqual(
      new Failure(words("verbatim", message), 2),
    );
  });
});

describe("lbqos", () => {
  test.each([
    ["run.pcap", 'unknown command "run.pcap": to measure a capture: lbqos analyze run.pcap'],
    ["-", 'unknown command "-": to measure a capture: lbqos analyze -'],
    [
      "analyse",
      'unknown command "analyse": there are analyze, open, exchanges, path, compare, init, audit, live, interfaces, grafana, run, worker, lab; see lbqos --help',
    ],
    [
      "constructor",
      'unknown command "constructor": there are analyze, open, exchanges, path, compare, init, audit, live, interfaces, grafana, run, worker, lab; see lbqos --help',
    ],
    ["--nonsense", "unknown option '--nonsense'; see lbqos --help"],
  ])("refuses %s", async (arg, message) => {
    await expect(parseArguments([arg])).rejects.toEqual(new Failure(words("verbatim", message), 2));
  });

  test.each([
    ["help", ["--help"]],
    ["help", ["help"]],
    ["help-analyze", ["analyze", "--help"]],
    ["help-analyze", ["help", "analyze"]],
    ["help-exchanges", ["exchanges", "--help"]],
    ["help-compare", ["compare", "--help"]],
    ["help-init", ["init", "--help"]],
    ["help-audit", ["audit", "--help"]],
    ["help-live", ["live", "--help"]],
    ["help-interfaces", ["interfaces", "--help"]],
    ["help-grafana", ["grafana", "--help"]],
  ])("prints expected/%s.txt for %j", async (name, args) => {
    const expected = new URL(`expected/${name}.txt`, import.meta.url);
    const command = await parseArguments(args);
    if (UPDATE && command.kind === "print") writeFileSync(expected, command.text);
    expect(command).toEqual({ kind: "print", text: readFileSync(expected, "utf8") });
  });

  test("without arguments says how it is used", async () => {
    const text = readFileSync(new URL("expected/help.txt", import.meta.url), "utf8");
    expect(await parseArguments([])).toEqual({ kind: "usage", text });
  });
});
