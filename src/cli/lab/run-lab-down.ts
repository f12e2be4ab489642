/** `lbqos lab down`. */
import { requireRoot, takeDownLab } from "../../lab/lab.ts";
import { labNames } from "../../lab/lab-journal.ts";
import { DEFAULT_LAB_NAME, LABS_FOLDER, type LabPlace, labPlace } from "../../lab/lab-place.ts";
import { wordsOf } from "../../words/words.ts";
import { abortOnSignal } from "../abort-on-signal.ts";
import { userLanguage } from "../language.ts";
import { writeText } from "../write-text.ts";
import { chooseLab } from "./choose-lab.ts";
import type { LabRequest } from "./lab-request.ts";

export async function runLabDown({ place, quiet }: Extract<LabRequest, { kind: "down" }>): Promise<number> {
  requireRoot();
  const all = place === "all" ? labNames(LABS_FOLDER).map((name) => labPlace(name)) : [];
  const places = all.length > 0 ? all : one(place === "all" ? null : place);
  const removed: string[] = [];
  // A Ctrl-C would leave half of it: it is let through when all is done.
  await abortOnSignal(async () => {
    for (const each of places) if (await takeDownLab(each)) removed.push(`"${each.name}"`);
  });
  if (!quiet) {
    const words = wordsOf(userLanguage()).output.lab;
    writeText(
      "stdout",
      `${removed.length === 0 ? words.none : words.removed(removed.join(", "))}
`,
    );
  }
  return 0;
}

/** Also where no lab is found by name, what is left of one is looked for. */
function one(place: LabPlace | null): LabPlace[] {
  return [chooseLab(place) ?? labPlace(DEFAULT_LAB_NAME)];
}
