/** A way to a server that breaks: a TCP proxy on loopback that resets connections in the middle of whatever is said. */
import { once } from "node:events";
import { createConnection, createServer, type Socket } from "node:net";

/** What clients may say on a connection, in messages as they arrive, before it breaks. */
const MAX_MESSAGES = 16;
/** How long it then holds: it breaks while something is said, while an answer is waited for, or in silence. */
const MAX_HOLD_MS = 30;

export interface FrailWay {
  readonly port: number;
  /** From now on each connection breaks before long: however slow the machine is, something is said on each. */
  breakAll(): void;
  /** Resets all connections, and lets none through any more. */
  stop(): Promise<void>;
}

/** @param port of the server on loopback */
export async function startFrailWay(port: number): Promise<FrailWay> {
  const open = new Set<Socket>();
  let isFrail = false;
  const server = createServer((near) => {
    const far = createConnection(port, "127.0.0.1");
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", () => undefined).once("close", () => open.delete(socket));
    }
    const breakNow = () => {
      for (const socket of [near, far]) socket.resetAndDestroy();
    };
    let left = Math.floor(Math.random() * MAX_MESSAGES);
    near.on("data", (message) => {
      if (isFrail && left-- === 0) setTimeout(breakNow, Math.random() * MAX_HOLD_MS);
      far.write(message);
    });
    far.pipe(near);
    near.once("close", () => far.destroy());
    far.once("close", () => near.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    breakAll: () => {
      isFrail = true;
    },
    stop: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of open) socket.resetAndDestroy();
      await closed;
    },
  };
}
