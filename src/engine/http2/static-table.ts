/** The static table of HPACK (RFC 7541, appendix A): fields that have a number without ever having been sent. */
import { octetsOf } from "../http/octets.ts";

/** How many there are: numbers begin at 1, those of the dynamic table after the last. */
export const STATIC_FIELDS: i32 = 61;

/** Names and values, in order; a field without a value ends with its name. */
const TEXTS: string[] = (
  ":authority|:method GET|:method POST|:path /|:path /index.html|:scheme http|:scheme https|:status 200|:status 204" +
  "|:status 206|:status 304|:status 400|:status 404|:status 500|accept-charset|accept-encoding gzip, deflate" +
  "|accept-language|accept-ranges|accept|access-control-allow-origin|age|allow|authorization|cache-control" +
  "|content-disposition|content-encoding|content-language|content-length|content-location|content-range|content-type" +
  "|cookie|date|etag|expect|expires|from|host|if-match|if-modified-since|if-none-match|if-range|if-unmodified-since" +
  "|last-modified|link|location|max-forwards|proxy-authenticate|proxy-authorization|range|referer|refresh|retry-after" +
  "|server|set-cookie|strict-transport-security|transfer-encoding|user-agent|vary|via|www-authenticate"
).split("|");

/** Octets of each field's name and value, without anything between them, and the length of the name; index 0 = field 1. */
const fields: Uint8Array[] = [];
const nameLengths: i32[] = [];
fillTable();

function fillTable(): void {
  for (let index: i32 = 0; index < TEXTS.length; index++) {
    const text = TEXTS[index] as string;
    const space = text.indexOf(" ");
    const name: string = space === -1 ? text : text.slice(0, space);
    fields.push(octetsOf(space === -1 ? text : name + text.slice(space + 1)));
    nameLengths.push(name.length);
  }
}

/** Octets of the field's name and, right after them, its value. @param number 1 … `STATIC_FIELDS` */
export function staticField(number: i32): Uint8Array {
  return fields[number - 1] as Uint8Array;
}

export function staticNameLength(number: i32): i32 {
  return nameLengths[number - 1] as i32;
}
