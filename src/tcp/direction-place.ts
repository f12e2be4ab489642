import type { Side } from "./connection.ts";

/** Where the state of one direction of a connection lies: `at` in the memory of the connection's page. */
export interface DirectionPlace {
  page: DataView;
  at: number;
  connection: number;
  side: Side;
}

/** A number of its own for each direction in use: the key of what is kept for few directions only. */
export function keyOf(place: DirectionPlace): number {
  return place.connection * 2 + place.side;
}
