/** The language that the command speaks: `--lang`, which may stand anywhere among the arguments, or LBQOS_LANG. */
import { Failure } from "../failure.ts";
import { type Language, languages } from "../words/language.ts";
import { message } from "../words/message.ts";

const OPTION = "--lang";
const VARIABLE = "LBQOS_LANG";

/** By `--lang`; `null`: it was not given. */
let given: Language | null = null;
let spoken: Language = "en";

/** The language of errors, warnings, progress and help, and of reports where nothing else says theirs. */
export function userLanguage(): Language {
  return spoken;
}

/** The language that `--lang` names; `null`: none, so that an experiment's own counts. */
export function givenLanguage(): Language | null {
  return given;
}

/**
 * Chooses the language.
 * @returns the arguments without `--lang`
 * @throws Failure (status 2) where it is no language of lbqos
 */
export function chooseLanguage(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  given = null;
  spoken = "en";
  const fromEnvironment = environment[VARIABLE];
  if (fromEnvironment !== undefined && fromEnvironment !== "") spoken = languageOf(fromEnvironment, VARIABLE);
  const end = endOfOptions(args);
  const rest: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    const isOption = at < end && (arg === OPTION || arg.startsWith(`${OPTION}=`));
    if (!isOption) {
      rest.push(arg);
      continue;
    }
    const value = arg === OPTION ? args[++at] : arg.slice(OPTION.length + 1);
    given = languageOf(value ?? "", OPTION);
    spoken = given;
  }
  return rest;
}

/** What follows is another program's: after `--`, and behind the host of `lab exec`. */
function endOfOptions(args: readonly string[]): number {
  const dashes = args.indexOf("--");
  const exec = args.indexOf("exec");
  const ends = [dashes, exec > 0 && args[exec - 1] === "lab" ? exec + 1 : -1].filter((at) => at >= 0);
  return Math.min(args.length, ...ends);
}

function languageOf(text: string, where: string): Language {
  const language = languages.find((one) => one === text);
  if (language === undefined) throw new Failure(message("notLanguage", where, text, languages.join(", ")), 2);
  return language;
}
