import type { OpenExchange } from "../http/open-exchange.ts";
import type { Readings } from "../readings/readings.ts";
import type { ConnectionEnds } from "./connection-ends.ts";
import type { Pair } from "./pair.ts";

/** What `ExchangeRow` tells of an exchange, in the order in which `readExchangeRow` reads it. */
export function putExchange(
  exchange: OpenExchange,
  pair: Pair | null,
  ends: ConnectionEnds,
  readings: Readings,
): void {
  const connection = exchange.connection;
  const client = exchange.clientSide;
  readings.put(pair === null ? -1 : pair.destination);
  readings.put(pair === null ? 0 : pair.port);
  readings.put(ends.addressOf(connection, client));
  readings.put(ends.portOf(connection, client));
  readings.put(ends.addressOf(connection, 1 - client));
  readings.put(ends.portOf(connection, 1 - client));
  readings.put(ends.ordinalOf(connection));
  readings.put(exchange.ordinal);
  readings.put(exchange.state);
  readings.put(exchange.method);
  readings.putOctets(exchange.methodName);
  readings.putOctets(exchange.target);
  readings.putOctets(exchange.host);
  readings.put(exchange.status);
  readings.put(exchange.interimResponses);
  readings.put(exchange.requestStartNs);
  readings.put(exchange.requestEndNs);
  readings.put(exchange.responseStartNs);
  readings.put(exchange.responseEndNs);
  readings.put(exchange.requestEndFrame);
  readings.put(exchange.responseStartFrame);
  readings.put(exchange.responseEndFrame);
  readings.put(exchange.requestBytes);
  readings.put(exchange.responseBytes);
}
