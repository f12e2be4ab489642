/** The arguments of `lbqos lab run`. */
import { Option, type Command as Subcommand } from "commander";
import { Failure } from "../../failure.ts";
import { DEFAULT_LAB_NAME, labPlace } from "../../lab/lab-place.ts";
import { type LoadGenerator, loadGenerators } from "../../lab/load-generator.ts";
import { type StudyMethod, type StudySettings, studyMethods } from "../../lab/study-plan.ts";
import { wholeNumber } from "../whole-number.ts";
import { parseEvents } from "./event-option.ts";
import { parseImpairments } from "./impairment-option.ts";
import type { LabRequest } from "./lab-request.ts";
import { addTestbedOptions, parseWeights, type TestbedOptions } from "./testbed-option.ts";

const MAX_RUNS = 999;
const MAX_REQUESTS = 10_000_000;
const HIGHEST_RATE = 100_000;
const STUDY_METHODS = "direct,round-robin,least-connection,ip-hash";

const HELP_AFTER = `
Without options this is the study: four methods, ten runs each, 1000 requests at
1000 per second. Each run is recorded on the balancer (direct runs on the Flask
server), with the generator's output and nginx's log beside it. Runs that are in
the folder already are kept, so the same command goes on after an interruption.

At the end the folder has an experiment.yaml for "lbqos compare", and the report.

Losses, rates, delays and weights are of all backends; BACKEND=VALUE is of one,
fa, fb, fc. The options can be repeated. Where packets are lost or servers fail
on purpose, a second tap at each backend records the truth: truth.json beside the
capture.

--at SECONDS:BACKEND:WHAT, with WHAT one of stop, start, freeze, thaw,
slow=SECONDS, fail=STATUS and normal, happens so long after the load's start.

Examples:
  # the study, whole, in less than five minutes
  $ sudo lbqos lab run -o study

  # ten clients, so that ip-hash spreads
  $ sudo lbqos lab run -o ten --clients 10 --methods round-robin,ip-hash

  # 2 % loss both ways, one backend slow in the middle of each run
  $ sudo lbqos lab run -o lossy --runs 5 --loss-to 2 --loss-from 2 \\
      --at 0.3:fa:slow=0.05 --at 0.6:fa:normal

  # every command that would be run
  $ lbqos lab run -o study --dry-run
`;

interface RunOptions extends TestbedOptions {
  readonly name: string;
  readonly methods: string;
  readonly runs: number;
  readonly requests: number;
  readonly rate: number;
  readonly calls: number;
  readonly uri: string;
  readonly generator: LoadGenerator;
  readonly at?: readonly string[];
  readonly taps?: true;
  readonly out: string;
  readonly report: boolean;
  readonly dryRun?: true;
  readonly quiet?: true;
}

/** Gives `lab` its command `run`. */
export function defineLabRun(subcommand: Subcommand, use: (request: LabRequest) => void): void {
  const run = subcommand
    .command("run")
    .description("run the study's experiments, record them, report")
    .requiredOption("-o, --out <folder>", "the experiment's folder")
    .option("--methods <list>", `of ${studyMethods.join(", ")}`, STUDY_METHODS)
    .option(
      "--runs <number>",
      "runs of each method (direct: of each backend)",
      wholeNumber("--runs", 1, MAX_RUNS),
      10,
    )
    .option("--requests <number>", "requests of each run", wholeNumber("--requests", 1, MAX_REQUESTS), 1000)
    .option("--rate <number>", "requests per second", wholeNumber("--rate", 1, HIGHEST_RATE), 1000)
    .option("--calls <number>", "requests on each connection", wholeNumber("--calls", 1, 10_000), 1)
    .option("--uri <path>", "what is asked for: /, /slow?s=0.02, /large?n=100000, /chunked, /fail", "/")
    .addOption(
      new Option("--generator <program>", "what sends the requests")
        .choices(loadGenerators)
        .default("httperf"),
    );
  addTestbedOptions(run)
    .option(
      "--at <event>",
      "what happens to a backend when",
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .option("--taps", "record the truth at the backends even where nothing goes wrong")
    .option("--no-report", "write the manifest only")
    .option("--name <name>", "what the lab is called", DEFAULT_LAB_NAME)
    .option("--dry-run", "print every command, and do nothing")
    .option("--quiet", "nothing on standard error but errors")
    .addHelpText("after", HELP_AFTER)
    .action((options: RunOptions) => use(runRequest(options)));
}

/** @throws Failure (status 2) */
function runRequest(options: RunOptions): LabRequest {
  if (!/^\/[!-~]*$/.test(options.uri)) {
    throw new Failure(`--uri: "${options.uri}" is no path such as /slow?s=0.02`, 2);
  }
  const settings: StudySettings = {
    requests: options.requests,
    requestsPerSecond: options.rate,
    requestsPerConnection: options.calls,
    uri: options.uri,
    generator: options.generator,
    clients: options.clients,
    keepAlive: options.keepalive === true,
    weights: parseWeights(options.weight ?? []),
    impairments: parseImpairments(options),
    events: parseEvents(options.at ?? []),
    taps: options.taps === true,
  };
  if (options.requests < options.clients * options.calls) {
    throw new Failure(
      `--requests: ${options.requests} are too few for ${options.clients} clients with ${options.calls} requests on each connection`,
      2,
    );
  }
  return {
    kind: "run",
    place: labPlace(options.name),
    options: { methods: parseMethods(options.methods), runs: options.runs, settings },
    out: options.out,
    report: options.report,
    dryRun: options.dryRun === true,
    quiet: options.quiet === true,
  };
}

/** In the order of the reports, whatever the order they are named in. @throws Failure (status 2) */
function parseMethods(text: string): StudyMethod[] {
  const names = text.split(",").map((name) => name.trim().toLowerCase());
  const wrong = names.find((name) => !studyMethods.some((method) => method === name));
  if (wrong !== undefined) {
    throw new Failure(`--methods: "${wrong}" is none of ${studyMethods.join(", ")}`, 2);
  }
  return studyMethods.filter((method) => names.includes(method));
}
