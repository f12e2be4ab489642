/** `--balancer`, `--backend` and `--filter`, which say what the pairs are. */

import { Option, type Command as Subcommand } from "commander";
import { Failure } from "../failure.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import { message } from "../words/message.ts";
import { distinctBackends, parseBackends, parseBalancer, unnamedBackend } from "./backend-option.ts";
import { helpWords } from "./help-text.ts";
import { parsePairFilter } from "./pair-filter.ts";

/** What commander makes of the three options. */
export interface PairOptionTexts {
  readonly balancer?: readonly string[];
  readonly backend?: readonly string[];
  readonly filter?: readonly string[];
}

export type PairRequest = Pick<AnalysisOptions, "balancer" | "otherBalancerAddresses" | "backends">;

/** Gives a subcommand the three options. @param filter what the last one is for; absent: a pair */
export function addPairOptions(subcommand: Subcommand, filter = helpWords().shared.filter): void {
  const words = helpWords().shared;
  subcommand
    .option("--balancer <address>", words.balancer, collected)
    .option("--backend <backend>", words.backend, collected)
    .addOption(
      new Option("--filter <expression>", filter).argParser(collected).conflicts(["balancer", "backend"]),
    );
}

/** The values of an option that may be repeated, in order. */
export function collected(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

/** @throws Failure (status 2) */
export function parsePairs(options: PairOptionTexts): PairRequest {
  return options.filter === undefined ? namedPairs(options) : filteredPairs(options.filter);
}

function namedPairs({ balancer, backend }: PairOptionTexts): PairRequest {
  const [first, ...others] = (balancer ?? []).map(parseBalancer);
  return {
    ...(first === undefined ? {} : { balancer: first }),
    ...(others.length === 0 ? {} : { otherBalancerAddresses: others }),
    ...(backend === undefined ? {} : { backends: parseBackends(backend) }),
  };
}

/** Pairs of filters: one source, as `--balancer`, and its destinations. */
function filteredPairs(filters: readonly string[]): PairRequest {
  const pairs = filters.map(parsePairFilter);
  const [source, otherSource] = new Set(pairs.map((pair) => pair.source));
  if (source === undefined) return {};
  if (otherSource !== undefined) {
    throw new Failure(message("oneSourceOnly", source, otherSource), 2);
  }
  const backends = pairs.map(({ destination, port }) => unnamedBackend({ address: destination, port }));
  return { balancer: source, backends: distinctBackends("--filter", backends) };
}
