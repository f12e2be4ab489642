/** How a run that has just ended was captured: what the final report says of it beyond a saved capture's. */

import { warningOf } from "../../failure.ts";
import type { LiveResult } from "../../live/live-session.ts";
import type { LiveSnapshot, RecordingState } from "../../live/live-snapshot.ts";
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import type { Language } from "../../words/language.ts";
import { message } from "../../words/message.ts";
import type { NumberStyle } from "../../words/number-style.ts";
import { wordsOf } from "../../words/words.ts";
import { text } from "../cells.ts";
import type { Fact, Section } from "../document.ts";
import { numberText } from "../number-text.ts";
import { elapsedText, sizeText } from "./short-text.ts";

/** The member `live` of the JSON document. */
export interface LiveFacts extends Pick<LiveSnapshot, "method" | "run" | "recording"> {
  readonly engine: LiveSnapshot["source"]["engine"];
  /** The engine's version, or the file that was replayed. */
  readonly program: string | null;
  readonly timestampSource: LiveSnapshot["source"]["timestampSource"];
  readonly interfaces: readonly string[];
  readonly elapsedSeconds: number;
  readonly recorderDrops: number | null;
  readonly skippedFrames: number;
  readonly endedBy: LiveResult["endedBy"];
  /** Why it ended early, in one line. */
  readonly failure: string | null;
}

/** A run as JSON has it after a capture. */
export interface LiveRunMetrics extends RunMetrics {
  readonly live: LiveFacts;
}

const PROCESS_TIMESTAMPS = warningOf(
  "process-timestamps",
  message("processTimestamps"),
  message("processTimestampsAdvice"),
);

/** The final metrics with what only the capture knows. */
export function liveRunMetrics({ metrics, last, endedBy, failure }: LiveResult): LiveRunMetrics {
  const { source, method, run, recording, elapsedSeconds, recorderDrops, skippedFrames } = last;
  const doubts = source.timestampSource === "process" ? [PROCESS_TIMESTAMPS] : [];
  return {
    ...metrics,
    warnings: [...metrics.warnings, ...doubts],
    live: {
      ...source,
      elapsedSeconds,
      method,
      run,
      recording,
      recorderDrops,
      skippedFrames,
      endedBy,
      failure: failure?.message ?? null,
    },
  };
}

/** The report's section on how the run was captured. */
export function liveSection({ live }: LiveRunMetrics, language: Language): Section {
  const { facts: names, heading, endings, timestamps } = wordsOf(language).live;
  const style = wordsOf(language).report.numberStyle;
  const number = (value: number): string => numberText(value, 0, style);
  const facts: (Fact | null)[] = [
    live.method === null ? null : textFact(names.method, live.method),
    live.run === null ? null : textFact(names.run, `${live.run}`),
    textFact(names.engine, live.program ?? live.engine),
    textFact(names.timestamps, timestamps[live.timestampSource]),
    live.interfaces.length === 0 ? null : textFact(names.interfaces, live.interfaces.join(", ")),
    textFact(names.duration, elapsedText(live.elapsedSeconds)),
    textFact(names.dropped, live.recorderDrops === null ? names.unknown : number(live.recorderDrops)),
    textFact(names.skipped, number(live.skippedFrames)),
    live.recording === null ? null : textFact(names.recording, recordingText(live.recording, style)),
    textFact(names.endedBy, endings[live.endedBy]),
    live.failure === null ? null : textFact(names.failure, live.failure, "bad"),
  ];
  return {
    heading,
    blocks: [
      { kind: "facts", title: names.title, facts: facts.flatMap((fact) => (fact === null ? [] : [fact])) },
    ],
  };
}

function recordingText({ files, bytes }: RecordingState, style: NumberStyle): string {
  const [first = "–"] = files;
  const last = files.at(-1) ?? first;
  const names = files.length > 2 ? `${first} … ${last}` : files.join(", ") || first;
  return `${names}, ${sizeText(bytes, style)}`;
}

function textFact(label: string, content: string, tone?: "bad"): Fact {
  const cell = text(content);
  return { label, cell: tone === undefined || cell.kind !== "text" ? cell : { ...cell, tone }, digits: 0 };
}
