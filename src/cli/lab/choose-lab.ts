/** Which lab is meant. */
import { Failure } from "../../failure.ts";
import { labNames } from "../../lab/lab-journal.ts";
import { LABS_FOLDER, type LabPlace, labPlace } from "../../lab/lab-place.ts";
import { message } from "../../words/message.ts";

/**
 * The lab that was named, else the only one that there is; `null` where there is none.
 * @throws Failure (status 2) where there are several
 */
export function chooseLab(named: LabPlace | null): LabPlace | null {
  if (named !== null) return named;
  const names = labNames(LABS_FOLDER);
  if (names.length > 1) {
    throw new Failure(message("severalLabs", names.join(", ")), 2);
  }
  const [only] = names;
  return only === undefined ? null : labPlace(only);
}
