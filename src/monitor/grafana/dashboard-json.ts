/** Grafana's dashboard as its users import it. */
import { DASHBOARD } from "./dashboard.ts";

/** The dashboard's JSON, for Grafana from version 10 on: Dashboards → New → Import. */
export function dashboardJson(): string {
  return `${JSON.stringify(JSON.parse(DASHBOARD), null, 2)}\n`;
}
