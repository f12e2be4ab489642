/** The arguments of `lbqos grafana`. */
import { Option, type Command as Subcommand } from "commander";
import { helpEnd, helpWords } from "../help-text.ts";

/** What there is to print, by the option that asks for it; the first one unasked. */
export const GRAFANA_FILES = {
  dashboard: "lbqos-dashboard.json",
  balancers: "lbqos-balancers.json",
  alerts: "lbqos-alerts.yaml",
  recording: "lbqos-recording.yaml",
} as const;

export type GrafanaPart = keyof typeof GRAFANA_FILES;

const PARTS = Object.keys(GRAFANA_FILES) as GrafanaPart[];

export interface GrafanaRequest {
  /** One of them is printed; all are written beside each other into a folder. */
  readonly what: GrafanaPart | "all";
  /** `null`: standard output. */
  readonly folder: string | null;
}

type GrafanaOptions = { readonly [part in GrafanaPart]?: true } & { readonly out?: string };

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function defineGrafana(subcommand: Subcommand, use: (request: GrafanaRequest) => void): void {
  const words = helpWords().grafana;
  for (const part of PARTS) {
    const others = PARTS.filter((other) => other !== part);
    subcommand.addOption(new Option(`--${part}`, words[part]).conflicts(others));
  }
  subcommand
    .option("-o, --out <folder>", words.out)
    .addHelpText(
      "after",
      helpEnd({
        text: words.after,
        exitStatus: words.exitStatus,
        examples: [
          [words.examples.dashboard, `lbqos grafana --dashboard`],
          [words.examples.alerts, `lbqos grafana --alerts`],
          [words.examples.all, `lbqos grafana -o monitoring`],
        ],
      }),
    )
    .action(({ out, ...chosen }: GrafanaOptions) =>
      use({
        what: PARTS.find((part) => chosen[part]) ?? (out === undefined ? "dashboard" : "all"),
        folder: out ?? null,
      }),
    );
}
