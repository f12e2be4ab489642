/**
 * JSON leaves the 8-bit control characters (0x9b starts a terminal's escape sequence) and the marks that turn the
 * writing direction as they are; escaped, the document means the same and is safe to print.
 */
const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** @param json a JSON text, in which such characters occur inside strings only */
export function escapeJson(json: string): string {
  return json.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
