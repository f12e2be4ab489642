/** The arguments of `lbqos lab`. */
import { Option, type Command as Subcommand } from "commander";
import { Failure } from "../../failure.ts";
import { BACKENDS, labHosts } from "../../lab/lab-hosts.ts";
import { DEFAULT_LAB_NAME, labPlace } from "../../lab/lab-place.ts";
import { type BalancingMethod, balancingMethods } from "../../lab/nginx-configuration.ts";
import { parseImpairments } from "./impairment-option.ts";
import type { LabRequest } from "./lab-request.ts";
import { defineLabRun } from "./lab-run-arguments.ts";
import { addTestbedOptions, balancingPlan, type TestbedOptions } from "./testbed-option.ts";

const HOST_LINES = labHosts(1)
  .map(({ name, title, address }) => `  ${name.padEnd(8)}${title.padEnd(10)}${address ?? ""}`.trimEnd())
  .join("\n");

const HELP_AFTER = `
The lab is the study's testbed on this machine: client, NGINX balancer and three
Flask servers, each in a network namespace of its own on one bridge, with no route
out. It needs root, and leaves nothing behind.

Hosts:
${HOST_LINES}

Examples:
  # what is missing on this machine
  $ lbqos lab check

  # the whole study, then its report
  $ sudo lbqos lab run -o study && lbqos compare study --out report

  # a lab to try things in
  $ sudo lbqos lab up
  $ sudo lbqos lab exec client curl -s http://192.168.56.103/
  $ sudo lbqos lab down
`;

const UP_HELP = `
Losses, rates, delays and weights are of all backends; BACKEND=VALUE is of one,
${BACKENDS.map(({ name }) => name).join(", ")}. The options can be repeated.

Examples:
  $ lbqos lab up --method least-connection --keepalive
  $ lbqos lab up --loss-to 2 --loss-from fa=5 --limit-from fc=10M
  $ lbqos lab up --dry-run
`;

interface UpOptions extends TestbedOptions {
  readonly name: string;
  readonly method: BalancingMethod;
  readonly dryRun?: true;
  readonly quiet?: true;
}

/** Gives the subcommand its own commands; `use` gets the request when the arguments were understood. */
export function defineLab(subcommand: Subcommand, use: (request: LabRequest) => void): void {
  subcommand
    .usage("<command> [options]")
    .enablePositionalOptions()
    .helpCommand(false)
    .argument("[command]")
    .addHelpText("after", HELP_AFTER)
    .action((command: string | undefined) => {
      const names = subcommand.commands.map((one) => one.name()).join(", ");
      const problem = command === undefined ? "lab takes a command" : `"${command}" is no command of lab`;
      throw new Failure(`${problem}: there is ${names}; see lbqos lab --help`, 2);
    });
  subcommand
    .command("check")
    .description("say what is missing on this machine, and the command that installs it")
    .action(() => use({ kind: "check" }));
  defineUp(subcommand, use);
  defineLabRun(subcommand, use);
  subcommand
    .command("status")
    .description("show the labs that are there")
    .option("--json", "as one JSON document")
    .action((options: { json?: true }) => use({ kind: "status", json: options.json === true }));
  subcommand
    .command("exec")
    .description("run a command on a host of the lab, with its exit status")
    .argument("<host>", "client, lb, fa, fb, fc or sw; an address or a title does too")
    .argument("<command...>", "the command with its arguments")
    .option("--name <name>", "which lab, where there are several")
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
    .description("remove a lab, or what a killed one left")
    .addOption(new Option("--name <name>", "which lab, where there are several").conflicts("all"))
    .option("--all", "every lab on this machine")
    .option("--quiet", "nothing on standard error but errors")
    .action((options: { name?: string; all?: true; quiet?: true }) =>
      use({
        kind: "down",
        place: options.all ? "all" : options.name === undefined ? null : labPlace(options.name),
        quiet: options.quiet === true,
      }),
    );
}

function defineUp(subcommand: Subcommand, use: (request: LabRequest) => void): void {
  const up = subcommand
    .command("up")
    .description("build the lab, for trying things")
    .option("--name <name>", "what the lab is called", DEFAULT_LAB_NAME)
    .addOption(
      new Option("--method <method>", "how nginx shares requests")
        .choices(balancingMethods)
        .default("round-robin"),
    );
  addTestbedOptions(up)
    .option("--dry-run", "print every command, and do nothing")
    .option("--quiet", "nothing on standard error but errors")
    .addHelpText("after", UP_HELP)
    .action((options: UpOptions) =>
      use({
        kind: "up",
        place: labPlace(options.name),
        options: {
          clients: options.clients,
          impairments: parseImpairments(options),
          balancing: balancingPlan(options.method, options),
        },
        dryRun: options.dryRun === true,
        quiet: options.quiet === true,
      }),
    );
}
