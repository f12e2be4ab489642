/** Which parts of a lab exist now. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Message, message } from "../words/message.ts";
import { labHosts } from "./lab-hosts.ts";
import type { LabJournal } from "./lab-journal.ts";
import { NAMESPACES_FOLDER, namespaceOf } from "./lab-place.ts";
import { processesIn } from "./lab-process.ts";

export interface HostStatus {
  readonly name: string;
  readonly title: string;
  readonly address: string | null;
  readonly namespace: string;
  readonly isThere: boolean;
  /** Processes that run on it, of lbqos or of anybody. */
  readonly processes: number;
  /** Of those, what lbqos started. */
  readonly programs: readonly { readonly name: string; readonly pid: number }[];
}

export interface LabStatus {
  readonly name: string;
  readonly folder: string;
  /** `up`: whole; `in use`: another lbqos works with it; `left over`: its lbqos was killed. */
  readonly state: "up" | "in use" | "left over";
  /** By which process and for what it is in use. */
  readonly user: { readonly pid: number; readonly what: string } | null;
  readonly description: Message;
  readonly hosts: readonly HostStatus[];
}

export function labStatus(journal: LabJournal): LabStatus {
  const { name, folder } = journal.place;
  const owner = journal.owner();
  const facts = journal.entries.find((entry) => entry.entry === "lab");
  const running = journal.running();
  const hosts = labHosts(facts?.entry === "lab" ? facts.clients : 1).map((host): HostStatus => {
    const namespace = namespaceOf(name, host.name);
    const there = processesIn(namespace);
    return {
      name: host.name,
      title: host.title,
      address: host.address,
      namespace,
      isThere: existsSync(join(NAMESPACES_FOLDER, namespace)),
      processes: there.length,
      programs: running
        .filter(({ identity }) => there.some(({ pid }) => pid === identity.pid))
        .map(({ process, identity }) => ({ name: process, pid: identity.pid })),
    };
  });
  return {
    name,
    folder,
    state: owner !== null ? "in use" : journal.isUp() ? "up" : "left over",
    user: owner === null ? null : { pid: owner.identity.pid, what: owner.what },
    description: facts?.entry === "lab" ? facts.description : message("labTraits", []),
    hosts,
  };
}
