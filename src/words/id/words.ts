/** Indonesian. The field's terms stay English, as in Indonesian theses. */
import type { Words } from "../en/words.ts";
import { audit } from "./audit.ts";
import { charts } from "./charts.ts";
import { comparison } from "./comparison.ts";
import { findings } from "./findings.ts";
import { live } from "./live.ts";
import { metrics } from "./metrics.ts";
import { page } from "./page.ts";
import { report } from "./report.ts";

export const id: Words = {
  report,
  live,
  page,
  charts,
  comparison,
  findings,
  metrics,
  audit,
};
