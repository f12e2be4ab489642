/** The live view in a terminal: in its place, gone in the end, with nothing left behind and nothing changed. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { CAPTURES, MAIN, plainEnvironment, workingFolder } from "./lbqos-command.ts";
import { TerminalScreen } from "./terminal-screen.ts";

const PYTHON = "/usr/bin/python3";
const DRIVER = fileURLToPath(new URL("run-in-terminal.py", import.meta.url));
const ROUND_ROBIN = join(CAPTURES, "round-robin-1.pcapng.gz");
const REPLAY = ["live", "--replay", ROUND_ROBIN, "--balancer", "192.168.56.103"].concat([
  "--backend",
  "Flask A=192.168.56.109",
  "--backend",
  "Flask B=192.168.56.113",
]);
const SLOWLY = ["--speed", "0.1"];
// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences themselves
const SEQUENCES = /\u001b\[\d*[A-Za-z]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours themselves
const COLOURS = /\u001b\[\d+m/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequence itself
const UP_SEQUENCE = /\u001b\[\d+F/;
const CTRL_C = "\u0003";
const VIEW = "Flask A  .*UP.*\\n";

interface Step {
  readonly when: string | null;
  readonly afterMs?: number;
  readonly keys?: string;
  readonly resize?: readonly [columns: number, rows: number];
  readonly signals?: readonly string[];
}

interface Session {
  readonly output: string;
  /** The output before each step, and after the last one. */
  readonly parts: readonly string[];
  readonly status: number;
  readonly sameModes: boolean | null;
}

/** Runs lbqos in a terminal of 80 columns and 24 rows, and acts as a user does. */
function inTerminal(
  args: readonly string[],
  steps: readonly Step[],
  env: Record<string, string> = {},
): Session {
  return ranIn([process.execPath, MAIN, ...args], steps, env);
}

function ranIn(words: readonly string[], steps: readonly Step[], env: Record<string, string>): Session {
  const command = ["80", "24", JSON.stringify(steps), ...words];
  const answer = execFileSync(PYTHON, [DRIVER, ...command], {
    cwd: workingFolder(),
    env: plainEnvironment(env),
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  const { output, marks, stepsLeft, ...rest } = JSON.parse(answer);
  if (stepsLeft > 0) throw new Error(`${stepsLeft} steps were not met: ${output}`);
  const text = (from: number, to?: number) => Buffer.from(output.slice(from, to), "latin1").toString("utf8");
  const parts = [0, ...marks].map((mark: number, index: number) => text(mark, marks[index]));
  return { output: text(0), parts, ...rest };
}

/** Types into a shell that controls its jobs. */
function inShell(steps: readonly Step[]): Session {
  return ranIn(["bash", "--norc", "--noprofile", "-i"], steps, { PS1: "$ " });
}

/** What stands on the terminal after all that. */
function seen(output: string): string {
  return new TerminalScreen(80, 24).write(output).text;
}

describe.skipIf(!existsSync(PYTHON))("in a terminal [needs python3]", () => {
  test("the view stays in its place, Ctrl-C takes it away, and the report follows", () => {
    const { output, parts, status, sameModes } = inTerminal(
      [...REPLAY, ...SLOWLY],
      [{ when: VIEW, afterMs: 1500, keys: CTRL_C }],
    );
    expect({ status, sameModes }).toEqual({ status: 0, sameModes: true });
    const before = seen(parts[0] ?? "");
    expect(before.match(/^lbqos live /gm)).toHaveLength(1);
    expect(before).toMatch(/^Flask A +UP +[\d.]+/m);
    expect(before).toMatch(/^Total /m);
    expect(before.endsWith("Ctrl-C stops and prints the report")).toBe(true);
    const after = seen(output);
    expect(after).toMatch(/^lbqos: replays \S+\nQuality of service: round-robin-1\.pcapng\.gz\n/);
    expect(after).not.toMatch(/lbqos live \d|Ctrl-C|\^C/);
    // Nothing of the terminal's own state is touched: no cursor hidden, no other screen.
    expect(output).not.toContain("\u001b[?");
  });

  test("the report can go elsewhere: the view never does", () => {
    const line = `exec "${process.execPath}" "${MAIN}" ${[...REPLAY, "--speed", "0.5"].map((word) => `'${word}'`).join(" ")} --json >out.json`;
    const folder = workingFolder();
    const answer = execFileSync(PYTHON, [DRIVER, "80", "24", "[]", "bash", "-c", line], {
      cwd: folder,
      env: plainEnvironment(),
      encoding: "utf8",
    });
    expect(answer).toContain("Flask A");
    const json = execFileSync("cat", [join(folder, "out.json")], { encoding: "utf8" });
    expect(JSON.parse(json).live.engine).toBe("replay");
  });

  test("Ctrl-C twice ends it at once, without the view", () => {
    const { output, status, sameModes } = inTerminal(
      [...REPLAY, ...SLOWLY, "--write", "run.pcapng"],
      [{ when: VIEW, signals: ["SIGINT", "SIGTERM"] }],
    );
    expect([130, 143]).toContain(status);
    expect(sameModes).toBe(true);
    const after = seen(output);
    expect(after).toMatch(/ended at once, without a report; recorded until now: run\.pcapng$/);
    expect(after).not.toContain("Flask A");
  });

  test("Ctrl-Z and fg: what stands there is left alone, the view goes on below", () => {
    // An interactive shell, which gives the terminal to the job and takes it back.
    const command = [process.execPath, MAIN, ...REPLAY, ...SLOWLY].map((word) => `'${word}'`).join(" ");
    const steps: Step[] = [
      { when: "\\$ $", keys: `${command}\n` },
      { when: VIEW, keys: "\u001a" },
      { when: "Stopped", afterMs: 300, keys: "echo between\n" },
      { when: "between\r\n", keys: "bg\n" },
      { when: null, afterMs: 2500, keys: "fg\n" },
      { when: VIEW, keys: CTRL_C },
      { when: "analyze it again|--full prints", afterMs: 500, keys: "exit\n" },
    ];
    const { parts } = inShell(steps);
    // In the background nothing is drawn.
    expect(parts[4]).not.toContain("lbqos live ");
    // In the foreground again, it begins below: nothing above is overwritten.
    const [beforeView = ""] = (parts[5] ?? "").split("lbqos live ");
    expect(beforeView).not.toMatch(UP_SEQUENCE);
  });

  test("a resized terminal gets a view that fits, at once", () => {
    const { parts } = inTerminal(
      [...REPLAY, ...SLOWLY, "--every", "30s"],
      [
        { when: "lbqos live ", afterMs: 500, resize: [44, 12] },
        { when: "lbqos live ", afterMs: 500, resize: [160, 40] },
        { when: "Mbps", keys: CTRL_C },
      ],
    );
    const widest = (text: string | undefined) =>
      Math.max(
        ...(text ?? "")
          .replaceAll(SEQUENCES, "")
          .split(/\r?\n/)
          .map((line) => line.length),
      );
    expect(widest(parts[1])).toBeLessThanOrEqual(44);
    expect(widest(parts[2])).toBeGreaterThan(44);
    expect(widest(parts[2])).toBeLessThanOrEqual(160);
  });

  test.each([
    ["NO_COLOR=1: the view without colours", { NO_COLOR: "1" }],
    ["FORCE_COLOR=0: the view without colours", { FORCE_COLOR: "0" }],
  ])("%s", (_name, env) => {
    const { output } = inTerminal([...REPLAY, "--speed", "1"], [], env);
    expect(output).toContain("lbqos live ");
    expect(output).not.toMatch(COLOURS);
  });

  test("TERM=dumb: plain lines, no sequence at all", () => {
    const { output } = inTerminal([...REPLAY, ...SLOWLY, "--duration", "300ms", "--every", "1s"], [], {
      TERM: "dumb",
    });
    expect(output).toMatch(/^lbqos: live elapsed_s=/m);
    expect(output).not.toContain("\u001b");
  });

  test("--quiet: the report alone", () => {
    const { output } = inTerminal([...REPLAY, "--speed", "max", "--quiet"], []);
    expect(seen(output)).toMatch(/^Quality of service: /);
    expect(output).not.toContain("lbqos live");
  });
});
