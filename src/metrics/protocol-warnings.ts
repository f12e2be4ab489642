/** Servers whose requests could not be read, because they speak TLS or HTTP/2, as warnings with advice. */
import { PROTOCOL_NAMES, type ProtocolReadings, TLS } from "../engine/readings/protocol-readings.ts";
import { type Warning, warningOf } from "../failure.ts";
import { message } from "../words/message.ts";
import { endpointText } from "./endpoints.ts";

/** @param addressText an address by its number */
export function protocolWarnings(
  servers: readonly ProtocolReadings[],
  addressText: (address: number) => string,
): Warning[] {
  return servers.map((server) => {
    const { protocol, address, port, connections, firstFrame, http1Frame } = server;
    const endpoint = endpointText(addressText(address), port);
    const name = PROTOCOL_NAMES[protocol] as string;
    const unread = message("unreadProtocol", connections, endpoint, name, firstFrame, http1Frame);
    return protocol === TLS
      ? warningOf("tls", unread, message("tlsAdvice"), endpoint)
      : warningOf("http2", unread, message("http2Advice"), endpoint);
  });
}
