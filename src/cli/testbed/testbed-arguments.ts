/** The arguments of `lbqos run`. */
import { Option, type Command as Subcommand } from "commander";
import { IN_BLOCKS, type RunOrder, runOrders } from "../../lab/run-order.ts";
import { helpEnd, helpWords } from "../help-text.ts";
import { wholeNumber } from "../whole-number.ts";

export interface TestbedArguments {
  /** The manifest, or the folder that it lies in. */
  readonly path: string;
  /** In place of the manifest's; `null`: as it says. */
  readonly runs: number | null;
  readonly order: RunOrder;
  readonly dryRun: boolean;
  readonly quiet: boolean;
}

/** Of a random order. */
export const MAX_SEED = 4_294_967_295;
const MAX_RUNS = 999;

/** How a manifest says it. */
const MANIFEST_LINES = `  testbed:
    runs: 10
    prepare: ssh balancer ./switch-to $LBQOS_METHOD
    capture: ssh balancer tcpdump -U -w - -i eth0 tcp
    load: httperf --server $LBQOS_ADDRESS --num-conns 1000 --rate 1000`;

interface TestbedRunOptions {
  readonly runs?: number;
  readonly order: RunOrder["kind"];
  readonly seed: number;
  readonly dryRun?: true;
  readonly quiet?: true;
}

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function defineTestbed(subcommand: Subcommand, use: (request: TestbedArguments) => void): void {
  const { lab, shared } = helpWords();
  const words = lab.ownTestbed;
  subcommand
    .argument("<experiment>", words.experiment)
    .option("--runs <number>", words.runs, wholeNumber("--runs", 1, MAX_RUNS))
    .addOption(new Option("--order <order>", lab.run.order).choices(runOrders).default("blocks"))
    .option("--seed <number>", lab.run.seed, wholeNumber("--seed", 0, MAX_SEED), 1)
    .option("--dry-run", words.dryRun)
    .option("--quiet", shared.quiet)
    .addHelpText(
      "after",
      helpEnd({
        text: `${words.manifestIntro}\n\n${MANIFEST_LINES}\n\n${words.after}`,
        exitStatus: words.exitStatus,
        examples: [
          [words.examples.dryRun, `lbqos run study/experiment.yaml --dry-run`],
          [words.examples.make, `lbqos run study/experiment.yaml && lbqos compare study --out report`],
        ],
      }),
    )
    .action((path: string, options: TestbedRunOptions) =>
      use({
        path,
        runs: options.runs ?? null,
        order: options.order === "random" ? { kind: options.order, seed: options.seed } : IN_BLOCKS,
        dryRun: options.dryRun === true,
        quiet: options.quiet === true,
      }),
    );
}
