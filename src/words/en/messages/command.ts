/** The command: its arguments, what it writes, and what the system says. */
export const command = {
  warning: (text: string) => `warning: ${text}`,
  internalError: (reason: string) =>
    `internal error (${reason}): this is a bug of lbqos, please report it with the command that you gave and, if you can, the capture; LBQOS_DEBUG=1 shows where`,

  // Progress and doubts of the commands
  nothingLearned: (why: string) => `nothing could be learned from a capture: ${why}`,
  notAudited: (run: string) => `not audited, because it can't be read: ${run}`,
  nothingToCompare: (path: string, why: string) => `${path}: there is nothing to compare: ${why}`,
  namesNothing: () => "it names neither captures nor tables",
  runLeftOut: (run: string) => `left out, because it can't be read: ${run}`,
  noManifest: (path: string) =>
    `no experiment.yaml in ${path}: methods and runs are taken from names, balancer and backends from the traffic`,
  chartsInPageOnly: (why: string) => `charts are in report.html only: ${why}`,
  reportWritten: (path: string) => `the report is in ${path}`,

  interrupted: (isKept: boolean) =>
    `interrupted${isKept ? "; captures analyzed so far are kept for the next time" : ""}`,

  // Arguments
  seeHelp: (problem: string, help: string) => `${problem}; see ${help}`,
  notLanguage: (where: string, text: string, languages: string) =>
    `${where}: "${text}" is not a language of lbqos; there are ${languages}`,
  unknownCommand: (name: string, names: string) =>
    `unknown command "${name}": there are ${names}; see lbqos --help`,
  fileForCommand: (name: string) => `unknown command "${name}": to measure a capture: lbqos analyze ${name}`,
  unknownOption: (option: string, near: string) => `unknown option '${option}'${didYouMean(near)}`,
  unknownSubcommand: (name: string, near: string) => `unknown command '${name}'${didYouMean(near)}`,
  missingArgument: (name: string) => `missing required argument '${name}'`,
  optionWithoutValue: (option: string) => `option '${option}' argument missing`,
  missingOption: (option: string) => `required option '${option}' not specified`,
  notChoice: (option: string, value: string, choices: string) =>
    `option '${option}' argument '${value}' is invalid. Allowed choices are ${choices}`,
  argumentNotChoice: (name: string, value: string, choices: string) =>
    `command-argument value '${value}' is invalid for argument '${name}'. Allowed choices are ${choices}`,
  optionsConflict: (option: string, other: string) =>
    `option '${option}' cannot be used with option '${other}'`,
  tooManyArguments: (name: string, expected: number, got: number) =>
    `too many arguments${name === "" ? "" : ` for '${name}'`}. Expected ${expected} argument${expected === 1 ? "" : "s"} but got ${got}`,
};

function didYouMean(near: string): string {
  if (near === "") return "";
  return ` (Did you mean ${near.includes(",") ? "one of " : ""}${near}?)`;
}
