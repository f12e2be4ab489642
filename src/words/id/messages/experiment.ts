/** Manifes, tabel, dan run sebuah eksperimen. */
import type { experiment as english } from "../../en/messages/experiment.ts";

export const experiment: typeof english = {
  doubtOfRun: (run, doubt, others) =>
    `${run}: ${doubt}${others === 0 ? "" : ` (dan serupa di ${others} run lain)`}`,
};
