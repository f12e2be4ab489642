/** Lines of a protocol of text, which segments may cut anywhere. */
const LATIN_1 = new TextDecoder("latin1");
const LF = 0x0a;
const CR = 0x0d;
/** Bytes of a line that are kept until its end comes; nobody reads longer ones. */
const MAX_LINE_LENGTH = 8192;

export class TextLines {
  /** What has to be looked at, and the next byte in it. */
  bytes: Uint8Array;
  at: number;
  /** The line found last, without its end. */
  start = 0;
  end = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  /** Moves on to the next line: it ends with CR LF, LF or CR. @returns false where its end is not there */
  next(): boolean {
    const { bytes } = this;
    for (let at = this.at; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte !== LF && byte !== CR) continue;
      // Whether an LF follows is not known yet.
      if (byte === CR && at + 1 === bytes.length) return false;
      this.start = this.at;
      this.end = at;
      this.at = byte === CR && bytes[at + 1] === LF ? at + 2 : at + 1;
      return true;
    }
    return false;
  }

  /** The rest of the bytes as the last line. */
  rest(): void {
    this.start = this.at;
    this.end = this.bytes.length;
    this.at = this.end;
  }

  /** The line found last, at most so many characters. */
  text(limit: number): string {
    return LATIN_1.decode(this.bytes.subarray(this.start, Math.min(this.end, this.start + limit)));
  }

  /** What is left, to be put before the bytes that come next. */
  carry(): Uint8Array {
    const { bytes, at } = this;
    if (this.left <= MAX_LINE_LENGTH) return bytes.slice(at);
    const kept = bytes.slice(at, at + MAX_LINE_LENGTH);
    kept[MAX_LINE_LENGTH - 1] = bytes.at(-1) ?? 0;
    return kept;
  }
}
