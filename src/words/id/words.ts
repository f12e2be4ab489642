/** Indonesian. The field's terms stay English, as in Indonesian theses. */
import type { Words } from "../en/words.ts";
import { audit } from "./audit.ts";
import { charts } from "./charts.ts";
import { comparison } from "./comparison.ts";
import { diagnosis } from "./diagnosis.ts";
import { exchanges } from "./exchanges.ts";
import { findings } from "./findings.ts";
import { live } from "./live.ts";
import { manifest } from "./manifest.ts";
import { metrics } from "./metrics.ts";
import { output } from "./output.ts";
import { page } from "./page.ts";
import { path } from "./path.ts";
import { report } from "./report.ts";
import { selections } from "./selections.ts";
import { study } from "./study.ts";
import { webPage } from "./web-page.ts";

export const id: Words = {
  report,
  live,
  page,
  path,
  charts,
  comparison,
  diagnosis,
  exchanges,
  findings,
  metrics,
  audit,
  manifest,
  output,
  selections,
  study,
  webPage,
};
