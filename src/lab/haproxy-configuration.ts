/** HAProxy as the lab's balancer: its configuration, from data. */
import { join } from "node:path";
import { endpointText } from "../metrics/endpoints.ts";
import type { BalancingMethod, BalancingPlan } from "./balancing-plan.ts";
import { CERTIFICATE_NAME, type SideProtocols, serverPort } from "./lab-protocols.ts";

/** Its words for the lab's methods (configuration manual, `balance`). */
const ALGORITHMS: Readonly<Record<BalancingMethod, readonly string[]>> = {
  "round-robin": ["balance roundrobin"],
  "least-connection": ["balance leastconn"],
  "ip-hash": ["balance source"],
  "random-two": ["balance random(2)"],
  "consistent-hash": ["balance uri whole", "hash-type consistent"],
};

/** Fields of its log: one JSON object a line for each request or stream. Times in ms, −1 = not reached. */
const LOG_FIELDS = {
  accepted: "%Ts.%ms",
  client: "%ci:%cp",
  method: "%HM",
  target: "%[capture.req.uri,json(utf8s)]",
  status: "%ST",
  bytesSent: "%B",
  server: "%s",
  serverAddress: "%si:%sp",
  idleMs: "%Ti",
  requestMs: "%TR",
  queueMs: "%Tw",
  connectMs: "%Tc",
  responseMs: "%Tr",
  totalMs: "%Ta",
  termination: "%tsc",
} as const;

/** Certificate and key in one file, as it wants them. */
export function haproxyCertificate(folder: string): string {
  return join(folder, "certificate-and-key.pem");
}

/** Its log of requests, which it writes to its standard output; what else it has to say goes to standard error. */
export function haproxyLog(folder: string): string {
  return join(folder, "access.log");
}

/** The configuration; everything that HAProxy writes stays in `folder`. */
export function haproxyConfiguration(plan: BalancingPlan, folder: string): string {
  const { front, behind } = plan.protocols;
  const toBackends = protocolWords(behind, `verify none sni str(${CERTIFICATE_NAME})`);
  const fields = Object.entries(LOG_FIELDS).map(([name, value]) => `"${name}":"${value}"`);
  const lines = [
    "global",
    "  log stdout len 8192 format raw local0",
    `  nbthread ${plan.workers}`,
    "  maxconn 8192",
    "defaults",
    "  mode http",
    "  log global",
    `  log-format '{${fields.join(",")}}'`,
    "  timeout connect 60s",
    "  timeout client 60s",
    "  timeout server 60s",
    "listen flask",
    ...bindLines(front, folder).map((line) => `  ${line}`),
    ...ALGORITHMS[plan.method].map((line) => `  ${line}`),
    // Of HTTP/2, a connection to a backend carries many streams anyway.
    ...(plan.keepAlive || behind.http2 ? ["  http-reuse always"] : ["  option http-server-close"]),
    ...plan.backends.map(
      ({ address, weight }, index) =>
        `  server backend-${index + 1} ${endpointText(address, serverPort(behind))} weight ${weight}${toBackends}`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function bindLines(front: SideProtocols, folder: string): string[] {
  const port = serverPort(front);
  const words = protocolWords(front, `crt ${haproxyCertificate(folder)}`);
  return [`bind :${port} backlog 4096${words}`, `bind :::${port} v6only backlog 4096${words}`];
}

/** @param ofTls what TLS needs on this side */
function protocolWords({ tls, http2 }: SideProtocols, ofTls: string): string {
  if (tls === null) return http2 ? " proto h2" : "";
  return ` ssl ${ofTls} ssl-min-ver TLSv${tls} ssl-max-ver TLSv${tls} alpn ${http2 ? "h2" : "http/1.1"}`;
}

/** HAProxy in the foreground. */
export function haproxyCommand(folder: string): string[] {
  const command = 'exec haproxy -db -f "$0" >> "$1"';
  return ["sh", "-c", command, join(folder, "haproxy.cfg"), haproxyLog(folder)];
}
