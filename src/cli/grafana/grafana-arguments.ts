/** The arguments of `lbqos grafana`. */
import { Option, type Command as Subcommand } from "commander";

export interface GrafanaRequest {
  /** What is printed, or written beside each other into a folder. */
  readonly what: "dashboard" | "alerts" | "both";
  /** `null`: standard output. */
  readonly folder: string | null;
}

/** What the files are called in a folder. */
export const DASHBOARD_FILE = "lbqos-dashboard.json";
export const ALERTS_FILE = "lbqos-alerts.yaml";

const HELP_AFTER = `
The dashboard is imported in Grafana (Dashboards, New, Import) or lies in a folder
that Grafana is provisioned from; the alert rules are named in prometheus.yml under
rule_files. Both work on what Prometheus scrapes from "lbqos live --http".

Exit status: 0 printed or written, 1 the folder can't be written, 2 wrong usage.

Examples:
  # the dashboard; with "> lbqos-dashboard.json" as a file to import
  $ lbqos grafana --dashboard

  # the alert rules for Prometheus
  $ lbqos grafana --alerts

  # both as files, ${DASHBOARD_FILE} and ${ALERTS_FILE}
  $ lbqos grafana -o monitoring
`;

interface GrafanaOptions {
  readonly dashboard?: true;
  readonly alerts?: true;
  readonly out?: string;
}

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function defineGrafana(subcommand: Subcommand, use: (request: GrafanaRequest) => void): void {
  subcommand
    .addOption(new Option("--dashboard", "the dashboard as JSON (default)").conflicts("alerts"))
    .option("--alerts", "the alert rules as YAML, for Prometheus")
    .option("-o, --out <folder>", "write files into it; both, where neither is chosen")
    .addHelpText("after", HELP_AFTER)
    .action(({ dashboard, alerts, out }: GrafanaOptions) =>
      use({
        what: alerts ? "alerts" : dashboard || out === undefined ? "dashboard" : "both",
        folder: out ?? null,
      }),
    );
}
