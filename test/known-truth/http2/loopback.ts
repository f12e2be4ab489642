/** A conversation of node:http2 on the loopback, as a capture, with the client's own log. */
import { once } from "node:events";
import {
  type ClientHttp2Session,
  connect as connectHttp2,
  createServer,
  type IncomingHttpHeaders,
} from "node:http2";
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from "node:net";
import { DraftCapture, type Side } from "../../faults/draft-capture.ts";

/** What the client asked, and got. */
export interface LoggedRequest {
  readonly method: string;
  readonly target: string;
  readonly status: number;
  readonly bytes: number;
}

interface Chunk {
  readonly side: Side;
  readonly data: Buffer;
}

const SEGMENT = 1400;

/** The streams' bytes go through a proxy, which makes segments of them. */
export async function loopbackCapture(): Promise<{ capture: DraftCapture; log: LoggedRequest[] }> {
  const chunks: Chunk[] = [];
  const server = createServer({ settings: { initialWindowSize: 20_000 } }, (request, response) => {
    const url = new URL(request.url, "http://a");
    const size = Number(url.searchParams.get("n") ?? 10);
    if (url.pathname === "/hint") response.writeEarlyHints({ link: "</a.css>; rel=preload" });
    request.resume();
    request.on("end", () => {
      response.writeHead(Number(url.searchParams.get("s") ?? 200), { etag: `"${url.pathname}"` });
      response.end(Buffer.alloc(size, "b"));
    });
  });
  const proxy = createTcpServer((downstream) => {
    const upstream = connect((server.address() as AddressInfo).port, "127.0.0.1");
    const pass = (from: typeof upstream, to: typeof upstream, side: Side) => {
      from.on("data", (data: Buffer) => {
        chunks.push({ side, data });
        to.write(data);
      });
      from.on("end", () => to.end());
      from.on("error", () => to.destroy());
    };
    pass(downstream, upstream, "client");
    pass(upstream, downstream, "server");
  });
  await Promise.all([listening(server as unknown as Server), listening(proxy)]);
  const session = connectHttp2(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  const asked = [
    ["GET", "/a", 0],
    ["GET", "/hint?s=404", 0],
    ["POST", "/form?s=201", 30_000],
    ["GET", "/big?n=200000", 0],
    ["DELETE", "/a?s=204&n=0", 0],
    ["PATCH", "/b?s=503", 5],
  ] as const;
  const log = await Promise.all(
    asked.map(([method, target, size]) => request(session, method, target, size)),
  );
  for (const [method, target, size] of asked) log.push(await request(session, method, target, size));
  session.close();
  await once(session, "close");
  await Promise.all([closed(server as unknown as Server), closed(proxy)]);
  return { capture: captured(chunks), log };
}

async function request(
  session: ClientHttp2Session,
  method: string,
  target: string,
  size: number,
): Promise<LoggedRequest> {
  const stream = session.request({ ":method": method, ":path": target }, { endStream: size === 0 });
  if (size > 0) stream.end(Buffer.alloc(size, "a"));
  let bytes = 0;
  stream.on("data", (data: Buffer) => {
    bytes += data.length;
  });
  const [headers] = (await once(stream, "response")) as [IncomingHttpHeaders & { ":status"?: number }];
  await once(stream, "close");
  return { method, target, status: Number(headers[":status"]), bytes };
}

async function listening(server: Server): Promise<void> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
}

async function closed(server: Server): Promise<void> {
  server.close();
  await once(server, "close");
}

function captured(chunks: readonly Chunk[]): DraftCapture {
  const capture = new DraftCapture();
  const conversation = capture.conversation(
    { address: "10.0.0.1", port: 40_000 },
    { address: "10.0.0.2", port: 80 },
  );
  conversation.open(0);
  let at = 10;
  for (const { side, data } of chunks) {
    for (let start = 0; start < data.length; start += SEGMENT) {
      conversation.send(side, at, { data: data.subarray(start, start + SEGMENT) });
      at += 0.1;
    }
  }
  conversation.close(at + 1);
  return capture;
}
