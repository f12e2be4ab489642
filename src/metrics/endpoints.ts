/** `192.168.56.109:80`; IPv6 in brackets (RFC 3986 §3.2.2). @param address as `formatIpAddress` writes it */
export function endpointText(address: string, port: number): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
