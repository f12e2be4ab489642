/** What the command says of its options, in English. Apart from the other words: nothing but the command needs them. */
import { help } from "./help.ts";
import { helpColumns } from "./help-columns.ts";
import { helpLab } from "./help-lab.ts";
import { helpLive } from "./help-live.ts";
import { helpOpen } from "./help-open.ts";
import { helpQueue } from "./help-queue.ts";

export const helpTexts = {
  ...help,
  columns: helpColumns,
  lab: helpLab,
  live: helpLive,
  open: helpOpen,
  queue: helpQueue,
};

export type HelpTexts = typeof helpTexts;
