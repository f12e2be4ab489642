/** A run under way for the eyes, in a terminal: lines that replace those of a second before. */

import { compareNaturally } from "../../experiment/manifest/natural-order.ts";
import type { LiveSnapshot } from "../../live/live-snapshot.ts";
import type { Language } from "../../words/language.ts";
import { type Words, wordsOf } from "../../words/words.ts";
import { numberText } from "../number-text.ts";
import { printableText } from "../printable-text.ts";
import { labelPairs } from "../run/labelled-pair.ts";
import { overviewTexts, runFindings } from "../run/overview.ts";
import { type Paint, paintColours, paintNothing } from "../terminal/paint.ts";
import { wrapText } from "../terminal/wrap-text.ts";
import type { LiveRow } from "./live-columns.ts";
import { liveHeader } from "./live-header.ts";
import { liveTable } from "./live-table.ts";
import { hasOneSource, urgentPairs } from "./pair-order.ts";
import { pathLines } from "./path-lines.ts";
import { shortened } from "./short-text.ts";

export interface LiveViewOptions {
  /** Columns of the terminal; below 40 counts as 40. */
  readonly width: number;
  /** Most lines, at least 1; what matters least is left out. */
  readonly height: number;
  readonly colour: boolean;
  readonly language: Language;
  /** Whether the user named the pairs: they keep their order. Discovered ones stand in that of their names, which never jumps. */
  readonly hasNamedPairs: boolean;
  /** Of the page that shows the same; `null`: there is none. */
  readonly url: string | null;
}

const NARROWEST = 40;
/** Pairs that the header's further lines give way to. */
const PAIRS_BEFORE_HEADER = 3;
const HEAD_LINES = 2;
const FINDINGS = { findings: 3, explained: false } as const;

/** What stands around the rows. */
interface Frame {
  readonly header: number;
  /** Lines of the verdict and the findings. */
  readonly told: number;
  readonly hasTotal: boolean;
  readonly hasFooter: boolean;
}

/** Lines without newlines, at most `height` of them, none wider than the terminal. */
export function renderLive(snapshot: LiveSnapshot, options: LiveViewOptions): readonly string[] {
  const width = Math.max(NARROWEST, options.width);
  const paint = options.colour ? paintColours : paintNothing;
  const labels = wordsOf(options.language).live;
  const style = wordsOf(options.language).report.numberStyle;
  const header = liveHeader(snapshot, options.url, width, options.language, paint);
  const { pairs } = snapshot.metrics;
  const told = toldLines(snapshot, width, options.language, paint);
  if (pairs.length === 0)
    return [...header, ...told, ...emptyLines(snapshot, labels, width, paint)].slice(0, options.height);

  const isSummable = pairs.length > 1 && hasOneSource(pairs);
  const frame = fittingFrame(header.length, told.length, pairs.length, isSummable, options.height);
  const room = Math.max(1, options.height - linesOf(frame));
  const isWhole = pairs.length <= room;
  // There may be many thousands of pairs: only those that are shown are named.
  const shown = isWhole ? pairs : urgentPairs(pairs, Math.max(1, room - 1));
  const rows = labelPairs(shown).map(({ label, pair }): LiveRow => ({ label: printableText(label), pair }));
  if (isWhole && !options.hasNamedPairs) rows.sort((a, b) => compareNaturally(a.label, b.label));
  const table = liveTable(rows, isSummable ? pairs : [], width, style, labels, paint);
  const hidden = pairs.length - shown.length;
  return [
    ...header.slice(0, frame.header),
    ...told.slice(0, frame.told),
    ...table.head,
    ...table.rows,
    ...(hidden > 0 ? [moreLine(hidden, options.language, labels, paint)] : []),
    ...(frame.hasTotal ? [table.total] : []),
    ...(frame.hasFooter ? [footer(labels, width, paint)] : []),
  ].slice(0, Math.max(1, options.height));
}

/** As much around the rows as leaves room for them. */
function fittingFrame(header: number, told: number, rows: number, hasTotal: boolean, height: number): Frame {
  const frames: readonly Frame[] = [
    { header, told, hasTotal, hasFooter: true },
    { header, told, hasTotal, hasFooter: false },
    { header, told: Math.min(2, told), hasTotal, hasFooter: false },
    { header, told: Math.min(1, told), hasTotal: false, hasFooter: false },
    { header: Math.min(2, header), told: 0, hasTotal: false, hasFooter: false },
  ];
  const wanted = Math.min(rows, PAIRS_BEFORE_HEADER) + (rows > PAIRS_BEFORE_HEADER ? 1 : 0);
  return (
    frames.find((frame) => height - linesOf(frame) >= wanted) ?? {
      header: 1,
      told: 0,
      hasTotal: false,
      hasFooter: false,
    }
  );
}

function linesOf({ header, told, hasTotal, hasFooter }: Frame): number {
  return header + told + HEAD_LINES + (hasTotal ? 1 : 0) + (hasFooter ? 1 : 0);
}

/** What the first screen of the saved capture would say, nothing before the first request; and the path to a peer. */
function toldLines(
  { metrics, path }: LiveSnapshot,
  width: number,
  language: Language,
  paint: Paint,
): readonly string[] {
  const lines = (text: string) => wrapText(printableText(text), width);
  const ofPath = path === undefined ? [] : pathLines(path, language).flatMap(lines);
  if (metrics.http.requests === 0) return ofPath;
  const findings = runFindings(metrics, language);
  const { verdict, items } = overviewTexts(metrics, findings, FINDINGS, language);
  const said = items.flatMap((item) => lines(`• ${item}`));
  return [...lines(verdict), ...said.map((line) => paint("bad", line)), ...ofPath];
}

function moreLine(hidden: number, language: Language, labels: Words["live"], paint: Paint): string {
  return paint("faint", labels.morePairs(numberText(hidden, 0, wordsOf(language).report.numberStyle)));
}

function emptyLines(
  { phase }: LiveSnapshot,
  labels: Words["live"],
  width: number,
  paint: Paint,
): readonly string[] {
  const lines = phase === "waiting" ? [] : [paint("faint", shortened(labels.noPairs, width))];
  return phase === "ended" ? lines : [...lines, footer(labels, width, paint)];
}

function footer(labels: Words["live"], width: number, paint: Paint): string {
  return paint("faint", shortened(labels.stop, width));
}
