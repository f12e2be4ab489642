/** The interfaces of this machine, as the user chooses among them. */
import { existsSync, readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { type Message, message, sayInEnglish } from "../../words/message.ts";
import { wordsOf } from "../../words/words.ts";
import { captureObstacle } from "./capture-permission.ts";
import { ANY_INTERFACE, INTERFACES_FOLDER, interfaceNames } from "./interface-names.ts";

export type InterfaceKind =
  | "ethernet"
  | "wireless"
  | "loopback"
  | "bridge"
  | "bond"
  | "vlan"
  | "tunnel"
  | "virtual"
  | "all"
  | "unknown";

/** One network interface, as it was found. */
export interface FoundInterface {
  readonly name: string;
  readonly kind: InterfaceKind;
  /** The kernel module behind it, where there is one: `virtio_net`. */
  readonly driver: string | null;
  readonly addresses: readonly string[];
  readonly up: boolean;
  readonly loopback: boolean;
  /** Why it can't be captured on; `null` where it can. */
  readonly obstacle: Message | null;
}

/** One network interface. */
export interface InterfaceInfo {
  /** Its name for the engines: `eth0`. */
  readonly name: string;
  readonly kind: InterfaceKind;
  /** Its kind, in a few English words: `network card (virtio_net)`. */
  readonly description: string;
  /** IPv4 and IPv6 addresses, in the system's order; empty where it has none or is down. */
  readonly addresses: readonly string[];
  /** Whether it is switched on. */
  readonly up: boolean;
  readonly loopback: boolean;
  /** Whether a capture on it can be started now by this user. */
  readonly canCapture: boolean;
  /** Why not, with what to do, in English; `null` where it can. */
  readonly obstacle: string | null;
}

/** Flags of an interface, netdevice(7). */
const IFF_UP = 0x1;
const IFF_LOOPBACK = 0x8;

/**
 * All interfaces, also those without an address and those that are down; on Linux with `any`. Needs no capture program.
 * Order: interfaces that are up first, with `any` and loopback after the others, then by name.
 */
export async function listInterfaces(): Promise<InterfaceInfo[]> {
  return (await findInterfaces()).map(inEnglish);
}

/** The same interfaces for those who say in the user's language what they are. */
export async function findInterfaces(): Promise<FoundInterface[]> {
  const addresses = addressesByInterface();
  const obstacle = await captureObstacle();
  const found = interfaceNames().map((name) => lookAt(name, addresses.get(name) ?? [], obstacle));
  return found.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

/** An interface as programs read it. */
export function inEnglish({
  name,
  kind,
  driver,
  addresses,
  up,
  loopback,
  obstacle,
}: FoundInterface): InterfaceInfo {
  const { [kind]: text } = wordsOf("en").live.interfaces.kinds;
  return {
    name,
    kind,
    description: driver === null ? text : `${text} (${driver})`,
    addresses,
    up,
    loopback,
    canCapture: obstacle === null,
    obstacle: obstacle === null ? null : sayInEnglish(obstacle),
  };
}

function rank({ kind, up, loopback }: FoundInterface): number {
  if (!up) return 3;
  if (kind === "all") return 2;
  return loopback ? 1 : 0;
}

function lookAt(name: string, addresses: readonly string[], obstacle: Message | null): FoundInterface {
  const flags = Number(readProperty(name, "flags") ?? "0");
  const isAny = name === ANY_INTERFACE && readProperty(name, "flags") === null;
  // Elsewhere than on Linux the system names only those that are up.
  const up = isAny || process.platform !== "linux" || (flags & IFF_UP) !== 0;
  const loopback = (flags & IFF_LOOPBACK) !== 0 || (addresses[0] ?? "").startsWith("127.");
  const kind = isAny ? "all" : loopback ? "loopback" : kindOf(name);
  return {
    name,
    kind,
    driver: driverOf(name),
    addresses,
    up,
    loopback,
    obstacle: up ? obstacle : message("isDown", name),
  };
}

function addressesByInterface(): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    lists.set(
      name,
      (addresses ?? []).map(({ address }) => address),
    );
  }
  return lists;
}

/** From what sysfs says (Documentation/ABI/testing/sysfs-class-net of the kernel). */
function kindOf(name: string): InterfaceKind {
  if (!hasProperty(name, "uevent")) return "unknown";
  const deviceType = property(name, "DEVTYPE");
  if (deviceType === "wlan" || hasProperty(name, "wireless")) return "wireless";
  if (deviceType === "bridge" || deviceType === "bond" || deviceType === "vlan") return deviceType;
  if (hasProperty(name, "bridge")) return "bridge";
  if (hasProperty(name, "tun_flags")) return "tunnel";
  if (["vxlan", "geneve", "gre", "gretap", "wireguard", "ppp"].includes(deviceType)) return "tunnel";
  return hasProperty(name, "device") ? "ethernet" : "virtual";
}

function driverOf(name: string): string | null {
  return readProperty(name, "device/uevent")?.match(/^DRIVER=(.*)$/m)?.[1] ?? null;
}

/** A line `KEY=value` of the interface's uevent; empty where there is none. */
function property(name: string, key: string): string {
  const line = readProperty(name, "uevent")
    ?.split("\n")
    .find((text) => text.startsWith(`${key}=`));
  return line?.slice(key.length + 1) ?? "";
}

function readProperty(name: string, path: string): string | null {
  try {
    return readFileSync(join(INTERFACES_FOLDER, name, path), "utf8");
  } catch {
    return null;
  }
}

function hasProperty(name: string, path: string): boolean {
  return existsSync(join(INTERFACES_FOLDER, name, path));
}
