import { afterEach, describe, expect, test, vi } from "vitest";
import { analyzeAgain } from "../../src/cli/live/analyze-again.ts";
import { parsePage } from "../../src/cli/live/page-option.ts";
import { parseDuration, parseSize } from "../../src/cli/live/quantity-option.ts";
import { parseArguments } from "../../src/cli/parse-arguments.ts";
import { Failure } from "../../src/failure.ts";
import { shell } from "./lbqos-command.ts";

afterEach(() => vi.unstubAllEnvs());

async function request(...args: string[]) {
  const command = await parseArguments(["live", ...args]);
  if (command.kind !== "live") throw new Error(`a ${command.kind} came out`);
  return command.request;
}

describe("lbqos live", () => {
  test("with nothing but an interface", async () => {
    vi.stubEnv("LBQOS_TOKEN", "");
    expect(await request("-i", "eth0")).toEqual({
      source: {
        kind: "interfaces",
        names: ["eth0"],
        engine: null,
        filter: null,
        snapLengthBytes: null,
        bufferMebibytes: null,
        promiscuous: true,
      },
      peer: null,
      experiment: null,
      pairs: {},
      keysFile: null,
      rating: {},
      method: null,
      run: null,
      recording: null,
      force: false,
      durationSeconds: null,
      requests: null,
      page: null,
      format: "terminal",
      language: null,
      stay: false,
      everySeconds: null,
      quiet: false,
    });
  });

  test("with everything of a capture", async () => {
    const args = ["--interface", "eth0", "--interface", "lo", "--engine", "tcpdump", "--no-promiscuous"];
    args.push("--capture-filter", "tcp port 80", "--snap-length", "128", "--buffer", "64MiB");
    args.push("--balancer", "10.0.0.1", "--backend", "A=10.0.0.2:80", "--method", "ip-hash", "--run", "0");
    args.push("--write", "run.pcap.gz", "--rotate-size", "100M", "--rotate-time", "5m", "--force");
    args.push("--duration", "1h30m", "--requests", "1000", "--http", "[::1]:0", "--token", "secret");
    args.push("--json", "--lang", "id", "--profile", "tiphon-kbps", "--bandwidth", "1G", "--every", "2s");
    expect(await request(...args)).toEqual({
      source: {
        kind: "interfaces",
        names: ["eth0", "lo"],
        engine: "tcpdump",
        filter: "tcp port 80",
        snapLengthBytes: 128,
        bufferMebibytes: 64,
        promiscuous: false,
      },
      peer: null,
      experiment: null,
      pairs: { balancer: "10.0.0.1", backends: [{ name: "A", address: "10.0.0.2", port: 80 }] },
      keysFile: null,
      rating: { profile: "tiphon-kbps", bandwidthBitsPerSecond: 1e9 },
      method: "ip-hash",
      run: 0,
      recording: { path: "run.pcap.gz", rotateBytes: 100e6, rotateSeconds: 300 },
      force: true,
      durationSeconds: 5400,
      requests: 1000,
      page: { host: "::1", port: 0, token: "secret" },
      format: "json",
      language: "id",
      stay: false,
      everySeconds: 2,
      quiet: false,
    });
  });

  test("with a replay", async () => {
    expect((await request("--replay", "a.pcap")).source).toEqual({
      kind: "replay",
      path: "a.pcap",
      speed: 1,
    });
    expect((await request("--replay", "a.pcap", "--speed", "0.5")).source).toMatchObject({ speed: 0.5 });
    expect((await request("--replay", "a.pcap", "--speed", "max")).source).toMatchObject({ speed: null });
  });

  test("with a command", async () => {
    const line = `ssh "my lb" 'tcpdump -U' -w - a\\ b`;
    expect((await request("--command", line)).source).toEqual({
      kind: "command",
      words: ["ssh", "my lb", "tcpdump -U", "-w", "-", "a b"],
    });
  });

  test.each([
    ["", /the command is empty/],
    ["tcpdump | gzip", /"\|" is a shell's: quote it, or give sh -c/],
    ["tcpdump 'a", /a ' is left over/],
  ])("refuses the command %j", async (line, message) => {
    await expect(request("--command", line)).rejects.toThrow(message);
  });

  test("with a run of an experiment", async () => {
    const args = ["-i", "eth0", "--experiment", "study", "--method", "direct", "--run", "3"];
    expect((await request(...args)).experiment).toEqual({
      path: "study",
      method: "direct",
      run: 3,
      backend: null,
    });
    const { experiment, pairs } = await request(...args, "--backend", "Flask A");
    expect(experiment?.backend).toBe("Flask A");
    expect(pairs).toEqual({});
    const levels = ["--level", "load=300", "--level", "payload = 10 kB"];
    expect((await request(...args, ...levels)).experiment?.levels).toEqual({ load: "300", payload: "10 kB" });
  });

  test.each([
    ["no source", [], /where from\? --interface eth0 captures .*--replay FILE/],
    ["two sources", ["-i", "eth0", "--replay", "a"], /cannot be used with/],
    ["an engine for a replay", ["--replay", "a", "--engine", "cap"], /cannot be used with/],
    ["an interface twice", ["-i", "eth0", "-i", "eth0"], /"eth0" is named twice/],
    ["an unknown engine", ["-i", "eth0", "--engine", "tshark"], /Allowed choices are dumpcap, tcpdump, cap/],
    ["a speed without a replay", ["-i", "eth0", "--speed", "2"], /--speed is for --replay/],
    ["a bad speed", ["--replay", "a", "--speed", "0"], /"0" is no factor/],
    ["a short snap length", ["-i", "eth0", "--snap-length", "10"], /from 96 to 262144/],
    ["an immense buffer", ["-i", "eth0", "--buffer", "4G"], /not between 1 MiB and 2047 MiB/],
    ["no time", ["-i", "eth0", "--duration", "0s"], /"0s" is no time/],
    ["no requests", ["-i", "eth0", "--requests", "0"], /no whole number from 1/],
    ["standard output as a recording", ["-i", "eth0", "--write", "-"], /the report has standard output/],
    ["zstd", ["-i", "eth0", "--write", "a.pcapng.zst"], /plain or compressed as \.gz/],
    ["rotation of nothing", ["-i", "eth0", "--rotate-size", "1M"], /give --write too/],
    ["an experiment without a run", ["-i", "eth0", "--experiment", "a"], /--method NAME --run NUMBER/],
    ["a level without an experiment", ["-i", "eth0", "--level", "load=300"], /give --experiment too/],
    [
      "half a level",
      ["-i", "e", "--experiment", "a", "--method", "m", "--run", "1", "--level", "load"],
      /"load" is no factor with its level, such as load=300/,
    ],
    [
      "an experiment's and one's own file",
      ["-i", "e", "--experiment", "a", "--write", "b"],
      /cannot be used with/,
    ],
    ["a token without a page", ["-i", "eth0", "--token", "a"], /give --http too/],
    ["staying without a page", ["-i", "eth0", "--stay"], /give --http too/],
    ["a bad place", ["-i", "eth0", "--http", "127.0.0.1"], /no place to listen such as 127\.0\.0\.1:8080/],
    ["a high port", ["-i", "eth0", "--http", ":65536"], /no place to listen/],
    ["too often", ["-i", "eth0", "--every", "200ms"], /less than a second/],
    [
      "two backends of a direct test",
      ["-i", "e", "--experiment", "a", "--method", "m", "--run", "1", "--backend", "A", "--backend", "B"],
      /the one backend/,
    ],
  ])("refuses %s", async (_what, args, message) => {
    const failure = await request(...args).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ status: 2, message: expect.stringMatching(message) });
  });
});

test.each([
  ["8080", { host: "127.0.0.1", port: 8080 }],
  [":8080", { host: "127.0.0.1", port: 8080 }],
  ["localhost:80", { host: "localhost", port: 80 }],
  ["0.0.0.0:9100", { host: "0.0.0.0", port: 9100 }],
  ["[::1]:1", { host: "::1", port: 1 }],
])("--http %s", (text, place) => {
  expect(parsePage(text, undefined, {})).toEqual({ ...place, token: null });
  expect(parsePage(text, undefined, { LBQOS_TOKEN: "from outside" })).toEqual({
    ...place,
    token: "from outside",
  });
  expect(parsePage(text, "own", { LBQOS_TOKEN: "from outside" })).toEqual({ ...place, token: "own" });
});

test.each([
  ["60s", 60],
  ["90", 90],
  ["1.5m", 90],
  ["5min", 300],
  ["1h30m", 5400],
  ["500ms", 0.5],
  ["2H", 7200],
])("%s are %d seconds", (text, seconds) => expect(parseDuration("--duration", text)).toBeCloseTo(seconds, 9));

test.each(["", "s", "-1s", "1d", "1 s", "1e3", "30m1", "99999999h"])("%j is no time", (text) =>
  expect(() => parseDuration("--duration", text)).toThrow(/is no time such as/),
);

test.each([
  ["65536", 65536],
  ["100M", 1e8],
  ["100MB", 1e8],
  ["64MiB", 64 * 2 ** 20],
  ["1.5k", 1500],
  ["2gib", 2 ** 31],
])("%s are %d bytes", (text, bytes) => expect(parseSize("--rotate-size", text)).toBe(bytes));

test.each(["", "M", "-1M", "1X", "1Mbit", "0"])("%j is no size", (text) =>
  expect(() => parseSize("--rotate-size", text)).toThrow(/is no size such as/),
);

describe("the command that analyses a recording again", () => {
  test.each([
    [["run.pcapng"]],
    [["-o'dd $name/run [1].pcapng.gz"]],
    [["run_00001.pcapng", "run_00002.pcapng"]],
  ])("names %j for the shell", (files) => {
    const analysis = {
      balancer: "10.0.0.1",
      backends: [{ name: "Flask A; rm -rf $HOME", address: "2001:db8::1", port: 80 }],
    };
    const line = analyzeAgain(files, analysis, { profile: "my profile.yaml", bandwidthBitsPerSecond: 100e6 });
    const words = shell(`lbqos() { printf '%s\\n' "$@"; }; ${line}`).stdout.trimEnd().split("\n");
    expect(words).toEqual([
      "analyze",
      ...files.map((file) => file.replace(/^-/, "./-")),
      ...["--balancer", "10.0.0.1", "--backend", "Flask A; rm -rf $HOME=[2001:db8::1]:80"],
      ...["--profile", "my profile.yaml", "--bandwidth", "100000000"],
    ]);
  });

  test("has one pattern for many files of a rotated set", () => {
    const files = Array.from({ length: 9 }, (_, index) => `my runs/run_0000${index + 1}.pcapng.gz`);
    expect(analyzeAgain(files, {}, {})).toBe("lbqos analyze 'my runs/run_'?????.pcapng.gz");
  });
});
