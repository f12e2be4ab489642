/** The arguments of `lbqos lab run`. */
import { Option, type Command as Subcommand } from "commander";
import { Failure } from "../../failure.ts";
import { DEFAULT_LAB_NAME, labPlace } from "../../lab/lab-place.ts";
import {
  type LoadGenerator,
  loadGenerators,
  pacedGenerators,
  USUAL_CONNECTIONS,
} from "../../lab/load-generator.ts";
import { type RunOrder, runOrders } from "../../lab/run-order.ts";
import { type StudyMethod, type StudySettings, studyMethods } from "../../lab/study-plan.ts";
import { message } from "../../words/message.ts";
import { helpEnd, helpWords } from "../help-text.ts";
import { MAX_SEED } from "../testbed/testbed-arguments.ts";
import { wholeNumber } from "../whole-number.ts";
import { parseClocks } from "./clock-option.ts";
import { parseEvents } from "./event-option.ts";
import { parseImpairments } from "./impairment-option.ts";
import type { LabRequest } from "./lab-request.ts";
import {
  addTestbedOptions,
  balancerOption,
  hostSettings,
  parseWeights,
  type TestbedOptions,
} from "./testbed-option.ts";

const MAX_RUNS = 999;
const MAX_REQUESTS = 10_000_000;
const HIGHEST_RATE = 100_000;
const MAX_CONNECTIONS = 1000;
/** What nginx takes unasked. */
const MAX_BODY_BYTES = 1_000_000;
const STUDY_METHODS = "direct,round-robin,least-connection,ip-hash";

interface RunOptions extends TestbedOptions {
  readonly name: string;
  readonly methods: string;
  readonly runs: number;
  readonly requests: number;
  readonly rate: string;
  readonly order: RunOrder["kind"];
  readonly seed: number;
  readonly calls: number;
  readonly uri: string;
  readonly generator: LoadGenerator;
  readonly connections: number;
  readonly body: number;
  readonly at?: readonly string[];
  readonly taps?: true;
  readonly clockOffset?: readonly string[];
  readonly clockDrift?: readonly string[];
  readonly out: string;
  readonly report: boolean;
  readonly dryRun?: true;
  readonly quiet?: true;
}

/** Gives `lab` its command `run`. */
export function defineLabRun(subcommand: Subcommand, use: (request: LabRequest) => void): void {
  const { lab, shared } = helpWords();
  const words = lab.run;
  const run = subcommand
    .command("run")
    .description(lab.commands.run)
    .requiredOption("-o, --out <folder>", words.out)
    .option("--methods <list>", words.methods(studyMethods.join(", ")), STUDY_METHODS)
    .option("--runs <number>", words.runs, wholeNumber("--runs", 1, MAX_RUNS), 10)
    .option("--requests <number>", words.requests, wholeNumber("--requests", 1, MAX_REQUESTS), 1000)
    .option("--rate <list>", words.rate, "1000")
    .addOption(new Option("--order <order>", words.order).choices(runOrders).default("blocks"))
    .option("--seed <number>", words.seed, wholeNumber("--seed", 0, MAX_SEED), 1)
    .option("--calls <number>", words.calls, wholeNumber("--calls", 1, 10_000), 1)
    .option("--uri <path>", words.uri, "/")
    .addOption(
      new Option("--generator <program>", words.generator).choices(loadGenerators).default("httperf"),
    )
    .option(
      "--connections <number>",
      words.connections,
      wholeNumber("--connections", 1, MAX_CONNECTIONS),
      USUAL_CONNECTIONS,
    )
    .option("--body <bytes>", words.body, wholeNumber("--body", 0, MAX_BODY_BYTES), 0);
  addTestbedOptions(run)
    .option("--at <event>", words.at, repeated)
    .option("--taps", words.taps)
    .option("--clock-offset <ms>", words.clockOffset, repeated)
    .option("--clock-drift <ppm>", words.clockDrift, repeated)
    .option("--no-report", words.noReport)
    .option("--name <name>", lab.labName, DEFAULT_LAB_NAME)
    .option("--dry-run", shared.dryRun)
    .option("--quiet", shared.quiet)
    .addHelpText(
      "after",
      helpEnd({
        text: words.after,
        examples: [
          [words.examples.study, `sudo lbqos lab run -o study`],
          [words.examples.clients, `sudo lbqos lab run -o ten --clients 10 --methods round-robin,ip-hash`],
          [
            words.examples.lossy,
            `sudo lbqos lab run -o lossy --runs 5 --loss-to 2 --loss-from 2 \\
      --at 0.3:fa:slow=0.05 --at 0.6:fa:normal`,
          ],
          [
            words.examples.offload,
            `sudo lbqos lab run -o uploads --methods round-robin --runs 1 --requests 150 \\
      --generator python --uri /sink --body 200000 --ipv6 --offload \\
      --loss-to 1 --delay-to 5 --jitter-to 2`,
          ],
          [
            words.examples.protocols,
            `sudo lbqos lab run -o tls --runs 3 --tls --http2 --calls 20 --uri /slow?s=0.01`,
          ],
          [
            words.examples.grid,
            `sudo lbqos lab run -o loads --rate 100,300,1000 --runs 5 \\
      --methods round-robin,least-connection`,
          ],
          [words.examples.dryRun, `lbqos lab run -o study --dry-run`],
        ],
      }),
    )
    .action((options: RunOptions) => {
      const isChosen = run.getOptionValueSource("generator") !== "default";
      use(runRequest(options, isChosen));
    });
}

/** @param isChosen whether the user chose the generator @throws Failure (status 2) */
function runRequest(options: RunOptions, isChosen: boolean): LabRequest {
  const hosts = hostSettings(options);
  const generator = hosts.protocols !== undefined && !isChosen ? "node" : options.generator;
  const isNode = generator === "node";
  if (!/^\/[!-~]*$/.test(options.uri)) {
    throw new Failure(message("notUri", options.uri), 2);
  }
  if (hosts.protocols !== undefined && !isNode) throw new Failure(message("protocolsNeedNode", generator), 2);
  if (options.uri.includes("{n}") && !isNode) throw new Failure(message("numberNeedsNode"), 2);
  if (options.ipv6 === true && generator === "httperf") throw new Failure(message("httperfIpv4"), 2);
  if (options.body > 0 && generator !== "python" && !isNode) throw new Failure(message("bodyNeedsPython"), 2);
  const rates = parseRates(options.rate);
  if (rates.length > 1 && !pacedGenerators.includes(generator)) {
    throw new Failure(message("ratesNotPaced", generator, pacedGenerators.join(", ")), 2);
  }
  const bentClocks = parseClocks(options.clockOffset ?? [], options.clockDrift ?? []);
  const settings: StudySettings = {
    requests: options.requests,
    requestsPerSecond: rates[0] ?? HIGHEST_RATE,
    requestsPerConnection: options.calls,
    uri: options.uri,
    generator,
    connections: options.connections,
    bodyBytes: options.body,
    clients: options.clients,
    ...balancerOption(options),
    keepAlive: options.keepalive === true,
    workers: options.workers,
    ...hosts,
    weights: parseWeights(options.weight ?? []),
    impairments: parseImpairments(options),
    events: parseEvents(options.at ?? []),
    taps: options.taps === true || bentClocks.length > 0,
    ...(bentClocks.length === 0 ? {} : { bentClocks }),
  };
  if (options.requests < options.clients * options.calls) {
    throw new Failure(message("tooFewRequests", options.requests, options.clients, options.calls), 2);
  }
  return {
    kind: "run",
    place: labPlace(options.name),
    options: {
      methods: parseMethods(options.methods),
      runs: options.runs,
      ...(rates.length > 1 && { rates }),
      ...(options.order === "random" && { order: { kind: options.order, seed: options.seed } }),
      settings,
    },
    out: options.out,
    report: options.report,
    dryRun: options.dryRun === true,
    quiet: options.quiet === true,
  };
}

function repeated(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** `100,300,1000`: ascending, each once. @throws Failure (status 2) */
function parseRates(text: string): number[] {
  const rates = text.split(",").map((one) => wholeNumber("--rate", 1, HIGHEST_RATE)(one.trim()));
  return [...new Set(rates)].sort((a, b) => a - b);
}

/** In the order of the reports, whatever the order they are named in. @throws Failure (status 2) */
function parseMethods(text: string): StudyMethod[] {
  const names = text.split(",").map((name) => name.trim().toLowerCase());
  const wrong = names.find((name) => !studyMethods.some((method) => method === name));
  if (wrong !== undefined) {
    throw new Failure(message("notMethods", wrong, studyMethods.join(", ")), 2);
  }
  return studyMethods.filter((method) => names.includes(method));
}
