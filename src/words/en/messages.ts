/** Every message to the user in English: errors, warnings, and the sentences inside them. */
import { capture } from "./messages/capture.ts";
import { command } from "./messages/command.ts";
import { conditions } from "./messages/conditions.ts";
import { doubts } from "./messages/doubts.ts";
import { experiment } from "./messages/experiment.ts";
import { filter } from "./messages/filter.ts";
import { lab } from "./messages/lab.ts";
import { labSteps } from "./messages/lab-steps.ts";
import { live } from "./messages/live.ts";
import { manifestRules } from "./messages/manifest-rules.ts";
import { metrics } from "./messages/metrics.ts";
import { monitor } from "./messages/monitor.ts";
import { path } from "./messages/path.ts";
import { scale } from "./messages/scale.ts";
import { selection } from "./messages/selection.ts";
import { study } from "./messages/study.ts";

export const messages = {
  /** What is said in one language only, such as the words of another program; a text says itself. */
  verbatim: (words: string) => words,
  ...capture,
  ...metrics,
  ...experiment,
  ...study,
  ...live,
  ...command,
  ...conditions,
  ...doubts,
  ...filter,
  ...lab,
  ...labSteps,
  ...manifestRules,
  ...monitor,
  ...path,
  ...scale,
  ...selection,
};
