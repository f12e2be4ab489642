/**
 * What a balancer did, as two kinds of records: what clients asked of it, and what it tried at its backends. Times are ns
 * since the capture's first packet, −1 = not seen.
 */
import type { Exchange, ExchangeState } from "../http/exchange.ts";
import type { Pair } from "./pair-directory.ts";

/** Within this time a connection is closed because its answer is complete, later because it was idle. */
const AT_ONCE_NS = 100_000_000;

/** An exchange on one side of the balancer, as far as the two sides are compared. */
export class BalancerRecord {
  /** Slot of its connection. */
  connection = -1;
  /** Number of the address on the far side of the balancer (client, backend), and the port there. */
  address: number;
  port: number;
  /** 0, 1, … on its connection. */
  ordinal = 0;
  state: ExchangeState = "complete";
  /** Nothing more is expected of it. */
  hasEnded = false;
  /** Empty until a request was seen. */
  method = "";
  targetHash = 0;
  requestIdHash = 0;
  forwardedForHash = 0;
  /** Final status, 0 = none. */
  status = 0;
  requestStartNs = -1;
  requestEndNs = -1;
  responseStartNs = -1;
  responseEndNs = -1;
  /** When it was over: its last message, or the end of its connection. */
  endNs = Number.POSITIVE_INFINITY;

  constructor(address: number, port: number) {
    this.address = address;
    this.port = port;
  }

  /** As new, for another exchange: records are used again, because there are two or three for every request. */
  protected renew(address: number, port: number): void {
    this.connection = -1;
    this.address = address;
    this.port = port;
    this.ordinal = 0;
    this.state = "complete";
    this.hasEnded = false;
    this.method = "";
    this.targetHash = 0;
    this.requestIdHash = 0;
    this.forwardedForHash = 0;
    this.status = 0;
    this.requestStartNs = -1;
    this.requestEndNs = -1;
    this.responseStartNs = -1;
    this.responseEndNs = -1;
    this.endNs = Number.POSITIVE_INFINITY;
  }

  /** Takes what is known of the exchange so far. */
  take(exchange: Exchange): void {
    this.ordinal = exchange.ordinal;
    this.method = exchange.method;
    this.targetHash = exchange.targetHash;
    this.requestIdHash = exchange.requestIdHash;
    this.forwardedForHash = exchange.forwardedForHash;
    this.status = exchange.status;
    this.requestStartNs = exchange.requestStartNs;
    this.requestEndNs = exchange.requestEndNs;
    this.responseStartNs = exchange.responseStartNs;
    this.responseEndNs = exchange.responseEndNs;
  }
}

/** What a client asked of the balancer. */
export class ClientExchange extends BalancerRecord {
  /** The hash of the client's address as text, to be compared with X-Forwarded-For. */
  addressHash: number;
  /** What the balancer tried for it in vain, in order. */
  failures: UpstreamAttempt[] = [];
  /** The attempt whose response the client got. */
  answerer: UpstreamAttempt | null = null;
  /** Another assignment, with another backend, fits as well. */
  isUncertain = false;
  /** It was counted. */
  isSettled = false;

  constructor(address: number, port: number, addressHash: number) {
    super(address, port);
    this.addressHash = addressHash;
  }

  /** As a new one. */
  again(address: number, port: number, addressHash: number): this {
    this.renew(address, port);
    this.addressHash = addressHash;
    this.unmatch();
    this.isSettled = false;
    return this;
  }

  /** Forgets what it was matched with. */
  unmatch(): void {
    if (this.failures.length > 0) this.failures = [];
    this.answerer = null;
    this.isUncertain = false;
  }

  /** What the balancer tried first for it. */
  get firstAttempt(): UpstreamAttempt | null {
    return this.failures[0] ?? this.answerer;
  }

  /** Everything that the balancer tried for it, in order. */
  get attempts(): readonly UpstreamAttempt[] {
    return this.answerer === null ? this.failures : [...this.failures, this.answerer];
  }

  /** First byte of the request. */
  get startNs(): number {
    return this.requestStartNs >= 0 ? this.requestStartNs : this.requestEndNs;
  }

  /** From when on the balancer could act upon it. */
  get askedNs(): number {
    return this.requestEndNs >= 0 ? this.requestEndNs : this.requestStartNs;
  }
}

/** What the balancer tried at a backend: an exchange, or a connection that came to nothing. */
export class UpstreamAttempt extends BalancerRecord {
  /** The pair of balancer and backend, `null` outside the pairs asked for. */
  pair: Pair | null;
  /** SYN of the connection that was opened for it; −1 on a connection used again. */
  openedNs: number;
  /** First FIN or RST of its connection, by either side and by the balancer. */
  closeNs = -1;
  ownCloseNs = -1;
  client: ClientExchange | null = null;

  constructor(address: number, port: number, pair: Pair | null, openedNs: number) {
    super(address, port);
    this.pair = pair;
    this.openedNs = openedNs;
  }

  /** As a new one. */
  again(address: number, port: number, pair: Pair | null, openedNs: number): this {
    this.renew(address, port);
    this.pair = pair;
    this.openedNs = openedNs;
    this.closeNs = -1;
    this.ownCloseNs = -1;
    this.client = null;
    return this;
  }

  /** When the balancer turned to the backend. */
  get beginNs(): number {
    return this.openedNs >= 0 ? this.openedNs : this.requestStartNs;
  }

  /** When its answer was complete: the last byte, or the balancer's closing of the connection right after it. */
  get doneNs(): number {
    const end = this.responseEndNs >= 0 ? this.responseEndNs : this.responseStartNs;
    const closesAtOnce = this.ownCloseNs > end && this.ownCloseNs - end < AT_ONCE_NS;
    return closesAtOnce ? this.ownCloseNs : end;
  }

  /** When the balancer learned that it has to try elsewhere; −1 where it didn't: answered, even in part, or going on. */
  get failedNs(): number {
    if (this.status > 0) return this.status >= 500 ? this.responseStartNs : -1;
    if (this.closeNs >= 0) return this.closeNs;
    // A SYN without any answer ends by the balancer's timer, which is not on the wire.
    return this.requestStartNs < 0 ? this.beginNs : -1;
  }
}
