/** A file's format, recognized by its first bytes and never by its name. */
import { pcapVariant } from "./pcap.ts";
import { isKnownVersion, SECTION, SECTION_HEADER, sectionIsLittleEndian } from "./pcapng.ts";
import { ZSTD_MAGIC } from "./zstd-frame.ts";

/** Bytes that tell pcap and pcapng from all else; fewer are enough where the file ends. */
export const IDENTIFYING_BYTES = 16;
/** Bytes looked at when they came along: a tar archive's magic number lies behind byte 256. */
export const HEAD_BYTES = 512;

export type FileKind =
  | { readonly kind: "pcap" | "pcapng" | "gzip" | "zstd" }
  /** Nothing that can be read: what it looks like and what to do about it, as parts of a sentence. */
  | { readonly kind: "other"; readonly looksLike: string; readonly advice: string };

const GIVE_A_CAPTURE = "give the file that tcpdump -w, dumpcap or Wireshark wrote";
const CONVERT = "convert it with: editcap -F pcapng IN OUT.pcapng";
const UNPACK = "unpack it and give the capture inside";

/** Magic bytes (Latin-1) at an offset, what has them, and what to do. */
const SIGNATURES: readonly (readonly [magic: string, at: number, looksLike: string, advice: string])[] = [
  ["PK\x03\x04", 0, "a ZIP archive", `${UNPACK} (unzip)`],
  ["7z\xbc\xaf\x27\x1c", 0, "a 7z archive", `${UNPACK} (7z x)`],
  ["Rar!\x1a\x07", 0, "a RAR archive", `${UNPACK} (unrar x)`],
  ["ustar", 257, "a tar archive", `${UNPACK} (tar -xf)`],
  ["BZh", 0, "bzip2 data", `${UNPACK} (bunzip2)`],
  ["\xfd7zXZ\x00", 0, "xz data", `${UNPACK} (unxz)`],
  ["LZIP", 0, "lzip data", `${UNPACK} (lzip -d)`],
  ["\x04\x22\x4d\x18", 0, "lz4 data", `${UNPACK} (unlz4)`],
  ["\x1f\x9d", 0, "data of compress", `${UNPACK} (uncompress)`],
  ["snoop\x00\x00\x00", 0, "a snoop capture", CONVERT],
  ["btsnoop\x00", 0, "a Bluetooth capture (btsnoop)", GIVE_A_CAPTURE],
  ["GMBU", 0, "a Microsoft Network Monitor 2 capture", CONVERT],
  ["RTSS", 0, "a Microsoft Network Monitor 1 capture", CONVERT],
  ["XCP\x00", 0, "a NetXray capture", CONVERT],
  ["TRSNIFF data", 0, "a Sniffer capture", CONVERT],
  ["iptrace ", 0, "an AIX iptrace capture", CONVERT],
  ["\x54\x52\x00\x64\x00", 0, "a HP-UX nettl capture", CONVERT],
  ["\x7fELF", 0, "a program", GIVE_A_CAPTURE],
  ["MZ", 0, "a program", GIVE_A_CAPTURE],
  ["%PDF", 0, "a PDF document", GIVE_A_CAPTURE],
  ["\x89PNG", 0, "a PNG picture", GIVE_A_CAPTURE],
  ["\xff\xd8\xff", 0, "a JPEG picture", GIVE_A_CAPTURE],
  ["version https://git-lfs", 0, "a Git LFS pointer", "fetch the capture itself with: git lfs pull"],
];

/** Skippable frames (RFC 8878 §3.1.2), which some compressors put first: 0x184D2A5?. */
const ZSTD_SKIPPABLE = 0x184d2a50;
const SKIPPABLE_MASK = 0xfffffff0;

/** Tells what a file is from its first bytes, up to `HEAD_BYTES` of them. */
export function identify(head: Buffer): FileKind {
  if (head.length >= 4) {
    const view = new DataView(head.buffer, head.byteOffset, head.length);
    if (view.getUint32(0) === SECTION_HEADER) return identifyPcapng(view);
    const pcap = pcapVariant(view, 0);
    if (pcap !== null) return identifyPcap(view, pcap.littleEndian);
    const magic = view.getUint32(0, true);
    if (magic === ZSTD_MAGIC || (magic & SKIPPABLE_MASK) === ZSTD_SKIPPABLE) return { kind: "zstd" };
  }
  const start = head.toString("latin1");
  if (start.startsWith("\x1f\x8b")) return { kind: "gzip" };
  for (const [magic, at, looksLike, advice] of SIGNATURES) {
    if (start.startsWith(magic, at)) return { kind: "other", looksLike, advice };
  }
  return (
    identifyText(head) ?? { kind: "other", looksLike: "data of an unknown kind", advice: GIVE_A_CAPTURE }
  );
}

function identifyPcap(view: DataView, littleEndian: boolean): FileKind {
  if (view.byteLength < 8) return { kind: "pcap" };
  const major = view.getUint16(4, littleEndian);
  if (major >= 2) return { kind: "pcap" };
  return { kind: "other", looksLike: `a pcap file of the archaic version ${major}`, advice: GIVE_A_CAPTURE };
}

function identifyPcapng(view: DataView): FileKind {
  if (view.byteLength < SECTION.BYTE_ORDER + 4) return { kind: "pcapng" };
  const littleEndian = sectionIsLittleEndian(view, 0);
  if (littleEndian === null) {
    const looksLike = "a pcapng file whose byte-order magic (byte 8) is damaged";
    return { kind: "other", looksLike, advice: "copy it again, in binary mode" };
  }
  if (view.byteLength < SECTION.VERSION_MINOR + 2) return { kind: "pcapng" };
  const major = view.getUint16(SECTION.VERSION_MAJOR, littleEndian);
  const minor = view.getUint16(SECTION.VERSION_MINOR, littleEndian);
  if (isKnownVersion(major, minor)) return { kind: "pcapng" };
  return {
    kind: "other",
    looksLike: `a pcapng file of the unknown version ${major}.${minor}`,
    advice: CONVERT,
  };
}

/** The kind of a text file, `null` if the bytes are not text. */
function identifyText(head: Buffer): FileKind | null {
  // A character may be cut at the end of the head: the decoder keeps it when it expects more.
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
  } catch {
    return null;
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells data from text
  if (/[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text)) return null;
  const start = text.trimStart().toLowerCase();
  if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
    const advice = "the server answered with a page instead of the file; download the capture itself";
    return { kind: "other", looksLike: "an HTML page", advice };
  }
  if (start.startsWith("{") || start.startsWith("[")) {
    return { kind: "other", looksLike: "a JSON document", advice: GIVE_A_CAPTURE };
  }
  if (/^0{4,8}\s+[0-9a-f]{2}\s/.test(start)) {
    return { kind: "other", looksLike: "a hex dump", advice: "convert it with: text2pcap IN OUT.pcapng" };
  }
  return { kind: "other", looksLike: "a text file", advice: GIVE_A_CAPTURE };
}
