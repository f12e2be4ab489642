/** Setiap pesan kepada pengguna dalam bahasa Indonesia: kesalahan, peringatan, dan kalimat di dalamnya. */
import type { messages as english } from "../en/messages.ts";
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

export const messages: typeof english = {
  verbatim: (words) => words,
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
