/**
 * What a balancer did, as two kinds of records: what clients asked of it, and what it tried at its backends. Times are ns
 * since the capture's first packet, −1 = not seen.
 */
import { isServerError } from "../../http/exchange-outcome.ts";
import * as ExchangeState from "../../http/exchange-state.ts";
import { RESPONSE_ID, TRAITS } from "../../http/message-traits.ts";
import * as Method from "../../http/methods.ts";
import type { OpenExchange } from "../../http/open-exchange.ts";
import type { Pair } from "../pair.ts";

/** Within this time a connection is closed because its answer is complete, later because it was idle. */
const AT_ONCE_NS: f64 = 100e6;

/** An exchange on one side of the balancer, as far as the two sides are compared. */
export class BalancerRecord {
  /** Slot of its connection, and 1, 2, … by the connection's first frame in the capture. */
  connection: i32 = -1;
  connectionNumber: i32 = 0;
  /** Number of the address on the far side of the balancer (client, backend), and the port there. */
  address: i32;
  port: i32;
  /** 0, 1, … on its connection. */
  ordinal: i32 = 0;
  /** Of `exchange-state.ts`. */
  state: i32 = ExchangeState.COMPLETE;
  /** Nothing more is expected of it. */
  hasEnded: boolean = false;
  /** Of `methods.ts`; `UNKNOWN` until a request was seen, too. */
  method: i32 = Method.UNKNOWN;
  /** Octets of an unknown method's name. */
  methodName: Uint8Array | null = null;
  targetHash: i32 = 0;
  requestIdHash: i32 = 0;
  forwardedForHash: i32 = 0;
  /** Of `message-traits.ts`. */
  readonly traits: Int32Array = new Int32Array(TRAITS);
  /** Its connection was to be kept for no other request: whoever asked closes it as soon as it has the answer. */
  isLast: boolean = false;
  /** Final status, 0 = none. */
  status: i32 = 0;
  /** gRPC's status, −1 = none. */
  grpcStatus: i32 = -1;
  requestStartNs: f64 = -1;
  requestEndNs: f64 = -1;
  responseStartNs: f64 = -1;
  responseEndNs: f64 = -1;
  /** When it was over: its last message, or the end of its connection. */
  endNs: f64 = Infinity;
  /** Its place among those that it is matched with: of two at the same time, the first of them comes first. */
  place: i32 = 0;
  /** The same exchange as another candidate for the balancer has it. */
  next: BalancerRecord | null = null;

  constructor(address: i32, port: i32) {
    this.address = address;
    this.port = port;
  }

  /** Whether a request was seen. */
  get hasMethod(): boolean {
    return this.method !== Method.UNKNOWN || this.methodName !== null;
  }

  /** As new, for another exchange: records are used again, because there are two or three for every request. */
  protected renew(address: i32, port: i32): void {
    this.connection = -1;
    this.address = address;
    this.port = port;
    this.ordinal = 0;
    this.state = ExchangeState.COMPLETE;
    this.hasEnded = false;
    this.method = Method.UNKNOWN;
    this.methodName = null;
    this.targetHash = 0;
    this.requestIdHash = 0;
    this.forwardedForHash = 0;
    this.traits.fill(0);
    this.isLast = false;
    this.status = 0;
    this.grpcStatus = -1;
    this.requestStartNs = -1;
    this.requestEndNs = -1;
    this.responseStartNs = -1;
    this.responseEndNs = -1;
    this.endNs = Infinity;
    this.next = null;
  }

  /** Takes what is known of the exchange so far. */
  take(exchange: OpenExchange): void {
    this.ordinal = exchange.ordinal;
    this.method = exchange.method;
    this.methodName = exchange.methodName;
    this.targetHash = exchange.targetHash;
    this.requestIdHash = exchange.requestIdHash;
    this.forwardedForHash = exchange.forwardedForHash;
    this.traits.set(exchange.traits);
    this.isLast = exchange.isLast;
    this.status = exchange.status;
    this.grpcStatus = exchange.grpcStatus;
    this.requestStartNs = exchange.requestStartNs;
    this.requestEndNs = exchange.requestEndNs;
    this.responseStartNs = exchange.responseStartNs;
    this.responseEndNs = exchange.responseEndNs;
  }

  /** Takes what there is of an exchange that ended at `nowNs`. */
  end(exchange: OpenExchange, nowNs: f64): void {
    this.take(exchange);
    this.state = exchange.state;
    this.hasEnded = true;
    this.endNs = exchange.responseEndNs >= 0 ? exchange.responseEndNs : nowNs;
  }
}

/** What a client asked of the balancer. */
export class ClientExchange extends BalancerRecord {
  /** The hash of the client's address as text, to be compared with X-Forwarded-For. */
  addressHash: i32;
  /** The port that it asked. */
  serverPort: i32 = 0;
  /** What the balancer tried for it in vain, in order. */
  failures: UpstreamAttempt[] = [];
  /** The attempt whose response the client got. */
  answerer: UpstreamAttempt | null = null;
  /** Another assignment, with another backend, fits as well. */
  isUncertain: boolean = false;
  /** It was counted. */
  isSettled: boolean = false;
  /** Traits that some attempt shares: a bit for each of `message-traits.ts`. The others say nothing. */
  telling: i32 = 0;

  constructor(address: i32, port: i32, addressHash: i32) {
    super(address, port);
    this.addressHash = addressHash;
  }

  /** The same exchange once more, as far as it is known. */
  copy(from: ClientExchange): void {
    this.connectionNumber = from.connectionNumber;
    this.ordinal = from.ordinal;
    this.state = from.state;
    this.hasEnded = from.hasEnded;
    this.method = from.method;
    this.methodName = from.methodName;
    this.targetHash = from.targetHash;
    this.requestIdHash = from.requestIdHash;
    this.forwardedForHash = from.forwardedForHash;
    this.traits.set(from.traits);
    this.isLast = from.isLast;
    this.status = from.status;
    this.grpcStatus = from.grpcStatus;
    this.requestStartNs = from.requestStartNs;
    this.requestEndNs = from.requestEndNs;
    this.responseStartNs = from.responseStartNs;
    this.responseEndNs = from.responseEndNs;
    this.endNs = from.endNs;
  }

  /** As a new one. */
  again(address: i32, port: i32, addressHash: i32): void {
    this.renew(address, port);
    this.addressHash = addressHash;
    this.unmatch();
    this.isSettled = false;
  }

  /** Forgets what it was matched with. */
  unmatch(): void {
    this.failures.length = 0;
    this.answerer = null;
    this.isUncertain = false;
    this.telling = 0;
  }

  /** How often the balancer tried. */
  get attempts(): i32 {
    return this.failures.length + (this.answerer === null ? 0 : 1);
  }

  /** What the balancer tried for it, in order; `null` outside 0 … `attempts` − 1. */
  attemptAt(index: i32): UpstreamAttempt | null {
    const failures = this.failures;
    if (index >= 0 && index < failures.length) return failures[index] as UpstreamAttempt;
    return index === failures.length ? this.answerer : null;
  }

  /** First byte of the request. */
  get startNs(): f64 {
    return this.requestStartNs >= 0 ? this.requestStartNs : this.requestEndNs;
  }

  /** From when on the balancer could act upon it. */
  get askedNs(): f64 {
    return this.requestEndNs >= 0 ? this.requestEndNs : this.requestStartNs;
  }
}

/** What the balancer tried at a backend: an exchange, or a connection that came to nothing. */
export class UpstreamAttempt extends BalancerRecord {
  /** The pair of balancer and backend, `null` outside the pairs asked for. */
  pair: Pair | null;
  /** SYN of the connection that was opened for it; −1 on a connection used again. */
  openedNs: f64;
  /** First FIN or RST of its connection, by either side and by the balancer. */
  closeNs: f64 = -1;
  ownCloseNs: f64 = -1;
  client: ClientExchange | null = null;

  constructor(address: i32, port: i32, pair: Pair | null, openedNs: f64) {
    super(address, port);
    this.pair = pair;
    this.openedNs = openedNs;
  }

  /** As a new one. */
  again(address: i32, port: i32, pair: Pair | null, openedNs: f64): void {
    this.renew(address, port);
    this.pair = pair;
    this.openedNs = openedNs;
    this.closeNs = -1;
    this.ownCloseNs = -1;
    this.client = null;
  }

  /** As for both sides; an answer without an ID is known by the one that its request carried. */
  override take(exchange: OpenExchange): void {
    super.take(exchange);
    const traits = this.traits;
    if (traits[RESPONSE_ID] === 0) traits[RESPONSE_ID] = exchange.requestIdHash;
  }

  /** Streams end on their own, and not with their connection only. */
  override end(exchange: OpenExchange, nowNs: f64): void {
    super.end(exchange, nowNs);
    if (exchange.cutNs >= 0) this.closeNs = exchange.cutNs;
  }

  /** When the balancer turned to the backend. */
  get beginNs(): f64 {
    return this.openedNs >= 0 ? this.openedNs : this.requestStartNs;
  }

  /** When its answer was complete: the last byte, or the balancer's closing of the connection right after it. */
  get doneNs(): f64 {
    const end = this.responseEndNs >= 0 ? this.responseEndNs : this.responseStartNs;
    const closesAtOnce = this.ownCloseNs > end && this.ownCloseNs - end < AT_ONCE_NS;
    return closesAtOnce && this.isLast ? this.ownCloseNs : end;
  }

  /** When the balancer closed the connection because it had the answer; −1 where it kept it, or let it go for another. */
  get closedWithAnswerNs(): f64 {
    return this.isLast ? this.ownCloseNs : -1;
  }

  /** When the balancer learned that it has to try elsewhere; −1 where it didn't: answered, even in part, or going on. */
  get failedNs(): f64 {
    if (this.status > 0) return isServerError(this.status) ? this.responseStartNs : -1;
    if (this.closeNs >= 0) return this.closeNs;
    // A SYN without any answer ends by the balancer's timer, which is not on the wire.
    return this.requestStartNs < 0 ? this.beginNs : -1;
  }
}
