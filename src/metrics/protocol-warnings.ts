/** Servers whose requests could not be read, because they speak TLS, as warnings with advice. */
import { DECRYPTED_TLS, type ProtocolReadings, TLS } from "../engine/readings/protocol-readings.ts";
import { type Warning, warningOf } from "../failure.ts";
import { message } from "../words/message.ts";
import { endpointText } from "./endpoints.ts";

/** @param addressText an address by its number */
export function protocolWarnings(
  servers: readonly ProtocolReadings[],
  addressText: (address: number) => string,
): Warning[] {
  return servers.flatMap((server) => {
    const { protocol, address, port, firstFrame } = server;
    if (protocol !== TLS) return [];
    const connections = unread(server, servers);
    if (connections === 0) return [];
    const endpoint = endpointText(addressText(address), port);
    const doubt = message("unreadTls", connections, endpoint, firstFrame);
    return [warningOf("tls", doubt, message("tlsAdvice"), endpoint)];
  });
}

/** Connections of a row that were not decrypted. */
function unread(row: ProtocolReadings, rows: readonly ProtocolReadings[]): number {
  const read = rows.find(
    ({ protocol, address, port }) =>
      protocol === DECRYPTED_TLS && address === row.address && port === row.port,
  );
  return row.connections - (read?.connections ?? 0);
}
