/** `lbqos lab up`. */
import { impairmentText } from "../../lab/impairments.ts";
import { buildLab, releaseLab } from "../../lab/lab.ts";
import { planLab } from "../../lab/plan-lab.ts";
import { planText, undoPlanText } from "../../lab/shell-text.ts";
import { wordsOf } from "../../words/words.ts";
import { abortOnSignal } from "../abort-on-signal.ts";
import { userLanguage } from "../language.ts";
import { writeText } from "../write-text.ts";
import type { LabRequest } from "./lab-request.ts";

export async function runLabUp(request: Extract<LabRequest, { kind: "up" }>): Promise<number> {
  const { place, options, dryRun, quiet } = request;
  const plan = planLab(place, options);
  if (dryRun) {
    writeText(
      "stdout",
      `${planText(plan.steps)}\n# ${wordsOf(userLanguage()).output.lab.undone}\n${undoPlanText(plan.steps)}`,
    );
    return 0;
  }
  const { balancing, impairments, clients } = options;
  const words = [
    balancing?.method ?? "",
    balancing?.keepAlive ? "keep-alive" : "",
    ...impairments.map(impairmentText),
  ];
  const description = words.filter((word) => word !== "").join(", ");
  const journal = await abortOnSignal((signal) =>
    buildLab(plan, { what: "lab up", description, clients, signal }),
  );
  releaseLab(journal);
  if (!quiet) {
    const labWords = wordsOf(userLanguage()).output.lab;
    const named = place.name === "study" ? "" : ` --name ${place.name}`;
    const hosts = plan.hosts.map(({ name, title, address }) =>
      `  ${name.padEnd(10)}${title.padEnd(12)}${address ?? ""}`.trimEnd(),
    );
    writeText(
      "stdout",
      `${[
        labWords.isUp(place.name, description),
        ...hosts,
        labWords.try(`lbqos lab exec${named} client curl -s http://192.168.56.103/`),
        labWords.end(`lbqos lab down${named}`),
      ].join("\n")}\n`,
    );
  }
  return 0;
}
