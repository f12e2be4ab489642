import type { OpenExchange } from "../http/open-exchange.ts";
import { ExchangeReadings } from "../readings/exchange-readings.ts";
import type { ReadingsWriter } from "../readings/readings-writer.ts";
import type { ConnectionEnds } from "./connection-ends.ts";
import type { Pair } from "./pair.ts";

const row: ExchangeReadings = new ExchangeReadings();

/** Puts an exchange that ended. @param pair that it belongs to */
export function putExchangeRow(
  exchange: OpenExchange,
  pair: Pair | null,
  ends: ConnectionEnds,
  to: ReadingsWriter,
): void {
  const connection = exchange.connection;
  const client = exchange.clientSide;
  row.pairDestination = pair === null ? -1 : pair.destination;
  row.pairPort = pair === null ? 0 : pair.port;
  row.client = ends.addressOf(connection, client);
  row.clientPort = ends.portOf(connection, client);
  row.server = ends.addressOf(connection, 1 - client);
  row.serverPort = ends.portOf(connection, 1 - client);
  row.connection = ends.ordinalOf(connection);
  row.ordinal = exchange.ordinal;
  row.state = exchange.state;
  row.method = exchange.method;
  row.methodName.octets = exchange.methodName;
  row.target.octets = exchange.target;
  row.host.octets = exchange.host;
  row.status = exchange.status;
  row.grpcStatus = exchange.grpcStatus;
  row.stalledNs = exchange.stalledNs;
  row.interimResponses = exchange.interimResponses;
  row.requestStartNs = exchange.requestStartNs;
  row.requestEndNs = exchange.requestEndNs;
  row.responseStartNs = exchange.responseStartNs;
  row.responseEndNs = exchange.responseEndNs;
  row.requestEndFrame = exchange.requestEndFrame;
  row.responseStartFrame = exchange.responseStartFrame;
  row.responseEndFrame = exchange.responseEndFrame;
  row.requestBytes = exchange.requestBytes;
  row.responseBytes = exchange.responseBytes;
  row.put(to);
}
