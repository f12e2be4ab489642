/** What commander says about the arguments, as messages of ours: one line, with the place to read on. */
import { type Message, message } from "../words/message.ts";

/** Commander 14's sentences, and what they say. */
const SENTENCES: readonly (readonly [RegExp, (found: readonly string[]) => Message])[] = [
  [
    /^unknown option '(.*?)'(?: \(Did you mean (?:one of )?(.*)\?\))?$/,
    ([, option = "", near = ""]) => message("unknownOption", option, near),
  ],
  [
    /^unknown command '(.*?)'(?: \(Did you mean (?:one of )?(.*)\?\))?$/,
    ([, name = "", near = ""]) => message("unknownSubcommand", name, near),
  ],
  [/^missing required argument '(.*)'$/, ([, name = ""]) => message("missingArgument", name)],
  [/^option '(.*)' argument missing$/, ([, option = ""]) => message("optionWithoutValue", option)],
  [/^required option '(.*)' not specified$/, ([, option = ""]) => message("missingOption", option)],
  [
    /^option '(.*)' argument '(.*)' is invalid\. Allowed choices are (.*)$/,
    ([, option = "", value = "", choices = ""]) => message("notChoice", option, value, choices),
  ],
  [
    /^command-argument value '(.*)' is invalid for argument '(.*)'\. Allowed choices are (.*)$/,
    ([, value = "", name = "", choices = ""]) => message("argumentNotChoice", name, value, choices),
  ],
  [
    /^option '(.*)' cannot be used with option '(.*)'$/,
    ([, option = "", other = ""]) => message("optionsConflict", option, other),
  ],
  [
    /^too many arguments(?: for '(.*)')?\. Expected (\d+) arguments? but got (\d+)$/,
    ([, command = "", expected = "0", got = "0"]) =>
      message("tooManyArguments", command, Number(expected), Number(got)),
  ],
];

/** @param command whose help says more; `undefined`: lbqos itself */
export function usageMessage(text: string, command: string | undefined): Message {
  const line = text
    .replace(/^error: /, "")
    .trim()
    .replaceAll(/\s*\n\s*/g, " ")
    .replace(/\.$/, "");
  const help = command === undefined || command.startsWith("-") ? "lbqos --help" : `lbqos ${command} --help`;
  return message("seeHelp", sentenceOf(line), help);
}

function sentenceOf(line: string): Message {
  for (const [pattern, told] of SENTENCES) {
    const found = pattern.exec(line);
    if (found !== null) return told(found);
  }
  return message("verbatim", line);
}
