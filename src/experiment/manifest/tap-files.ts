/** Where the captures of the backends' taps lie, told from the run's own capture. */
import { captureStem } from "./capture-name.ts";
import type { BackendTaps } from "./manifest.ts";

/** Stands in a tap's file name for the run's capture without its ending. */
export const CAPTURE_PLACE = "{capture}";

/** A backend's capture of a run. */
export interface TapFile {
  /** Name of the backend. */
  readonly backend: string;
  /** Relative to the manifest's folder. */
  readonly file: string;
}

/** The tap of each backend during a run. @param capture the run's first file, relative to the manifest's folder */
export function tapFiles({ files }: BackendTaps, capture: string): readonly TapFile[] {
  return Object.entries(files).map(([backend, file]) => ({
    backend,
    file: file.replaceAll(CAPTURE_PLACE, captureStem(capture)),
  }));
}

/** The files that are no tap of another one: patterns may fit both. */
export function withoutTaps(taps: BackendTaps | undefined, paths: readonly string[]): readonly string[] {
  if (taps === undefined) return paths;
  const found = new Set(paths.flatMap((path) => tapFiles(taps, path).map(({ file }) => file)));
  return paths.filter((path) => !found.has(path));
}
