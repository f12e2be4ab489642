/** Grafana's dashboards as their users import them: Dashboards → New → Import, in Grafana from version 10 on. */
import { BALANCERS } from "./balancers-dashboard.ts";
import { DASHBOARD } from "./dashboard.ts";

/** The dashboard of the servers behind a balancer. */
export function dashboardJson(): string {
  return indented(DASHBOARD);
}

/** The dashboard of many balancers, on lbqos' recording rules. */
export function balancersJson(): string {
  return indented(BALANCERS);
}

function indented(json: string): string {
  return `${JSON.stringify(JSON.parse(json), null, 2)}\n`;
}
