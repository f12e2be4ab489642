/** From arguments to a command. */
import { type Command as CommanderCommand, CommanderError, Command as Program } from "commander";
import { Failure } from "../failure.ts";
import type { HelpTexts } from "../words/help-texts.ts";
import { message } from "../words/message.ts";
import { languages } from "../words/words.ts";
import type { Command } from "./command.ts";
import { HELP_WIDTH, helpEnd, helpWords, translateHelp } from "./help-text.ts";
import { chooseLanguage } from "./language.ts";
import { usageMessage } from "./usage-message.ts";

/** A command that has arguments of its own. */
interface Subcommand {
  readonly name: keyof HelpTexts["commands"];
  readonly load: () => Promise<(command: CommanderCommand, use: (command: Command) => void) => void>;
}

/** The commands of lbqos; what each takes is loaded when it is named. */
const SUBCOMMANDS: readonly Subcommand[] = [
  {
    name: "analyze",
    load: async () => {
      const { defineAnalyze } = await import("./analyze/analyze-arguments.ts");
      return (command, use) => defineAnalyze(command, (request) => use({ kind: "analyze", request }));
    },
  },
  {
    name: "open",
    load: async () => {
      const { defineOpen } = await import("./open/open-arguments.ts");
      return (command, use) => defineOpen(command, (request) => use({ kind: "open", request }));
    },
  },
  {
    name: "exchanges",
    load: async () => {
      const { defineExchanges } = await import("./exchanges/exchanges-arguments.ts");
      return (command, use) => defineExchanges(command, (request) => use({ kind: "exchanges", request }));
    },
  },
  {
    name: "path",
    load: async () => {
      const { definePath } = await import("./path/path-arguments.ts");
      return (command, use) => definePath(command, (request) => use({ kind: "path", request }));
    },
  },
  {
    name: "compare",
    load: async () => {
      const { defineCompare } = await import("./compare/compare-arguments.ts");
      return (command, use) => defineCompare(command, (request) => use({ kind: "compare", request }));
    },
  },
  {
    name: "init",
    load: async () => {
      const { defineInit } = await import("./init/init-arguments.ts");
      return (command, use) => defineInit(command, (request) => use({ kind: "init", request }));
    },
  },
  {
    name: "audit",
    load: async () => {
      const { defineAudit } = await import("./audit/audit-arguments.ts");
      return (command, use) => defineAudit(command, (request) => use({ kind: "audit", request }));
    },
  },
  {
    name: "live",
    load: async () => {
      const { defineLive } = await import("./live/live-arguments.ts");
      return (command, use) => defineLive(command, (request) => use({ kind: "live", request }));
    },
  },
  {
    name: "interfaces",
    load: async () => {
      const { defineInterfaces } = await import("./interfaces/interfaces-arguments.ts");
      return (command, use) => defineInterfaces(command, (request) => use({ kind: "interfaces", request }));
    },
  },
  {
    name: "grafana",
    load: async () => {
      const { defineGrafana } = await import("./grafana/grafana-arguments.ts");
      return (command, use) => defineGrafana(command, (request) => use({ kind: "grafana", request }));
    },
  },
  {
    name: "run",
    load: async () => {
      const { defineTestbed } = await import("./testbed/testbed-arguments.ts");
      return (command, use) => defineTestbed(command, (request) => use({ kind: "testbed", request }));
    },
  },
  {
    name: "worker",
    load: async () => {
      const { defineWorker } = await import("./worker/worker-arguments.ts");
      return (command, use) => defineWorker(command, (request) => use({ kind: "worker", request }));
    },
  },
  {
    name: "lab",
    load: async () => {
      const { defineLab } = await import("./lab/lab-arguments.ts");
      return (command, use) => defineLab(command, (request) => use({ kind: "lab", request }));
    },
  },
];

const EXAMPLES = [
  "lbqos analyze fixtures/captures/round-robin-1.pcapng.gz",
  "lbqos compare fixtures/experiment.yaml",
  "lbqos live --replay fixtures/captures/round-robin-1.pcapng.gz",
  "lbqos compare --help",
];

/** @throws Failure (status 2) where the arguments can't be understood */
export async function parseArguments(given: readonly string[]): Promise<Command> {
  const args = chooseLanguage(given, process.env);
  const [first] = args;
  refuseUnknownCommand(first);
  const words = helpWords();
  const program = new Program("lbqos");
  let printed = "";
  let command: Command | null = null;
  program
    .description(words.description)
    .option("-V, --version", words.version)
    .addHelpText("after", helpEnd({ examples: EXAMPLES.map((command) => [null, command]) }))
    .enablePositionalOptions()
    .helpCommand("help [command]", words.helpCommand)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        printed += text;
      },
      writeErr: () => undefined,
      getOutHelpWidth: () => HELP_WIDTH,
    });
  translateHelp(program);
  for (const { name, load } of SUBCOMMANDS) {
    const subcommand = program.command(name).description(words.commands[name]);
    if (!args.includes(name)) continue;
    const define = await load();
    define(subcommand, (understood) => {
      command = understood;
    });
    addLanguageOption(subcommand);
  }
  if (args.length === 0) program.outputHelp();
  if (printed !== "") return { kind: "usage", text: printed };
  try {
    program.parse(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: "print", text: printed };
    throw new Failure(usageMessage(error.message, first), 2);
  }
  if (command === null) throw new Error("the arguments were understood, but ask for nothing");
  return command;
}

/** A first argument that is neither an option nor a command; a file name there means that `analyze` was left out. */
function refuseUnknownCommand(first: string | undefined): void {
  if (first === undefined || (first.startsWith("-") && first !== "-") || first === "help") return;
  const names = SUBCOMMANDS.map(({ name }) => name);
  if (names.some((name) => name === first)) return;
  const unknown = /[./]|^-$/.test(first)
    ? message("fileForCommand", first)
    : message("unknownCommand", first, names.join(", "));
  throw new Failure(unknown, 2);
}

/** Shown in the help of every command, and of their subcommands; `chooseLanguage` has taken it from the arguments. */
function addLanguageOption(command: CommanderCommand): void {
  if (command.commands.length > 0) command.commands.forEach(addLanguageOption);
  else command.option("--lang <language>", helpWords().language(languages));
}
