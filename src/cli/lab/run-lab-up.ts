/** `lbqos lab up`. */
import { hostTraits } from "../../lab/host-traits.ts";
import { impairmentText } from "../../lab/impairments.ts";
import { buildLab, releaseLab } from "../../lab/lab.ts";
import { addressOf, BALANCER, urlHost } from "../../lab/lab-hosts.ts";
import { protocolsOf, protocolTraits, type SideProtocols } from "../../lab/lab-protocols.ts";
import { planLab } from "../../lab/plan-lab.ts";
import { planText, undoPlanText } from "../../lab/shell-text.ts";
import { message } from "../../words/message.ts";
import { say } from "../../words/say.ts";
import { wordsOf } from "../../words/words.ts";
import { abortOnSignal } from "../abort-on-signal.ts";
import { userLanguage } from "../language.ts";
import { writeText } from "../write-text.ts";
import type { LabRequest } from "./lab-request.ts";

export async function runLabUp(request: Extract<LabRequest, { kind: "up" }>): Promise<number> {
  const { place, options, dryRun, quiet } = request;
  const plan = planLab(place, options);
  const language = userLanguage();
  const { lab: labWords } = wordsOf(language).output;
  if (dryRun) {
    writeText(
      "stdout",
      `${planText(plan.steps, language)}\n# ${labWords.undone}\n${undoPlanText(plan.steps, language)}`,
    );
    return 0;
  }
  const { balancing, impairments, clients } = options;
  const description = message("labTraits", [
    ...(balancing === null ? [] : [balancing.method]),
    ...(balancing?.keepAlive ? ["keep-alive"] : []),
    ...protocolTraits(options.hosts),
    ...hostTraits(options.hosts),
    ...impairments.map(impairmentText),
  ]);
  const journal = await abortOnSignal((signal) =>
    buildLab(plan, { what: "lab up", description, clients, signal }),
  );
  releaseLab(journal);
  if (!quiet) {
    const named = place.name === "study" ? "" : ` --name ${place.name}`;
    const hosts = plan.hosts.map((host) =>
      `  ${host.name.padEnd(10)}${host.title.padEnd(12)}${addressOf(host, options.hosts)}`.trimEnd(),
    );
    const balancer = urlHost(addressOf(BALANCER, options.hosts));
    writeText(
      "stdout",
      `${[
        labWords.isUp(place.name, say(description, language)),
        ...hosts,
        labWords.try(`lbqos lab exec${named} client ${curl(protocolsOf(options.hosts).front, balancer)}`),
        labWords.end(`lbqos lab down${named}`),
      ].join("\n")}\n`,
    );
  }
  return 0;
}

/** curl's words for a request; the lab's certificate is its own. */
function curl({ tls, http2 }: SideProtocols, host: string): string {
  const words = ["curl", "-s"];
  if (tls !== null) words.push("-k");
  if (http2) words.push(tls === null ? "--http2-prior-knowledge" : "--http2");
  return [...words, `${tls === null ? "http" : "https"}://${host}/`].join(" ");
}
