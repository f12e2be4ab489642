/** Running one program to its end. */
import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";
import { LAB_VARIABLE } from "./lab-place.ts";
import { preferProcess } from "./prefer-process.ts";

export interface ProgramRequest {
  readonly argv: readonly string[];
  /** The lab's folder: marks the process as the lab's. Absent: it is no lab's. */
  readonly labFolder?: string;
  /** Environment variables in addition to this process's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Folder to run it in; absent: this process's. */
  readonly cwd?: string;
  /** Where standard output goes; absent: it is returned. */
  readonly output?: string;
  readonly seconds: number;
  /** See `preferProcess`. */
  readonly isPreferred?: boolean;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

export interface ProgramResult {
  /** Exit status; `null` where a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** Bytes kept of each output: a program that babbles doesn't fill the memory. */
const MAX_OUTPUT_BYTES = 4 << 20;

/** PATH with the folders that Debian leaves off an ordinary user's. */
export function systemPath(): string {
  return [process.env["PATH"] ?? "", "/usr/sbin", "/sbin"].join(":");
}

/** The environment of the lab's processes: this one's, and the mark by which they are found again. */
export function markedEnvironment(labFolder: string): NodeJS.ProcessEnv {
  return { ...process.env, PATH: systemPath(), LC_ALL: "C.UTF-8", [LAB_VARIABLE]: labFolder };
}

/**
 * Runs a program to its end, in a session of its own: a Ctrl-C in the terminal doesn't reach it.
 * @throws Failure where it can't be started, and the reason of `signal` once that is given
 */
export async function runProgram(request: ProgramRequest): Promise<ProgramResult> {
  const { argv, labFolder, environment, cwd, output, seconds, signal } = request;
  signal?.throwIfAborted();
  const [program = "", ...args] = argv;
  const file = output === undefined ? null : openSync(output, "w");
  try {
    const child = spawn(program, args, {
      detached: true,
      env: { ...(labFolder === undefined ? process.env : markedEnvironment(labFolder)), ...environment },
      ...(cwd === undefined ? {} : { cwd }),
      stdio: ["ignore", file ?? "pipe", "pipe"],
    });
    if (request.isPreferred === true && child.pid !== undefined) preferProcess(child.pid);
    const stdout = collect(child.stdout);
    const stderr = collect(child.stderr);
    let timedOut = false;
    const end = () => {
      try {
        if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
      } catch {
        // It ended in between.
      }
    };
    const timer = setTimeout(() => {
      timedOut = true;
      end();
    }, seconds * 1000);
    signal?.addEventListener("abort", end);
    try {
      const status = await new Promise<number | null>((resolve, reject) => {
        child.once("error", (error) => reject(cannotStart(program, error)));
        child.once("close", resolve);
      });
      signal?.throwIfAborted();
      return { status, stdout: stdout(), stderr: stderr(), timedOut };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
    }
  } finally {
    if (file !== null) closeSync(file);
  }
}

export function cannotStart(program: string, error: Error): Failure {
  const missing = "code" in error && error.code === "ENOENT";
  return new Failure(
    missing ? message("programMissing", program) : message("programNotStarted", program, error.message),
  );
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const pieces: Buffer[] = [];
  let bytes = 0;
  stream?.on("data", (piece: Buffer) => {
    bytes += piece.length;
    if (bytes <= MAX_OUTPUT_BYTES) pieces.push(piece);
  });
  return () => Buffer.concat(pieces).toString();
}
