/** Comments on a capture's frames, for Wireshark: what findings hurt, and the slowest exchanges. */
import type { Finding } from "../../diagnosis/finding.ts";
import type { ExchangeRow } from "../../metrics/exchanges/exchange-row.ts";
import { countsInTimes, endSecondsOf, hasFailed } from "../../metrics/exchanges/row-outcome.ts";
import { isOfGroup } from "../../metrics/exchanges/tail-groups.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { findingText } from "../diagnosis/finding-text.ts";
import { DIGITS } from "../digits.ts";
import { numberText } from "../number-text.ts";
import { sentence } from "../sentence.ts";

/** Exchanges of one finding whose frames get a comment. */
const MAX_OF_FINDING = 500;
/** An answer that a loss or a standstill delayed took longer than this: a retransmission timeout is 200 ms at least (RFC 6298). */
const MIN_DELAYED_MS = 200;

export class CaptureComments {
  readonly #language: Language;
  readonly #findings: readonly CommentedFinding[];
  readonly #lines = new Map<number, string[]>();

  constructor(findings: readonly Finding[], language: Language) {
    this.#language = language;
    this.#findings = findings.map((finding, index) => ({
      finding,
      text: wordsOf(language).exchanges.comments.finding(
        index + 1,
        sentence(findingText(finding, language).headline),
      ),
      commented: 0,
      first: null,
    }));
  }

  /** Looks at every exchange of the run: those that a finding hurt get its text. */
  addHurt(row: ExchangeRow): void {
    for (const one of this.#findings) {
      if (!isWithin(row, one.finding)) continue;
      one.first ??= row;
      if (one.commented === MAX_OF_FINDING || !isHurt(row, one.finding)) continue;
      one.commented++;
      this.#add(row.requestFrame ?? row.responseStartFrame, one.text);
    }
  }

  /** @param rows the slowest first */
  addSlowest(rows: readonly ExchangeRow[]): void {
    const { exchanges: words, report } = wordsOf(this.#language);
    const ms = (value: number | null) =>
      value === null ? null : numberText(value, DIGITS.milliseconds, report.numberStyle);
    for (const [index, row] of rows.entries()) {
      const { requestFrame, responseEndFrame, timeToLastByteMs, upstream } = row;
      const took = ms(timeToLastByteMs);
      if (took === null) continue;
      const backends = upstream?.attempts.map(({ server }) => server).join(", ") ?? "";
      const said = words.comments.slow(
        index + 1,
        took,
        responseEndFrame,
        backends,
        ms(upstream?.waitBeforeMs ?? null),
      );
      this.#add(requestFrame, said);
      this.#add(responseEndFrame, words.comments.slowAnswer(took, requestFrame));
    }
  }

  /** By frame. A finding that hurt no exchange stands at the first one of its time. */
  comments(): ReadonlyMap<number, string> {
    for (const { commented, first, text } of this.#findings)
      if (commented === 0 && first !== null) this.#add(first.requestFrame, text);
    return new Map([...this.#lines].map(([frame, lines]) => [frame, lines.join("\n")]));
  }

  #add(frame: number | null, line: string): void {
    if (frame === null) return;
    const lines = this.#lines.get(frame);
    if (lines === undefined) this.#lines.set(frame, [line]);
    else lines.push(line);
  }
}

interface CommentedFinding {
  readonly finding: Finding;
  readonly text: string;
  /** Exchanges that got it. */
  commented: number;
  /** The first of its backend in its time. */
  first: ExchangeRow | null;
}

/** Whether the exchange is of the finding's backend, and was under way in its time. */
function isWithin(row: ExchangeRow, { pair, beginSeconds, endSeconds }: Finding): boolean {
  const begin = row.requestStartSeconds;
  if (begin === null || (pair !== null && row.pair !== pair)) return false;
  if (endSeconds !== null && begin > endSeconds) return false;
  return beginSeconds === null || endSecondsOf(row) >= beginSeconds;
}

/** Whether it failed, or waited for what the finding says. */
function isHurt(row: ExchangeRow, finding: Finding): boolean {
  if (finding.kind === "tail")
    return countsInTimes(row) && (row.timeToFirstByteMs ?? 0) > finding.limitMs && isOfGroup(row, finding);
  if (hasFailed(row)) return true;
  switch (finding.kind) {
    case "slow":
      return (row.timeToFirstByteMs ?? 0) > finding.usualP95Ms;
    case "retried":
      return (row.upstream?.attempts.length ?? 0) > 1;
    case "frozen":
    case "loss":
      return (row.timeToLastByteMs ?? 0) >= MIN_DELAYED_MS;
    default:
      return false;
  }
}
