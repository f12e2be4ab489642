/** The hosts of the study's testbed, and their addresses. */
import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";
import type { LabProtocols } from "./lab-protocols.ts";

export interface LabHost {
  /** Short name, as `lab exec` takes it. */
  readonly name: string;
  /** Its name in reports. */
  readonly title: string;
  readonly role: "client" | "balancer" | "backend" | "switch";
  /** IPv4 address; `null` for the switch. */
  readonly address: string | null;
}

/** The switch: one bridge that all hosts hang on. */
export const SWITCH = "sw";
export const BALANCER: LabHost = {
  name: "lb",
  title: "NGINX",
  role: "balancer",
  address: "192.168.56.103",
};
/** The Flask servers, as in the study's topology. */
export const BACKENDS = [
  { name: "fa", title: "Flask A", role: "backend", address: "192.168.56.109" },
  { name: "fb", title: "Flask B", role: "backend", address: "192.168.56.113" },
  { name: "fc", title: "Flask C", role: "backend", address: "192.168.56.110" },
] as const satisfies readonly LabHost[];
export type BackendHost = (typeof BACKENDS)[number];
export type BackendName = BackendHost["name"];

/** How the hosts talk to each other. */
export interface HostSettings {
  /** Whether all of them talk IPv6. */
  readonly ipv6: boolean;
  /** TCP's timestamps option (RFC 7323). */
  readonly timestamps: boolean;
  /** TCP's selective acknowledgements (RFC 2018). */
  readonly sack: boolean;
  /** Whether several segments pass the hosts' interfaces in one frame (TSO, GSO, GRO), as is usual on real machines. */
  readonly offload: boolean;
  /** What they speak; absent: HTTP/1 as it is. */
  readonly protocols?: LabProtocols;
}

/** The study's. */
export const STUDY_HOSTS: HostSettings = { ipv6: false, timestamps: true, sack: true, offload: false };

/** The study's client. */
export const FIRST_CLIENT = "client";
/** Most clients: each has a network of its own behind the study's. */
export const MAX_CLIENTS = 100;
const STUDY_NETWORK = 56;

/**
 * The clients. The first is the study's, 192.168.56.1. Each further one has a network of its own (192.168.57.1,
 * 192.168.58.1, …), since nginx's ip_hash looks at the first three octets of an IPv4 address only.
 * @param count 1 … MAX_CLIENTS
 */
export function clientHosts(count: number): LabHost[] {
  return Array.from({ length: count }, (_, index) => ({
    name: index === 0 ? FIRST_CLIENT : `${FIRST_CLIENT}${index + 1}`,
    title: count === 1 ? "Client" : `Client ${index + 1}`,
    role: "client",
    address: `192.168.${STUDY_NETWORK + index}.1`,
  }));
}

/** The IPv6 address of a host by its IPv4 address: fd00::56:103 is 192.168.56.103. */
function ipv6Of(address: string): string {
  const [, , network = "", host = ""] = address.split(".");
  return `fd00::${network}:${host}`;
}

/** The address that a host has with those settings; `""` for the switch. */
export function addressOf(
  { address }: Pick<LabHost, "address">,
  { ipv6 }: Pick<HostSettings, "ipv6">,
): string {
  return address === null ? "" : ipv6 ? ipv6Of(address) : address;
}

/** An address as it stands in front of a port or in a URL: IPv6 in brackets. */
export function urlHost(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}

/** All hosts of a lab with that number of clients, the switch first, since the others are plugged into it. */
export function labHosts(clients: number): LabHost[] {
  return [
    { name: SWITCH, title: "Switch", role: "switch", address: null },
    ...clientHosts(clients),
    BALANCER,
    ...BACKENDS,
  ];
}

/**
 * A host by its short name, address or title (`fa`, `192.168.56.109`, `"Flask A"`).
 * @throws Failure (status 2)
 */
export function findHost(hosts: readonly LabHost[], text: string): LabHost {
  const wanted = text.toLowerCase();
  const found = hosts.find(
    ({ name, title, address }) => name === wanted || address === wanted || title.toLowerCase() === wanted,
  );
  if (found !== undefined) return found;
  throw new Failure(message("notLabHost", text, hosts.map(({ name }) => name).join(", ")), 2);
}
