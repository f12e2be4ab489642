/** `lbqos grafana`: the dashboard and the alert rules that ship with lbqos. */
import { join } from "node:path";
import { alertRulesYaml } from "../../monitor/grafana/alert-rules.ts";
import { dashboardJson } from "../../monitor/grafana/dashboard-json.ts";
import type { ExitStatus } from "../command.ts";
import { prepareFolder, writeFile } from "../write-file.ts";
import { writeText } from "../write-text.ts";
import { ALERTS_FILE, DASHBOARD_FILE, type GrafanaRequest } from "./grafana-arguments.ts";

/** @throws Failure, PipeClosed */
export async function runGrafana({ what, folder }: GrafanaRequest): Promise<ExitStatus> {
  if (folder === null) {
    writeText("stdout", withNewline(what === "alerts" ? alertRulesYaml() : dashboardJson()));
    return 0;
  }
  prepareFolder(folder);
  const files = [
    ...(what === "alerts" ? [] : [{ name: DASHBOARD_FILE, content: dashboardJson() }]),
    ...(what === "dashboard" ? [] : [{ name: ALERTS_FILE, content: alertRulesYaml() }]),
  ];
  for (const { name, content } of files) {
    const path = join(folder, name);
    writeFile(path, withNewline(content));
    writeText("stdout", `${path}\n`);
  }
  return 0;
}

function withNewline(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
