/** Addresses and endpoints as reports write them. */
import { formatIpAddress } from "../packet/ip-address.ts";

/** `192.168.56.109:80`; IPv6 in brackets (RFC 3986 §3.2.2). */
export function endpointText(address: Uint8Array, port: number): string {
  const text = formatIpAddress(address);
  return address.length === 4 ? `${text}:${port}` : `[${text}]:${port}`;
}

/** The usual ports of HTTP servers: where no SYN was captured, the side with such a port is taken for the server. */
const HTTP_PORTS = new Set([80, 443, 3000, 3128, 5000, 8000, 8008, 8080, 8081, 8088, 8443, 8888, 9000]);

/** Which side of a connection without its SYN is the client, told by ports alone: 0 or 1. */
export function guessClientSide(port0: number, port1: number): 0 | 1 {
  const http0 = HTTP_PORTS.has(port0);
  if (http0 !== HTTP_PORTS.has(port1)) return http0 ? 1 : 0;
  return port0 < port1 ? 1 : 0;
}
