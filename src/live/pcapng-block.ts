/**
 * The facts about pcapng blocks that recording needs: length, byte order of the section, and which blocks describe the
 * recording.
 */
import { SECTION_HEADER, sectionIsLittleEndian } from "../capture/pcapng.ts";

const TYPE = 0;
const LENGTH = 4;
/** Interface statistics: the interface that they count. */
const INTERFACE = 8;
const INTERFACE_DESCRIPTION = 1;
const INTERFACE_STATISTICS = 5;

export type BlockKind = "section" | "interface" | "statistics" | "other";

/** Byte order of the section that begins at `at` (true: little-endian); `null` if none begins there. */
export function sectionOrder(view: DataView, at: number): boolean | null {
  return view.getUint32(at + TYPE) === SECTION_HEADER ? sectionIsLittleEndian(view, at) : null;
}

/** Bytes from a block's start to the next one's: blocks lie on multiples of four whatever some writers state. */
export function blockLength(view: DataView, at: number, littleEndian: boolean): number {
  return (view.getUint32(at + LENGTH, littleEndian) + 3) & ~3;
}

export function blockKind(view: DataView, littleEndian: boolean): BlockKind {
  switch (view.getUint32(TYPE, littleEndian)) {
    case SECTION_HEADER:
      return "section";
    case INTERFACE_DESCRIPTION:
      return "interface";
    case INTERFACE_STATISTICS:
      return "statistics";
    default:
      return "other";
  }
}

/** Which of the section's interfaces a statistics block counts. */
export function countedInterface(view: DataView, littleEndian: boolean): number {
  return view.getUint32(INTERFACE, littleEndian);
}
