/** The queries of the dashboard as Grafana sends them, its variables filled in. */
import { z } from "zod";
import { dashboardJson } from "../../../src/monitor/grafana/dashboard-json.ts";

const PANEL = z.object({
  type: z.string(),
  title: z.string(),
  targets: z.array(z.object({ refId: z.string(), expr: z.string() })).default([]),
});
const DASHBOARD = z.object({
  panels: z.array(PANEL),
  templating: z.object({
    list: z.array(
      z.object({ name: z.string(), type: z.string(), query: z.string(), allValue: z.string().optional() }),
    ),
  }),
  annotations: z.object({ list: z.array(z.object({ name: z.string(), expr: z.string() })) }),
});

/** The dashboard that ships, as far as it asks Prometheus something. */
export const SHIPPED = DASHBOARD.parse(JSON.parse(dashboardJson()));

export interface PanelQuery {
  /** The panel and the letter of its query. */
  readonly place: string;
  readonly panel: string;
  readonly expr: string;
}

/** All queries of all panels. */
export function panelQueries(): PanelQuery[] {
  return SHIPPED.panels.flatMap(({ title, targets }) =>
    targets.map(({ refId, expr }) => ({ place: `${title}, ${refId}`, panel: title, expr: filledIn(expr) })),
  );
}

/**
 * What Grafana makes of a query: every variable "All", the time shown a minute, and the window of rates four scrapes and
 * more, as it has it.
 */
export function filledIn(expr: string): string {
  const values = {
    ...Object.fromEntries(SHIPPED.templating.list.map(({ name, allValue }) => [name, allValue ?? ""])),
  };
  const filled = expr
    .replaceAll("$__rate_interval", "5s")
    .replaceAll("$__range", "60s")
    .replaceAll(/\$(\w+)/g, (variable, name: string) => values[name] ?? variable);
  if (filled.includes("$")) throw new Error(`a variable that the dashboard doesn't have: ${filled}`);
  return filled;
}
