/** Both sides of the balancer, where the capture saw both; backends that were slow, failing or silent, where there were any. */

import type { BackendState } from "../../metrics/backend-state.ts";
import type { BalancerMetrics } from "../../metrics/balancer-metrics.ts";
import type { Distribution } from "../../metrics/distribution.ts";
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import { answeredByBalancer } from "../../metrics/run-totals.ts";
import type { Language } from "../../words/language.ts";
import { type Words, wordsOf } from "../../words/words.ts";
import { count, countColumn, EMPTY, measured, numberColumn, text, textColumn, trouble } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Block, Cell, Facts, Row, Section, Table } from "../document.ts";
import { numberText } from "../number-text.ts";
import type { LabelledPair } from "./labelled-pair.ts";

/** States that are shown; of the rest the count is given. */
const SHOWN_STATES = 20;

/** One section, or none where there is nothing to say. */
export function balancerSections(
  { balancer }: RunMetrics,
  pairs: readonly LabelledPair[],
  labels: Words["report"],
  language: Language,
): readonly Section[] {
  const words = wordsOf(language).report.balancer;
  const blocks: Block[] = [];
  if (balancer !== null && balancer !== undefined) {
    blocks.push(served(balancer, words), added(balancer, pairs, labels, words));
    blocks.push({ kind: "paragraph", text: words.explanation });
  }
  blocks.push(...states(pairs, labels, words));
  return blocks.length === 0 ? [] : [{ heading: words.heading, blocks }];
}

function served(balancer: BalancerMetrics, words: Words["report"]["balancer"]): Facts {
  const fact = (label: string, cell: Cell) => ({ label, cell, digits: 0 });
  const itself = Object.entries(balancer.answeredItself);
  const sum = answeredByBalancer(balancer);
  const { address, upstreamAddress = address } = balancer;
  const addresses = address === upstreamAddress ? address : words.twoAddresses(address, upstreamAddress);
  const statuses = itself.map(([status, exchanges]) => `${status}: ${exchanges}`).join(", ");
  return {
    kind: "facts",
    title: `${words.served} (${addresses})`,
    facts: [
      fact(words.clientExchanges, count(balancer.clientExchanges)),
      fact(words.matched, count(balancer.matched)),
      fact(words.answeredItself, sum === 0 ? count(0) : text(`${sum} (${statuses})`)),
      fact(words.unfinished, trouble(balancer.unfinished, "fair")),
      fact(words.retried, trouble(balancer.retried, "fair")),
      fact(words.uncertain, trouble(balancer.uncertain, "fair")),
      fact(words.upstreamOnly, count(balancer.upstreamOnly)),
    ],
  };
}

function added(
  balancer: BalancerMetrics,
  pairs: readonly LabelledPair[],
  labels: Words["report"],
  words: Words["report"]["balancer"],
): Table {
  const percentiles = ["p50", "p95", "p99"] as const;
  const columns = (group: string, names: readonly string[]) =>
    names.map((name) => numberColumn(name, "ms", DIGITS.milliseconds, group));
  const cells = (distribution: Distribution | null): Cell[] =>
    percentiles.map((name) =>
      distribution === null ? EMPTY : measured(distribution[name], labels.reasons.noExchange),
    );
  const rows = pairs.flatMap(({ label, pair: { addedTimeToFirstByteMs } }): Row[] =>
    addedTimeToFirstByteMs === undefined || addedTimeToFirstByteMs.count === 0
      ? []
      : [
          [
            text(label),
            count(addedTimeToFirstByteMs.count),
            ...cells(addedTimeToFirstByteMs),
            ...cells(null),
          ],
        ],
  );
  return {
    kind: "table",
    title: words.added,
    columns: [
      textColumn(labels.columns.pair),
      countColumn(words.matchedExchanges),
      ...columns(words.addedToFirstByte, percentiles),
      ...columns(words.addedToLastByte, percentiles),
    ],
    rows,
    total: [
      text(words.allBackends),
      count(balancer.matched),
      ...cells(balancer.addedTimeToFirstByteMs),
      ...cells(balancer.addedTimeToLastByteMs),
    ],
  };
}

/** Which states are shown first where there are too many. */
const URGENCY = { failing: 0, silent: 1, slow: 2, up: 3 } as const;

/** Every state of the backends that were not just up: by backend and time, or the failing ones first where not all fit. */
function states(
  pairs: readonly LabelledPair[],
  labels: Words["report"],
  words: Words["report"]["balancer"],
): Block[] {
  const times = pairs.flatMap(({ label, pair: { states: all = [] } }) =>
    all.every(({ state }) => state === "up") ? [] : visible(all).map((time) => ({ label, ...time })),
  );
  if (times.length === 0) return [];
  const more = times.length - SHOWN_STATES;
  if (more > 0) times.sort((one, other) => URGENCY[one.state] - URGENCY[other.state]);
  const rows = times
    .slice(0, SHOWN_STATES)
    .map(
      ({ label, state, fromSeconds, toSeconds, reason }): Row => [
        text(label),
        state === "up"
          ? text(words.stateNames.up)
          : { kind: "text", text: words.stateNames[state], tone: state === "failing" ? "bad" : "fair" },
        count(fromSeconds),
        count(toSeconds),
        reason === null ? EMPTY : text(words.reasons[reason]),
      ],
    );
  const table: Table = {
    kind: "table",
    title: words.states,
    columns: [
      textColumn(labels.columns.pair),
      textColumn(words.state),
      numberColumn(words.from, labels.units.seconds, DIGITS.seconds),
      numberColumn(words.to, labels.units.seconds, DIGITS.seconds),
      textColumn(words.reason),
    ],
    rows,
    total: null,
  };
  if (more <= 0) return [table];
  const hidden = words.moreStates(numberText(more, 0, labels.numberStyle));
  return [table, { kind: "paragraph", text: hidden }];
}

/** The shortest time that the table's digits tell from none. */
const SHORTEST_SECONDS = 0.001;

/** States without those that end as they begin: a single refusal is why the backend got nothing afterwards. */
function visible(states: readonly BackendState[]): BackendState[] {
  let why: BackendState["reason"] = null;
  return states.flatMap((span): BackendState[] => {
    const isShort = span.toSeconds - span.fromSeconds < SHORTEST_SECONDS;
    const shown = span.state === "silent" ? { ...span, reason: why } : span;
    why = isShort ? span.reason : null;
    return isShort ? [] : [shown];
  });
}
