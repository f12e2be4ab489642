/** Workers as processes of their own, which are started again when they die, as a service manager would. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { MAIN, type Outcome, plainEnvironment } from "../../cli/lbqos-command.ts";

/** Before a worker that ended while it started is started again. */
const START_AGAIN_MS = 200;

export class Workers {
  readonly #args: readonly string[];
  readonly #running = new Set<ChildProcess>();
  #ending = false;
  /** What all of them said. */
  said = "";

  constructor(url: string, root: string, ...options: string[]) {
    this.#args = [MAIN, "worker", "--queue", url, "--root", root, "--concurrency", "1", ...options];
  }

  /** Resolves when it waits for jobs. */
  async start(env: Readonly<Record<string, string>> = {}): Promise<ChildProcess> {
    const worker = spawn(process.execPath, this.#args, {
      env: plainEnvironment(env),
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.#running.add(worker);
    worker.on("exit", (_code, signal) => {
      this.#running.delete(worker);
      if (signal === "SIGKILL" && !this.#ending) void this.startAtLast(env);
    });
    await new Promise<void>((resolve) => {
      let own = "";
      worker.stderr?.on("data", (text) => {
        own += text;
        this.said += text;
        if (/waiting for jobs/.test(own)) resolve();
      });
      worker.on("exit", () => resolve());
    });
    return worker;
  }

  /** Starts one until it stays: Redis may be away, or the way to it broken, while it starts. */
  async startAtLast(env: Readonly<Record<string, string>>): Promise<void> {
    while (!this.#ending) {
      const worker = await this.start(env);
      if (worker.exitCode === null) return;
      await pause(START_AGAIN_MS);
    }
  }

  /** Kills one of them with -9, or the one with this process ID. */
  kill(pid?: number): void {
    const all = [...this.#running];
    const one =
      pid === undefined ? all[Math.floor(Math.random() * all.length)] : all.find((it) => it.pid === pid);
    one?.kill("SIGKILL");
  }

  async stop(): Promise<void> {
    this.#ending = true;
    await Promise.all(
      [...this.#running].map(async (worker) => {
        worker.kill("SIGKILL");
        await once(worker, "exit");
      }),
    );
  }
}

/** Runs lbqos to its end, while the test goes on. */
export async function lbqosLater(
  args: readonly string[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<Outcome> {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: plainEnvironment(env), stdio: "pipe" });
  const said = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    said.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said.stderr += text;
  });
  child.stdin.end();
  const [status] = await once(child, "close");
  return { status, ...said };
}
