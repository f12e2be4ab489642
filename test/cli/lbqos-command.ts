/** lbqos as its users run it: a program of its own, with what it prints and how it ends. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll } from "vitest";
import { buildApart } from "../setup/build-to.ts";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const CAPTURES = join(ROOT, "fixtures/captures");

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Removed when the tests of a file have ended. */
const madeFolders: string[] = [];
afterAll(() => {
  for (const folder of madeFolders) rmSync(folder, { recursive: true, force: true });
});

/** The built program. `npm test` builds first; where sources are newer, they are built again beside it. */
export const MAIN = builtMain();

function builtMain(): string {
  const main = join(ROOT, "dist/main.js");
  const newest = Math.max(...sourceFiles().map((path) => statSync(path).mtimeMs));
  if (existsSync(main) && statSync(main).mtimeMs >= newest) return main;
  const own = buildApart();
  madeFolders.push(own);
  return join(own, "dist/main.js");
}

function sourceFiles(): string[] {
  const names = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" });
  return names.filter((name) => /\.tsx?$/.test(name)).map((name) => join(ROOT, "src", name));
}

/** Results are kept apart from the user's own, and shared by the tests of a file. */
export const CACHE_HOME = mkdtempSync(join(tmpdir(), "lbqos-cache-"));
madeFolders.push(CACHE_HOME);

/** The environment without what would colour or size the output. */
export function plainEnvironment(added: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { NO_COLOR: _no, FORCE_COLOR: _force, COLUMNS: _columns, LBQOS_DEBUG: _debug, ...rest } = process.env;
  return { ...rest, TERM: "xterm-256color", XDG_CACHE_HOME: CACHE_HOME, ...added };
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: Uint8Array;
  /** Another build. */
  readonly main?: string;
}

/** Runs lbqos to its end. */
export function lbqos(
  args: readonly string[],
  { cwd = ROOT, env = {}, input, main = MAIN }: RunOptions = {},
): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd,
    env: plainEnvironment(env),
    encoding: "utf8",
    maxBuffer: 1 << 28,
    input: input ?? "",
  });
  return { status, stdout, stderr };
}

/** Starts lbqos and leaves it running. */
export function startLbqos(args: readonly string[], cwd: string): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], { cwd, env: plainEnvironment(), stdio: "pipe" });
}

/** Runs a line of bash in which `lbqos` is the program. */
export function shell(line: string, { cwd = ROOT, env = {} }: RunOptions = {}): Outcome {
  const script = `lbqos() { "${process.execPath}" "${MAIN}" "$@"; }\n${line}`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script], {
    cwd,
    env: plainEnvironment(env),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

/** Runs a line of bash with a terminal of 100 columns as its outputs, which come back as one. */
export function shellInTerminal(line: string, { cwd = ROOT, env = {} }: RunOptions = {}): string {
  const script = `stty cols 100; lbqos() { "${process.execPath}" "${MAIN}" "$@"; }; ${line}`;
  return execFileSync("script", ["-qec", `bash -c '${script}'`, "/dev/null"], {
    cwd,
    env: plainEnvironment(env),
    encoding: "utf8",
  });
}

/** A new folder with the fixtures in it, as a user's own would be. */
export function workingFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "lbqos-test-"));
  madeFolders.push(folder);
  symlinkSync(join(ROOT, "fixtures"), join(folder, "fixtures"));
  return folder;
}

/** The bytes of a fixture, unpacked. */
export function captureBytes(name: string): Buffer {
  return gunzipSync(readFileSync(join(CAPTURES, name)));
}
