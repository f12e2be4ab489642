/** Servers that several clients asked, each with all of its clients together: counted with their pairs, as one conversation. */
import { PairListing } from "../readings/pair-readings.ts";
import type { Conversation } from "./conversation.ts";
import { endpointKey } from "./endpoint-key.ts";
import type { Pair } from "./pair.ts";

/** All clients of one server. */
export class ServerTotal {
  readonly address: i32;
  readonly port: i32;
  readonly conversation: Conversation;
  /** Its clients beyond the pairs that there is room for, once there are any. */
  others: Pair | null = null;

  constructor(address: i32, port: i32, conversation: Conversation) {
    this.address = address;
    this.port = port;
    this.conversation = conversation;
  }

  listing(): PairListing {
    const listing = new PairListing();
    listing.source = this.address;
    listing.destination = this.address;
    listing.port = this.port;
    listing.messages = this.conversation.messages;
    listing.isTotal = true;
    listing.hasOthers = this.others !== null;
    listing.isTranslated = this.conversation.isTranslated;
    return listing;
  }
}

export class ServerTotals {
  /** In the order in which their second clients came. */
  totals: ServerTotal[] = [];
  /** Of servers that one client asked: its conversation, from which the total is copied when a second one comes. */
  private readonly firsts: Map<f64, Conversation> = new Map<f64, Conversation>();
  private readonly totalOf: Map<f64, ServerTotal> = new Map<f64, ServerTotal>();

  /** A new conversation with the server, of another client than before. */
  add(address: i32, port: i32, conversation: Conversation): void {
    const key = endpointKey(address, port);
    if (this.totalOf.has(key)) {
      conversation.addTo((this.totalOf.get(key) as ServerTotal).conversation);
    } else if (this.firsts.has(key)) {
      const first = this.firsts.get(key) as Conversation;
      const total = new ServerTotal(address, port, first.copy());
      first.addTo(total.conversation);
      conversation.addTo(total.conversation);
      this.firsts.delete(key);
      this.totalOf.set(key, total);
      this.totals.push(total);
    } else this.firsts.set(key, conversation);
  }

  /** All clients of the server; `null` where there are not several, or none is known. */
  find(address: i32, port: i32): ServerTotal | null {
    const key = endpointKey(address, port);
    return this.totalOf.has(key) ? (this.totalOf.get(key) as ServerTotal) : null;
  }

  /**
   * Forgets servers without HTTP that were quiet since `quietNs`.
   * @param pairs those that are left
   */
  makeRoom(quietNs: f64, pairs: Pair[]): void {
    this.firsts.clear();
    for (let index: i32 = 0; index < pairs.length; index++) {
      const pair = pairs[index] as Pair;
      const conversation = pair.conversation;
      if (!conversation.hasTotal) this.firsts.set(endpointKey(pair.destination, pair.port), conversation);
    }
    const totals: ServerTotal[] = [];
    this.totalOf.clear();
    for (let index: i32 = 0; index < this.totals.length; index++) {
      const total = this.totals[index] as ServerTotal;
      if (isIdle(total.conversation, quietNs)) continue;
      totals.push(total);
      this.totalOf.set(endpointKey(total.address, total.port), total);
    }
    this.totals = totals;
  }
}

function isIdle(conversation: Conversation, quietNs: f64): boolean {
  const lastNs = conversation.lastNs;
  return conversation.messages === 0 && lastNs > -Infinity && lastNs < quietNs;
}
