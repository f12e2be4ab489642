/** `lbqos live`: captures or replays, shows the run while it goes on, and reports it when it has ended. */

import { openCommand } from "../../capture/engines/command.ts";
import type { LiveCapture } from "../../capture/engines/live-capture.ts";
import { Failure } from "../../failure.ts";
import type { LiveResult, RecordingRequest } from "../../live/live-session.ts";
import type { LiveSnapshot, RecordingState } from "../../live/live-snapshot.ts";
import { startLive } from "../../live/start-live.ts";
import type { AnalysisOptions } from "../../metrics/analysis-options.ts";
import { liveRunMetrics, liveSection } from "../../report/live/live-facts.ts";
import { printableText } from "../../report/printable-text.ts";
import type { Language } from "../../words/language.ts";
import { type Message, message } from "../../words/message.ts";
import { say } from "../../words/say.ts";
import type { ExitStatus } from "../command.ts";
import { checkKeys } from "../keys-option.ts";
import { userLanguage } from "../language.ts";
import { printLine } from "../print-line.ts";
import { readRating } from "../rating-option.ts";
import { renderRun } from "../run-report.ts";
import { nextStopSignal, StopSignals } from "../stop-signals.ts";
import { warningLines } from "../warning-lines.ts";
import { isOutputClosed, PipeClosed, writeText } from "../write-text.ts";
import { analyzeAgain } from "./analyze-again.ts";
import { experimentRun } from "./experiment-run.ts";
import type { LivePage } from "./live-page.ts";
import type { LiveArguments } from "./live-request.ts";
import { type LiveWatch, startWatch } from "./live-watch.ts";
import { openSource } from "./open-source.ts";
import { recordingRequest } from "./recording-target.ts";

/** What is to be done, with what the manifest and the profile's file say. */
interface LivePlan {
  readonly request: LiveArguments;
  readonly analysis: Pick<AnalysisOptions, "balancer" | "backends" | "profile" | "bandwidthBitsPerSecond">;
  readonly language: Language;
  readonly recording: RecordingRequest | null;
}

/** @throws Failure */
export async function runLive(request: LiveArguments): Promise<ExitStatus> {
  const plan = await planLive(request);
  let page: LivePage | null = null;
  try {
    if (request.page !== null) {
      const { servePage } = await import("./live-page.ts");
      page = await servePage(request.page, plan.language);
    }
    const result = await capture(plan, page);
    if (result === null) {
      if (!request.quiet) printLine(message("stoppedBefore"));
      return 0;
    }
    await report(result, plan);
    if (page !== null && request.stay && result.endedBy !== "stop" && result.failure === null) {
      if (!request.quiet) printLine(message("pageStays", page.url));
      await nextStopSignal();
    }
    return statusOf(result, request);
  } finally {
    await page?.close();
  }
}

/** @throws Failure where something went wrong, or nothing was captured */
function statusOf({ failure, endedBy, metrics, last }: LiveResult, request: LiveArguments): ExitStatus {
  if (failure !== null) throw failure;
  if (metrics.capture.tcpPackets === 0) {
    const where = [...last.source.interfaces, last.source.program ?? last.source.engine][0] ?? "";
    if (endedBy !== "stop") throw new Failure(message("noTcpFrom", where));
    if (!request.quiet) printLine(message("noTcpSeen", where));
  }
  return 0;
}

/** @throws Failure where something asked for can't be */
async function planLive(request: LiveArguments): Promise<LivePlan> {
  const { source, force, pairs } = request;
  checkKeys(request.keysFile);
  const rating = await readRating(request.rating);
  const ofExperiment = request.experiment === null ? null : await experimentRun(request.experiment);
  const target =
    ofExperiment === null
      ? request.recording
      : { path: ofExperiment.path, rotateBytes: null, rotateSeconds: null };
  const replayed = source.kind === "replay" ? source.path : null;
  return {
    request,
    analysis: { ...ofExperiment?.analysis, ...pairs, ...rating },
    language: request.language ?? ofExperiment?.language ?? userLanguage(),
    recording: target === null ? null : recordingRequest(target, force, replayed),
  };
}

/** Captures until it ends; `null` where it was stopped before it had begun. */
async function capture(plan: LivePlan, page: LivePage | null): Promise<LiveResult | null> {
  const { request, analysis, language } = plan;
  let watch: LiveWatch | null = null;
  let latest: LiveSnapshot | null = null;
  const signals = new StopSignals((status) => {
    watch?.endAtOnce();
    if (!request.quiet) printLine(endedAtOnce(latest?.recording ?? null));
    process.exit(status);
  });
  try {
    const source = await openSource(request.source, analysis);
    if (signals.first !== null) return await abandoned(source);
    const { everySeconds, quiet, method, run } = request;
    const shown = startWatch({
      language,
      hasNamedPairs: analysis.backends !== undefined,
      url: page?.url ?? null,
      everySeconds,
      quiet,
    });
    watch = shown;
    announce(shown, source, page);
    const follow = forEach([page, shown, new PeerTrouble(shown)], shown);
    const { peer } = request;
    const session = startLive({
      capture: source,
      analysis,
      recording: plan.recording,
      ...(peer !== null && {
        peer: { capture: openCommand(peer.words), synchronousClocks: peer.synchronousClocks },
      }),
      method,
      run,
      durationSeconds: request.durationSeconds,
      requests: request.requests,
      ...(request.keysFile !== null && { keysFile: request.keysFile }),
      onSnapshot: (snapshot) => {
        latest = snapshot;
        follow(snapshot);
      },
    });
    signals.onStop(() => session.stop());
    return await session.finished;
  } finally {
    await watch?.end();
    // From here on Ctrl-C ends the process as it does everywhere: everything is written.
    signals.release();
  }
}

/** Stopped while the engine was starting. */
async function abandoned(source: LiveCapture): Promise<null> {
  source.stop();
  for await (const _ of source.bytes);
  return null;
}

/** Says once why the path to the peer is not measured any more. */
class PeerTrouble {
  readonly #watch: LiveWatch;
  #isSaid = false;

  constructor(watch: LiveWatch) {
    this.#watch = watch;
  }

  show({ path }: LiveSnapshot): void {
    if (this.#isSaid || path?.phase !== "ended" || path.problem === null) return;
    this.#isSaid = true;
    this.#watch.say(printableText(say(path.problem, userLanguage())));
  }
}

/** Shows each moment to all who follow. One that fails is left out from then on: the recording goes on. */
function forEach(
  followers: readonly (Pick<LiveWatch, "show"> | null)[],
  watch: LiveWatch,
): (snapshot: LiveSnapshot) => void {
  const following = new Set(followers);
  return (snapshot) => {
    for (const follower of following) {
      try {
        follower?.show(snapshot);
      } catch (error) {
        following.delete(follower);
        watch.say(printableText(say(message("viewFailed", String(error)), userLanguage())));
      }
    }
  };
}

function endedAtOnce(recording: RecordingState | null): Message {
  return message("endedAtOnce", recording === null ? "" : namesOf(recording.files));
}

function namesOf(files: readonly string[]): string {
  return files.length > 2 ? `${files[0]} … ${files.at(-1)}` : files.join(", ");
}

/** In a log, what the view would show all the time stands once. */
function announce(
  watch: LiveWatch,
  { engine, program, interfaces }: LiveCapture,
  page: LivePage | null,
): void {
  const began = message(engine === "replay" ? "replays" : "capturesWith", program ?? engine, interfaces);
  watch.say(printableText(say(began, userLanguage())));
  if (page !== null) watch.say(say(message("pageIsAt", page.url), userLanguage()));
}

async function report(result: LiveResult, { request, analysis, language }: LivePlan): Promise<void> {
  const run = liveRunMetrics(result);
  const { format, quiet, rating } = request;
  const hasNamedPairs = analysis.backends !== undefined;
  const text = await renderRun(run, {
    format,
    language,
    hasNamedPairs,
    added: [liveSection(run, language, result.last.path)],
  });
  const isRead = writeReport(text);
  if (quiet) return;
  if (!isRead) printLine(message("reportNotRead"));
  if (format === "csv") writeText("stderr", warningLines(run));
  const files = result.last.recording?.files ?? [];
  if (files.length === 0) return;
  printLine(message("recordingIsIn", namesOf(files)));
  const other = otherFormat(files[0] ?? "", run.capture.format);
  if (other !== null) printLine(other);
  if (run.capture.packets > 0) printLine(message("toAnalyzeAgain", analyzeAgain(files, analysis, rating)));
}

/** @returns whether anybody could read it: a report of live can't be had again by giving the command again */
function writeReport(text: string): boolean {
  try {
    writeText("stdout", text);
    return !isOutputClosed();
  } catch (error) {
    if (error instanceof PipeClosed) return false;
    throw error;
  }
}

/** Says so where the ending of a recording's name is of the other format; engines write one only. */
function otherFormat(path: string, format: string): Message | null {
  const named = /\.(pcapng|pcap)(?:\.gz)?$/i.exec(path)?.[1]?.toLowerCase();
  const written = format.startsWith("pcapng") ? "pcapng" : "pcap";
  return named === undefined || named === written ? null : message("otherFormat", written);
}
