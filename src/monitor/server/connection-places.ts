/**
 * Who may hold a connection. Whoever comes is a stranger until a request of theirs was allowed; then the connection is a
 * reader's. Strangers have places of their own and little time, and a new one takes the place of the oldest: so nobody who
 * holds connections without being allowed anything keeps a reader out. No address has all places of either kind.
 */
import { isIP, type Socket } from "node:net";
import { formatIpAddress, IPV4_ADDRESS_LENGTH, parseIpAddress } from "../../packet/ip-address.ts";

export interface PlaceLimits {
  readonly strangers: number;
  readonly strangersOfAddress: number;
  readonly readers: number;
  readonly readersOfAddress: number;
  /** A stranger whose first request was not allowed by then has to go. */
  readonly strangerMs: number;
}

export const PLACES: PlaceLimits = {
  strangers: 128,
  strangersOfAddress: 48,
  readers: 128,
  readersOfAddress: 64,
  strangerMs: 5000,
};

interface Stranger {
  readonly address: string;
  readonly timer: NodeJS.Timeout;
}

interface Reader {
  readonly address: string;
  /** Answers under way: without one, the connection waits for a next request that may never come. */
  answers: number;
}

export class ConnectionPlaces {
  readonly #limits: PlaceLimits;
  /** In the order in which they came, as maps keep it. */
  readonly #strangers = new Map<Socket, Stranger>();
  /** In the order of their last request. */
  readonly #readers = new Map<Socket, Reader>();

  constructor(limits: PlaceLimits = PLACES) {
    this.#limits = limits;
  }

  /** Takes a new connection; another stranger's may have to end for it. */
  enter(socket: Socket): void {
    const { strangers, strangersOfAddress, strangerMs } = this.#limits;
    const address = addressGroup(socket.remoteAddress ?? "");
    const own = [...this.#strangers].filter(([, other]) => other.address === address);
    if (own.length >= strangersOfAddress) own[0]?.[0].destroy();
    else if (this.#strangers.size >= strangers) [...this.#strangers.keys()][0]?.destroy();
    const timer = setTimeout(() => socket.destroy(), strangerMs);
    timer.unref();
    this.#strangers.set(socket, { address, timer });
    socket.once("close", () => {
      this.#forgetStranger(socket);
      this.#readers.delete(socket);
    });
  }

  /**
   * Gives a connection whose request was allowed a reader's place; another reader's that only waits may have to end for it.
   * @returns call it when the request is answered; `null`: there is no place
   */
  admit(socket: Socket): (() => void) | null {
    const reader = this.#readers.get(socket) ?? this.#newReader(socket);
    if (reader === null) return null;
    this.#readers.delete(socket);
    this.#readers.set(socket, reader);
    reader.answers++;
    return () => {
      reader.answers--;
    };
  }

  #newReader(socket: Socket): Reader | null {
    const address = addressGroup(socket.remoteAddress ?? "");
    const { readers, readersOfAddress } = this.#limits;
    const own = [...this.#readers].filter(([, other]) => other.address === address);
    if (own.length >= readersOfAddress && !endIdle(own)) return null;
    if (this.#readers.size >= readers && !endIdle([...this.#readers])) return null;
    this.#forgetStranger(socket);
    return { address, answers: 0 };
  }

  #forgetStranger(socket: Socket): void {
    clearTimeout(this.#strangers.get(socket)?.timer);
    this.#strangers.delete(socket);
  }
}

/** Ends the connection that has waited longest for a next request. @returns whether there was one */
function endIdle(readers: readonly (readonly [Socket, Reader])[]): boolean {
  const idle = readers.find(([, { answers }]) => answers === 0);
  idle?.[0].destroy();
  return idle !== undefined;
}

/** An address for counting: IPv4 as it is, IPv6 by its /64, of which one machine has as many as it likes. */
export function addressGroup(address: string): string {
  if (isIP(address) === 0) return address; // The socket has ended.
  const bytes = parseIpAddress(address);
  if (bytes.length === IPV4_ADDRESS_LENGTH) return formatIpAddress(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return [0, 2, 4, 6].map((at) => view.getUint16(at).toString(16)).join(":");
}
