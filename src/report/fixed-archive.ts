/**
 * Files for Word and Excel are ZIP archives that say when they were made, in two places; here always the same time, so that the same
 * data give the same bytes.
 */
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

/** ZIP counts from 1980, in local time. */
const EARLIEST = new Date(1980, 0, 1);
const MADE = "1980-01-01T00:00:00Z";
const PROPERTIES = "docProps/core.xml";

/** @param archive as its library packs it */
export function withFixedTimes(archive: Uint8Array): Uint8Array {
  const parts = unzipSync(archive);
  const properties = parts[PROPERTIES];
  if (properties !== undefined) {
    const text = strFromU8(properties).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, MADE);
    parts[PROPERTIES] = strToU8(text);
  }
  return zipSync(parts, { mtime: EARLIEST });
}
