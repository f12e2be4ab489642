/** Counts, per server, the connections that speak each protocol. */
import * as Protocol from "../readings/protocol-readings.ts";
import { ProtocolReadings } from "../readings/protocol-readings.ts";
import type { ConnectionEnds } from "./connection-ends.ts";
import { endpointKey } from "./endpoint-key.ts";

/** Servers and protocols that are told apart; the connections of further ones count for the last of their protocol. */
const MAX_ROWS: i32 = 1024;

export class ServerProtocols {
  readonly list: ProtocolReadings[] = [];
  private readonly ends: ConnectionEnds;
  private readonly rowOf: Map<f64, ProtocolReadings> = new Map<f64, ProtocolReadings>();
  /** The last row of each protocol. */
  private readonly lastRows: (ProtocolReadings | null)[] = [];
  /** The side of the client by connection slot, −1 where no SYN told. */
  private readonly clientSides: i32[] = [];
  /** The protocols that the connection of a slot was counted for: bits. */
  private readonly counted: i32[] = [];

  constructor(ends: ConnectionEnds) {
    this.ends = ends;
    for (let protocol: i32 = 0; protocol < Protocol.PROTOCOLS; protocol++) this.lastRows.push(null);
  }

  connectionOpened(connection: i32, clientSide: i32): void {
    while (this.clientSides.length <= connection) {
      this.clientSides.push(-1);
      this.counted.push(0);
    }
    this.clientSides[connection] = clientSide;
    this.counted[connection] = 0;
  }

  /** A connection turned out to speak the protocol, in this frame. @param clientSide −1: it did not tell */
  add(connection: i32, clientSide: i32, protocol: i32, frame: i32): void {
    const counted = this.counted[connection] as i32;
    // What nothing is known of is none of the others.
    if ((counted & (1 << protocol)) !== 0 || (protocol === Protocol.OTHER && counted !== 0)) return;
    this.counted[connection] = counted | (1 << protocol);
    if (clientSide !== -1) this.clientSides[connection] = clientSide;
    const server = this.serverOf(connection, protocol);
    server.connections++;
    if (server.firstFrame === 0) server.firstFrame = frame;
  }

  private serverOf(connection: i32, protocol: i32): ProtocolReadings {
    const side = this.serverSide(connection);
    const address = this.ends.addressOf(connection, side);
    const port = this.ends.portOf(connection, side);
    const key = endpointKey(address, port) * (Protocol.PROTOCOLS as f64) + (protocol as f64);
    if (this.rowOf.has(key)) return this.rowOf.get(key) as ProtocolReadings;
    const last = this.lastRows[protocol] as ProtocolReadings | null;
    if (last !== null && this.list.length >= MAX_ROWS) return last;
    const server = new ProtocolReadings();
    server.protocol = protocol;
    server.address = address;
    server.port = port;
    this.list.push(server);
    this.rowOf.set(key, server);
    this.lastRows[protocol] = server;
    return server;
  }

  /** Without a SYN the lower port is the server's: clients' ports are ephemeral (RFC 6335 §6). */
  private serverSide(connection: i32): i32 {
    const clientSide = this.clientSides[connection] as i32;
    if (clientSide !== -1) return 1 - clientSide;
    return this.ends.portOf(connection, 0) <= this.ends.portOf(connection, 1) ? 0 : 1;
  }
}
