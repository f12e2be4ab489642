/** The arguments of `lbqos lab`. */
import { Option, type Command as Subcommand } from "commander";
import { Failure } from "../../failure.ts";
import { type BalancingMethod, balancingMethods } from "../../lab/balancing-plan.ts";
import { BACKENDS, labHosts } from "../../lab/lab-hosts.ts";
import { DEFAULT_LAB_NAME, labPlace } from "../../lab/lab-place.ts";
import { message } from "../../words/message.ts";
import { helpEnd, helpWords } from "../help-text.ts";
import { parseImpairments } from "./impairment-option.ts";
import type { LabRequest } from "./lab-request.ts";
import { defineLabRun } from "./lab-run-arguments.ts";
import { addTestbedOptions, balancingPlan, hostSettings, type TestbedOptions } from "./testbed-option.ts";

const HOST_LINES = labHosts(1)
  .map(({ name, title, address }) => `  ${name.padEnd(8)}${title.padEnd(10)}${address ?? ""}`.trimEnd())
  .join("\n");

interface UpOptions extends TestbedOptions {
  readonly name: string;
  readonly method: BalancingMethod;
  readonly dryRun?: true;
  readonly quiet?: true;
}

/** Gives the subcommand its own commands; `use` gets the request when the arguments were understood. */
export function defineLab(subcommand: Subcommand, use: (request: LabRequest) => void): void {
  const { lab: words, shared } = helpWords();
  subcommand
    .usage("<command> [options]")
    .enablePositionalOptions()
    .helpCommand(false)
    .argument("[command]")
    .addHelpText(
      "after",
      helpEnd({
        text: `${words.after}\n\n${words.hosts}\n${HOST_LINES}`,
        examples: [
          [words.examples.check, "lbqos lab check"],
          [words.examples.study, "sudo lbqos lab run -o study && lbqos compare study --out report"],
          [
            words.examples.up,
            `sudo lbqos lab up
  $ sudo lbqos lab exec client curl -s http://192.168.56.103/
  $ sudo lbqos lab down`,
          ],
        ],
      }),
    )
    .action((command: string | undefined) => {
      const names = subcommand.commands.map((one) => one.name()).join(", ");
      const problem =
        command === undefined ? message("labTakesCommand", names) : message("notLabCommand", command, names);
      throw new Failure(problem, 2);
    });
  subcommand
    .command("check")
    .description(words.commands.check)
    .action(() => use({ kind: "check" }));
  defineUp(subcommand, use);
  defineLabRun(subcommand, use);
  subcommand
    .command("status")
    .description(words.commands.status)
    .option("--json", words.statusJson)
    .action((options: { json?: true }) => use({ kind: "status", json: options.json === true }));
  subcommand
    .command("exec")
    .description(words.commands.exec)
    .argument("<host>", words.host)
    .argument("<command...>", words.command)
    .option("--name <name>", words.whichLab)
    .passThroughOptions()
    .action((host: string, command: string[], options: { name?: string }) =>
      use({
        kind: "exec",
        place: options.name === undefined ? null : labPlace(options.name),
        host,
        // As people write it where a command takes options of its own.
        command: command[0] === "--" ? command.slice(1) : command,
      }),
    );
  subcommand
    .command("down")
    .description(words.commands.down)
    .addOption(new Option("--name <name>", words.whichLab).conflicts("all"))
    .option("--all", words.allLabs)
    .option("--quiet", shared.quiet)
    .action((options: { name?: string; all?: true; quiet?: true }) =>
      use({
        kind: "down",
        place: options.all ? "all" : options.name === undefined ? null : labPlace(options.name),
        quiet: options.quiet === true,
      }),
    );
}

function defineUp(subcommand: Subcommand, use: (request: LabRequest) => void): void {
  const { lab: words, shared } = helpWords();
  const up = subcommand
    .command("up")
    .description(words.commands.up)
    .option("--name <name>", words.labName, DEFAULT_LAB_NAME)
    .addOption(
      new Option("--method <method>", words.method).choices(balancingMethods).default("round-robin"),
    );
  addTestbedOptions(up)
    .option("--dry-run", shared.dryRun)
    .option("--quiet", shared.quiet)
    .addHelpText(
      "after",
      helpEnd({
        text: words.upAfter(BACKENDS.map(({ name }) => name).join(", ")),
        examples: [
          [null, `lbqos lab up --method least-connection --keepalive`],
          [null, `lbqos lab up --loss-to 2 --loss-from fa=5 --limit-from fc=10M`],
          [null, `lbqos lab up --ipv6 --offload --delay-to 5 --delay-from 5 --reorder-from 2`],
          [null, `lbqos lab up --dry-run`],
        ],
      }),
    )
    .action((options: UpOptions) =>
      use({
        kind: "up",
        place: labPlace(options.name),
        options: {
          clients: options.clients,
          hosts: hostSettings(options),
          impairments: parseImpairments(options),
          balancing: balancingPlan(options.method, options),
        },
        dryRun: options.dryRun === true,
        quiet: options.quiet === true,
      }),
    );
}
