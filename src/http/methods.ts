import { octetsOf } from "./octets.ts";

/**
 * Methods whose names are interned: RFC 9110 §9.3, PATCH (RFC 5789), and those of the IANA registry and of UPnP that
 * captures show. Others work all the same; their names are made message by message.
 */
const KNOWN_METHODS: readonly string[] = [
  ..."GET POST HEAD PUT DELETE OPTIONS PATCH CONNECT TRACE".split(" "),
  ..."PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK SEARCH REPORT ACL BIND CHECKIN CHECKOUT LABEL".split(
    " ",
  ),
  ..."LINK MERGE MKACTIVITY MKCALENDAR QUERY UNLINK UPDATE M-SEARCH NOTIFY SUBSCRIBE UNSUBSCRIBE PURGE".split(
    " ",
  ),
];

interface KnownMethod {
  readonly name: string;
  readonly octets: Uint8Array;
}

const METHODS: readonly KnownMethod[] = KNOWN_METHODS.map((name) => ({ name, octets: octetsOf(name) }));

/** The interned name of the method in `bytes[start, end)`, or `""` where it is none of the known ones. */
export function knownMethod(bytes: Buffer, start: number, end: number): string {
  const first = bytes[start];
  for (const { name, octets } of METHODS) {
    if (octets.length !== end - start || octets[0] !== first) continue;
    let index = 1;
    while (index < octets.length && octets[index] === bytes[start + index]) index++;
    if (index === octets.length) return name;
  }
  return "";
}
