/** Addresses and ports as users write them. */
import { isIP, SocketAddress } from "node:net";
import { type Message, message } from "../words/message.ts";

export interface Endpoint {
  /** In its shortest spelling (RFC 5952), so that two spellings of one address are equal. */
  readonly address: string;
  /** `null`: none given. */
  readonly port: number | null;
}

const HIGHEST_PORT = 65535;

/**
 * `192.168.56.109`, `192.168.56.109:5000`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:80`.
 * @returns what is wrong, where something is
 */
export function parseEndpoint(text: string): Endpoint | Message {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  if (bracketed !== null) {
    const [, inside = "", port] = bracketed;
    if (isIP(inside) !== 6) return message("notBracketedAddress", inside);
    return withPort(inside, port);
  }
  if (isIP(text) !== 0) return withPort(text, undefined);
  const colon = text.lastIndexOf(":");
  if (colon > 0 && text.indexOf(":") === colon) return withPort(text.slice(0, colon), text.slice(colon + 1));
  return message("notIpAddress", text);
}

function withPort(address: string, port: string | undefined): Endpoint | Message {
  const version = isIP(address);
  if (version === 0) return message("notIpAddress", address);
  if (address.includes("%")) return message("addressWithZone", address);
  if (port !== undefined && !isPort(port)) return message("notPort", port, HIGHEST_PORT);
  const family = version === 4 ? "ipv4" : "ipv6";
  return {
    address: new SocketAddress({ address, family }).address,
    port: port === undefined ? null : Number(port),
  };
}

/** 1 … 65535 in decimal digits. */
export function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= HIGHEST_PORT;
}
