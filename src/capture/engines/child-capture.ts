/** A capture by a child process that writes it to its standard output. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import process from "node:process";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { Failure } from "../../failure.ts";
import type { LiveCapture } from "./live-capture.ts";
import { guardGroup } from "./orphan-guard.ts";

/** How long an ending engine may stay silent before it gets a stronger signal. */
const GRACE_MS = 3000;
/** An ending engine whose bytes nobody reads is not asked with more force for so long: they would be lost. */
const UNREAD_MS = 60_000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGKILL"] as const;
/** Lines of standard error kept for the failure's explanation. */
const MAX_LINES = 50;

/** How a child process ended. */
export interface Ending {
  /** Exit status; `null` where a signal ended it or it never ran. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The system's error where the program could not be run (`EACCES`). */
  readonly spawnError: string | null;
  /** The last lines of its standard error, without empty ones. */
  readonly lines: readonly string[];
}

/** The differences between capturing programs. */
export interface ChildPlan
  extends Pick<LiveCapture, "engine" | "program" | "timestampSource" | "interfaces"> {
  /** Words before those of `argv` that run it elsewhere; empty: here. */
  readonly launcher: readonly string[];
  /** The program and its arguments. */
  readonly argv: readonly [string, ...string[]];
  /** Environment variables in addition to this process's. */
  readonly environment: Readonly<Record<string, string>>;
  /** Called with each line on standard error. */
  onLine?(line: string): void;
  /** Called with each piece of the stream before it is handed out. */
  onBytes?(bytes: Uint8Array): void;
  /** Frames dropped so far, see `LiveCapture`. */
  drops(): number | null;
  /** Fulfilled when the program has written what had passed before the call; it is stopped then. */
  settle(child: ChildCapture): Promise<void>;
  /** Why it ended by itself. */
  explain(ending: Ending): Failure;
}

export class ChildCapture implements LiveCapture {
  readonly engine: LiveCapture["engine"];
  readonly program: string | null;
  readonly timestampSource: LiveCapture["timestampSource"];
  readonly interfaces: readonly string[];
  readonly waits = false;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly #plan: ChildPlan;
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #closed: Promise<void>;
  readonly #lines: string[] = [];
  #spawnError: string | null = null;
  /** Since when the reader waits for bytes; `null` while it has some or doesn't read. */
  #idleSinceMs: number | null = null;
  #hasWritten = false;
  #stopping = false;
  #finishing = false;
  #isAbandoned = false;
  #ended = false;
  #failure: Failure | null = null;

  constructor(plan: ChildPlan) {
    this.engine = plan.engine;
    this.program = plan.program;
    this.timestampSource = plan.timestampSource;
    this.interfaces = plan.interfaces;
    this.#plan = plan;
    const [program = plan.argv[0], ...args] = [...plan.launcher, ...plan.argv];
    // In a session of its own: Ctrl-C on the terminal is for lbqos, which then stops the engine in order.
    this.#child = spawn(program, args, {
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...plan.environment },
    });
    // With a listener nothing is thrown away when the process ends before everything was read (node:child_process), and
    // the end of an empty stream is noticed although nobody reads.
    const { stdout } = this.#child;
    stdout.on("readable", () => {
      if (stdout.readableLength === 0) stdout.read(0);
    });
    const dismiss = this.#child.pid === undefined ? () => {} : guardGroup(this.#child.pid);
    this.#child.on("error", (error) => {
      if (this.#child.pid === undefined)
        this.#spawnError = "code" in error ? String(error.code) : error.message;
    });
    // A pipe breaks where the process dies, and `failure` says how.
    stdout.on("error", () => {});
    this.#readLines();
    this.#closed = new Promise((resolve) => {
      this.#child.once("close", (status, signal) => {
        dismiss();
        this.#close(status, signal);
        resolve();
      });
    });
    this.bytes = this.#read();
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  /** Fulfilled with `true` once the stream has begun, with `false` when the process ended before (see `failure`). */
  async begun(): Promise<boolean> {
    const { stdout } = this.#child;
    const readable = new Promise<void>((resolve) => stdout.once("readable", resolve));
    await Promise.race([readable, this.#closed]);
    if (stdout.readableLength > 0) return true;
    await this.#closed;
    return false;
  }

  /** The system's clock, which the kernel stamps frames with. */
  nowNs(): bigint {
    return BigInt(Date.now()) * 1_000_000n;
  }

  drops(): number | null {
    return this.#plan.drops();
  }

  stop(): void {
    if (this.#stopping || this.#ended) return;
    this.#stopping = true;
    void Promise.race([this.#plan.settle(this), this.#closed]).then(() => this.#finish(SIGNALS));
  }

  /** Sends a signal to the process and to those it started; harmless when they have ended. */
  signal(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (this.#ended || pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // Ended meanwhile, or another user's (sudo): then the end of the pipe ends it.
    }
  }

  /** For how long the reader has waited for bytes, in ms; 0 while it has some or doesn't read. */
  get idleMs(): number {
    if (this.#idleSinceMs === null || this.#child.stdout.readableLength > 0) return 0;
    return performance.now() - this.#idleSinceMs;
  }

  async *#read(): AsyncGenerator<Uint8Array, void, undefined> {
    const { stdout } = this.#child;
    let isAtEnd = false;
    try {
      while (!isAtEnd) {
        const bytes: Buffer | null = stdout.read();
        if (bytes === null) {
          this.#idleSinceMs = performance.now();
          isAtEnd = await endOrBytes(stdout);
          this.#idleSinceMs = null;
        } else {
          this.#hasWritten = true;
          this.#plan.onBytes?.(bytes);
          yield bytes;
        }
      }
    } finally {
      if (isAtEnd) {
        // Of the engine's own, and `failure` says why; it may still have to say so itself.
        void this.#finish([null, ...SIGNALS]);
      } else {
        // The consumer stopped iterating.
        this.#stopping = true;
        this.#isAbandoned = true;
        stdout.destroy();
        void this.#finish(SIGNALS);
      }
    }
    await this.#closed;
  }

  /** Ends the process, the more forcibly the longer it takes; `null` only waits. */
  async #finish(signals: readonly (NodeJS.Signals | null)[]): Promise<void> {
    if (this.#finishing) return;
    this.#finishing = true;
    const unreadUntilMs = performance.now() + UNREAD_MS;
    for (const signal of signals) {
      if (signal !== null) this.signal(signal);
      // Bytes that its reader has yet to read hold it up.
      do {
        await Promise.race([this.#closed, sleep(GRACE_MS, undefined, { ref: false })]);
        if (this.#ended) return;
      } while (this.#isUnread() && performance.now() < unreadUntilMs);
    }
    // It can't be ended (it runs as another user), or a process that it left holds the pipe.
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
  }

  #isUnread(): boolean {
    return !this.#child.stdout.destroyed && this.idleMs < GRACE_MS;
  }

  #close(status: number | null, signal: NodeJS.Signals | null): void {
    this.#ended = true;
    // A capture program that was stopped and says it failed has lost something; other commands end as they like, and
    // one whose pipe was closed can't help it.
    const isInOrder = status === null || status === 0 || this.engine === "command" || this.#isAbandoned;
    if (this.#stopping && isInOrder) return;
    // A command that wrote its capture and says that all is well has ended where its user wanted (tcpdump -c 1000).
    if (this.engine === "command" && status === 0 && this.#hasWritten) return;
    const ending = { status, signal, spawnError: this.#spawnError, lines: this.#lines };
    this.#failure = this.#plan.explain(ending);
  }

  #readLines(): void {
    let rest = "";
    const take = (line: string): void => {
      if (line.trim() === "") return;
      this.#lines.push(line);
      if (this.#lines.length > MAX_LINES) this.#lines.shift();
      this.#plan.onLine?.(line);
    };
    const { stderr } = this.#child;
    stderr.setEncoding("utf8");
    stderr.on("data", (text: string) => {
      const lines = (rest + text).split(/\r?\n/);
      rest = (lines.pop() ?? "").slice(-4096);
      for (const line of lines) take(line);
    });
    stderr.on("end", () => take(rest));
    stderr.on("error", () => {});
  }
}

/** Waits until there are bytes to read (`false`) or the stream has ended, well or badly (`true`). */
function endOrBytes(stream: Readable): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (): void => {
      const isAtEnd = stream.readableEnded || stream.destroyed;
      if (!isAtEnd && stream.readableLength === 0) return;
      for (const event of EVENTS) stream.off(event, settle);
      resolve(isAtEnd);
    };
    for (const event of EVENTS) stream.on(event, settle);
    settle();
  });
}

const EVENTS = ["readable", "end", "error", "close"] as const;
