/** A file's format, recognized by its first bytes and never by its name. */
import type { FileKindName } from "../words/en/messages/capture.ts";
import { type Message, message } from "../words/message.ts";
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
  | { readonly kind: "other"; readonly looksLike: Message; readonly advice: Message };

const GIVE_A_CAPTURE = message("giveCapture");
const CONVERT = message("convertCapture");

/** Magic bytes (Latin-1) at an offset, what has them, and what to do. */
const SIGNATURES: readonly (readonly [magic: string, at: number, kind: FileKindName, advice: Message])[] = [
  ["PK\x03\x04", 0, "zip", unpack("unzip")],
  ["7z\xbc\xaf\x27\x1c", 0, "7z", unpack("7z x")],
  ["Rar!\x1a\x07", 0, "rar", unpack("unrar x")],
  ["ustar", 257, "tar", unpack("tar -xf")],
  ["BZh", 0, "bzip2", unpack("bunzip2")],
  ["\xfd7zXZ\x00", 0, "xz", unpack("unxz")],
  ["LZIP", 0, "lzip", unpack("lzip -d")],
  ["\x04\x22\x4d\x18", 0, "lz4", unpack("unlz4")],
  ["\x1f\x9d", 0, "compress", unpack("uncompress")],
  ["snoop\x00\x00\x00", 0, "snoop", CONVERT],
  ["btsnoop\x00", 0, "btsnoop", GIVE_A_CAPTURE],
  ["GMBU", 0, "netmon2", CONVERT],
  ["RTSS", 0, "netmon1", CONVERT],
  ["XCP\x00", 0, "netxray", CONVERT],
  ["TRSNIFF data", 0, "sniffer", CONVERT],
  ["iptrace ", 0, "iptrace", CONVERT],
  ["\x54\x52\x00\x64\x00", 0, "nettl", CONVERT],
  ["\x7fELF", 0, "program", GIVE_A_CAPTURE],
  ["MZ", 0, "program", GIVE_A_CAPTURE],
  ["%PDF", 0, "pdf", GIVE_A_CAPTURE],
  ["\x89PNG", 0, "png", GIVE_A_CAPTURE],
  ["\xff\xd8\xff", 0, "jpeg", GIVE_A_CAPTURE],
  ["version https://git-lfs", 0, "git-lfs", message("fetchFromLfs")],
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
  for (const [magic, at, kind, advice] of SIGNATURES) {
    if (start.startsWith(magic, at)) return other(kind, advice);
  }
  return identifyText(head) ?? other("unknown", GIVE_A_CAPTURE);
}

function other(kind: FileKindName, advice: Message): FileKind {
  return { kind: "other", looksLike: message("fileKind", kind), advice };
}

function unpack(program: string): Message {
  return message("unpackCapture", program);
}

function identifyPcap(view: DataView, littleEndian: boolean): FileKind {
  if (view.byteLength < 8) return { kind: "pcap" };
  const major = view.getUint16(4, littleEndian);
  if (major >= 2) return { kind: "pcap" };
  return { kind: "other", looksLike: message("archaicPcap", major), advice: GIVE_A_CAPTURE };
}

function identifyPcapng(view: DataView): FileKind {
  if (view.byteLength < SECTION.BYTE_ORDER + 4) return { kind: "pcapng" };
  const littleEndian = sectionIsLittleEndian(view, 0);
  if (littleEndian === null) {
    return { kind: "other", looksLike: message("damagedPcapng"), advice: message("copyInBinary") };
  }
  if (view.byteLength < SECTION.VERSION_MINOR + 2) return { kind: "pcapng" };
  const major = view.getUint16(SECTION.VERSION_MAJOR, littleEndian);
  const minor = view.getUint16(SECTION.VERSION_MINOR, littleEndian);
  if (isKnownVersion(major, minor)) return { kind: "pcapng" };
  return {
    kind: "other",
    looksLike: message("unknownPcapng", `${major}.${minor}`),
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
    return other("html", message("serverSentPage"));
  }
  if (start.startsWith("{") || start.startsWith("[")) {
    return other("json", GIVE_A_CAPTURE);
  }
  if (/^0{4,8}\s+[0-9a-f]{2}\s/.test(start)) {
    return other("hex-dump", message("convertHexDump"));
  }
  return other("text", GIVE_A_CAPTURE);
}
