/**
 * Two network namespaces joined by a veth pair, without a route out: a client that records, and an HTTP server. Everything
 * that it starts it ends, and what it makes it removes.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { findProgram } from "../../../src/capture/engines/find-program.ts";
import type { EngineName, EngineRequest } from "../../../src/capture/engines/live-capture.ts";
import { type CompiledEngines, compileEngines } from "./compiled-engines.ts";

export const CLIENT = "10.78.0.1";
export const SERVER = "10.78.0.2";

/** What `engine-recorder.mjs` is to do. */
export interface RecorderPlan {
  readonly request?: Partial<EngineRequest>;
  readonly choice?: EngineName;
  readonly command?: readonly string[];
  /** Whether it reads nothing before it is told to. */
  readonly readWhenTold?: boolean;
  /** Chunks after which reading is given up. */
  readonly breakAfter?: number;
  /** Words before the recorder's: another user, fewer rights. */
  readonly prefix?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Everything that a recorder said, with the fields of all its events. */
export interface RecorderEvent {
  readonly event: "open" | "refused" | "bytes" | "drops" | "end";
  readonly [field: string]: unknown;
}

const EVERYTHING: EngineRequest = {
  interfaces: ["eth0"],
  filter: "",
  snapLengthBytes: null,
  bufferMebibytes: null,
  promiscuous: true,
};

export class EngineBed {
  readonly #folder = mkdtempSync(join(tmpdir(), "lbqos-engine-bed-"));
  readonly #client = `le${process.pid}c`;
  readonly #server = `le${process.pid}s`;
  readonly #children: ChildProcess[] = [];
  #engines: CompiledEngines | null = null;
  #port = 0;
  #files = 0;

  /** Name of the server's namespace. */
  get serverSpace(): string {
    return this.#server;
  }

  async up(): Promise<void> {
    chmodSync(this.#folder, 0o777);
    this.#engines = await compileEngines();
    for (const space of [this.#client, this.#server]) {
      ip("netns", "add", space);
      ip("-n", space, "link", "set", "lo", "up");
    }
    this.#link("eth0");
    ip("-n", this.#client, "addr", "add", `${CLIENT}/24`, "dev", "eth0");
    ip("-n", this.#server, "addr", "add", `${SERVER}/24`, "dev", "eth0");
    this.addSpareLink("idle0");
    ip("-n", this.#client, "link", "add", "down0", "type", "veth", "peer", "name", "down1");
    const server = this.#spawn(this.#server, [
      process.execPath,
      script("engine-traffic.mjs"),
      "server",
      SERVER,
    ]);
    this.#port = Number(await nextLine(server));
  }

  down(): void {
    for (const child of this.#children) child.kill("SIGKILL");
    for (const space of [this.#client, this.#server]) {
      try {
        ip("netns", "del", space);
      } catch {
        // It was never made.
      }
    }
    this.#engines?.remove();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** A silent link between the namespaces. */
  addSpareLink(name: string): void {
    this.#link(name);
  }

  removeLink(name: string): void {
    ip("-n", this.#client, "link", "del", name);
  }

  /** Requests by HTTP, one connection each. */
  async sendRequests(count: number, answerBytes = 1000, gapMs = 0): Promise<void> {
    const numbers = [this.#port, count, answerBytes, gapMs].map(String);
    await this.#run([process.execPath, script("engine-traffic.mjs"), "client", SERVER, ...numbers]);
  }

  /** Datagrams, as fast as it goes. */
  async sendDatagrams(count: number): Promise<void> {
    await this.#run([process.execPath, script("engine-traffic.mjs"), "udp", SERVER, String(count)]);
  }

  /** Starts a recorder at the client. */
  startRecorder(plan: RecorderPlan): Recorder {
    const output = this.newFile();
    const { prefix = [], environment = {}, request, ...rest } = plan;
    const whole = { ...rest, request: { ...EVERYTHING, ...request }, output };
    const folder = this.#engines?.folder ?? "";
    const words = [process.execPath, script("engine-recorder.mjs"), folder, JSON.stringify(whole)];
    return new Recorder(this.#spawn(this.#client, [...prefix, ...words], environment), output);
  }

  /** Starts a recorder and waits until it captures. */
  async record(plan: RecorderPlan): Promise<Recorder> {
    const recorder = this.startRecorder(plan);
    await recorder.next("open");
    return recorder;
  }

  /** Starts a program at the client and waits for its first words on standard error. */
  async startBeside(words: readonly string[]): Promise<ChildProcess> {
    const child = this.#spawn(this.#client, words);
    await new Promise((resolve) => child.stderr?.once("data", resolve));
    return child;
  }

  /** What a program at the client prints. */
  output(words: readonly string[]): string {
    return execFileSync("ip", ["netns", "exec", this.#client, ...words], { encoding: "utf8", stdio: "pipe" });
  }

  /** Output of the compiled `listInterfaces` at the client. */
  listInterfaces(): unknown {
    const code = `import { listInterfaces } from "${this.#engines?.folder}/capture/engines/list-interfaces.js";
      console.log(JSON.stringify(await listInterfaces()));`;
    return JSON.parse(this.output([process.execPath, "--input-type=module", "-e", code]));
  }

  newFile(): string {
    this.#files += 1;
    return join(this.#folder, `${this.#files}.capture`);
  }

  #link(name: string): void {
    ip(
      ...["-n", this.#client, "link", "add", name, "type", "veth"],
      ...["peer", "name", name, "netns", this.#server],
    );
    for (const space of [this.#client, this.#server]) {
      // Without an IPv6 address, which would announce itself now and then.
      ip("-n", space, "link", "set", name, "addrgenmode", "none");
      ip("-n", space, "link", "set", name, "up");
    }
  }

  #spawn(
    space: string,
    words: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): ChildProcess {
    // Not through PATH: tests change it.
    const child = spawn(ipProgram(), ["netns", "exec", space, ...words], {
      stdio: ["pipe", "pipe", "pipe"],
      detached: true,
      env: { ...process.env, ...environment },
    });
    this.#children.push(child);
    return child;
  }

  async #run(words: readonly string[]): Promise<void> {
    const child = this.#spawn(this.#client, words);
    let errors = "";
    child.stderr?.on("data", (text) => {
      errors += text;
    });
    child.stdout?.resume();
    const status = await new Promise((resolve) => child.once("close", resolve));
    if (status !== 0) throw new Error(`${words.join(" ")}: ${errors}`);
  }
}

/** A running `engine-recorder.mjs`. */
export class Recorder {
  readonly output: string;
  readonly #child: ChildProcess;
  readonly #events: RecorderEvent[] = [];
  readonly #waiting = new Set<() => void>();
  #errors = "";
  #closed = false;
  #read = 0;

  constructor(child: ChildProcess, output: string) {
    this.#child = child;
    this.output = output;
    const wake = (): void => {
      for (const resolve of this.#waiting) resolve();
      this.#waiting.clear();
    };
    child.stderr?.on("data", (text) => {
      this.#errors += text;
    });
    if (child.stdout !== null) {
      createInterface({ input: child.stdout }).on("line", (line) => {
        this.#events.push(JSON.parse(line));
        wake();
      });
    }
    child.once("close", () => {
      this.#closed = true;
      wake();
    });
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /** The next event of the kind; those before it are passed over. */
  async next(kind: RecorderEvent["event"]): Promise<RecorderEvent> {
    for (;;) {
      while (this.#read < this.#events.length) {
        const event = this.#events[this.#read];
        this.#read += 1;
        if (event?.event === kind) return event;
      }
      if (this.#closed) throw new Error(`no ${kind}: ${JSON.stringify(this.#events)} ${this.#errors}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  say(word: "stop" | "read" | "drops"): void {
    this.#child.stdin?.write(`${word}\n`);
  }

  /** Stops the capture, as Ctrl-C does, and waits for its end. */
  async stop(): Promise<RecorderEvent> {
    this.say("stop");
    return this.next("end");
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Processes that it started, without the guard's shell. */
  engines(): number[] {
    return childrenOf(this.pid).filter((pid) => !commandOf(pid).startsWith("/bin/sh"));
  }
}

/** Processes that `pid` started and that have not ended. */
function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => / [A-Z] (\d+) /.exec(statOf(Number(name)))?.[1] === String(pid))
    .map(Number);
}

/** Whether the process is there and no zombie. */
export function isRunning(pid: number): boolean {
  const state = /\) ([A-Z]) /.exec(statOf(pid))?.[1];
  return state !== undefined && state !== "Z";
}

export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

function statOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return "";
  }
}

function ip(...words: string[]): void {
  execFileSync(ipProgram(), words, { stdio: "pipe" });
}

/** Its path, since PATH is another one for some programs that it starts. */
function ipProgram(): string {
  return findProgram("ip")?.path ?? "ip";
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

function nextLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.once("data", (text) => resolve(String(text)));
    child.once("close", () => reject(new Error("the program ended at once")));
  });
}
