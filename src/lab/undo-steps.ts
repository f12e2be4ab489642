/** Takes back what a lab did, from its journal: after success, failure and Ctrl-C, and after a lab that was killed. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Failure } from "../failure.ts";
import { type Message, message } from "../words/message.ts";
import type { LabJournal } from "./lab-journal.ts";
import { NAMESPACES_FOLDER } from "./lab-place.ts";
import { endProcesses, groupOf, markedProcesses, type ProcessIdentity, processesIn } from "./lab-process.ts";
import type { Undo } from "./lab-step.ts";
import { undoText } from "./shell-text.ts";

/** Says that `ip netns` made a mount of its folder for the first lab, which the last one takes away. */
const MOUNT_MARK = ".namespaces-folder-is-ours";

/** How often to look for programs that were started while others were being ended. */
const MAX_ROUNDS = 10;

/** The steps that could not be undone, in one line each. */
export type UndoProblem = Message;

/**
 * Takes back the steps begun after `position`, the last one first. Goes on where one can't be taken back.
 * @returns what is left
 */
export async function undoSteps(journal: LabJournal, position = 0): Promise<UndoProblem[]> {
  const problems: UndoProblem[] = [];
  for (const { step, purpose, undo } of journal.toUndo(position)) {
    try {
      await takeBack(undo, journal);
      journal.append({ entry: "undone", step });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      problems.push(message("stepFailed", purpose, undoText(undo), reason));
    }
  }
  return problems;
}

async function takeBack(undo: Undo, journal: LabJournal): Promise<void> {
  switch (undo.kind) {
    case "end":
      return endProcesses(
        journal.running(undo.process).map(({ identity }) => identity),
        undo.signal,
        true,
      );
    case "namespace":
      return removeNamespace(undo.namespace);
    case "remove":
      rmSync(undo.path, { recursive: true, force: true });
  }
}

async function removeNamespace(namespace: string): Promise<void> {
  const path = join(NAMESPACES_FOLDER, namespace);
  if (!existsSync(path)) return;
  for (let found = processesIn(namespace); found.length > 0; found = processesIn(namespace)) {
    await endProcesses(found, "SIGTERM");
  }
  try {
    execFileSync("ip", ["netns", "del", namespace], { stdio: "pipe" });
  } catch (error) {
    // The program that a killed removal had started may have been quicker.
    if (existsSync(path)) throw error;
  }
}

/**
 * Takes back everything of a lab, and its folder at last.
 * @throws Failure where something is left; the journal stays, so that it can be tried again
 */
export async function removeLab(journal: LabJournal): Promise<void> {
  // Leftover commands of a killed lab, and those of `lab exec`, must not interfere.
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const strays = strayProcesses(journal);
    if (strays.length === 0) break;
    await endProcesses(strays, "SIGTERM");
  }
  const problems = await undoSteps(journal);
  if (problems.length > 0) {
    throw new Failure(message("somethingIsLeft", journal.place.name, problems));
  }
  rmSync(journal.place.folder, { recursive: true, force: true });
  removeLabsFolder(dirname(journal.place.folder));
}

/** Processes of the lab that its journal does not know, nor their parents: they are no part of what is taken back. */
function strayProcesses(journal: LabJournal): ProcessIdentity[] {
  const known = new Set(journal.running().map(({ identity }) => identity.pid));
  return markedProcesses(journal.place.folder).filter(({ pid }) => !known.has(groupOf(pid)));
}

/** Takes note that there is no mount of the folder of namespaces yet, before the first one is made. */
export function noteNamespacesFolder(labsFolder: string): void {
  if (!isMountPoint(NAMESPACES_FOLDER)) writeFileSync(join(labsFolder, MOUNT_MARK), "");
}

/**
 * The folder of the labs goes with the last of them, and so does the mount that `ip netns` made for the first. The mark goes
 * last, so that whoever comes after a removal that was killed knows of the mount.
 */
export function removeLabsFolder(labsFolder: string): void {
  const mark = join(labsFolder, MOUNT_MARK);
  const isOurs = existsSync(mark);
  try {
    const others = readdirSync(labsFolder).filter((name) => name !== MOUNT_MARK);
    if (others.length > 0) return;
    if (isOurs) removeNamespacesFolder();
    rmSync(mark, { force: true });
    rmdirSync(labsFolder);
  } catch {
    // It is gone already, or another lab was begun meanwhile, which may have relied on the mark.
    if (isOurs && existsSync(labsFolder)) writeFileSync(mark, "");
  }
}

/** It stays where somebody else has a namespace there by now. */
function removeNamespacesFolder(): void {
  try {
    if (isMountPoint(NAMESPACES_FOLDER)) execFileSync("umount", [NAMESPACES_FOLDER], { stdio: "pipe" });
    rmdirSync(NAMESPACES_FOLDER);
  } catch {
    // In use.
  }
}

function isMountPoint(path: string): boolean {
  const mounts = readFileSync("/proc/self/mountinfo", "utf8").split("\n");
  return mounts.some((line) => line.split(" ")[4] === path);
}
