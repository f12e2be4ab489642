/**
 * `192.168.56.109:80`; IPv6 with a port in brackets (RFC 3986 §3.2.2); the address alone where `port` is `null`.
 * @param address as `formatIpAddress` writes it
 */
export function endpointText(address: string, port: number | null): string {
  if (port === null) return address;
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

/** The port of an endpoint that has one. */
export function portOf(endpoint: string): number {
  return Number(endpoint.slice(endpoint.lastIndexOf(":") + 1));
}

/** The address of an endpoint with its port, as `endpointText` writes it. */
export function addressOf(endpoint: string): string {
  return endpoint.slice(0, endpoint.lastIndexOf(":")).replace(/^\[(.*)\]$/, "$1");
}
