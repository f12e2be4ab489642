/** The arguments of `lbqos run`. */
import type { Command as Subcommand } from "commander";
import { wholeNumber } from "../whole-number.ts";

export interface TestbedArguments {
  /** The manifest, or the folder that it lies in. */
  readonly path: string;
  /** In place of the manifest's; `null`: as it says. */
  readonly runs: number | null;
  readonly dryRun: boolean;
  readonly quiet: boolean;
}

const MAX_RUNS = 999;

const HELP_AFTER = `
The manifest says how a run is made, in shell commands of your own:

  testbed:
    runs: 10
    prepare: ssh balancer ./switch-to $LBQOS_METHOD
    capture: ssh balancer tcpdump -U -w - -i eth0 tcp
    load: httperf --server $LBQOS_ADDRESS --num-conns 1000 --rate 1000

For each run, prepare is run to its end, the capture is started, the load is run
to its end, and after settleSeconds (1) the capture is stopped and checked:
packets that the recorder dropped, requests that did not arrive (load: requests),
a command that failed. A run that failed is made again, up to attempts (3) times.
capture is a command that writes a capture to its output, or { interface: eth0,
filter: tcp } to record here. A method's own testbed takes precedence.

Commands find in their environment LBQOS_METHOD, LBQOS_RUN, LBQOS_BACKEND (where
a method records its backends one by one) and LBQOS_ADDRESS: the balancer's, or
the backend's. Captures lie where the method's captures say. Runs that are there
already are kept, so the same command goes on after an interruption.

Exit status: 0 all runs are there, 1 a run keeps failing, 2 wrong usage.

Examples:
  # what would be done
  $ lbqos run study/experiment.yaml --dry-run

  # do it, then compare
  $ lbqos run study/experiment.yaml && lbqos compare study --out report
`;

interface TestbedRunOptions {
  readonly runs?: number;
  readonly dryRun?: true;
  readonly quiet?: true;
}

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function defineTestbed(subcommand: Subcommand, use: (request: TestbedArguments) => void): void {
  subcommand
    .argument("<experiment>", "manifest, or the folder that it lies in")
    .option(
      "--runs <number>",
      "runs of each method, in place of the manifest's",
      wholeNumber("--runs", 1, MAX_RUNS),
    )
    .option("--dry-run", "print what would be done, and do nothing")
    .option("--quiet", "nothing on standard error but errors")
    .addHelpText("after", HELP_AFTER)
    .action((path: string, options: TestbedRunOptions) =>
      use({
        path,
        runs: options.runs ?? null,
        dryRun: options.dryRun === true,
        quiet: options.quiet === true,
      }),
    );
}
