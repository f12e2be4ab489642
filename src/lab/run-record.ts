import type { LoadReport } from "./load-generator.ts";
import type { StudyRun, StudySettings } from "./study-plan.ts";

/** The files beside a run's capture. */
export interface RunRecord {
  readonly run: Omit<StudyRun, "title"> & { readonly title: string };
  readonly settings: StudySettings;
  /** Program that recorded, with version. */
  readonly recorder: string | null;
  readonly recorderDrops: number | null;
  /** Requests that the capture shows on their way to the backends. */
  readonly requestsSeen: number;
  readonly load: LoadReport;
  /** When the load was started, in ms since 1970. */
  readonly startedAtUnixMs: number;
  /** When the recorder got its signal to end. */
  readonly endedAtUnixMs: number;
  /** Events of the network and the servers during the run, with their times. */
  readonly events: readonly { readonly what: string; readonly atUnixMs: number }[];
  /** Packets that the switch dropped on purpose, by its own counters: a second truth. */
  readonly droppedBySwitch: Readonly<Record<string, number>>;
  readonly attempts: number;
}
