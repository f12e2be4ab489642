/**
 * Finds connections that were recorded twice, before and after an address translation (DNAT, a published port of a
 * container). A translation keeps the client's port and initial sequence number and passes the SYN on at once, before anything
 * has answered it. A proxy answers the SYN itself before it connects: its two connections are two. So are those of a generator
 * of frames whose sequence numbers are all the same, as long as their handshakes do not overlap.
 */
import type { OpenExchange } from "../http/open-exchange.ts";
import type { SidesReadings } from "../readings/sides-readings.ts";
import type { ConnectionEnds } from "./connection-ends.ts";
import { Samples } from "./samples/samples.ts";

/** A translation passes a SYN on within this time. */
const AT_ONCE_NS: f64 = 50e6;
const PORTS: i32 = 65_536;

/** A connection as it was opened. */
class Leg {
  openedNs: f64 = -Infinity;
  clientSide: i32 = 0;
  isAnswered: boolean = false;
  /** Of its first request; what it asked is told by hash and method. */
  hasAsked: boolean = false;
  targetHash: i32 = 0;
  method: i32 = 0;
  /** Slot of the connection that is this one before the translation, −1 = none. */
  before: i32 = -1;
  /** It is the same as that one: what was asked was the same, too. */
  isAgain: boolean = false;
}

export class TranslatedConnections {
  private readonly ends: ConnectionEnds;
  /** By connection slot. */
  private readonly legs: Leg[] = [];
  /** Slot of the connection opened last from each port, −1 = none. */
  private readonly latest: Int32Array = new Int32Array(PORTS).fill(-1);
  private count: i32 = 0;
  private firstEnds: Float64Array = new Float64Array(0);
  private readonly forwarding: Samples = new Samples();

  constructor(ends: ConnectionEnds) {
    this.ends = ends;
  }

  /** A connection begins. @param clientSide −1: its SYN was not seen */
  opened(connection: i32, clientSide: i32, timeNs: f64): void {
    while (this.legs.length <= connection) this.legs.push(new Leg());
    const leg = this.legs[connection] as Leg;
    leg.before = -1;
    leg.isAgain = false;
    leg.isAnswered = false;
    leg.hasAsked = false;
    leg.openedNs = timeNs;
    leg.clientSide = clientSide;
    if (clientSide === -1) return;
    const port = this.ends.portOf(connection, clientSide);
    const before = this.latest[port] as i32;
    this.latest[port] = connection;
    if (before === -1 || before === connection) return;
    const other = this.legs[before] as Leg;
    const isFromPort = other.clientSide !== -1 && this.ends.portOf(before, other.clientSide) === port;
    const isSameSyn = this.ends.firstSequenceOf(before) === this.ends.firstSequenceOf(connection);
    const isAtOnce = timeNs - other.openedNs < AT_ONCE_NS;
    if (isFromPort && isSameSyn && isAtOnce && !other.isAnswered) leg.before = before;
  }

  /** Its SYN was answered. */
  answered(connection: i32): void {
    if (connection >= this.legs.length) return;
    (this.legs[connection] as Leg).isAnswered = true;
  }

  /** Whether this first request shows that the connection is the same as the one before the translation. */
  isFoundBy(connection: i32, clientSide: i32, exchange: OpenExchange): boolean {
    const leg = this.legs[connection] as Leg;
    if (leg.hasAsked || leg.clientSide !== clientSide) return false;
    leg.hasAsked = true;
    leg.targetHash = exchange.targetHash;
    leg.method = exchange.method;
    if (leg.before === -1 || !leg.isAnswered) return false;
    const before = this.legs[leg.before] as Leg;
    if (!before.hasAsked || before.targetHash !== leg.targetHash || before.method !== leg.method)
      return false;
    leg.isAgain = true;
    this.count++;
    this.forwarding.add(leg.openedNs - before.openedNs);
    if (this.count === 1) this.noteEnds(leg.before, before.clientSide, connection, clientSide);
    return true;
  }

  /** Whether the connection was recorded before, under the addresses before the translation. */
  isAgain(connection: i32): boolean {
    return connection < this.legs.length && (this.legs[connection] as Leg).isAgain;
  }

  /** Slot of the connection that this one is after the translation. */
  before(connection: i32): i32 {
    return (this.legs[connection] as Leg).before;
  }

  /** Tells what was found. */
  tell(readings: SidesReadings): void {
    readings.translated = this.count;
    readings.translatedEnds = this.firstEnds;
    readings.forwarding = this.forwarding.distribution();
  }

  private noteEnds(before: i32, clientBefore: i32, after: i32, clientAfter: i32): void {
    const ends = this.ends;
    this.firstEnds = new Float64Array(4);
    this.firstEnds[0] = ends.addressOf(before, 1 - clientBefore);
    this.firstEnds[1] = ends.portOf(before, 1 - clientBefore);
    this.firstEnds[2] = ends.addressOf(after, 1 - clientAfter);
    this.firstEnds[3] = ends.portOf(after, 1 - clientAfter);
  }
}
