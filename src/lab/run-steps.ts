/** Does what a plan says, each step written down before it is done. */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";
import type { LabJournal } from "./lab-journal.ts";
import { endProcesses, signalProcess } from "./lab-process.ts";
import type { LabStep } from "./lab-step.ts";
import { runProgram } from "./run-program.ts";
import { actionText, shellCommand } from "./shell-text.ts";
import { startProgram } from "./start-program.ts";

/** A program that should end and takes longer than this is ended, in seconds. */
export const COMMAND_SECONDS = 60;

/**
 * Runs the steps one after the other.
 * @param signal ends the work between two steps, or the program that is running
 * @throws Failure where a step fails, and the reason of `signal` once that is given; `undoSteps` takes back what was done
 */
export async function runSteps(
  steps: readonly LabStep[],
  journal: LabJournal,
  signal?: AbortSignal,
): Promise<void> {
  for (const step of steps) {
    signal?.throwIfAborted();
    const number = journal.begin(step.purpose, actionText(step.action), step.undo);
    await runStep(step, number, journal, signal);
    journal.append({ entry: "done", step: number });
  }
}

async function runStep(
  { purpose, action }: LabStep,
  number: number,
  journal: LabJournal,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { folder } = journal.place;
  switch (action.kind) {
    case "command": {
      const { argv, output, seconds = COMMAND_SECONDS, isPreferred = false } = action;
      const result = await runProgram({
        argv,
        labFolder: folder,
        seconds,
        isPreferred,
        ...(output === undefined ? {} : { output }),
        ...(signal === undefined ? {} : { signal }),
      });
      if (result.status === 0) return;
      const said = result.stderr.trim().split("\n")[0] || message("endedWithStatus", result.status);
      const reason = result.timedOut ? message("tookLonger", seconds) : said;
      throw new Failure(message("stepFailed", purpose, shellCommand(argv), reason));
    }
    case "start":
      return startProgram(
        action,
        folder,
        (identity) => journal.append({ entry: "process", step: number, process: action.process, identity }),
        signal,
      );
    case "end":
      return endProcesses(
        journal.running(action.process).map(({ identity }) => identity),
        action.signal,
        true,
      );
    case "signal":
      for (const { identity } of journal.running(action.process))
        signalProcess(identity, action.signal, true);
      return;
    case "folder":
      mkdirSync(action.path, { recursive: true });
      return;
    case "write":
      writeFileSync(action.path, action.content);
      return;
    case "remove":
      rmSync(action.path, { recursive: true, force: true });
      return;
    case "copy":
      copyFileSync(action.from, action.to);
      return;
    case "wait":
      await sleep(action.seconds * 1000, undefined, signal === undefined ? {} : { signal }).catch(() =>
        signal?.throwIfAborted(),
      );
  }
}
