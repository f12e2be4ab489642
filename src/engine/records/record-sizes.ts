/** How many words the records of each kind have, for whoever passes them over. */
import {
  CONNECTION_CLOSED,
  CONNECTION_CLOSED_SIZE,
  CONNECTION_OPENED,
  CONNECTION_OPENED_SIZE,
  PASSED_ON,
  PASSED_ON_SIZE,
} from "./connection-records.ts";
import { FRAME, FRAME_SIZE } from "./frame-record.ts";
import {
  LOST,
  LOST_EITHER_WAY,
  LOST_EITHER_WAY_SIZE,
  LOST_SIZE,
  UNSURE,
  UNSURE_SIZE,
} from "./loss-records.ts";
import { PROTOCOL, PROTOCOL_SIZE } from "./protocol-record.ts";
import { ROUND_TRIP, ROUND_TRIP_SIZE } from "./round-trip-record.ts";
import { SEGMENT, SEGMENT_SIZE, TURN, TURN_SIZE } from "./segment-records.ts";
import { CLOSE, DATA, GAP, STREAM_RECORD_SIZE } from "./stream-records.ts";
import { TALLY, TALLY_SIZE } from "./tally-record.ts";
import { TLS_STARTED, TLS_STARTED_SIZE } from "./tls-record.ts";

const KINDS: i32 = 32;
const SIZES: Uint8Array = sizes();

/** Words of a record of this kind. */
export function recordSize(kind: i32): i32 {
  return SIZES[kind] as i32;
}

function sizes(): Uint8Array {
  const words = new Uint8Array(KINDS);
  words[FRAME] = FRAME_SIZE;
  words[SEGMENT] = SEGMENT_SIZE;
  words[CONNECTION_OPENED] = CONNECTION_OPENED_SIZE;
  words[CONNECTION_CLOSED] = CONNECTION_CLOSED_SIZE;
  words[ROUND_TRIP] = ROUND_TRIP_SIZE;
  words[LOST] = LOST_SIZE;
  words[UNSURE] = UNSURE_SIZE;
  words[LOST_EITHER_WAY] = LOST_EITHER_WAY_SIZE;
  words[DATA] = STREAM_RECORD_SIZE;
  words[GAP] = STREAM_RECORD_SIZE;
  words[CLOSE] = STREAM_RECORD_SIZE;
  words[TURN] = TURN_SIZE;
  words[TALLY] = TALLY_SIZE;
  words[PASSED_ON] = PASSED_ON_SIZE;
  words[PROTOCOL] = PROTOCOL_SIZE;
  words[TLS_STARTED] = TLS_STARTED_SIZE;
  return words;
}
