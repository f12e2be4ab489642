/** English. Other languages have the type of this folder, so that a text that one of them lacks is a compile error. */
import { audit } from "./audit.ts";
import { charts } from "./charts.ts";
import { comparison } from "./comparison.ts";
import { findings } from "./findings.ts";
import { live } from "./live.ts";
import { metrics } from "./metrics.ts";
import { page } from "./page.ts";
import { report } from "./report.ts";

export const en = { report, live, page, charts, comparison, findings, metrics, audit };

export type Words = typeof en;
