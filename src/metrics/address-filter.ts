/** Wireshark display filters of hosts: `ip.addr == 192.0.2.1`, `ipv6.src == 2001:db8::1`. */

/** Which address of a frame: one of both, its source, its destination. */
export type FilterEnd = "addr" | "src" | "dst";

/** Frames of a host. @param address IPv4 or IPv6, as text */
export function addressFilter(address: string, end: FilterEnd = "addr"): string {
  return `${address.includes(":") ? "ipv6" : "ip"}.${end} == ${address}`;
}
