/**
 * Known traffic for captures:
 *   engine-traffic.mjs server ADDRESS          an HTTP server; says its port; answers with ?bytes=N bytes
 *   engine-traffic.mjs client ADDRESS PORT REQUESTS BYTES GAP_MS   so many requests, one connection each
 *   engine-traffic.mjs udp ADDRESS FRAMES      so many datagrams of 100 bytes, numbered, to the discard port
 */
import { createSocket } from "node:dgram";
import { createServer, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const [, , role, address, ...numbers] = process.argv;
const [first = 0, second = 0, third = 0, fourth = 0] = numbers.map(Number);

if (role === "server") {
  const server = createServer((request, response) => {
    const bytes = Number(new URL(request.url, "http://x").searchParams.get("bytes"));
    response.end(Buffer.alloc(bytes, "x"));
  });
  server.listen(0, address, () => console.log(server.address().port));
} else if (role === "client") {
  for (let request = 0; request < second; request += 1) {
    await new Promise((resolve, reject) => {
      get({ host: address, port: first, path: `/?bytes=${third}&n=${request}`, agent: false }, (response) => {
        response.resume();
        response.on("close", resolve);
      }).on("error", reject);
    });
    if (fourth > 0) await sleep(fourth);
  }
} else {
  const socket = createSocket("udp4");
  const datagram = Buffer.alloc(100);
  for (let n = 0; n < first; n += 1) {
    datagram.writeUInt32BE(n);
    await new Promise((resolve, reject) =>
      socket.send(datagram, 9, address, (error) => (error ? reject(error) : resolve())),
    );
  }
  socket.close();
}
