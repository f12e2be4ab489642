/** Which side of a connection is the client, where its SYN was not captured. */

/** The usual ports of HTTP servers: the side with such a port is taken for the server. */
const HTTP_PORTS: i32[] = [80, 443, 3000, 3128, 5000, 8000, 8008, 8080, 8081, 8088, 8443, 8888, 9000];

/** Which side is the client, told by the ports alone: 0 or 1. */
export function guessClientSide(port0: i32, port1: i32): i32 {
  const isHttp0 = HTTP_PORTS.includes(port0);
  if (isHttp0 !== HTTP_PORTS.includes(port1)) return isHttp0 ? 1 : 0;
  return port0 < port1 ? 1 : 0;
}
