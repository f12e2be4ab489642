/** How the requests were shared among the backends, and whether a method behaved as its name says. */

import type { BackendChoices } from "../../metrics/all-backends-metrics.ts";
import { sumOf } from "../../metrics/run-totals.ts";
import { type Language, numberText, type Text, textOf } from "../../words/language.ts";
import { type Words, wordsOf } from "../../words/words.ts";
import type { AtLevels } from "../levels.ts";
import type { Algorithm } from "../manifest/algorithms.ts";
import { chiSquareTail } from "../statistics/chi-square-tail.ts";
import { ALPHA } from "../statistics/significance.ts";

/** The requests of one run. */
export interface ShareRow {
  readonly run: number;
  /** In the order of `RequestShare.backends`; `null`: not measured. */
  readonly requests: readonly (number | null)[];
  /** Sum over the backends; `null` where one of them was not measured. */
  readonly total: number | null;
  /** Requests that the load generator should send, or sent by the table; `null`: not known. */
  readonly sent: number | null;
  /** Jain's fairness index, 1/backends … 1; `null` without requests. */
  readonly jain: number | null;
}

/** How one method shared the requests among its backends. */
export interface RequestShare extends AtLevels {
  readonly method: string;
  readonly backends: readonly string[];
  readonly rows: readonly ShareRow[];
  /** Requests of all runs, per backend. */
  readonly totals: readonly number[];
  /** Their share in percent; `null` when there were none. */
  readonly percent: readonly (number | null)[];
  /** Jain's index of all runs together. */
  readonly jain: number | null;
  readonly behaviour: Behaviour;
}

/** Whether what was seen fits the method's name. */
export interface Behaviour {
  readonly verdict: "as-named" | "nearly" | "not-as-named" | "not-checkable";
  readonly text: Text;
}

/**
 * Jain, Chiu & Hawe (1984): (Σx)² / (n·Σx²), x the requests per unit of weight. 1: all backends alike; 1/n: one has all.
 */
export function jainIndex(requests: readonly number[], weights: readonly number[] = []): number | null {
  const shares = requests.map((count, index) => count / (weights[index] ?? 1));
  const squares = shares.reduce((sum, share) => sum + share ** 2, 0);
  return squares === 0
    ? null
    : shares.reduce((sum, share) => sum + share, 0) ** 2 / (shares.length * squares);
}

/** A run's requests per backend, with its clients' addresses where the capture shows them. */
export interface ObservedRun {
  readonly run: number;
  readonly requests: readonly (number | null)[];
  /** Addresses that asked the balancer; empty: not seen. */
  readonly clients: readonly string[];
  /** Addresses whose backends are known from exchanges on both sides, and those of them that were sent to several. */
  readonly addresses?: number;
  readonly addressesAtSeveral?: number;
  /** What the balancer chose while backends were unequally loaded; absent: not seen. */
  readonly choices?: BackendChoices;
}

/** A run in which the requests of every backend were counted. */
interface CompleteRun extends ObservedRun {
  readonly counts: readonly number[];
}

/** Judges a method by the requests per backend of its runs. */
export function judgeBehaviour(
  algorithm: Algorithm,
  backends: readonly string[],
  weights: readonly number[],
  runs: readonly ObservedRun[],
): Behaviour {
  const complete = runs.flatMap((run) => {
    const counts = run.requests.filter((count) => count !== null);
    return counts.length === backends.length && counts.some((count) => count > 0) ? [{ ...run, counts }] : [];
  });
  if (complete.length === 0) {
    return notCheckable((words) => words.noCounts);
  }
  if (backends.length < 2) return notCheckable((words) => words.oneBackend);
  switch (algorithm) {
    case "round-robin":
      return judgeRotation(
        complete.map(({ counts }) => counts),
        weights,
      );
    case "ip-hash":
      return judgeHash(backends, complete);
    case "least-connection":
      return judgeLoads(complete);
    default:
      return notCheckable((words) => words.noRule);
  }
}

/**
 * Round robin: the counts of a run differ by one request at most, with weights each is within one of its due. Several
 * balancer processes rotate each by itself, so counts that are far more even than chance still nearly fit.
 */
function judgeRotation(runs: readonly (readonly number[])[], weights: readonly number[]): Behaviour {
  const isWeighted = weights.some((weight) => weight !== weights[0]);
  const excess = runs.map((counts) => {
    const due = dueShares(counts, weights);
    const spread = Math.max(...counts) - Math.min(...counts);
    const off = Math.max(...counts.map((count, index) => Math.abs(count - (due[index] ?? 0))));
    return isWeighted ? off : spread;
  });
  const largest = Math.max(...excess);
  const inRotation = excess.filter((one) => one <= 1).length;
  const text = (verdict: (words: BehaviourWords) => string): Text =>
    behaviourText((words, language) => {
      const number = numberText(largest, language);
      return `${verdict(words)} (${isWeighted ? words.offWeights(number) : words.differBy(number)})`;
    });
  if (inRotation === runs.length) return { verdict: "as-named", text: text((words) => words.rotates) };
  if (runs.every((counts, index) => (excess[index] ?? 0) <= 1 || isMoreEvenThanChance(counts, weights))) {
    return { verdict: "nearly", text: text((words) => words.nearlyRotates(inRotation, runs.length)) };
  }
  return { verdict: "not-as-named", text: text((words) => words.doesNotRotate) };
}

function dueShares(counts: readonly number[], weights: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const all = counts.reduce((sum, _, index) => sum + (weights[index] ?? 1), 0);
  return counts.map((_, index) => (total * (weights[index] ?? 1)) / all);
}

/** Pearson's statistic so small that drawing backends at random would rarely give it. */
function isMoreEvenThanChance(counts: readonly number[], weights: readonly number[]): boolean {
  const due = dueShares(counts, weights);
  const statistic = counts.reduce(
    (sum, count, index) => sum + (count - (due[index] ?? 0)) ** 2 / (due[index] ?? 1),
    0,
  );
  return 1 - chiSquareTail(statistic, counts.length - 1) < ALPHA;
}

/** Choices between unequally loaded backends that say something. */
const MIN_CHOICES = 20;
/** What the balancer knew lags behind the tap: of choices made right after an answer some look wrong. */
const LEAST_LOADED = 0.95;
const MOSTLY_LEAST_LOADED = 0.85;

/** least-connection: of unequally loaded backends, the next request goes to one with the fewest open requests for its weight. */
function judgeLoads(runs: readonly CompleteRun[]): Behaviour {
  const uneven = sumOf(runs, ({ choices }) => choices?.uneven);
  if (uneven < MIN_CHOICES) return notCheckable((words) => words.leastConnection);
  const share = sumOf(runs, ({ choices }) => choices?.leastLoaded) / uneven;
  const chance = sumOf(runs, ({ choices }) => choices?.leastLoadedByChance) / uneven;
  const verdict =
    share >= LEAST_LOADED ? "as-named" : share >= MOSTLY_LEAST_LOADED ? "nearly" : "not-as-named";
  return {
    verdict,
    text: behaviourText((words, language) => {
      const lead = {
        "as-named": words.leastLoaded,
        nearly: words.mostlyLeastLoaded,
        "not-as-named": words.notLeastLoaded,
      };
      const percent = (one: number) => numberText(Math.round(1000 * one) / 10, language);
      return `${lead[verdict]} (${words.ofChoices(percent(share), numberText(uneven, language), percent(chance))})`;
    }),
  };
}

/** ip-hash: a client stays with one backend, within a run and across runs. */
function judgeHash(backends: readonly string[], runs: readonly CompleteRun[]): Behaviour {
  const moving = Math.max(...runs.map((run) => run.addressesAtSeveral ?? 0));
  const worst = runs.find((run) => (run.addressesAtSeveral ?? 0) === moving);
  const addresses = moving > 0 ? (worst?.addresses ?? 0) : Math.min(...runs.map((run) => run.addresses ?? 0));
  if (moving > 0 || addresses > 1) {
    return {
      verdict: moving > 0 ? "not-as-named" : "as-named",
      text: behaviourText((words, language) => {
        const all = numberText(addresses, language);
        return moving > 0 ? words.clientsMove(numberText(moving, language), all) : words.clientsStay(all);
      }),
    };
  }
  const used = runs.map(({ counts }) => backends.filter((_, index) => (counts[index] ?? 0) > 0));
  const most = Math.max(...used.map((names) => names.length));
  const clients = new Set(runs.flatMap((run) => run.clients));
  const first = used[0]?.[0] ?? "";
  if (most === 1 && used.every((names) => names[0] === first)) {
    return { verdict: "as-named", text: behaviourText((words) => words.oneBackendOnly(first)) };
  }
  if (clients.size === 1 && runs.every((run) => run.clients.length > 0)) {
    const [client = ""] = clients;
    const backendsUsed = new Set(used.flat()).size;
    return {
      verdict: "not-as-named",
      text: behaviourText((words) => words.severalBackends(client, backendsUsed)),
    };
  }
  return notCheckable((words) => words.severalClients);
}

type BehaviourWords = Words["findings"]["behaviour"];

function behaviourText(write: (words: BehaviourWords, language: Language) => string): Text {
  return textOf((language) => write(wordsOf(language).findings.behaviour, language));
}

function notCheckable(why: (words: BehaviourWords) => string): Behaviour {
  return { verdict: "not-checkable", text: behaviourText((words) => words.notChecked(why(words))) };
}
