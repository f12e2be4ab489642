/** Counts, per server, the connections whose requests can't be read because they speak TLS or HTTP/2. */
import { ProtocolReadings } from "../readings/protocol-readings.ts";
import type { ConnectionEnds } from "./connection-ends.ts";

/** Servers that are told apart; the connections of further ones count for the last. */
const MAX_SERVERS: i32 = 64;

export class ServerProtocols {
  readonly list: ProtocolReadings[] = [];
  private readonly ends: ConnectionEnds;
  /** The side of the client by connection slot, −1 where no SYN told. */
  private readonly clientSides: i32[] = [];

  constructor(ends: ConnectionEnds) {
    this.ends = ends;
  }

  connectionOpened(connection: i32, clientSide: i32): void {
    while (this.clientSides.length <= connection) this.clientSides.push(-1);
    this.clientSides[connection] = clientSide;
  }

  /** A connection turned out to speak the protocol, in this frame. */
  add(connection: i32, protocol: i32, frame: i32): void {
    const server = this.serverOf(connection, protocol);
    server.connections++;
    if (server.firstFrame === 0) server.firstFrame = frame;
  }

  /** An HTTP/1 request line on such a connection. */
  http1(connection: i32, protocol: i32, frame: i32): void {
    const server = this.serverOf(connection, protocol);
    if (server.http1Frame === 0) server.http1Frame = frame;
  }

  private serverOf(connection: i32, protocol: i32): ProtocolReadings {
    const side = this.serverSide(connection);
    const address = this.ends.addressOf(connection, side);
    const port = this.ends.portOf(connection, side);
    const list = this.list;
    for (let index: i32 = 0; index < list.length; index++) {
      const server = list[index] as ProtocolReadings;
      if (server.address === address && server.port === port && server.protocol === protocol) return server;
    }
    if (list.length === MAX_SERVERS) return list[MAX_SERVERS - 1] as ProtocolReadings;
    const server = new ProtocolReadings();
    server.protocol = protocol;
    server.address = address;
    server.port = port;
    list.push(server);
    return server;
  }

  /** Without a SYN the lower port is the server's: clients' ports are ephemeral (RFC 6335 §6). */
  private serverSide(connection: i32): i32 {
    const clientSide = this.clientSides[connection] as i32;
    if (clientSide !== -1) return 1 - clientSide;
    return this.ends.portOf(connection, 0) <= this.ends.portOf(connection, 1) ? 0 : 1;
  }
}
