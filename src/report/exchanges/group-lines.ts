/** Groups of exchanges as CSV and as JSON Lines, in full precision. */
import type { Distribution } from "../../metrics/distribution.ts";
import type { ExchangeGroup, Grouping } from "../../metrics/exchanges/exchange-groups.ts";
import { csvRecord } from "../csv-record.ts";
import { escapeJson } from "../escape-json.ts";

const FIGURES = [
  "mean",
  "min",
  "p50",
  "p90",
  "p95",
  "p99",
  "max",
] as const satisfies readonly (keyof Distribution)[];
const TIMES = ["timeToFirstByteMs", "timeToLastByteMs"] as const satisfies readonly (keyof ExchangeGroup)[];

/** The first field is named after what groups have in common. */
export function groupCsv(grouping: Grouping, groups: readonly ExchangeGroup[]): string {
  const times = TIMES.flatMap((time) => FIGURES.map((figure) => `${time}.${figure}`));
  const records = groups.map((group) =>
    csvRecord([
      group.key,
      group.exchanges,
      group.failed,
      ...TIMES.flatMap((time) => FIGURES.map((figure) => group[time][figure])),
    ]),
  );
  return csvRecord([grouping, "exchanges", "failed", ...times]) + records.join("");
}

/** One group per line. */
export function groupJsonLines(grouping: Grouping, groups: readonly ExchangeGroup[]): string {
  return groups
    .map(({ key, ...figures }) => `${escapeJson(JSON.stringify({ [grouping]: key, ...figures }))}\n`)
    .join("");
}
