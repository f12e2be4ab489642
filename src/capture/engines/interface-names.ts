/** Names of this machine's network interfaces, also of those without an address. */
import { readdirSync } from "node:fs";
import { networkInterfaces } from "node:os";
import process from "node:process";

/** Linux lists every interface of the network namespace here. */
export const INTERFACES_FOLDER = "/sys/class/net";

/** Stands for all interfaces at once; libpcap has it on Linux. */
export const ANY_INTERFACE = "any";

/** In the system's order, with `any` at the end where there is one. */
export function interfaceNames(): string[] {
  if (process.platform !== "linux") return Object.keys(networkInterfaces());
  try {
    // The folder also has files such as bonding_masters; interfaces are links.
    const entries = readdirSync(INTERFACES_FOLDER, { withFileTypes: true });
    const names = entries.filter((entry) => !entry.isFile()).map(({ name }) => name);
    return [...names.sort(), ANY_INTERFACE];
  } catch {
    return [...Object.keys(networkInterfaces()), ANY_INTERFACE];
  }
}
