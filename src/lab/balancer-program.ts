/** The balancers that the lab has, and how each is set up and started. */
import type { BalancerName, BalancingPlan } from "./balancing-plan.ts";
import {
  haproxyCertificate,
  haproxyCommand,
  haproxyConfiguration,
  haproxyLog,
} from "./haproxy-configuration.ts";
import { tlsFiles } from "./lab-protocols.ts";
import { accessLogPath, nginxCommand, nginxConfiguration } from "./nginx-configuration.ts";

interface BalancerProgram {
  /** As its makers write it. */
  readonly title: string;
  /** In its folder. */
  readonly configurationFile: string;
  /** @param labFolder the lab's, with the certificate */
  configuration(plan: BalancingPlan, folder: string, labFolder: string): string;
  /** A command that puts certificate and key together; `null`: it takes both as they are. */
  certificateCommand(folder: string, labFolder: string): string[] | null;
  command(folder: string): string[];
  /** Its log of requests. */
  log(folder: string): string;
  /** Whether it writes its log from where it was when it started: emptied later, the log would begin with a hole. */
  readonly keepsPlaceInLog: boolean;
  /** The log's name in a run's folder. */
  readonly keptLog: string;
}

export const balancerPrograms: Readonly<Record<BalancerName, BalancerProgram>> = {
  nginx: {
    title: "NGINX",
    configurationFile: "nginx.conf",
    configuration: nginxConfiguration,
    certificateCommand: () => null,
    command: nginxCommand,
    log: accessLogPath,
    keepsPlaceInLog: false,
    keptLog: "nginx.jsonl",
  },
  haproxy: {
    title: "HAProxy",
    configurationFile: "haproxy.cfg",
    configuration: haproxyConfiguration,
    certificateCommand: (folder, labFolder) => {
      const { certificate, privateKey } = tlsFiles(labFolder);
      return ["sh", "-c", 'cat "$0" "$1" > "$2"', certificate, privateKey, haproxyCertificate(folder)];
    },
    command: haproxyCommand,
    log: haproxyLog,
    keepsPlaceInLog: true,
    keptLog: "haproxy.jsonl",
  },
};

/** The balancer of a lab; nginx where nothing else is said. */
export function balancerOf({ balancer }: { readonly balancer?: BalancerName }): BalancerName {
  return balancer ?? "nginx";
}
