/** What both directions of a connection know of each other's HTTP messages, as far as Wireshark looks at it. */
export class HttpConversation {
  /** Of the last request that was read; empty: none. */
  method = "";
  /** A request with a target was read: whatever follows is taken for HTTP. */
  isKnown = false;
  /** Port that the last CONNECT asks for; −1: none. */
  #connectPort = -1;
  /** Another protocol took over: HTTP/2, or what an upgrade asked for. */
  isOver = false;
  /** A proxy passes on what comes: to this port; −1: it does not. */
  tunnelPort = -1;

  /** Forgets everything: the record is used again. */
  clear(): void {
    this.method = "";
    this.isKnown = false;
    this.#connectPort = -1;
    this.isOver = false;
    this.tunnelPort = -1;
  }

  /** A request was read. @param line its first line */
  request(line: string): void {
    const [method = "", target = ""] = line.split(" ").filter((word) => word !== "");
    this.method = method.replace(/^M-/, "");
    if (target === "") return;
    this.isKnown = true;
    const port = /:(?<port>\d+)/.exec(target)?.groups?.["port"];
    this.#connectPort = this.method === "CONNECT" && port !== undefined ? Number(port) : -1;
  }

  /** A response was read. */
  response(status: number, isUpgrade: boolean): void {
    if (status === 101 && isUpgrade) this.isOver = true;
    if (status === 200 && this.method === "CONNECT") this.tunnelPort = this.#connectPort;
  }

  /** Whether a response with this status has no body. */
  isBodyless(status: number): boolean {
    if (isEmptyStatus(status) || this.method === "HEAD") return true;
    return Math.floor(status / 100) === 2 && this.method === "CONNECT";
  }
}

/** Whether a response with this status never has a body, whatever was asked. */
export function isEmptyStatus(status: number): boolean {
  return Math.floor(status / 100) === 1 || status === 204 || status === 304;
}
