/** The same in Indonesian. */
import type { HelpTexts } from "../en/help-texts.ts";
import { help } from "./help.ts";
import { helpColumns } from "./help-columns.ts";
import { helpLab } from "./help-lab.ts";
import { helpLive } from "./help-live.ts";
import { helpOpen } from "./help-open.ts";
import { helpQueue } from "./help-queue.ts";

export const helpTexts: HelpTexts = {
  ...help,
  columns: helpColumns,
  lab: helpLab,
  live: helpLive,
  open: helpOpen,
  queue: helpQueue,
};
