/**
 * The tcp room's noun: a connection, as one record of fixed layout in a page of memory. A record is read and written
 * through a `DataView` at named offsets: no object per connection, and one connection's state lies together.
 * All numbers little-endian; sequence numbers as unsigned 32 bits, times as integer ns since the capture's first packet.
 */

import * as Field from "./connection-fields.ts";
import * as ConnectionFlag from "./connection-flags.ts";
import * as Direction from "./direction-fields.ts";
import * as DirectionFlag from "./direction-flags.ts";

/** Which endpoint sent a segment: 0 is the sender of the first segment seen. */
export type Side = 0 | 1;

/** Bits of `Field.FLAGS`. */
/** Offsets in the block of one direction, named for the side that sends in it. */
/** Bits of `Direction.FLAGS`. */
/** Offsets in the record of a connection. */
export { ConnectionFlag, Direction, DirectionFlag, Field };

const DIRECTION_SIZE = 96;
/** Bytes per record. */
export const RECORD_SIZE = Field.DIRECTIONS + 2 * DIRECTION_SIZE;

/** Where the block of `side`'s direction starts, in a record that starts at `at`. */
export function directionAt(at: number, side: Side): number {
  return at + Field.DIRECTIONS + side * DIRECTION_SIZE;
}
