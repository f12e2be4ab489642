/** The lab room's verb: the study's testbed as a plan. */
import { join } from "node:path";
import { type Message, message } from "../words/message.ts";
import { balancerOf, balancerPrograms } from "./balancer-program.ts";
import type { BalancerName, BalancingPlan } from "./balancing-plan.ts";
import { behaviourPath, FLASK_APP, gunicornCommand } from "./flask-app.ts";
import {
  type Impairment,
  impairmentSteps,
  ownBridge,
  portOf,
  programStep,
  programSteps,
  uplinkOf,
} from "./impairments.ts";
import {
  addressOf,
  BACKENDS,
  BALANCER,
  type BackendHost,
  FIRST_CLIENT,
  type HostSettings,
  type LabHost,
  labHosts,
  SWITCH,
} from "./lab-hosts.ts";
import { type LabPlace, namespaceOf, onHost } from "./lab-place.ts";
import {
  certificateCommand,
  hasTls,
  needsOwnBackends,
  protocolsOf,
  type SideProtocols,
  serverPort,
} from "./lab-protocols.ts";
import type { LabStep } from "./lab-step.ts";
import { LOAD_PROGRAM, loadProgram } from "./load-program.ts";
import { NODE_LOAD_PROGRAM, nodeLoadProgram } from "./node-load-program.ts";
import { SERVER_PROGRAM, serverCommand, serverProgram } from "./server-program.ts";

export interface LabOptions {
  /** Hosts that send requests, 1 … MAX_CLIENTS. */
  readonly clients: number;
  readonly hosts: HostSettings;
  readonly impairments: readonly Impairment[];
  /** How the balancer is to share requests; `null`: it isn't started yet. */
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
      ...programSteps(place, options.impairments),
      ...hosts.filter(({ role }) => role !== "switch").flatMap((host) => hostSteps(place, host, options)),
      ...impairmentSteps(place.name, options.impairments, options.hosts.offload),
      ...protocolSteps(place, options.hosts),
      write(message("flaskApplication"), join(place.folder, "app.py"), FLASK_APP),
      write(message("loadProgram"), loadProgram(place.folder), LOAD_PROGRAM),
      write(message("nodeLoadProgram"), nodeLoadProgram(place.folder), NODE_LOAD_PROGRAM),
      ...BACKENDS.map((host) => backendStep(place, host, options.hosts)),
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

function hostSteps(place: LabPlace, host: LabHost, options: LabOptions): LabStep[] {
  const { name, title, address, role } = host;
  const { name: lab } = place;
  const { hosts: settings } = options;
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
    ...plugSteps(place, host, options),
    ...[
      offloadStep(
        lab,
        name,
        HOST_INTERFACE,
        message(settings.offload ? "framesOfOffload" : "framesAsOnWire", title),
        settings.offload,
      ),
      ip(lab, name, message("hostAddress", title), "address", "add", `${address}/24`, "dev", HOST_INTERFACE),
      ...(settings.ipv6 ? [ipv6Step(lab, host)] : []),
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
    ...(settings.timestamps
      ? []
      : [tcpStep(lab, name, "tcp_timestamps", "0", message("noTimestamps", title))]),
    ...(settings.sack ? [] : [tcpStep(lab, name, "tcp_sack", "0", message("noSack", title))]),
    // A connection per request uses up ports: each is blocked for a minute after use.
    ...(role === "backend"
      ? []
      : [tcpStep(lab, name, "ip_local_port_range", "1024 65535", message("portPerRequest", title))]),
  ];
}

/** Plugs a host's cable into the switch; see `uplinkOf`. */
function plugSteps(place: LabPlace, { name: host, title, role }: LabHost, options: LabOptions): LabStep[] {
  const { name: lab } = place;
  const { impairments, hosts } = options;
  const uplink = role === "backend" ? uplinkOf(impairments, host, hosts.offload) : "direct";
  const port = portOf(host);
  const up = (device: string) => ip(lab, SWITCH, message("deviceWorks", device), "link", "set", device, "up");
  const plug = (device: string, bridge: string) =>
    ip(lab, SWITCH, message("hostPluggedIn", title), "link", "set", device, "master", bridge, "up");
  if (uplink === "direct") return [plug(port, BRIDGE)];
  const { bridge, inner, outer } = ownBridge(host);
  return [
    ip(lab, SWITCH, message("smallSwitch", title), "link", "add", bridge, "type", "bridge"),
    up(bridge),
    ...(uplink === "program"
      ? [programStep(place, host, title, impairments)]
      : [
          ip(
            lab,
            SWITCH,
            message("cableBetweenSwitches", title),
            ...["link", "add", inner, "type", "veth", "peer", "name", outer],
          ),
        ]),
    ...(uplink === "cable" && hosts.offload
      ? [inner, outer].map((end) => offloadStep(lab, SWITCH, end, message("cutsFrames", title), false))
      : []),
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

/** Offloads show frames that were never on a wire: several segments in one, cut apart after the capture. */
function offloadStep(lab: string, host: string, device: string, purpose: Message, isOn: boolean): LabStep {
  const settings = ["tso", "gso", "gro"].flatMap((one) => [one, isOn ? "on" : "off"]);
  return {
    purpose,
    action: { kind: "command", argv: onHost(lab, host, ["ethtool", "-K", device, ...settings]) },
    undo: null,
  };
}

/** One network for all, so that there is nothing to route; no other host can have the address. */
function ipv6Step(lab: string, host: LabHost): LabStep {
  const address = `${addressOf(host, { ipv6: true })}/64`;
  return ip(
    lab,
    host.name,
    message("hostIpv6Address", host.title),
    ...["-6", "address", "add", address, "dev", HOST_INTERFACE, "nodad"],
  );
}

/** A setting of the host's TCP; it goes with the host's namespace, and applies to IPv6 as well. */
function tcpStep(lab: string, host: string, setting: string, value: string, purpose: Message): LabStep {
  const echo = `echo "${value}" > /proc/sys/net/ipv4/${setting}`;
  return {
    purpose,
    action: { kind: "command", argv: onHost(lab, host, ["sh", "-c", echo]) },
    undo: null,
  };
}

function write(purpose: Message, path: string, content: string): LabStep {
  return { purpose, action: { kind: "write", path, content }, undo: null };
}

/** What TLS, HTTP/2 and gRPC need. */
function protocolSteps({ folder }: LabPlace, hosts: HostSettings): LabStep[] {
  const certificate: LabStep = {
    purpose: message("certificateMade"),
    action: { kind: "command", argv: certificateCommand(folder) },
    undo: null,
  };
  return [
    ...(hasTls(hosts) ? [certificate] : []),
    ...(needsOwnBackends(hosts)
      ? [write(message("serverProgram"), serverProgram(folder), SERVER_PROGRAM)]
      : []),
  ];
}

/** Name of a backend's process. */
export function backendProcess(host: BackendHost): string {
  return `flask-${host.name}`;
}

/** Starts a backend. */
export function backendStep({ name, folder }: LabPlace, host: BackendHost, hosts: HostSettings): LabStep {
  const process = backendProcess(host);
  const isOwn = needsOwnBackends(hosts);
  const command = isOwn
    ? serverCommand(folder, host, hosts)
    : gunicornCommand(folder, addressOf(host, hosts));
  return {
    purpose: message(isOwn ? "underNode" : "underGunicorn", host.title),
    action: {
      kind: "start",
      process,
      argv: onHost(name, host.name, command),
      log: join(folder, `${host.name}.log`),
      environment: { LAB_BACKEND: host.title, LAB_BEHAVIOUR: behaviourPath(folder, host.name) },
      ready: { port: serverPort(protocolsOf(hosts).behind) },
      isPreferred: true,
    },
    // It has nothing to save, and would take a second to end by itself.
    undo: { kind: "end", process, signal: "SIGKILL" },
  };
}

/** A balancer's folder within the lab's. */
export function balancerFolder({ folder }: LabPlace, balancer: BalancerName): string {
  return join(folder, balancer);
}

/** Starts the balancer, with an empty log. */
export function balancerSteps(place: LabPlace, balancing: BalancingPlan): LabStep[] {
  const balancer = balancerOf(balancing);
  const program = balancerPrograms[balancer];
  const folder = balancerFolder(place, balancer);
  const { front } = balancing.protocols;
  const joinCertificate = front.tls === null ? null : program.certificateCommand(folder, place.folder);
  return [
    {
      purpose: message("balancerFolder", balancer),
      action: { kind: "folder", path: folder },
      undo: { kind: "remove", path: folder },
    },
    write(
      message("balancerShares", balancer, balancing.method),
      join(folder, program.configurationFile),
      program.configuration(balancing, folder, place.folder),
    ),
    ...(joinCertificate === null
      ? []
      : [
          {
            purpose: message("certificateJoined", balancer),
            action: { kind: "command", argv: joinCertificate },
            undo: null,
          } as const,
        ]),
    startBalancerStep(place, balancer, front),
  ];
}

/** Starts the balancer with the configuration that is there. */
export function startBalancerStep(place: LabPlace, balancer: BalancerName, front: SideProtocols): LabStep {
  const folder = balancerFolder(place, balancer);
  return {
    purpose: message("balancerStarted", balancer, BALANCER.title),
    action: {
      kind: "start",
      process: balancer,
      argv: onHost(place.name, BALANCER.name, balancerPrograms[balancer].command(folder)),
      log: join(folder, "output.log"),
      ready: { port: serverPort(front) },
      isPreferred: true,
    },
    undo: { kind: "end", process: balancer, signal: "SIGTERM" },
  };
}
