/** A command line as words, quoted as for a shell; nothing of a shell's other doings. */
import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";

/** A quoted part (single, double), an escaped character, plain characters, space between words. */
const PART = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\|&;<>()$`]+)|(\s+)|(.)/gs;

/**
 * `ssh lb "tcpdump -U -w - tcp"`: the program and its arguments.
 * @throws Failure (status 2) where it is empty, a quote isn't closed, or it wants a shell
 */
export function commandWords(option: string, text: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (const [, single, double, escaped, plain, space, other] of text.matchAll(PART)) {
    if (other !== undefined) {
      throw new Failure(
        /['"\\]/.test(other)
          ? message("quoteLeftOver", option, other, text)
          : message("shellCharacter", option, other),
        2,
      );
    }
    if (space !== undefined) {
      if (word !== null) words.push(word);
      word = null;
      continue;
    }
    const part: string = single ?? double?.replaceAll(/\\(["\\$`])/g, "$1") ?? escaped ?? plain ?? "";
    word = (word ?? "") + part;
  }
  if (word !== null) words.push(word);
  if (words.length === 0) throw new Failure(message("commandIsEmpty", option), 2);
  return words;
}
