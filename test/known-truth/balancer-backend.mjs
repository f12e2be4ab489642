/** A backend of the balancer testbed: node balancer-backend.mjs ADDRESS NAME. Its answers depend on the target only. */
import { createServer } from "node:http";

const [address, name] = process.argv.slice(2);

const server = createServer((request, response) => {
  const url = new URL(request.url, "http://backend");
  const number = (key, otherwise) => Number(url.searchParams.get(key) ?? otherwise);
  request.resume();
  request.on("end", () => {
    setTimeout(
      () => {
        if (url.pathname === "/reset") {
          request.socket.resetAndDestroy();
          return;
        }
        response.statusCode = number("status", 200);
        if (url.pathname === "/chunked") {
          response.write("first part\n");
          setTimeout(() => response.end("last part\n"), 5);
          return;
        }
        const body = `Hello from ${name}\n`.repeat(number("lines", 1));
        response.setHeader("Content-Length", body.length);
        response.end(request.method === "HEAD" ? "" : body);
      },
      number("ms", 0),
    );
  });
});
server.keepAliveTimeout = 60_000;
server.listen(80, address, () => process.stderr.write("listening\n"));
