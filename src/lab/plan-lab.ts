/** The lab room's verb: the study's testbed as a plan. */
import { join } from "node:path";
import { type Message, message } from "../words/message.ts";
import { behaviourPath, FLASK_APP, gunicornCommand } from "./flask-app.ts";
import { type Impairment, impairmentSteps, needsOwnBridge, ownBridge, portOf } from "./impairments.ts";
import {
  BACKENDS,
  BALANCER,
  type BackendHost,
  FIRST_CLIENT,
  type LabHost,
  labHosts,
  SWITCH,
} from "./lab-hosts.ts";
import { type LabPlace, namespaceOf, onHost } from "./lab-place.ts";
import type { LabStep } from "./lab-step.ts";
import { type BalancingPlan, nginxCommand, nginxConfiguration } from "./nginx-configuration.ts";

export interface LabOptions {
  /** Hosts that send requests, 1 … MAX_CLIENTS. */
  readonly clients: number;
  readonly impairments: readonly Impairment[];
  /** How nginx is to share requests; `null`: it isn't started yet. */
  readonly balancing: BalancingPlan | null;
}

export interface LabPlan {
  readonly place: LabPlace;
  readonly hosts: readonly LabHost[];
  readonly steps: readonly LabStep[];
}

const BRIDGE = "br0";
/** The link name of every host, as in a virtual machine. */
export const HOST_INTERFACE = "eth0";
/** The network that all clients' networks are part of. */
const ALL_CLIENTS = "192.168.0.0/16";
/** The study's network: the balancer, the backends and the first client. */
const SERVERS = "192.168.56.0/24";

/** Plans a lab: hosts in network namespaces on one bridge with no route out, Flask servers, and the balancer. */
export function planLab(place: LabPlace, options: LabOptions): LabPlan {
  const hosts = labHosts(options.clients);
  return {
    place,
    hosts,
    steps: [
      ...switchSteps(place.name),
      ...hosts
        .filter(({ role }) => role !== "switch")
        .flatMap((host) => hostSteps(place.name, host, options)),
      ...impairmentSteps(place.name, options.impairments),
      write(message("flaskApplication"), join(place.folder, "app.py"), FLASK_APP),
      ...BACKENDS.map((host) => backendStep(place, host)),
      ...(options.balancing === null ? [] : balancerSteps(place, options.balancing)),
    ],
  };
}

function switchSteps(lab: string): LabStep[] {
  return [
    namespaceStep(lab, SWITCH, "Switch"),
    ip(lab, SWITCH, message("switchIsBridge"), "link", "add", BRIDGE, "type", "bridge"),
    ip(lab, SWITCH, message("bridgeWorks"), "link", "set", BRIDGE, "up"),
  ];
}

function hostSteps(lab: string, { name, title, address, role }: LabHost, options: LabOptions): LabStep[] {
  const port = portOf(name);
  const hasFarClients = options.clients > 1 && role !== "client";
  return [
    namespaceStep(lab, name, title),
    {
      purpose: message("cableToSwitch", title),
      action: {
        kind: "command",
        argv: [
          ...["ip", "link", "add", port, "netns", namespaceOf(lab, SWITCH), "type", "veth"],
          ...["peer", "name", HOST_INTERFACE, "netns", namespaceOf(lab, name)],
        ],
      },
      undo: null,
    },
    ...plugSteps(lab, name, title, needsOwnBridge(options.impairments, name)),
    ...[
      offloadStep(lab, name, HOST_INTERFACE, title),
      ip(lab, name, message("hostAddress", title), "address", "add", `${address}/24`, "dev", HOST_INTERFACE),
      ip(lab, name, message("cableWorks", title), "link", "set", HOST_INTERFACE, "up"),
      ip(lab, name, message("reachesItself", title), "link", "set", "lo", "up"),
    ],
    ...(hasFarClients
      ? [ip(lab, name, message("reachesClients", title), "route", "add", ALL_CLIENTS, "dev", HOST_INTERFACE)]
      : []),
    // The first client's own network is the servers'.
    ...(role === "client" && name !== FIRST_CLIENT
      ? [ip(lab, name, message("reachesServers", title), "route", "add", SERVERS, "dev", HOST_INTERFACE)]
      : []),
    ...(role === "backend" ? [] : [portRangeStep(lab, name, title)]),
  ];
}

/** Plugs a host's cable into the switch, by a bridge of its own where its answers are to be slowed down. */
function plugSteps(lab: string, host: string, title: string, hasOwnBridge: boolean): LabStep[] {
  const port = portOf(host);
  const up = (device: string) => ip(lab, SWITCH, message("deviceWorks", device), "link", "set", device, "up");
  const plug = (device: string, bridge: string) =>
    ip(lab, SWITCH, message("hostPluggedIn", title), "link", "set", device, "master", bridge, "up");
  if (!hasOwnBridge) return [plug(port, BRIDGE)];
  const { bridge, inner, outer } = ownBridge(host);
  return [
    ip(lab, SWITCH, message("smallSwitch", title), "link", "add", bridge, "type", "bridge"),
    up(bridge),
    ip(
      lab,
      SWITCH,
      message("cableBetweenSwitches", title),
      ...["link", "add", inner, "type", "veth", "peer", "name", outer],
    ),
    plug(port, bridge),
    plug(inner, bridge),
    plug(outer, BRIDGE),
  ];
}

function namespaceStep(lab: string, host: string, title: string): LabStep {
  const namespace = namespaceOf(lab, host);
  return {
    purpose: message("hostMade", title),
    action: { kind: "command", argv: ["ip", "netns", "add", namespace] },
    undo: { kind: "namespace", namespace },
  };
}

function ip(lab: string, host: string, purpose: Message, ...words: string[]): LabStep {
  return {
    purpose,
    action: { kind: "command", argv: ["ip", "-n", namespaceOf(lab, host), ...words] },
    undo: null,
  };
}

/** Offloads would show frames that were never on a wire: several segments in one, cut apart after the capture. */
function offloadStep(lab: string, host: string, device: string, title: string): LabStep {
  const off = ["tso", "off", "gso", "off", "gro", "off"];
  return {
    purpose: message("framesAsOnWire", title),
    action: { kind: "command", argv: onHost(lab, host, ["ethtool", "-K", device, ...off]) },
    undo: null,
  };
}

/** A connection per request uses up ports: each is blocked for a minute after use. */
function portRangeStep(lab: string, host: string, title: string): LabStep {
  const range = 'echo "1024 65535" > /proc/sys/net/ipv4/ip_local_port_range';
  return {
    purpose: message("portPerRequest", title),
    action: { kind: "command", argv: onHost(lab, host, ["sh", "-c", range]) },
    undo: null,
  };
}

function write(purpose: Message, path: string, content: string): LabStep {
  return { purpose, action: { kind: "write", path, content }, undo: null };
}

/** Name of a backend's process. */
export function backendProcess(host: BackendHost): string {
  return `flask-${host.name}`;
}

/** Starts a backend. */
export function backendStep({ name, folder }: LabPlace, host: BackendHost): LabStep {
  const process = backendProcess(host);
  return {
    purpose: message("underGunicorn", host.title),
    action: {
      kind: "start",
      process,
      argv: onHost(name, host.name, gunicornCommand(folder, host.address)),
      log: join(folder, `${host.name}.log`),
      environment: { LAB_BACKEND: host.title, LAB_BEHAVIOUR: behaviourPath(folder, host.name) },
      ready: { port: 80 },
      isPreferred: true,
    },
    // It has nothing to save, and would take a second to end by itself.
    undo: { kind: "end", process, signal: "SIGKILL" },
  };
}

/** nginx's folder within the lab's. */
export function nginxFolder({ folder }: LabPlace): string {
  return join(folder, "nginx");
}

/** Name of nginx's process. */
export const NGINX = "nginx";

/** Starts the balancer, with an empty log. */
export function balancerSteps(place: LabPlace, balancing: BalancingPlan): LabStep[] {
  const folder = nginxFolder(place);
  return [
    {
      purpose: message("nginxFolder"),
      action: { kind: "folder", path: folder },
      undo: { kind: "remove", path: folder },
    },
    write(
      message("nginxShares", balancing.method),
      join(folder, "nginx.conf"),
      nginxConfiguration(balancing, folder),
    ),
    {
      purpose: message("nginxStarted", BALANCER.title),
      action: {
        kind: "start",
        process: NGINX,
        argv: onHost(place.name, BALANCER.name, nginxCommand(folder)),
        log: join(folder, "output.log"),
        ready: { port: 80 },
        isPreferred: true,
      },
      undo: { kind: "end", process: NGINX, signal: "SIGTERM" },
    },
  ];
}
