/**
 * Text from captures and file names can hold anything, also sequences that command a terminal (ECMA-48 escapes, both
 * the 7-bit ESC and the 8-bit C1 forms) or turn the writing direction. Printed, they become visible.
 */

/** C0, DEL, C1, line separators, bidirectional marks and overrides, halves of surrogate pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\p{Cs}]/gu;

/** The text with `\x1b` or `\u202e` where a control character was. */
export function printableText(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, "0")}`
      : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}
