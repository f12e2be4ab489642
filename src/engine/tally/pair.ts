import type { BackendLoad } from "./balancer/backend-choices.ts";
import type { Conversation } from "./conversation.ts";
import type { BackendHistory } from "./state/backend-history.ts";
import type { LivePair } from "./state/live-pair.ts";

/** A source (client, balancer) and a destination (server, backend), and what was counted of them. */
export class Pair {
  /** 0, 1, … in the order in which pairs were made. */
  readonly id: i32;
  /** Numbers of the two addresses. */
  readonly source: i32;
  readonly destination: i32;
  /** Port of the destination, 0 = all. */
  readonly port: i32;
  /** Named by the user, so reported even without traffic. */
  readonly isNamed: boolean;
  readonly conversation: Conversation;
  /** When its backend was up, failing or silent. */
  readonly states: BackendHistory;
  /** How many of the source's requests its backend has open. */
  readonly load: BackendLoad;
  /** What a run under way shows; `null` where nobody asked for it, or of discovered pairs that are too many. */
  live: LivePair | null = null;
  /**
   * What the destination asked the source, `null` = nothing. It is the pair's only where the source never asked: so a
   * filter on responses, or names that were swapped, get what Wireshark shows.
   */
  wayBack: Pair | null = null;

  constructor(
    id: i32,
    source: i32,
    destination: i32,
    port: i32,
    isNamed: boolean,
    conversation: Conversation,
    states: BackendHistory,
    load: BackendLoad,
  ) {
    this.id = id;
    this.source = source;
    this.destination = destination;
    this.port = port;
    this.isNamed = isNamed;
    this.conversation = conversation;
    this.states = states;
    this.load = load;
  }

  /** What counts for the pair. */
  get counted(): Pair {
    const wayBack = this.wayBack;
    return wayBack !== null && this.conversation.connections === 0 ? wayBack : this;
  }
}
