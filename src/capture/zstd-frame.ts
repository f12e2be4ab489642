/** The head of a frame of Zstandard data (RFC 8878 §3.1.1). */

/** First four bytes of a frame, as a little-endian number. */
export const ZSTD_MAGIC = 0xfd2fb528;

/** Largest window that is accepted, in bytes: what the zstd command accepts without --long=31 or --memory. */
export const MAX_WINDOW_BYTES = 2 ** 27;

/**
 * Memory that the first frame asks for, in bytes (RFC 8878 §3.1.1.1); 0 where the head doesn't say. The decoder
 * allocates it unasked, so it is looked at before.
 */
export function zstdWindowBytes(head: Buffer): number {
  const DESCRIPTOR = 4;
  const WINDOW = 5;
  const SINGLE_SEGMENT = 0x20;
  if (head.length < 18 || head.readUInt32LE(0) !== ZSTD_MAGIC) return 0;
  const descriptor = head.readUInt8(DESCRIPTOR);
  if ((descriptor & SINGLE_SEGMENT) === 0) {
    const window = head.readUInt8(WINDOW);
    return 2 ** (10 + (window >> 3)) * (1 + (window & 7) / 8);
  }
  // A single segment's window is its content, whose size follows the dictionary's number.
  const sizeAt = WINDOW + ([0, 1, 2, 4][descriptor & 3] ?? 0);
  switch (descriptor >> 6) {
    case 0:
      return head.readUInt8(sizeAt);
    case 1:
      return head.readUInt16LE(sizeAt) + 256;
    case 2:
      return head.readUInt32LE(sizeAt);
    default:
      return Number(head.readBigUInt64LE(sizeAt));
  }
}
