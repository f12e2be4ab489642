/** What the readers of payloads ask of octets. */

/** No octets. */
export const NOTHING = new Uint8Array(0);

/** Two octets, most significant first. */
export function wordAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

/** Whether an octet is a character of ASCII that can be seen, or a space. */
export function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f;
}
