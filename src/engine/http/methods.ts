import { octetAt } from "../dialect/byte-order.ts";
import { octetsOf } from "./octets.ts";

/**
 * Methods that are told by number: RFC 9110 §9.3, PATCH (RFC 5789), and those of the IANA registry and of UPnP that
 * captures show. Others work all the same; their names are taken message by message.
 */
const KNOWN_METHODS: string[] = (
  "GET POST HEAD PUT DELETE OPTIONS PATCH CONNECT TRACE" +
  " PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK SEARCH REPORT ACL BIND CHECKIN CHECKOUT LABEL" +
  " LINK MERGE MKACTIVITY MKCALENDAR QUERY UNLINK UPDATE M-SEARCH NOTIFY SUBSCRIBE UNSUBSCRIBE PURGE"
).split(" ");

/** None of the known ones. */
export const UNKNOWN = 0;
/** Numbers of known methods: their places above, from 1. */
export const GET = 1;
export const HEAD = 3;
export const CONNECT = 8;

const METHODS: Uint8Array[] = octetsOfMethods();

function octetsOfMethods(): Uint8Array[] {
  const methods: Uint8Array[] = [];
  for (let index: i32 = 0; index < KNOWN_METHODS.length; index++) {
    methods.push(octetsOf(KNOWN_METHODS[index] as string));
  }
  return methods;
}

/** The number of the method in `bytes[start, end)`, or `UNKNOWN`. */
export function knownMethod(bytes: Uint8Array, start: i32, end: i32): i32 {
  const length = end - start;
  for (let number: i32 = 0; number < METHODS.length; number++) {
    const octets = METHODS[number] as Uint8Array;
    if (octets.length !== length) continue;
    let index: i32 = 0;
    while (index < length && octetAt(octets, index) === octetAt(bytes, start + index)) index++;
    if (index === length) return number + 1;
  }
  return UNKNOWN;
}

/** The name of a known method; empty for `UNKNOWN`. */
export function methodName(number: i32): string {
  return number === UNKNOWN ? "" : (KNOWN_METHODS[number - 1] as string);
}
