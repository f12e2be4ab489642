/** What holds whatever the input: each throws where it doesn't. */

/** C0, C1 (but line ends and tabs), and what turns the writing direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Every number in it is one. */
export function checkNumbers(value, path) {
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error(`${path} is ${value}`);
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) checkNumbers(inner, `${path}.${key}`);
}

/** A text that is printed commands no terminal, and has no number that is none and nothing undefined, but of the input's own. */
export function checkText(text, name, input = "") {
  const control = CONTROL.exec(text);
  if (control !== null) throw new Error(`${name} has the character ${control[0].charCodeAt(0)}`);
  for (const { 0: word, index } of text.matchAll(
    /(?<![\w"'/.\\-])(NaN|undefined|\[object Object\])(?![\w"'/.-])/g,
  )) {
    if (input.includes(word)) continue;
    throw new Error(`${name} says ${word}: ${text.slice(Math.max(0, index - 60), index + 40)}`);
  }
}

/** A failure is one line. */
export function checkFailure(error, Failure) {
  if (!(error instanceof Failure)) throw error;
  if (/[\r\n]/.test(error.message)) throw new Error(`a failure of several lines: ${error.message}`);
}
