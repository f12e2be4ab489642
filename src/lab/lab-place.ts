/** Where on this machine a lab lies: its folder and the names of its network namespaces. */
import { join } from "node:path";
import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";

/** The folder that the labs' folders lie in; it is gone after a restart of the machine, as the labs are. */
export const LABS_FOLDER = "/run/lbqos";
/** Where `ip netns` keeps the names of namespaces (ip-netns(8)). */
export const NAMESPACES_FOLDER = "/run/netns";
/** Default name of a lab. */
export const DEFAULT_LAB_NAME = "study";

/** Marks, in their environment, the processes of a lab. */
export const LAB_VARIABLE = "LBQOS_LAB";

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,22}[a-z0-9])?$/;

/** A lab by its name. */
export interface LabPlace {
  readonly name: string;
  /** Journal, configurations, logs: everything that the lab writes but the results. */
  readonly folder: string;
}

/**
 * @param labsFolder only tests use another one than the machine's
 * @throws Failure (status 2) where it is no name for a lab
 */
export function labPlace(name: string, labsFolder: string = LABS_FOLDER): LabPlace {
  if (!NAME.test(name)) {
    throw new Failure(message("notLabName", name, `${DEFAULT_LAB_NAME}-2`), 2);
  }
  return { name, folder: join(labsFolder, name) };
}

/** The network namespace of one of the lab's hosts. */
export function namespaceOf(lab: string, host: string): string {
  return `lbqos-${lab}-${host}`;
}

/** The command that runs `argv` on a host of the lab. */
export function onHost(lab: string, host: string, argv: readonly string[]): string[] {
  return ["ip", "netns", "exec", namespaceOf(lab, host), ...argv];
}
