/** Where the load generator's report of a run lies, told from the run's own capture. */
import { captureStem } from "./capture-name.ts";
import { CAPTURE_PLACE } from "./tap-files.ts";

/** Stands in a report's file name for the folder of the run's capture. */
export const FOLDER_PLACE = "{folder}";

/** Stands for the run's capture with its ending, beside which `lbqos run` keeps what the load printed: `{file}.load.txt`. */
export const FILE_PLACE = "{file}";

/** The places of which a report's name must have one: else it would be that of every run. */
export const REPORT_PLACES: readonly string[] = [CAPTURE_PLACE, FILE_PLACE, FOLDER_PLACE];

/** @param capture the run's first file, relative to the manifest's folder */
export function generatorFile(template: string, capture: string): string {
  const slash = capture.lastIndexOf("/");
  const folder = slash < 0 ? "." : capture.slice(0, slash);
  return template
    .replaceAll(CAPTURE_PLACE, captureStem(capture))
    .replaceAll(FILE_PLACE, capture)
    .replaceAll(FOLDER_PLACE, folder);
}
