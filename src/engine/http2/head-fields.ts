/** What a header block says, as far as exchanges need it, in the form that HTTP/1's heads have. */
import { copyOctets, octetAt } from "../dialect/byte-order.ts";
import { min } from "../dialect/integers.ts";
import { type FieldValue, MessageHead } from "../http/message-head.ts";
import { knownMethod, UNKNOWN } from "../http/methods.ts";
import { ETAG, HOST, SERVER_TIMING, VIA, X_FORWARDED_FOR, X_REQUEST_ID } from "../http/noted-fields.ts";
import { COLON, DIGIT_0, holdsAt, isDigit, octetsOf, WEBSOCKET } from "../http/octets.ts";
import { statusAt } from "../http/start-line.ts";
import type { FieldSink } from "./field-sink.ts";

/** Octets of a value that are kept, and values that there can be. */
const MAX_VALUE: i32 = 8192;
const VALUES: i32 = 12;
/** Digits of a status. */
const STATUS_LENGTH: i32 = 3;

const METHOD: Uint8Array = octetsOf(":method");
const PATH: Uint8Array = octetsOf(":path");
const STATUS: Uint8Array = octetsOf(":status");
const PROTOCOL: Uint8Array = octetsOf(":protocol");
const AUTHORITY: Uint8Array = octetsOf(":authority");
const CONTENT_TYPE: Uint8Array = octetsOf("content-type");
const GRPC: Uint8Array = octetsOf("application/grpc");
const GRPC_STATUS: Uint8Array = octetsOf("grpc-status");
/** https://grpc.io/docs/guides/status-codes: what is no number, or none of 0 … 16, is UNKNOWN. */
const GRPC_UNKNOWN: i32 = 2;
const GRPC_LAST: i32 = 16;
export const NO_GRPC_STATUS: i32 = -1;

export class HeadFields implements FieldSink {
  /** Ranges are offsets into `bytes`; of an unknown path, the target is empty. */
  readonly head: MessageHead = new MessageHead();
  readonly bytes: Uint8Array = new Uint8Array(VALUES * MAX_VALUE);
  private length: i32 = 0;
  /** A field refers to what was not captured. */
  hasUnknown: boolean = false;
  hasPath: boolean = false;
  /** An extended CONNECT asks for a WebSocket (RFC 8441 §4). */
  isWebSocket: boolean = false;
  /** The content is gRPC's. */
  isGrpc: boolean = false;
  grpcStatus: i32 = NO_GRPC_STATUS;

  /** A block begins. */
  begin(): void {
    const head = this.head;
    head.clearFields();
    head.isRequest = false;
    head.isSimple = false;
    head.method = UNKNOWN;
    head.methodStart = 0;
    head.methodEnd = 0;
    head.targetStart = 0;
    head.targetEnd = 0;
    head.status = 0;
    this.length = 0;
    this.hasUnknown = false;
    this.hasPath = false;
    this.isWebSocket = false;
    this.isGrpc = false;
    this.grpcStatus = NO_GRPC_STATUS;
  }

  unknownField(): void {
    this.hasUnknown = true;
  }

  field(
    name: Uint8Array,
    nameStart: i32,
    nameLength: i32,
    value: Uint8Array,
    valueStart: i32,
    valueLength: i32,
  ): void {
    if (nameLength === 0) return;
    if (octetAt(name, nameStart) === COLON) {
      this.pseudoField(name, nameStart, nameLength, value, valueStart, valueLength);
      return;
    }
    const head = this.head;
    switch (nameLength) {
      case 3:
        if (holdsAt(name, nameStart, VIA)) this.note(head.via, value, valueStart, valueLength);
        return;
      case 4:
        if (holdsAt(name, nameStart, ETAG)) this.note(head.etag, value, valueStart, valueLength);
        else if (holdsAt(name, nameStart, HOST)) this.note(head.host, value, valueStart, valueLength);
        return;
      case 11:
        if (holdsAt(name, nameStart, GRPC_STATUS))
          this.grpcStatus = grpcStatusAt(value, valueStart, valueLength);
        return;
      case 12:
        if (holdsAt(name, nameStart, CONTENT_TYPE)) {
          if (valueLength >= GRPC.length && holdsAt(value, valueStart, GRPC)) this.isGrpc = true;
        } else if (holdsAt(name, nameStart, X_REQUEST_ID)) {
          this.note(head.requestId, value, valueStart, valueLength);
        }
        return;
      case 13:
        if (holdsAt(name, nameStart, SERVER_TIMING))
          this.note(head.serverTiming, value, valueStart, valueLength);
        return;
      case 15:
        if (holdsAt(name, nameStart, X_FORWARDED_FOR))
          this.note(head.forwardedFor, value, valueStart, valueLength);
        return;
    }
  }

  private pseudoField(
    name: Uint8Array,
    nameStart: i32,
    nameLength: i32,
    value: Uint8Array,
    valueStart: i32,
    valueLength: i32,
  ): void {
    const head = this.head;
    if (nameLength === METHOD.length && holdsAt(name, nameStart, METHOD)) {
      head.isRequest = true;
      head.method = knownMethod(value, valueStart, valueStart + valueLength);
      head.methodStart = this.length;
      head.methodEnd = this.keep(value, valueStart, valueLength);
    } else if (nameLength === STATUS.length && holdsAt(name, nameStart, STATUS)) {
      head.status = valueLength === STATUS_LENGTH ? statusAt(value, valueStart) : 0;
    } else if (nameLength === PATH.length && holdsAt(name, nameStart, PATH)) {
      this.hasPath = true;
      head.targetStart = this.length;
      head.targetEnd = this.keep(value, valueStart, valueLength);
    } else if (nameLength === AUTHORITY.length && holdsAt(name, nameStart, AUTHORITY)) {
      this.note(head.host, value, valueStart, valueLength);
    } else if (nameLength === PROTOCOL.length && holdsAt(name, nameStart, PROTOCOL)) {
      this.isWebSocket = valueLength === WEBSOCKET.length && holdsAt(value, valueStart, WEBSOCKET);
    }
  }

  /** Of repeated fields the first counts. */
  private note(to: FieldValue, value: Uint8Array, start: i32, length: i32): void {
    if (to.isThere) return;
    to.start = this.length;
    to.end = this.keep(value, start, length);
  }

  /** Copies a value, or its begin; the result is where it ends. */
  private keep(value: Uint8Array, start: i32, length: i32): i32 {
    const kept = min(min(length, MAX_VALUE), this.bytes.length - this.length);
    copyOctets(value, start, kept, this.bytes, this.length);
    this.length += kept;
    return this.length;
  }
}

function grpcStatusAt(value: Uint8Array, start: i32, length: i32): i32 {
  const status: i32 = length === 0 || length > 2 ? -1 : numberAt(value, start, length);
  return status < 0 || status > GRPC_LAST ? GRPC_UNKNOWN : status;
}

/** The decimal number, −1 of anything else. */
function numberAt(value: Uint8Array, start: i32, length: i32): i32 {
  let number: i32 = 0;
  for (let index: i32 = 0; index < length; index++) {
    const octet = octetAt(value, start + index);
    if (!isDigit(octet)) return -1;
    number = 10 * number + octet - DIGIT_0;
  }
  return number;
}
