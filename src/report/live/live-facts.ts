/** How a run that has just ended was captured: what the final report says of it beyond a saved capture's. */
import type { CapturerName, TimestampSource } from "../../capture/engines/live-capture.ts";
import { warningOf } from "../../failure.ts";
import type { LivePath, PathSoFar } from "../../live/live-path.ts";
import type { LiveEnding, LiveResult } from "../../live/live-session.ts";
import type { RecordedFiles, RecordingState } from "../../live/live-snapshot.ts";
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import type { Language } from "../../words/language.ts";
import { message, sayInEnglish } from "../../words/message.ts";
import type { NumberStyle } from "../../words/number-style.ts";
import { wordsOf } from "../../words/words.ts";
import { text } from "../cells.ts";
import type { Fact, Section } from "../document.ts";
import { numberText } from "../number-text.ts";
import type { PrintedRun } from "../render-json.ts";
import { pathLines } from "./path-lines.ts";
import { elapsedText, sizeText } from "./short-text.ts";

/** What JSON says of the recording. */
export interface PrintedRecording extends RecordedFiles {
  /** Why it ended early, in one English line; `null`: it went on. */
  readonly failure: string | null;
}

/** What JSON says of the path to a peer's tap. */
export interface PrintedPeerPath extends PathSoFar {
  /** Why nothing is measured (any more), in one English line; `null`: there is no trouble. */
  readonly problem: string | null;
}

/** The member `live` of the JSON document. */
export interface LiveFacts {
  readonly engine: CapturerName;
  /** The engine's version, or the file that was replayed. */
  readonly program: string | null;
  readonly timestampSource: TimestampSource;
  readonly interfaces: readonly string[];
  readonly elapsedSeconds: number;
  /** Of the experiment that the run belongs to; `null` where nobody said. */
  readonly method: string | null;
  readonly run: number | null;
  /** `null` where nothing was recorded. */
  readonly recording: PrintedRecording | null;
  readonly recorderDrops: number | null;
  readonly skippedFrames: number;
  /** The path to a peer's tap; absent where there was no peer. */
  readonly path?: PrintedPeerPath;
  readonly endedBy: LiveEnding;
  /** Why it ended early, in one line. */
  readonly failure: string | null;
}

/** A run as JSON has it after a capture. */
export interface LiveRunMetrics extends RunMetrics {
  readonly live: LiveFacts;
}

/** The document that `lbqos live --json` prints. */
export interface PrintedLiveRun extends PrintedRun {
  readonly live: LiveFacts;
}

const PROCESS_TIMESTAMPS = warningOf(
  "process-timestamps",
  message("processTimestamps"),
  message("processTimestampsAdvice"),
);

/** The final metrics with what only the capture knows. */
export function liveRunMetrics({ metrics, last, endedBy, failure }: LiveResult): LiveRunMetrics {
  const { source, method, run, recording, elapsedSeconds, recorderDrops, skippedFrames, path } = last;
  const doubts = source.timestampSource === "process" ? [PROCESS_TIMESTAMPS] : [];
  return {
    ...metrics,
    warnings: [...metrics.warnings, ...doubts],
    live: {
      ...source,
      elapsedSeconds,
      method,
      run,
      recording: printedRecording(recording),
      recorderDrops,
      skippedFrames,
      ...(path !== undefined && { path: printedPath(path) }),
      endedBy,
      failure: failure?.message ?? null,
    },
  };
}

/** The state of a recording as JSON has it. */
export function printedRecording(recording: RecordingState | null): PrintedRecording | null {
  if (recording === null) return null;
  const { failure } = recording;
  return { ...recording, failure: failure === null ? null : sayInEnglish(failure) };
}

/** The path to a peer as JSON has it. */
export function printedPath({ problem, ...path }: LivePath): PrintedPeerPath {
  return { ...path, problem: problem === null ? null : sayInEnglish(problem) };
}

/**
 * The report's section on how the run was captured.
 * @param path to a peer's tap, as the last moment has it
 */
export function liveSection({ live }: LiveRunMetrics, language: Language, path?: LivePath): Section {
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
    ...(path === undefined ? [] : pathLines(path, language).map((line) => textFact(names.path, line))),
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

function recordingText({ files, bytes }: RecordedFiles, style: NumberStyle): string {
  const [first = "–"] = files;
  const last = files.at(-1) ?? first;
  const names = files.length > 2 ? `${first} … ${last}` : files.join(", ") || first;
  return `${names}, ${sizeText(bytes, style)}`;
}

function textFact(label: string, content: string, tone?: "bad"): Fact {
  const cell = text(content);
  return { label, cell: tone === undefined || cell.kind !== "text" ? cell : { ...cell, tone }, digits: 0 };
}
