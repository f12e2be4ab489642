/** A real redis-server on loopback, with its files in a folder of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createConnection, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  stop(): Promise<void>;
  /** Ends it, and starts it again with what it has on disk. */
  restart(awayMs: number): Promise<void>;
}

/** @param options as on redis-server's command line */
export async function startRedis(folder: string, ...options: string[]): Promise<RedisServer> {
  const port = await freePort();
  const args = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--dir",
    folder,
    "--appendonly",
    "yes",
    "--save",
    "",
  ];
  let server: ChildProcess | null = null;
  const start = async () => {
    server = spawn("redis-server", [...args, ...options], { stdio: "ignore" });
    while (!(await listens(port))) await pause(20);
  };
  const stop = async () => {
    const running = server;
    server = null;
    if (running === null) return;
    running.kill("SIGTERM");
    await once(running, "exit");
  };
  await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    stop,
    restart: async (awayMs) => {
      await stop();
      await pause(awayMs);
      await start();
    },
  };
}

/** A port of loopback where nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
