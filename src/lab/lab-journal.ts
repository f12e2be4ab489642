/**
 * Journal of a lab's changes to this machine, written before each change, so that a later command can undo them, however
 * the lab ended. One JSON object a line; lines are only ever added.
 */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { Failure } from "../failure.ts";
import { type Message, message } from "../words/message.ts";
import type { LabPlace } from "./lab-place.ts";
import { identify, isAlive, type ProcessIdentity } from "./lab-process.ts";
import type { Undo } from "./lab-step.ts";

export type JournalEntry =
  /** The process that works on the lab; the last one counts. `null`: none any more, the lab is up and stays. */
  | { readonly entry: "owner"; readonly owner: ProcessIdentity | null; readonly what: string }
  /** Facts about the lab for those who come later. */
  | { readonly entry: "lab"; readonly clients: number; readonly description: Message }
  /** A step is about to be done. */
  | {
      readonly entry: "step";
      readonly step: number;
      readonly purpose: Message;
      readonly does: string;
      readonly undo: Undo | null;
    }
  /** A process was started by the step. */
  | {
      readonly entry: "process";
      readonly step: number;
      readonly process: string;
      readonly identity: ProcessIdentity;
    }
  | { readonly entry: "done"; readonly step: number }
  /** The step was taken back. */
  | { readonly entry: "undone"; readonly step: number };

const FILE = "journal.jsonl";

export class LabJournal {
  readonly place: LabPlace;
  readonly #entries: JournalEntry[];
  #steps: number;

  private constructor(place: LabPlace, entries: readonly JournalEntry[]) {
    this.place = place;
    this.#entries = [...entries];
    this.#steps = entries.filter(({ entry }) => entry === "step").length;
  }

  /**
   * Begins a lab: makes its folder with the journal in it, both at once.
   * @throws Failure where there is a lab of that name
   */
  static create(place: LabPlace, first: readonly JournalEntry[]): LabJournal {
    const home = dirname(place.folder);
    const beginning = join(home, `.${place.name}.${process.pid}`);
    try {
      mkdirSync(home, { recursive: true });
      rmSync(beginning, { recursive: true, force: true });
      mkdirSync(beginning, { mode: 0o755 });
      appendFileSync(join(beginning, FILE), first.map(toLine).join(""));
      renameSync(beginning, place.folder);
    } catch (error) {
      rmSync(beginning, { recursive: true, force: true });
      if (existsSync(place.folder)) throw alreadyThere(place);
      throw new Failure(
        message("labFolderNotMade", place.folder, error instanceof Error ? error.message : String(error)),
      );
    }
    return new LabJournal(place, first);
  }

  /** The journal of an existing lab, `null` if there is none; an entry that a killed lab wrote in part is left out. */
  static open(place: LabPlace): LabJournal | null {
    removeAbandonedBeginnings(dirname(place.folder), place.name);
    if (!existsSync(place.folder)) return null;
    let text = "";
    try {
      text = readFileSync(join(place.folder, FILE), "utf8");
    } catch {
      // Removed already, as the last thing but the folder itself.
    }
    return new LabJournal(place, text.split("\n").flatMap(fromLine));
  }

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** Steps begun so far: what was begun after this can be taken back by itself. */
  get position(): number {
    return this.#steps;
  }

  append(entry: JournalEntry): void {
    appendFileSync(join(this.place.folder, FILE), toLine(entry));
    this.#entries.push(entry);
  }

  /** Writes down that a step is about to be done. @returns its number */
  begin(purpose: Message, does: string, undo: Undo | null): number {
    this.#steps += 1;
    this.append({ entry: "step", step: this.#steps, purpose, does, undo });
    return this.#steps;
  }

  /** Steps begun after `position` and not taken back, the last one first. */
  toUndo(position: number): { readonly step: number; readonly purpose: Message; readonly undo: Undo }[] {
    const undone = new Set(this.#entries.flatMap((entry) => (entry.entry === "undone" ? [entry.step] : [])));
    return this.#entries
      .flatMap((entry) => {
        if (entry.entry !== "step" || entry.undo === null) return [];
        if (entry.step <= position || undone.has(entry.step)) return [];
        return [{ step: entry.step, purpose: entry.purpose, undo: entry.undo }];
      })
      .reverse();
  }

  /** Processes started under a name that are still there; without one, all of the lab's by their names. */
  running(name?: string): { readonly process: string; readonly identity: ProcessIdentity }[] {
    return this.#entries.flatMap((entry) =>
      entry.entry === "process" && (name === undefined || entry.process === name) && isAlive(entry.identity)
        ? [{ process: entry.process, identity: entry.identity }]
        : [],
    );
  }

  /** The process that works on the lab now, and what it does; `null` where nobody does. */
  owner(): { readonly identity: ProcessIdentity; readonly what: string } | null {
    const last = this.#entries.findLast((entry) => entry.entry === "owner");
    if (last?.entry !== "owner" || last.owner === null || !isAlive(last.owner)) return null;
    return { identity: last.owner, what: last.what };
  }

  /** Whether the lab was set up whole, and nobody has begun to take it down. */
  isUp(): boolean {
    const last = this.#entries.findLast((entry) => entry.entry === "owner");
    return last?.entry === "owner" && last.owner === null;
  }
}

function alreadyThere({ name }: LabPlace): Failure {
  return new Failure(message("labIsThere", name));
}

/** Names of the labs on this machine. */
export function labNames(labsFolder: string): string[] {
  try {
    return readdirSync(labsFolder)
      .filter((name) => !name.startsWith("."))
      .sort();
  } catch {
    return [];
  }
}

/** Folders of labs of this name that were killed before they began. */
function removeAbandonedBeginnings(home: string, name: string): void {
  let found: string[] = [];
  try {
    found = readdirSync(home).filter((one) => one.startsWith(`.${name}.`));
  } catch {
    return;
  }
  for (const one of found) {
    if (identify(Number(one.split(".").at(-1))) === null)
      rmSync(join(home, one), { recursive: true, force: true });
  }
}

/** The time of each event, for finding out what went wrong. */
function toLine(entry: JournalEntry): string {
  return `${JSON.stringify({ ...entry, at: new Date().toISOString() })}\n`;
}

function fromLine(line: string): JournalEntry[] {
  if (line === "") return [];
  try {
    const entry: JournalEntry = JSON.parse(line);
    return [entry];
  } catch {
    return [];
  }
}
