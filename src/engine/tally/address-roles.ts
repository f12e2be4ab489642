/** Who asks whom, where the user named balancer and backends: what tells wrong names from right ones. */
import { ROLE_SIZE } from "../readings/sides-readings.ts";
import type { ConnectionEnds } from "./connection-ends.ts";
import type { PairDirectory } from "./pair-directory.ts";

/** Addresses that are told of. */
const MAX_TOLD: i32 = 256;

/** Connections of one address, by its part in them. */
export class AddressRole {
  readonly address: i32;
  asClient: i32 = 0;
  asServer: i32 = 0;
  toBackends: i32 = 0;
  toBalancer: i32 = 0;
  fromBalancer: i32 = 0;

  constructor(address: i32) {
    this.address = address;
  }
}

export class AddressRoles {
  private readonly ends: ConnectionEnds;
  private readonly directory: PairDirectory;
  /** In the order in which they were first seen. */
  private readonly roles: AddressRole[] = [];
  private readonly roleOf: Map<i32, AddressRole> = new Map<i32, AddressRole>();

  constructor(ends: ConnectionEnds, directory: PairDirectory) {
    this.ends = ends;
    this.directory = directory;
  }

  /** A connection whose client is known. */
  note(connection: i32, clientSide: i32): void {
    const directory = this.directory;
    if (!directory.hasNames) return;
    const ends = this.ends;
    const clientAddress = ends.addressOf(connection, clientSide);
    const serverAddress = ends.addressOf(connection, 1 - clientSide);
    const client = this.at(clientAddress);
    if (client !== null) {
      client.asClient++;
      if (directory.isBackend(serverAddress, ends.portOf(connection, 1 - clientSide))) client.toBackends++;
      if (directory.isBalancer(serverAddress)) client.toBalancer++;
    }
    const server = this.at(serverAddress);
    if (server === null) return;
    server.asServer++;
    if (directory.isBalancer(clientAddress)) server.fromBalancer++;
  }

  /** Of each address: itself, and its counts in their order. */
  readings(): Float64Array {
    const readings = new Float64Array(ROLE_SIZE * this.roles.length);
    for (let index: i32 = 0; index < this.roles.length; index++) {
      const role = this.roles[index] as AddressRole;
      const at = ROLE_SIZE * index;
      readings[at] = role.address;
      readings[at + 1] = role.asClient;
      readings[at + 2] = role.asServer;
      readings[at + 3] = role.toBackends;
      readings[at + 4] = role.toBalancer;
      readings[at + 5] = role.fromBalancer;
    }
    return readings;
  }

  /** Those with a part in what was named always have room. */
  private at(address: i32): AddressRole | null {
    if (this.roleOf.has(address)) return this.roleOf.get(address) as AddressRole;
    const isNamed = this.directory.isBalancer(address) || this.directory.isBackend(address, 0);
    if (this.roles.length >= MAX_TOLD && !isNamed) return null;
    const role = new AddressRole(address);
    this.roles.push(role);
    this.roleOf.set(address, role);
    return role;
  }
}
