/** Per connection slot: its pair, and which of its sides is the pair's source. */
import { HeldRecords } from "./held-records.ts";
import type { Pair } from "./pair.ts";
import type { PairDirectory } from "./pair-directory.ts";

export class ConnectionPairs {
  private readonly directory: PairDirectory;
  private readonly pairs: (Pair | null)[] = [];
  private readonly sourceSides: i32[] = [];
  /** Neither a SYN nor an HTTP message told the client. */
  private readonly guessed: boolean[] = [];
  /** What waits until the client is known. */
  private readonly held: (HeldRecords | null)[] = [];

  constructor(directory: PairDirectory) {
    this.directory = directory;
  }

  /** A connection begins, in no pair yet. @param isKnown its client is */
  open(connection: i32, isKnown: boolean): void {
    while (this.pairs.length <= connection) {
      this.pairs.push(null);
      this.sourceSides.push(0);
      this.guessed.push(false);
      this.held.push(null);
    }
    this.pairs[connection] = null;
    this.guessed[connection] = !isKnown;
    this.held[connection] = null;
  }

  /** The connection's pair; `null` of what is in none. */
  of(connection: i32): Pair | null {
    return connection < this.pairs.length ? (this.pairs[connection] as Pair | null) : null;
  }

  isSource(connection: i32, side: i32): boolean {
    return this.sourceSides[connection] === side;
  }

  sourceSide(connection: i32): i32 {
    return this.sourceSides[connection] as i32;
  }

  /** Finds the connection's pair, and counts it there. @param clientSide −1 = guess */
  join(connection: i32, clientSide: i32, timeNs: f64): Pair | null {
    const directory = this.directory;
    directory.place(connection, clientSide, timeNs);
    const pair = directory.pair;
    this.pairs[connection] = pair;
    this.sourceSides[connection] = directory.sourceSide;
    if (pair !== null) pair.conversation.connection(1);
    return pair;
  }

  /** The connection is in no pair any more. */
  leave(connection: i32): void {
    this.pairs[connection] = null;
  }

  /** It never was in its pair. */
  leavePair(connection: i32): void {
    const pair = this.of(connection);
    if (pair !== null) pair.conversation.connection(-1);
    this.leave(connection);
  }

  /** Whether the connection's client is a guess. */
  isGuessed(connection: i32): boolean {
    return this.guessed[connection] as boolean;
  }

  /** It is a guess no longer. */
  tell(connection: i32): void {
    this.guessed[connection] = false;
  }

  /** Whether the guess was wrong. */
  isWrong(connection: i32, clientSide: i32): boolean {
    if (this.of(connection) === null) return this.directory.hasNames;
    return !this.isSource(connection, clientSide);
  }

  /** What is told of the connection waits until its client is known. */
  hold(connection: i32, timeNs: f64): void {
    this.held[connection] = new HeldRecords(timeNs);
  }

  /** What waits; `null` of a connection whose pair is settled. */
  heldBy(connection: i32): HeldRecords | null {
    return connection < this.held.length ? (this.held[connection] as HeldRecords | null) : null;
  }

  /** What waited, and waits no longer. */
  takeHeld(connection: i32): HeldRecords | null {
    const held = this.heldBy(connection);
    if (held !== null) this.held[connection] = null;
    return held;
  }
}
