/** What was done is written down before it is done, and taken back from what is written, the last one first. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type JournalEntry, LabJournal } from "../../src/lab/lab-journal.ts";
import { type LabPlace, labPlace } from "../../src/lab/lab-place.ts";
import { endProcesses, identify, isAlive } from "../../src/lab/lab-process.ts";
import type { LabStep } from "../../src/lab/lab-step.ts";
import { runSteps } from "../../src/lab/run-steps.ts";
import { undoSteps } from "../../src/lab/undo-steps.ts";
import { type Message, message } from "../../src/words/message.ts";

let labs: string;
let place: LabPlace;
beforeEach(() => {
  labs = mkdtempSync(join(tmpdir(), "lbqos-journal-"));
  place = labPlace("test", labs);
});
afterEach(() => rmSync(labs, { recursive: true, force: true }));

const OWNER: JournalEntry = { entry: "owner", owner: identify(process.pid), what: "lab up" };

function words(purpose: string): Message {
  return message("verbatim", purpose);
}

function folderStep(name: string): LabStep {
  const path = join(labs, name);
  return { purpose: words(name), action: { kind: "folder", path }, undo: { kind: "remove", path } };
}

function commandStep(word: string, ...argv: string[]): LabStep {
  return { purpose: words(word), action: { kind: "command", argv }, undo: null };
}

function startStep(name: string, script: string): LabStep {
  return {
    purpose: words(name),
    action: {
      kind: "start",
      process: name,
      argv: ["sh", "-c", script],
      log: join(labs, `${name}.log`),
      ready: { words: "ready" },
    },
    undo: { kind: "end", process: name, signal: "SIGTERM" },
  };
}

/** Kinds and numbers of what a journal's file says: `step 1`, `done 1`. */
function written(): string[] {
  return readFileSync(join(place.folder, "journal.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .map(({ entry, step }) => (step === undefined ? entry : `${entry} ${step}`));
}

test("steps are written down before and after, undos when they are done, in reverse", async () => {
  const journal = LabJournal.create(place, [OWNER]);
  await runSteps([folderStep("a"), folderStep("b"), commandStep("c", "true")], journal);
  expect(written()).toEqual(["owner", "step 1", "done 1", "step 2", "done 2", "step 3", "done 3"]);
  expect(await undoSteps(journal)).toEqual([]);
  expect(written().slice(7)).toEqual(["undone 2", "undone 1"]);
  expect([existsSync(join(labs, "a")), existsSync(join(labs, "b"))]).toEqual([false, false]);
});

test("a step that fails is taken back with those before it", async () => {
  const journal = LabJournal.create(place, [OWNER]);
  const steps = [
    folderStep("a"),
    commandStep("fails", "sh", "-c", "echo no luck >&2; exit 3"),
    folderStep("b"),
  ];
  await expect(runSteps(steps, journal)).rejects.toThrow("fails: sh -c 'echo no luck >&2; exit 3': no luck");
  expect(written()).toEqual(["owner", "step 1", "done 1", "step 2"]);
  expect(await undoSteps(journal)).toEqual([]);
  expect(existsSync(join(labs, "a"))).toBe(false);
});

test("the steps of a run are taken back by themselves", async () => {
  const journal = LabJournal.create(place, [OWNER]);
  await runSteps([folderStep("lab")], journal);
  const position = journal.position;
  await runSteps([folderStep("run")], journal);
  await undoSteps(journal, position);
  expect([existsSync(join(labs, "lab")), existsSync(join(labs, "run"))]).toEqual([true, false]);
  expect(journal.toUndo(0).map(({ purpose }) => purpose)).toEqual([words("lab")]);
});

test("who comes after a killed lab knows what to take back, a line cut in the middle or not", async () => {
  await runSteps([folderStep("a")], LabJournal.create(place, [OWNER]));
  appendFileSync(join(place.folder, "journal.jsonl"), '{"entry":"step","step":2,"purp');
  const journal = LabJournal.open(place);
  expect(journal?.toUndo(0)).toEqual([
    { step: 1, purpose: words("a"), undo: { kind: "remove", path: join(labs, "a") } },
  ]);
});

describe("a lab's name", () => {
  test("is taken once", () => {
    LabJournal.create(place, [OWNER]);
    expect(() => LabJournal.create(place, [OWNER])).toThrow('there is a lab "test" already');
  });

  test("is free again where a lab was killed before it began", () => {
    // No process has this number: the kernel's own begin at 2, and the highest is 2²².
    const beginning = join(labs, ".test.99999999");
    mkdirSync(beginning);
    writeFileSync(join(beginning, "journal.jsonl"), "");
    expect(LabJournal.open(place)).toBeNull();
    expect(existsSync(beginning)).toBe(false);
  });
});

test("a lab is owned while its lbqos runs, up when that has let it go", () => {
  const journal = LabJournal.create(place, [OWNER]);
  expect(journal.owner()?.identity.pid).toBe(process.pid);
  expect(journal.isUp()).toBe(false);
  journal.append({ entry: "owner", owner: null, what: "up" });
  expect(journal.owner()).toBeNull();
  expect(LabJournal.open(place)?.isUp()).toBe(true);
  journal.append({ entry: "owner", owner: { pid: process.pid, startTicks: 1 }, what: "lab down" });
  // Another process that was given the number later.
  expect(journal.owner()).toBeNull();
  expect(journal.isUp()).toBe(false);
});

describe("a program", () => {
  test("is known by number and start time, and ended by the signal", async () => {
    const journal = LabJournal.create(place, [OWNER]);
    const script = "trap 'echo ended by TERM; exit' TERM; echo ready; while :; do sleep 0.05; done";
    await runSteps([startStep("server", script)], journal);
    const [running] = LabJournal.open(place)?.running("server") ?? [];
    expect(running && isAlive(running.identity)).toBe(true);
    await undoSteps(journal);
    expect(journal.running()).toEqual([]);
    expect(readFileSync(join(labs, "server.log"), "utf8")).toMatch(/ended by TERM\n$/);
  });

  test("whose number was given to another one is left alone", async () => {
    const journal = LabJournal.create(place, [OWNER]);
    await runSteps([startStep("server", "echo ready; exec sleep 60")], journal);
    const [running] = journal.running("server");
    if (running === undefined) throw new Error("nothing runs");
    const reused = { ...running.identity, startTicks: running.identity.startTicks - 1 };
    await endProcesses([reused], "SIGKILL", true);
    expect(isAlive(running.identity)).toBe(true);
    await undoSteps(journal);
    expect(isAlive(running.identity)).toBe(false);
  });

  test("that was stopped is ended with its children", async () => {
    const journal = LabJournal.create(place, [OWNER]);
    await runSteps([startStep("server", "sleep 60 & echo ready; wait")], journal);
    await runSteps(
      [
        {
          purpose: words("stops"),
          action: { kind: "signal", process: "server", signal: "SIGSTOP" },
          undo: null,
        },
      ],
      journal,
    );
    const [running] = journal.running("server");
    await undoSteps(journal);
    expect(running && isAlive(running.identity)).toBe(false);
  });

  test("that ends at once is no server", async () => {
    const journal = LabJournal.create(place, [OWNER]);
    await expect(runSteps([startStep("server", "echo no such option; exit 1")], journal)).rejects.toThrow(
      "server ended at once: no such option",
    );
  });

  test("that does not exist is named", async () => {
    const journal = LabJournal.create(place, [OWNER]);
    await expect(runSteps([commandStep("x", "no-such-program-lbqos")], journal)).rejects.toThrow(
      "no-such-program-lbqos: there is no such program",
    );
  });
});

test("an interruption ends the program that runs, and no step comes after it", async () => {
  const journal = LabJournal.create(place, [OWNER]);
  const controller = new AbortController();
  const work = runSteps([commandStep("long", "sleep", "60"), folderStep("a")], journal, controller.signal);
  setTimeout(() => controller.abort(new Error("interrupted")), 50);
  await expect(work).rejects.toThrow("interrupted");
  expect(existsSync(join(labs, "a"))).toBe(false);
});
