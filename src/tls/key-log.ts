/**
 * Secrets of TLS sessions as programs log them: SSLKEYLOGFILE (RFC 9850). A line has a label, the client's random value and a
 * secret, both in hexadecimal digits. They are looked up, and never told to anybody.
 */

/** Labels of RFC 9850 §2.1 that say how records are encrypted. */
export type SecretLabel =
  | "CLIENT_RANDOM"
  | "CLIENT_EARLY_TRAFFIC_SECRET"
  | "CLIENT_HANDSHAKE_TRAFFIC_SECRET"
  | "SERVER_HANDSHAKE_TRAFFIC_SECRET"
  | "CLIENT_TRAFFIC_SECRET_0"
  | "SERVER_TRAFFIC_SECRET_0";

const LINE =
  /^(CLIENT_RANDOM|CLIENT_EARLY_TRAFFIC_SECRET|(?:CLIENT|SERVER)_(?:HANDSHAKE_TRAFFIC_SECRET|TRAFFIC_SECRET_0))[ \t]+([0-9a-f]{64})[ \t]+((?:[0-9a-f]{2}){32,64})\s*$/i;
/** Longer lines are no secrets; what comes of one is thrown away. */
const MAX_LINE_LENGTH = 1024;

/** Sessions whose secrets are kept: more than a log of a day on most machines, less than their memory. */
export const MAX_KEPT_SESSIONS = 2 ** 20;

type Secrets = Partial<Record<SecretLabel, Uint8Array>>;

export class KeyLog {
  /** In the order in which their last secrets came. */
  readonly #sessions = new Map<string, Secrets>();
  readonly #maxSessions: number;
  /** Sessions that there was no room for: those whose last secret came first. */
  forgotten = 0;
  /** The beginning of a line whose end has not been added. */
  #rest = "";

  constructor(maxSessions = MAX_KEPT_SESSIONS) {
    this.#maxSessions = maxSessions;
  }

  /** Sessions that have a secret. */
  get size(): number {
    return this.#sessions.size;
  }

  /** Adds text of a log, which may end within a line. Lines that are no secrets are passed over. */
  add(text: string): void {
    const lines = (this.#rest + text).split("\n");
    const last = lines.pop() ?? "";
    this.#rest = last.length > MAX_LINE_LENGTH ? "" : last;
    for (const line of lines) this.#addLine(line);
  }

  /** The secrets of a session by the 32 octets of its client's random value. */
  of(clientRandom: Uint8Array): Readonly<Secrets> | undefined {
    return this.#sessions.get(hexOf(clientRandom));
  }

  #addLine(line: string): void {
    const [, label, random, secret] = LINE.exec(line) ?? [];
    if (label === undefined || random === undefined || secret === undefined) return;
    const key = random.toLowerCase();
    const known = this.#sessions.get(key) ?? {};
    known[label.toUpperCase() as SecretLabel] = fromHex(secret);
    this.#sessions.delete(key);
    this.#sessions.set(key, known);
    if (this.#sessions.size <= this.#maxSessions) return;
    const [oldest] = this.#sessions.keys();
    if (oldest !== undefined) this.#sessions.delete(oldest);
    this.forgotten++;
  }
}

export function hexOf(octets: Uint8Array): string {
  let text = "";
  for (const octet of octets) text += octet.toString(16).padStart(2, "0");
  return text;
}

function fromHex(digits: string): Uint8Array {
  const octets = new Uint8Array(digits.length / 2);
  for (let index = 0; index < octets.length; index++)
    octets[index] = Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16);
  return octets;
}
