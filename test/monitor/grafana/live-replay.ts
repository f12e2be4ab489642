/** `lbqos live --replay` as its users run it, with its page and its metrics on a port that the kernel chooses. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { startLbqos } from "../../cli/lbqos-command.ts";
import { waitForLine } from "../wait-for-line.ts";

export interface LiveReplay {
  /** host:port of the page and of /metrics. */
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts a replay of a capture. @throws Error where it ends before it listens */
export async function startReplay(capture: string, speed: number, folder: string): Promise<LiveReplay> {
  const pairs = { "Flask A": "192.168.56.109", "Flask B": "192.168.56.113", "Flask C": "192.168.56.110" };
  const child = startLbqos(
    [
      ...["live", "--replay", capture, "--speed", String(speed), "--http", "127.0.0.1:0"],
      ...["--balancer", "192.168.56.103", "--write", `${folder}/recording.pcapng`],
      ...Object.entries(pairs).flatMap(([name, address]) => ["--backend", `${name}=${address}`]),
    ],
    folder,
  );
  child.stdout?.resume();
  const address = await waitForLine(child, /http:\/\/(127\.0\.0\.1:\d+)/);
  return { address, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
