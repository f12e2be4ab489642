/** `lbqos live --replay` from outside: a saved capture as if it happened now, on no interface and without root. */
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { CAPTURES, captureBytes, lbqos, shell, startLbqos, workingFolder } from "./lbqos-command.ts";

const ROUND_ROBIN = join(CAPTURES, "round-robin-1.pcapng.gz");
const TESTBED = [
  ...["--balancer", "192.168.56.103"],
  ...["--backend", "Flask A=192.168.56.109"],
  ...["--backend", "Flask B=192.168.56.113"],
  ...["--backend", "Flask C=192.168.56.110"],
];
const ONE_LINE = /^lbqos: [^\n]+\n$/;
/** One second of capture in ten of ours: time enough for every phase to be met. */
const SLOWLY = ["--speed", "0.1"];

/** Starts a replay and collects what it says. */
function replay(args: readonly string[], folder: string) {
  const child = startLbqos(["live", "--replay", ROUND_ROBIN, ...args], folder);
  const said = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => {
    said.stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    said.stderr += chunk;
  });
  const closed = once(child, "close");
  const says = async (text: RegExp) => {
    while (!text.test(said.stderr)) {
      if (child.exitCode !== null) throw new Error(`it ended, and said: ${said.stderr}`);
      await pause(20);
    }
  };
  return { child, said, closed, says };
}

describe("the final report", () => {
  test.each([
    ["round-robin-1", TESTBED],
    ["loss-big-to2-from2", []],
    ["keepalive-rr", ["--filter", "ip.src==192.168.56.103 && ip.dst==192.168.56.109 && http"]],
    ["chunked-rr", ["--profile", "tiphon-kbps", "--bandwidth", "10M"]],
  ])("of %s is that of analyze, and says how it was captured", (name, args) => {
    const path = join(CAPTURES, `${name}.pcapng.gz`);
    const { status, stdout, stderr } = lbqos(["live", "--replay", path, "--speed", "max", "--json", ...args]);
    const { live, ...run } = JSON.parse(stdout);
    expect(run).toEqual(JSON.parse(lbqos(["analyze", path, "--json", ...args]).stdout));
    expect(live).toMatchObject({
      engine: "replay",
      program: path,
      timestampSource: "recorded",
      recording: null,
      skippedFrames: 0,
      endedBy: "engine",
      failure: null,
    });
    const [first, ...changes] = stderr.trimEnd().split("\n");
    expect(first).toBe(`lbqos: replays ${path}`);
    for (const line of changes) expect(line).toMatch(/^lbqos: 2026-11-22T\S+ \S+: .*(UP|FAILING|DOWN)/);
    expect(status).toBe(0);
  });

  test("on a terminal's page is that of analyze with one section more", () => {
    const { stdout } = lbqos([
      "live",
      "--replay",
      ROUND_ROBIN,
      "--speed",
      "max",
      ...TESTBED,
      "--quiet",
      "--full",
    ]);
    const withoutSection = stdout.replace(/── How it was captured [\s\S]*?(?=── )/, "");
    expect(withoutSection).toBe(lbqos(["analyze", ROUND_ROBIN, ...TESTBED, "--full"]).stdout);
    expect(stdout).toMatch(/^Timestamps +recorded timestamps$/m);
  });

  test("as CSV and in Indonesian is analyze's, word by word", () => {
    const args = [...TESTBED, "--lang", "id", "--csv"];
    expect(lbqos(["live", "--replay", ROUND_ROBIN, "--speed", "max", ...args]).stdout).toBe(
      lbqos(["analyze", ROUND_ROBIN, ...args]).stdout,
    );
  });

  test.each([
    ["is closed", ">&-", /: nobody has read the whole report: standard output is closed/],
    ["has lost its reader", "| true", /: nobody has read the whole report: standard output is closed/],
    ["is thrown away", ">/dev/null", /^(?!.*standard output)/s],
  ])("says that nobody has read it where standard output %s", (_how, output, said) => {
    // Long enough for the reader of the pipe to have gone.
    const line = `lbqos live --replay ${ROUND_ROBIN} --speed 20 ${output}; echo "\${PIPESTATUS[0]}" >&2`;
    const { stderr } = shell(line);
    expect(stderr).toMatch(said);
    expect(stderr).toMatch(/\n0\n$/);
  });

  test("stops after the requests that were asked for", () => {
    const { stdout } = lbqos(["live", "--replay", ROUND_ROBIN, "--requests", "100", ...TESTBED, "--json"]);
    const { live, pairs } = JSON.parse(stdout);
    expect(live.endedBy).toBe("requests");
    const requests = pairs.reduce(
      (sum: number, pair: { http: { requests: number } }) => sum + pair.http.requests,
      0,
    );
    expect(requests).toBeGreaterThanOrEqual(100);
    expect(requests).toBeLessThan(1000);
  });

  test("stops after the time that was asked for, on the capture's clock", () => {
    const { stdout } = lbqos(["live", "--replay", ROUND_ROBIN, "--duration", "500ms", "--json"]);
    const { live, capture } = JSON.parse(stdout);
    expect(live.endedBy).toBe("duration");
    // On a machine that is too slow for the replay's pace it has less of it by then.
    expect(capture.durationSeconds).toBeGreaterThan(0);
    expect(capture.durationSeconds).toBeLessThanOrEqual(0.5);
  });
});

describe("a recording", () => {
  test("of a replay is the capture again, and the command that is named analyses it", () => {
    const folder = workingFolder();
    const { status, stdout, stderr } = lbqos(
      [
        "live",
        "--replay",
        ROUND_ROBIN,
        "--speed",
        "max",
        "--write",
        "new/run 1.pcapng.gz",
        "--json",
        ...TESTBED,
      ],
      { cwd: folder },
    );
    expect(status).toBe(0);
    const [, where, again] = stderr.split("\n");
    expect(where).toBe("lbqos: the recording is in new/run 1.pcapng.gz");
    const command = again?.replace("lbqos: to analyze it again: ", "") ?? "";
    const offline = shell(`${command} --json`, { cwd: folder });
    const { live, ...run } = JSON.parse(stdout);
    expect(JSON.parse(offline.stdout)).toEqual(run);
    expect(live.recording).toEqual({
      files: ["new/run 1.pcapng.gz"],
      bytes: statSync(join(folder, "new/run 1.pcapng.gz")).size,
      failure: null,
    });
  });

  test("is refused where there is one already, and replaced with --force", () => {
    const folder = workingFolder();
    writeFileSync(join(folder, "run.pcapng"), "older");
    const args = [
      "live",
      "--replay",
      ROUND_ROBIN,
      "--speed",
      "max",
      "--write",
      "run.pcapng",
      "--quiet",
      "--json",
    ];
    expect(lbqos(args, { cwd: folder })).toEqual({
      status: 1,
      stdout: "",
      stderr: "lbqos: run.pcapng: is there already; --force records over it\n",
    });
    expect(readFileSync(join(folder, "run.pcapng"), "utf8")).toBe("older");
    expect(lbqos([...args, "--force"], { cwd: folder }).status).toBe(0);
    expect(readFileSync(join(folder, "run.pcapng")).equals(captureBytes("round-robin-1.pcapng.gz"))).toBe(
      true,
    );
  });

  test("never replaces what is replayed", () => {
    const folder = workingFolder();
    writeFileSync(join(folder, "run.pcapng"), captureBytes("direct-fa-1.pcapng.gz"));
    const before = readFileSync(join(folder, "run.pcapng"));
    const args = ["live", "--replay", "run.pcapng", "--write", "./run.pcapng", "--force"];
    const { status, stderr } = lbqos(args, { cwd: folder });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "lbqos: --write would overwrite the capture that is replayed, run.pcapng\n",
    });
    expect(readFileSync(join(folder, "run.pcapng")).equals(before)).toBe(true);
  });

  test("rotates, and the set is refused where one is there", () => {
    const folder = workingFolder();
    const args = [
      "live",
      "--replay",
      ROUND_ROBIN,
      "--speed",
      "max",
      "--write",
      "run.pcapng",
      "--rotate-size",
      "400k",
    ];
    const { stdout, stderr } = lbqos([...args, "--json"], { cwd: folder });
    const { live, ...run } = JSON.parse(stdout);
    expect(live.recording.files.length).toBeGreaterThan(4);
    const command = /to analyze it again: (.*)/.exec(stderr)?.[1] ?? "";
    const { capture, ...offline } = JSON.parse(shell(`${command} --json`, { cwd: folder }).stdout);
    const { capture: ours, ...figures } = run;
    expect(offline).toEqual(figures);
    expect(capture.files).toEqual(ours.files);
    expect(lbqos(args, { cwd: folder }).stderr).toBe(
      "lbqos: run_00001.pcapng: is there already; --force records over it\n",
    );
  });

  test("goes where the experiment expects the run, which it then is", () => {
    const folder = workingFolder();
    const manifest = readFileSync(join(CAPTURES, "../experiment.yaml"), "utf8");
    mkdirSync(join(folder, "study"));
    writeFileSync(join(folder, "study/experiment.yaml"), manifest);
    const run = (number: string, capture: string, ...more: string[]) =>
      lbqos(
        [
          ...[
            "live",
            "--replay",
            join(CAPTURES, capture),
            "--speed",
            "max",
            "--json",
            "--experiment",
            "study",
          ],
          ...["--method", "round-robin", "--run", number, ...more],
        ],
        { cwd: folder },
      );
    const third = run("3", "round-robin-1.pcapng.gz");
    expect(third.status).toBe(0);
    const { live, pairs } = JSON.parse(third.stdout);
    const path = "study/captures/round-robin-3.pcapng.gz";
    expect(live).toMatchObject({ method: "round-robin", run: 3, recording: { files: [path] } });
    expect(pairs.map((pair: { name: string }) => pair.name)).toEqual(["Flask A", "Flask B", "Flask C"]);
    expect(run("3", "round-robin-1.pcapng.gz")).toMatchObject({
      status: 1,
      stdout: "",
      stderr: `lbqos: ${path}: is there already; --force records over it\n`,
    });
    expect(run("3", "round-robin-1.pcapng.gz", "--force").status).toBe(0);
    expect(run("4", "round-robin-2.pcapng.gz").status).toBe(0);
    const compared = lbqos(["compare", "study", "--format", "csv", "--quiet"], { cwd: folder }).stdout;
    const runs = compared
      .split("\r\n")
      .flatMap((line) => /^round-robin,Flask A,(\d+),/.exec(line)?.[1] ?? []);
    expect(runs).toEqual(["3", "4"]);
  });
});

describe("beside a pipe", () => {
  test("a plain line comes every so often, which programs can read", async () => {
    const { closed, said } = replay([...SLOWLY, "--every", "1s", "--duration", "300ms"], workingFolder());
    expect(await closed).toEqual([0, null]);
    const lines = said.stderr.trimEnd().split("\n").slice(1);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line).toMatch(/^lbqos: live( [a-z_]+=[\d.]+)+$/);
    expect(said.stderr).not.toContain("\u001b");
  });

  test("nothing comes with --quiet", () => {
    const args = ["live", "--replay", ROUND_ROBIN, "--speed", "max", "--quiet", "--write", "a.pcapng"];
    expect(lbqos(args, { cwd: workingFolder() }).stderr).toBe("");
  });
});

describe("ended", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "by %s, in order: recording whole, report, 0",
    async (signal) => {
      const folder = workingFolder();
      const run = replay([...SLOWLY, "--write", "run.pcapng", "--json", "--every", "1s"], folder);
      await run.says(/packets=[1-9]/);
      run.child.kill(signal);
      expect(await run.closed).toEqual([0, null]);
      const { live, ...metrics } = JSON.parse(run.said.stdout);
      expect(live.endedBy).toBe("stop");
      expect(metrics.capture.packets).toBeGreaterThan(0);
      const offline = lbqos(["analyze", "run.pcapng", "--json"], { cwd: folder });
      expect(JSON.parse(offline.stdout)).toEqual(metrics);
    },
  );

  test("before it had begun: at most a report of nothing, 0", async () => {
    const folder = workingFolder();
    const run = replay([...SLOWLY, "--write", "run.pcapng"], folder);
    // When the modules are loaded, which takes longest, signals are waited for.
    await run.says(/replays/);
    run.child.kill("SIGINT");
    expect(await run.closed).toEqual([0, null]);
    expect(run.said.stderr).not.toMatch(/internal error/);
  });

  test("twice: at once, with the signal's status, no report, and the recording whole as far as it is", async () => {
    const folder = workingFolder();
    const run = replay([...SLOWLY, "--write", "run.pcapng", "--every", "1s"], folder);
    await run.says(/packets=[1-9]/);
    // Halted, it gets both at once when it goes on.
    run.child.kill("SIGSTOP");
    run.child.kill("SIGTERM");
    run.child.kill("SIGINT");
    run.child.kill("SIGCONT");
    const [status] = await run.closed;
    expect([130, 143]).toContain(status);
    expect(run.said.stdout).toBe("");
    expect(run.said.stderr).toMatch(/ended at once, without a report; recorded until now: run\.pcapng\n$/);
    const offline = lbqos(["analyze", "run.pcapng", "--json"], { cwd: folder });
    const { capture, warnings } = JSON.parse(offline.stdout);
    expect(capture.packets).toBeGreaterThan(0);
    expect(warnings.map(({ code }: { code: string }) => code)).not.toContain("cut-tail");
  });

  test.skipIf(!existsSync("/dev/full"))(
    "with its report on a full disk: one line, 1 [needs /dev/full]",
    () => {
      const { status, stderr } = shell(`lbqos live --replay ${ROUND_ROBIN} --speed max --quiet > /dev/full`);
      expect(stderr).toBe("lbqos: standard output can't be written: no space left on device\n");
      expect(status).toBe(1);
    },
  );

  test("by a reader of standard output that goes away: no error", () => {
    const { stdout, stderr } = shell(
      `lbqos live --replay ${ROUND_ROBIN} --speed max --quiet | head -n 1; echo "\${PIPESTATUS[0]}" >&2`,
    );
    expect(stdout).toBe("Quality of service: round-robin-1.pcapng.gz\n");
    expect(stderr).toBe("0\n");
  });
});

describe("what can't be done ends with one line", () => {
  test.each([
    ["a capture that isn't there", ["--replay", "gone.pcap"], 1, /gone\.pcap/],
    ["no capture", ["--replay", "notes.txt"], 1, /notes\.txt/],
    ["an experiment that isn't there", ["--experiment", "gone", "--method", "a", "--run", "1"], 1, /gone/],
    ["a page for all without a token", ["--http", "0.0.0.0:0"], 2, /others could watch there: give a token/],
    ["a recording in a file", ["--write", "notes.txt/run.pcapng"], 1, /notes\.txt/],
  ])("%s", (_what, args, status, message) => {
    const folder = workingFolder();
    writeFileSync(join(folder, "notes.txt"), "Run 1: 1000 requests\n".repeat(20));
    const source = args.includes("--replay") ? [] : ["--replay", ROUND_ROBIN];
    const outcome = lbqos(["live", ...source, ...args], { cwd: folder, env: { LBQOS_TOKEN: "" } });
    expect(outcome.stderr).toMatch(ONE_LINE);
    expect(outcome.stderr).toMatch(message);
    expect(outcome).toMatchObject({ status, stdout: "" });
  });

  test("a port that is in use", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    try {
      const outcome = lbqos(["live", "--replay", ROUND_ROBIN, "--http", `127.0.0.1:${port}`]);
      expect(outcome.stderr).toMatch(ONE_LINE);
      expect(outcome.stderr).toMatch(/in use/);
      expect(outcome).toMatchObject({ status: 1, stdout: "" });
    } finally {
      server.close();
    }
  });

  test.skipIf(!existsSync("/dev/full"))(
    "a full disk, after the report of what was recorded [needs /dev/full]",
    () => {
      const outcome = lbqos([
        "live",
        "--replay",
        ROUND_ROBIN,
        "--speed",
        "max",
        "--write",
        "/dev/full",
        "--force",
        "--quiet",
      ]);
      expect(outcome.stderr).toMatch(ONE_LINE);
      expect(outcome.stderr).toMatch(/disk is full/);
      expect(outcome.status).toBe(1);
    },
  );

  test("a capture without TCP, after its report", () => {
    const folder = workingFolder();
    writeFileSync(join(folder, "empty.pcapng"), captureBytes("direct-fa-1.pcapng.gz").subarray(0, 60));
    const outcome = lbqos(["live", "--replay", "empty.pcapng", "--json", "--quiet"], { cwd: folder });
    expect(outcome.stderr).toMatch(ONE_LINE);
    expect(outcome.status).toBe(1);
  });
});

test("a command of one's own is captured from until it is enough", () => {
  const command = `sh -c 'zcat "${ROUND_ROBIN}"; exec sleep 60'`;
  const { status, stdout } = lbqos(["live", "--command", command, "--requests", "500", "--json", ...TESTBED]);
  expect(status).toBe(0);
  const { live, http } = JSON.parse(stdout);
  expect(live).toMatchObject({ engine: "command", program: "sh", endedBy: "requests" });
  expect(http.requests).toBeGreaterThanOrEqual(500);
});

test("the page and the metrics are served while it goes on", async () => {
  const run = replay([...SLOWLY, "--http", "127.0.0.1:0", ...TESTBED], workingFolder());
  await run.says(/the page is at http:\/\/127\.0\.0\.1:\d+\//);
  const url = /http:\/\/\S+/.exec(run.said.stderr)?.[0] ?? "";
  let metrics = "";
  while (!/lbqos_backend_up\{[^}]*backend="Flask A"[^}]*\} 1/.test(metrics)) {
    metrics = await (await fetch(`${url}metrics`)).text();
    await pause(50);
  }
  expect(await (await fetch(url)).text()).toMatch(/^<!doctype html>/i);
  run.child.kill("SIGINT");
  expect(await run.closed).toEqual([0, null]);
  await expect(fetch(url)).rejects.toThrow();
});

test("--stay: the report is printed at the end, and the page stays until Ctrl-C", async () => {
  const run = replay(["--speed", "max", "--http", "127.0.0.1:0", "--stay", ...TESTBED], workingFolder());
  await run.says(/the page stays at http:\/\/127\.0\.0\.1:\d+\/; Ctrl-C ends it/);
  expect(run.said.stdout).toContain("How it was captured");
  const url = /http:\/\/[^\s;]+/.exec(run.said.stderr)?.[0] ?? "";
  const { phase, metrics } = (await (await fetch(`${url}snapshot.json`)).json()) as {
    phase: string;
    metrics: { http: { requests: number } };
  };
  expect({ phase, requests: metrics.http.requests }).toEqual({ phase: "ended", requests: 2000 });
  run.child.kill("SIGINT");
  expect(await run.closed).toEqual([0, null]);
  await expect(fetch(url)).rejects.toThrow();
});
