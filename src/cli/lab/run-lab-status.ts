/** `lbqos lab status`. */
import { LabJournal, labNames } from "../../lab/lab-journal.ts";
import { LABS_FOLDER, labPlace } from "../../lab/lab-place.ts";
import { type LabStatus, labStatus } from "../../lab/lab-status.ts";
import { sayInEnglish } from "../../words/message.ts";
import { say } from "../../words/say.ts";
import { wordsOf } from "../../words/words.ts";
import { userLanguage } from "../language.ts";
import { writeText } from "../write-text.ts";
import type { LabRequest } from "./lab-request.ts";

export async function runLabStatus({ json }: Extract<LabRequest, { kind: "status" }>): Promise<number> {
  const labs = labNames(LABS_FOLDER).flatMap((name) => {
    const journal = LabJournal.open(labPlace(name));
    return journal === null ? [] : [labStatus(journal)];
  });
  if (json) writeText("stdout", `${JSON.stringify(labs.map(inEnglish), null, 2)}\n`);
  else
    writeText(
      "stdout",
      labs.length === 0 ? `${wordsOf(userLanguage()).output.lab.none}\n` : labs.map(statusText).join("\n"),
    );
  return 0;
}

/** The status as programs read it. */
function inEnglish(lab: LabStatus): Omit<LabStatus, "description"> & { description: string } {
  return { ...lab, description: sayInEnglish(lab.description) };
}

/** A lab and its hosts, one a line. */
export function statusText(lab: LabStatus): string {
  const language = userLanguage();
  const words = wordsOf(language).output.lab;
  const description = say(lab.description, language);
  const user = lab.user === null ? "" : words.usedBy(lab.user.what, lab.user.pid);
  const head = `${words.lab(lab.name, words.status[lab.state])}${user}${description === "" ? "" : ` · ${description}`}`;
  const hosts = lab.hosts.map(({ name, title, address, isThere, processes, programs }) => {
    const runs = programs.map((one) => `${one.name} (${one.pid})`).join(", ");
    const what = isThere ? runs || (processes > 0 ? words.processes(processes) : "") : words.notThere;
    return `  ${name.padEnd(10)}${title.padEnd(12)}${(address ?? "").padEnd(16)}${what}`.trimEnd();
  });
  return `${[head, ...hosts, `  ${words.filesIn(lab.folder)}`].join("\n")}\n`;
}
