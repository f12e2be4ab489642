/** What stands over the live view's table: where the frames come from, how many there are, where they are kept. */
import type { LiveSnapshot } from "../../live/live-snapshot.ts";
import { sumOf } from "../../metrics/run-totals.ts";
import type { Language } from "../../words/language.ts";
import type { NumberStyle } from "../../words/number-style.ts";
import { say } from "../../words/say.ts";
import { type Words, wordsOf } from "../../words/words.ts";
import { displayWidth } from "../display-width.ts";
import { numberText } from "../number-text.ts";
import { printableText } from "../printable-text.ts";
import type { Ink, Paint } from "../terminal/paint.ts";
import { hasOneSource } from "./pair-order.ts";
import { elapsedText, shortened, sizeText } from "./short-text.ts";

const SEPARATOR = " · ";

/** A few words of a line. */
interface HeaderItem {
  readonly text: string;
  readonly ink: Ink;
}

/**
 * The header's lines, most important first: the run, its recorder, its recording.
 * @param url of the page that shows the same; `null`: there is none
 */
export function liveHeader(
  snapshot: LiveSnapshot,
  url: string | null,
  width: number,
  language: Language,
  paint: Paint,
): readonly string[] {
  const labels = wordsOf(language).live;
  const style = wordsOf(language).report.numberStyle;
  return [
    runItems(snapshot, style, labels),
    recorderItems(snapshot, style, labels),
    placeItems(snapshot, url, style, labels, language),
  ]
    .filter((items) => items.length > 0)
    .flatMap((items) => wrapped(items, width, paint));
}

function runItems(snapshot: LiveSnapshot, style: NumberStyle, labels: Words["live"]): readonly HeaderItem[] {
  const { phase, method, run, metrics } = snapshot;
  const items: HeaderItem[] = [{ text: `lbqos live ${elapsedText(snapshot.elapsedSeconds)}`, ink: "strong" }];
  if (method !== null) items.push({ text: labels.run(printableText(method), `${run ?? "–"}`), ink: "plain" });
  if (phase === "waiting") return [...items, { text: labels.waiting, ink: "fair" }];
  const isOneSource = hasOneSource(metrics.pairs);
  const requests = isOneSource ? sumOf(metrics.pairs, ({ http }) => http.requests) : metrics.http.requests;
  const rate = sumOf(metrics.pairs, ({ live }) => live?.recent.requestsPerSecond);
  items.push({
    text: labels.requests(numberText(requests, 0, style), isOneSource ? numberText(rate, 1, style) : null),
    ink: "plain",
  });
  if (phase === "ended") items.push({ text: labels.ended, ink: "plain" });
  return items;
}

function recorderItems(
  snapshot: LiveSnapshot,
  style: NumberStyle,
  labels: Words["live"],
): readonly HeaderItem[] {
  const { source, recorderDrops, skippedFrames, metrics } = snapshot;
  const number = (value: number): string => numberText(value, 0, style);
  const trouble = (value: number): Ink => (value > 0 ? "bad" : "plain");
  const where = source.interfaces.length > 0 ? ` ${source.interfaces.join(", ")}` : "";
  return [
    { text: printableText(`${source.program ?? source.engine}${where}`), ink: "plain" },
    {
      text: labels.timestamps[source.timestampSource],
      ink: source.timestampSource === "process" ? "fair" : "plain",
    },
    { text: labels.packets(number(metrics.capture.packets)), ink: "plain" },
    recorderDrops === null
      ? { text: labels.dropsUnknown, ink: "faint" }
      : { text: labels.dropped(number(recorderDrops)), ink: trouble(recorderDrops) },
    { text: labels.skipped(number(skippedFrames)), ink: trouble(skippedFrames) },
  ];
}

function placeItems(
  { recording }: LiveSnapshot,
  url: string | null,
  style: NumberStyle,
  labels: Words["live"],
  language: Language,
): readonly HeaderItem[] {
  const items: HeaderItem[] = [];
  const last = recording?.files.at(-1);
  if (recording !== null && last !== undefined) {
    const name = printableText(last);
    const count = recording.files.length;
    const files = count > 1 ? labels.files(name, numberText(count, 0, style)) : name;
    items.push({ text: `${files} ${sizeText(recording.bytes, style)}`, ink: "plain" });
  }
  if (recording !== null && recording.failure !== null)
    items.push({ text: printableText(say(recording.failure, language)), ink: "bad" });
  if (url !== null) items.push({ text: printableText(url), ink: "plain" });
  return items;
}

/** Items one after the other, in as many lines as they need; one that is too long for a line loses its middle. */
function wrapped(items: readonly HeaderItem[], width: number, paint: Paint): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const { text, ink } of items) {
    const fitting = shortened(text, width);
    const needed = displayWidth(fitting);
    if (line !== "" && used + SEPARATOR.length + needed > width) {
      lines.push(line);
      line = "";
      used = 0;
    }
    line += (line === "" ? "" : paint("faint", SEPARATOR)) + paint(ink, fitting);
    used += needed + (used === 0 ? 0 : SEPARATOR.length);
  }
  return [...lines, line];
}
