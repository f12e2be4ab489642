import { max } from "../../dialect/integers.ts";
import type { ClientExchange, UpstreamAttempt } from "./balancer-records.ts";
import { BalancerTally } from "./balancer-tally.ts";

/** Client exchanges that are matched together; twice as many at most are kept while they go on. */
export const WINDOW: i32 = 512;
/** Client exchanges kept of a server that was not yet seen as a client. */
const WINDOW_OF_SERVER: i32 = 32;
/** Exchanges that go on at the same time; beyond it the oldest are counted as unfinished. */
export const MAX_OPEN: i32 = 16_384;

/** One server, and perhaps a balancer: an address, or one port of it where the backends are at the same address. */
export class WatchedServer {
  readonly address: i32;
  /** 0 = all ports. */
  readonly port: i32;
  /** From which its backends are asked: its own, or another that the user named. */
  readonly upstreamAddress: i32;
  /** What waits to be matched, in the order in which it began. */
  readonly clients: ClientExchange[] = [];
  readonly attempts: UpstreamAttempt[] = [];
  /** What was counted so far. */
  tally: BalancerTally = new BalancerTally();
  /** The server at all ports of the address, where this one is only one of them. */
  whole: WatchedServer | null = null;
  /** Its ports, or it with another address from which backends are asked, are candidates of their own. */
  isSplit: boolean = false;
  /** Nobody named the two addresses as one balancer's: what was matched must be clear. */
  isGuessed: boolean = false;
  /** It was seen as a client as well. */
  isClient: boolean = false;
  /** With so many client exchanges it is time to match. */
  private limit: i32 = WINDOW_OF_SERVER;

  constructor(address: i32, port: i32, upstreamAddress: i32) {
    this.address = address;
    this.port = port;
    this.upstreamAddress = upstreamAddress;
  }

  /** Whether clients ask it at this address and port. */
  serves(address: i32, port: i32): boolean {
    return address === this.address && (this.port === 0 || port === this.port);
  }

  /** It turned to a backend: a balancer's exchanges are matched in larger windows. */
  becomesClient(): void {
    this.isClient = true;
    this.limit = max(this.limit, WINDOW);
  }

  /** Whether a client of which it got `attempts` to the backends is told as its own: other candidates have it too. */
  tells(attempts: i32): boolean {
    const whole = this.whole;
    if (whole !== null) return attempts > 0 && this.tally.matched > whole.tally.matched;
    if (this.address !== this.upstreamAddress) return attempts > 0;
    return attempts > 0 || !this.isSplit;
  }

  addAttempt(attempt: UpstreamAttempt): void {
    this.attempts.push(attempt);
    if (this.attempts.length > MAX_OPEN) this.attempts.splice(0, MAX_OPEN >> 1);
  }

  get isFull(): boolean {
    return this.clients.length >= this.limit;
  }

  /** Client exchanges that are left for the next window when this one is matched: some attempts are still to come. */
  get overlap(): i32 {
    return this.limit >> 2;
  }

  /** What was over was counted and let go. */
  settled(): void {
    // Where exchanges don't end, looking at all of them has to become rarer as they become more.
    this.limit = max(this.isClient ? WINDOW : WINDOW_OF_SERVER, 2 * this.clients.length);
  }
}
