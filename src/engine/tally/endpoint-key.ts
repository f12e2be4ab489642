const PORTS: f64 = 65_536;

/** One number for an address, by its own, and a port: a key of maps. */
export function endpointKey(address: i32, port: i32): f64 {
  return (address as f64) * PORTS + (port as f64);
}
