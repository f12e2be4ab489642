/** A lab from its beginning to its end. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Failure } from "../failure.ts";
import { type Message, message } from "../words/message.ts";
import { LabJournal } from "./lab-journal.ts";
import type { LabPlace } from "./lab-place.ts";
import { identify } from "./lab-process.ts";
import type { LabPlan } from "./plan-lab.ts";
import { runSteps } from "./run-steps.ts";
import { noteNamespacesFolder, removeLab, removeLabsFolder } from "./undo-steps.ts";

export interface LabStart {
  /** The command that uses the lab, for others who want it: `lab up`, `lab run`. */
  readonly what: string;
  /** In one line, for `lab status`. */
  readonly description: Message;
  readonly clients: number;
  /** Ends the work; what was done is taken back. */
  readonly signal?: AbortSignal;
}

/**
 * Builds a lab. Where that fails or is interrupted, everything is taken back.
 * @returns its journal; this process owns the lab until `releaseLab`
 * @throws Failure where there is a lab of that name, without root, or where a step fails
 */
export async function buildLab(plan: LabPlan, start: LabStart): Promise<LabJournal> {
  requireRoot();
  const { place } = plan;
  const left = LabJournal.open(place);
  if (left !== null && !left.isUp() && left.owner() === null) await removeLab(left);
  const labsFolder = dirname(place.folder);
  mkdirSync(labsFolder, { recursive: true });
  noteNamespacesFolder(labsFolder);
  const journal = LabJournal.create(place, [
    { entry: "owner", owner: identify(process.pid), what: start.what },
    { entry: "lab", clients: start.clients, description: start.description },
  ]);
  try {
    await runSteps(plan.steps, journal, start.signal);
    return journal;
  } catch (error) {
    await removeLab(journal);
    throw error;
  }
}

/** The lab stays when this process ends. */
export function releaseLab(journal: LabJournal): void {
  journal.append({ entry: "owner", owner: null, what: "up" });
}

/**
 * A lab that is there.
 * @throws Failure if there is no such lab
 */
export function openLab(place: LabPlace): LabJournal {
  const journal = LabJournal.open(place);
  if (journal === null) throw new Failure(message("noSuchLab", place.name));
  return journal;
}

/**
 * Takes down a lab: one that is up, or what is left of one whose lbqos was killed.
 * @returns whether there was anything
 * @throws Failure while another lbqos works on it, or where something can't be taken back
 */
export async function takeDownLab(place: LabPlace): Promise<boolean> {
  requireRoot();
  const journal = LabJournal.open(place);
  if (journal === null) {
    removeLabsFolder(dirname(place.folder));
    return false;
  }
  const owner = journal.owner();
  if (owner !== null && owner.identity.pid !== process.pid) {
    throw new Failure(message("labInUse", place.name, owner.what, owner.identity.pid));
  }
  journal.append({ entry: "owner", owner: identify(process.pid), what: "lab down" });
  await removeLab(journal);
  return true;
}

/** @throws Failure */
export function requireRoot(): void {
  if (process.getuid?.() === 0) return;
  throw new Failure(message("needsRoot"));
}
