/** Setiap pesan kepada pengguna dalam bahasa Indonesia: kesalahan, peringatan, dan kalimat di dalamnya. */
import type { messages as english } from "../en/messages.ts";
import { capture } from "./messages/capture.ts";
import { command } from "./messages/command.ts";
import { experiment } from "./messages/experiment.ts";
import { live } from "./messages/live.ts";
import { metrics } from "./messages/metrics.ts";
import { study } from "./messages/study.ts";

export const messages: typeof english = {
  verbatim: (words) => words,
  ...capture,
  ...metrics,
  ...experiment,
  ...study,
  ...live,
  ...command,
};
