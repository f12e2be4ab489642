/** `lbqos grafana`: the dashboards and the rules that ship with lbqos. */
import { join } from "node:path";
import { alertRulesYaml } from "../../monitor/grafana/alert-rules.ts";
import { balancersJson, dashboardJson } from "../../monitor/grafana/dashboard-json.ts";
import { recordingRulesYaml } from "../../monitor/grafana/recording-rules.ts";
import type { ExitStatus } from "../command.ts";
import { prepareFolder, writeFile } from "../write-file.ts";
import { writeText } from "../write-text.ts";
import { GRAFANA_FILES, type GrafanaPart, type GrafanaRequest } from "./grafana-arguments.ts";

const CONTENT: Readonly<Record<GrafanaPart, () => string>> = {
  dashboard: dashboardJson,
  balancers: balancersJson,
  alerts: alertRulesYaml,
  recording: recordingRulesYaml,
};

/** @throws Failure, PipeClosed */
export async function runGrafana({ what, folder }: GrafanaRequest): Promise<ExitStatus> {
  const parts = what === "all" ? (Object.keys(CONTENT) as GrafanaPart[]) : [what];
  if (folder !== null) prepareFolder(folder);
  for (const part of parts) {
    const content = CONTENT[part]();
    if (folder === null) {
      writeText("stdout", content);
      continue;
    }
    const path = join(folder, GRAFANA_FILES[part]);
    writeFile(path, content);
    writeText("stdout", `${path}\n`);
  }
  return 0;
}
