/** The last IPv4 ID of every host, to tell one counter for all its connections from one for each. */
import type { Connection, Direction } from "./connection.ts";

/** Before a host's first packet. */
const NONE: i32 = -1;

export class HostIds {
  /** By number of the host's address: the ID after that of its last packet, and the direction that it went in. */
  private readonly nextIds: i32[] = [];
  private readonly directions: i32[] = [];

  /**
   * Takes a packet's ID.
   * @param next the ID after it
   * @returns whether it goes on where a packet of another connection of the same host ended
   */
  follow(connection: Connection, direction: Direction, ipId: i32, next: i32): boolean {
    const host = connection.address(direction.side);
    const nextIds = this.nextIds;
    while (nextIds.length <= host) {
      nextIds.push(NONE);
      this.directions.push(NONE);
    }
    const goesOn = nextIds[host] === ipId && this.directions[host] !== direction.key;
    nextIds[host] = next;
    this.directions[host] = direction.key;
    return goesOn;
  }

  /** Forgets hosts, whose numbers are given to others. @param kept by number of the host's address, not 0 = kept */
  forgetOthers(kept: Uint8Array): void {
    const nextIds = this.nextIds;
    for (let host: i32 = 0; host < nextIds.length; host++) if (kept[host] === 0) nextIds[host] = NONE;
  }
}
