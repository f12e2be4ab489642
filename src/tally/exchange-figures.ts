import type { OpenExchange } from "../http/open-exchange.ts";
import type { ConnectionEnds } from "./connection-ends.ts";
import type { Figures } from "./figures.ts";
import type { Pair } from "./pair.ts";

/** What `ExchangeRow` tells of an exchange, in the order in which `readExchangeRow` reads it. */
export function putExchange(
  exchange: OpenExchange,
  pair: Pair | null,
  ends: ConnectionEnds,
  figures: Figures,
): void {
  const connection = exchange.connection;
  const client = exchange.clientSide;
  figures.put(pair === null ? -1 : pair.destination);
  figures.put(pair === null ? 0 : pair.port);
  figures.put(ends.addressOf(connection, client));
  figures.put(ends.portOf(connection, client));
  figures.put(ends.addressOf(connection, 1 - client));
  figures.put(ends.portOf(connection, 1 - client));
  figures.put(ends.ordinalOf(connection));
  figures.put(exchange.ordinal);
  figures.put(exchange.state);
  figures.put(exchange.method);
  figures.putOctets(exchange.methodName);
  figures.putOctets(exchange.target);
  figures.putOctets(exchange.host);
  figures.put(exchange.status);
  figures.put(exchange.interimResponses);
  figures.put(exchange.requestStartNs);
  figures.put(exchange.requestEndNs);
  figures.put(exchange.responseStartNs);
  figures.put(exchange.responseEndNs);
  figures.put(exchange.requestEndFrame);
  figures.put(exchange.responseStartFrame);
  figures.put(exchange.responseEndFrame);
  figures.put(exchange.requestBytes);
  figures.put(exchange.responseBytes);
}
