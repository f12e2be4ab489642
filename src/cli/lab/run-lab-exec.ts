/** `lbqos lab exec`: a command on a host of the lab, on this terminal. */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { Failure } from "../../failure.ts";
import { openLab, requireRoot } from "../../lab/lab.ts";
import { findHost, labHosts } from "../../lab/lab-hosts.ts";
import { DEFAULT_LAB_NAME, labPlace, onHost } from "../../lab/lab-place.ts";
import { cannotStart, markedEnvironment } from "../../lab/run-program.ts";
import { message } from "../../words/message.ts";
import { chooseLab } from "./choose-lab.ts";
import type { LabRequest } from "./lab-request.ts";

/** @returns the command's exit status; 128 + the signal where one ended it, as a shell has it */
export async function runLabExec({
  place,
  host,
  command,
}: Extract<LabRequest, { kind: "exec" }>): Promise<number> {
  requireRoot();
  const journal = openLab(chooseLab(place) ?? labPlace(DEFAULT_LAB_NAME));
  const facts = journal.entries.find((entry) => entry.entry === "lab");
  const { name } = findHost(labHosts(facts?.entry === "lab" ? facts.clients : 1), host);
  if (journal.owner() === null && !journal.isUp()) {
    throw new Failure(message("labLeftOver", journal.place.name));
  }
  const [program = "", ...args] = onHost(journal.place.name, name, command);
  const child = spawn(program, args, {
    stdio: "inherit",
    env: markedEnvironment(journal.place.folder),
  });
  // The terminal sends Ctrl-C to the command too, which decides what comes of it.
  const ignore = () => undefined;
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  process.on("SIGINT", ignore);
  process.on("SIGTERM", pass);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once("error", (error) => reject(cannotStart(program, error)));
      child.once("exit", (status, signal) =>
        resolve(status ?? 128 + (signal === null ? 0 : constants.signals[signal])),
      );
    });
  } finally {
    process.removeListener("SIGINT", ignore);
    process.removeListener("SIGTERM", pass);
  }
}
