/** The arguments of `lbqos grafana`. */
import { Option, type Command as Subcommand } from "commander";
import { helpEnd, helpWords } from "../help-text.ts";

export interface GrafanaRequest {
  /** What is printed, or written beside each other into a folder. */
  readonly what: "dashboard" | "alerts" | "both";
  /** `null`: standard output. */
  readonly folder: string | null;
}

/** What the files are called in a folder. */
export const DASHBOARD_FILE = "lbqos-dashboard.json";
export const ALERTS_FILE = "lbqos-alerts.yaml";

interface GrafanaOptions {
  readonly dashboard?: true;
  readonly alerts?: true;
  readonly out?: string;
}

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function defineGrafana(subcommand: Subcommand, use: (request: GrafanaRequest) => void): void {
  const words = helpWords().grafana;
  subcommand
    .addOption(new Option("--dashboard", words.dashboard).conflicts("alerts"))
    .option("--alerts", words.alerts)
    .option("-o, --out <folder>", words.out)
    .addHelpText(
      "after",
      helpEnd({
        text: words.after,
        exitStatus: words.exitStatus,
        examples: [
          [words.examples.dashboard, `lbqos grafana --dashboard`],
          [words.examples.alerts, `lbqos grafana --alerts`],
          [words.examples.both(DASHBOARD_FILE, ALERTS_FILE), `lbqos grafana -o monitoring`],
        ],
      }),
    )
    .action(({ dashboard, alerts, out }: GrafanaOptions) =>
      use({
        what: alerts ? "alerts" : dashboard || out === undefined ? "dashboard" : "both",
        folder: out ?? null,
      }),
    );
}
