/** `lbqos lab status`. */
import { LabJournal, labNames } from "../../lab/lab-journal.ts";
import { LABS_FOLDER, labPlace } from "../../lab/lab-place.ts";
import { type LabStatus, labStatus } from "../../lab/lab-status.ts";
import { writeText } from "../write-text.ts";
import type { LabRequest } from "./lab-request.ts";

export async function runLabStatus({ json }: Extract<LabRequest, { kind: "status" }>): Promise<number> {
  const labs = labNames(LABS_FOLDER).flatMap((name) => {
    const journal = LabJournal.open(labPlace(name));
    return journal === null ? [] : [labStatus(journal)];
  });
  if (json) writeText("stdout", `${JSON.stringify(labs, null, 2)}\n`);
  else writeText("stdout", labs.length === 0 ? "There is no lab.\n" : labs.map(statusText).join("\n"));
  return 0;
}

const STATES: Readonly<Record<LabStatus["state"], string>> = {
  up: "up",
  "in use": "in use",
  "left over": 'left over: its lbqos was killed; "lbqos lab down" cleans up',
};

/** A lab and its hosts, one a line. */
export function statusText(lab: LabStatus): string {
  const user = lab.user === null ? "" : ` by lbqos ${lab.user.what} (process ${lab.user.pid})`;
  const head = `Lab "${lab.name}": ${STATES[lab.state]}${user}${lab.description === "" ? "" : ` · ${lab.description}`}`;
  const hosts = lab.hosts.map(({ name, title, address, isThere, processes, programs }) => {
    const runs = programs.map((one) => `${one.name} (${one.pid})`).join(", ");
    const what = isThere ? runs || (processes > 0 ? `${processes} processes` : "") : "not there";
    return `  ${name.padEnd(10)}${title.padEnd(12)}${(address ?? "").padEnd(16)}${what}`.trimEnd();
  });
  return `${[head, ...hosts, `  files in ${lab.folder}`].join("\n")}\n`;
}
