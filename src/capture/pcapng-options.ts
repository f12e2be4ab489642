/**
 * The parts that lbqos reads of pcapng's interface blocks: link type, snap length, unit of time, and the recorder's
 * counters (draft-ietf-opsawg-pcapng §4.2 and §4.6).
 */
import { credibleDrops, sumOfDrops } from "./drop-counters.ts";
import { DEFAULT_RESOLUTION, TickClock } from "./tick-clock.ts";

/** Interface description block, from its start. */
const INTERFACE = { LINK_TYPE: 8, SNAP_LENGTH: 12, OPTIONS: 16 } as const;
/** Interface statistics block, from its start. */
const STATISTICS_OPTIONS = 20;
/** The length after a block's body. */
const TRAILER_LENGTH = 4;
const OPTION_HEADER_LENGTH = 4;

export const IF_TSRESOL = 9;
const IF_TSOFFSET = 14;
const ISB_IFDROP = 5;
const ISB_FILTERACCEPT = 6;
const ISB_OSDROP = 7;
const ISB_USRDELIV = 8;

/** One interface of a section. */
export interface RecordingInterface {
  readonly linkType: number;
  /** Most bytes kept of a frame; infinite where the file sets no limit. */
  readonly snapLength: number;
  readonly clock: TickClock;
  /** Its number over all sections. */
  readonly index: number;
}

/**
 * Calls back for each option between two offsets; what is malformed ends the list.
 * @returns where they end, without the option that says so
 */
export function eachOption(
  view: DataView,
  start: number,
  end: number,
  littleEndian: boolean,
  seen: (code: number, valueAt: number, length: number) => void,
): number {
  let at = start;
  while (at + OPTION_HEADER_LENGTH <= end) {
    const code = view.getUint16(at, littleEndian);
    const length = view.getUint16(at + 2, littleEndian);
    const valueAt = at + OPTION_HEADER_LENGTH;
    if (code === 0 || valueAt + length > end) break;
    seen(code, valueAt, length);
    at = valueAt + length + (-length & 3);
  }
  return Math.min(at, end);
}

/** Reads an interface description block of `length` bytes at `at`. */
export function readInterface(
  view: DataView,
  at: number,
  length: number,
  littleEndian: boolean,
  index: number,
): RecordingInterface {
  let resolution = DEFAULT_RESOLUTION;
  let offsetSeconds = 0n;
  const end = at + length - TRAILER_LENGTH;
  eachOption(view, at + INTERFACE.OPTIONS, end, littleEndian, (code, valueAt, size) => {
    if (code === IF_TSRESOL && size === 1) resolution = view.getUint8(valueAt);
    else if (code === IF_TSOFFSET && size === 8) offsetSeconds = view.getBigInt64(valueAt, littleEndian);
  });
  const snapLength = view.getUint32(at + INTERFACE.SNAP_LENGTH, littleEndian);
  return {
    linkType: view.getUint16(at + INTERFACE.LINK_TYPE, littleEndian),
    snapLength: snapLength === 0 ? Number.POSITIVE_INFINITY : snapLength,
    clock: new TickClock(resolution, offsetSeconds),
    index,
  };
}

/** All ones: how writers say that they don't know a count. */
const NOT_KNOWN = 0xffff_ffff_ffff_ffffn;

/**
 * Packets lost according to an interface statistics block of `length` bytes at `at`: those dropped by the
 * interface and by the operating system, or, where it counts neither, those that passed the filter and were
 * not delivered. `null` where it says nothing about drops, `"impossible"` where what it says can't be.
 */
export function readDrops(
  view: DataView,
  at: number,
  length: number,
  littleEndian: boolean,
): number | "impossible" | null {
  const counters = new Map<number, number>();
  const end = at + length - TRAILER_LENGTH;
  eachOption(view, at + STATISTICS_OPTIONS, end, littleEndian, (code, valueAt, size) => {
    if (size !== 8) return;
    const count = view.getBigUint64(valueAt, littleEndian);
    if (count !== NOT_KNOWN) counters.set(code, Number(count));
  });
  const byInterface = counters.get(ISB_IFDROP);
  const bySystem = counters.get(ISB_OSDROP);
  if (byInterface !== undefined || bySystem !== undefined) {
    // dumpcap's isb_ifrecv counts what reached it, without the drops: more of these than of those can be.
    const dropped = sumOfDrops(credibleDrops(byInterface ?? 0, null), credibleDrops(bySystem ?? 0, null));
    return dropped ?? "impossible";
  }
  const accepted = counters.get(ISB_FILTERACCEPT);
  const delivered = counters.get(ISB_USRDELIV);
  if (accepted === undefined || delivered === undefined) return null;
  return delivered > accepted ? "impossible" : (credibleDrops(accepted - delivered, null) ?? "impossible");
}
