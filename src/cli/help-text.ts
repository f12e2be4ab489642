/** The parts of a command's help that commander does not write by itself, in the user's language. */
import type { Help, Option, Command as Subcommand } from "commander";
import { type HelpTexts, helpTextsOf } from "../words/help-texts.ts";
import { userLanguage } from "./language.ts";

/** Of the help texts. */
export const HELP_WIDTH = 80;

/** The texts of all commands' help in the user's language. */
export function helpWords(): HelpTexts {
  return helpTextsOf(userLanguage());
}

/** Commands to copy, and what they do: `null` where that is plain. */
export type Example = readonly [about: string | null, command: string];

/** What stands below the options. */
export interface HelpEnd {
  readonly text?: string;
  readonly exitStatus?: string;
  readonly examples: readonly Example[];
}

/** The end of a command's help. */
export function helpEnd({ text, exitStatus, examples }: HelpEnd): string {
  const { titles } = helpWords();
  const commands = examples.map(([about, command]) =>
    about === null ? `  $ ${command}\n` : `  # ${about}\n  $ ${command}\n`,
  );
  const isPlain = examples.every(([about]) => about === null);
  return [
    ...(text === undefined ? [] : [`\n${text}\n`]),
    ...(exitStatus === undefined ? [] : [`\n${titles.exitStatus} ${exitStatus}\n`]),
    `\n${titles.examples}\n${commands.join(isPlain ? "" : "\n")}`,
  ].join("");
}

/** Has commander write headings, choices and defaults in the user's language; subcommands made later inherit it. */
export function translateHelp(program: Subcommand): void {
  const words = helpWords();
  const titles: ReadonlyMap<string, string> = new Map([
    ["Usage:", words.titles.usage],
    ["Arguments:", words.titles.arguments],
    ["Options:", words.titles.options],
    ["Commands:", words.titles.commands],
  ]);
  program
    .helpOption("-h, --help", words.helpOption)
    .configureHelp({ styleTitle: (title) => titles.get(title) ?? title, optionDescription });
}

/** `description (choices: …, default: …)`, as commander has it. */
function optionDescription(this: Help, option: Option): string {
  const words = helpWords();
  const facts: string[] = [];
  if (option.argChoices !== undefined) {
    facts.push(words.choices(option.argChoices.map((choice) => JSON.stringify(choice)).join(", ")));
  }
  const showsDefault =
    option.required || option.optional || (option.isBoolean() && option.defaultValue === true);
  if (option.defaultValue !== undefined && showsDefault) {
    facts.push(words.default(option.defaultValueDescription ?? JSON.stringify(option.defaultValue)));
  }
  return facts.length === 0 ? option.description : `${option.description} (${facts.join(", ")})`;
}
