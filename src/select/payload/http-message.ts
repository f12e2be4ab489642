/** One HTTP/1 message, as far as it has come: what Wireshark's dissector looks at to find where it ends. */
import { Demand, type UnfinishedMessage } from "./demand.ts";
import { NOTHING } from "./octets.ts";

export type HttpKind = "request" | "response" | "none";

/** What comes next of a message. */
export type HttpPhase = "start" | "header" | "length" | "untilFin" | "chunkSize" | "chunkData" | "lastChunk";

/** Methods that Wireshark 4.0 knows; those of UPnP's notifications count like requests. */
const METHODS = new Set(
  (
    "GET,PUT,COPY,HEAD,LOCK,MOVE,POLL,POST,BCOPY,BMOVE,MKCOL,TRACE,PATCH,LABEL,MERGE,DELETE,SEARCH,UNLOCK,REPORT,UPDATE," +
    "NOTIFY,BDELETE,CONNECT,OPTIONS,CHECKIN,PROPFIND,CHECKOUT,CCM_POST,SUBSCRIBE,PROPPATCH,BPROPFIND,BPROPPATCH," +
    "UNCHECKOUT,MKACTIVITY,MKWORKSPACE,RPC_CONNECT,RPC_IN_DATA,UNSUBSCRIBE,RPC_OUT_DATA,VERSION-CONTROL," +
    "BASELINE-CONTROL,SSTP_DUPLEX_POST"
  ).split(","),
);

/** RPC over HTTP says lengths of 128 KiB and more, which are none. */
const RPC_LENGTH = 128 * 1024;
const MAX_LENGTH = 0x7fff_ffff;

/** What a first line begins. */
export function kindOfLine(line: string): HttpKind {
  const text = line.startsWith("M-") ? line.slice(2) : line;
  if (text.startsWith("HTTP/") || text.startsWith("ICY")) return "response";
  const [method = ""] = text.split(" ", 1);
  return METHODS.has(method) ? "request" : "none";
}

export class HttpMessage implements UnfinishedMessage {
  demand: number = Demand.none;
  isOpaque = false;
  phase: HttpPhase = "start";
  kind: HttpKind = "none";
  firstLine = "";
  /** Bytes of a line that is not complete. */
  carry: Uint8Array = NOTHING;
  /** Content-Length; −1: none. */
  contentLength = -1;
  isChunked = false;
  isUpgrade = false;
  /** Bytes of a chunk that have to come, its line end included. */
  chunkLeft = 0;
  #isRpc = false;

  /** Of a response; 0: none. */
  status = 0;

  /** Its Content-Length says nothing. */
  get isEndless(): boolean {
    return this.contentLength >= RPC_LENGTH && (this.#isRpc || /^RPC_(IN|OUT)_DATA/.test(this.firstLine));
  }

  /** Notes what begins the message. */
  begin(line: string): void {
    this.firstLine = line;
    this.kind = kindOfLine(line);
    if (this.kind === "response") this.status = Number(/^\S+ +(\d{3})/.exec(line)?.[1] ?? 0);
  }

  /** Notes what a header line says of the body. */
  header(line: string): void {
    const [, name = "", value = ""] = /^([\w-]+):\s*(.*?)\s*$/.exec(line) ?? [];
    switch (name.toLowerCase()) {
      case "content-length":
        if (/^\d+$/.test(value) && Number(value) <= MAX_LENGTH) this.contentLength = Number(value);
        break;
      case "transfer-encoding":
        if (/^chunked/i.test(value)) this.isChunked = true;
        break;
      case "content-type":
        this.#isRpc = value.startsWith("application/rpc");
        break;
      case "upgrade":
        this.isUpgrade = true;
        break;
    }
  }
}
