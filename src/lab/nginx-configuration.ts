/** The balancer's configuration, from data. */
import { join } from "node:path";
import { endpointText } from "../metrics/endpoints.ts";
import type { BalancingMethod, BalancingPlan } from "./balancing-plan.ts";
import { CERTIFICATE_NAME, type SideProtocols, serverPort, tlsFiles } from "./lab-protocols.ts";

/** nginx's words for them (ngx_http_upstream_module); round-robin is what it does unasked. */
const DIRECTIVES: Readonly<Record<BalancingMethod, string | null>> = {
  "round-robin": null,
  "least-connection": "least_conn;",
  "ip-hash": "ip_hash;",
  "random-two": "random two least_conn;",
  "consistent-hash": "hash $request_uri consistent;",
};

/** Idle connections kept per worker process, where they are kept. */
const KEPT_CONNECTIONS = 32;

/** Fields of nginx's log: one JSON object a line for each request, all values text as nginx prints them. */
const accessLogFields = {
  msec: "$msec",
  client: "$remote_addr:$remote_port",
  connection: "$connection",
  connectionRequests: "$connection_requests",
  request: "$request",
  status: "$status",
  bytesSent: "$bytes_sent",
  requestTime: "$request_time",
  upstreamAddress: "$upstream_addr",
  upstreamStatus: "$upstream_status",
  upstreamConnectTime: "$upstream_connect_time",
  upstreamHeaderTime: "$upstream_header_time",
  upstreamResponseTime: "$upstream_response_time",
} as const;

/** Path of the access log in nginx's folder. */
export function accessLogPath(folder: string): string {
  return join(folder, "access.log");
}

/**
 * The configuration; everything that nginx writes stays in `folder`.
 * @param labFolder the lab's, with the certificate
 */
export function nginxConfiguration(plan: BalancingPlan, folder: string, labFolder: string): string {
  const { front, behind } = plan.protocols;
  const servers = plan.backends.map(
    ({ address, weight }) =>
      `    server ${endpointText(address, serverPort(behind))}${weight === 1 ? "" : ` weight=${weight}`};`,
  );
  const directive = DIRECTIVES[plan.method];
  const fields = Object.entries(accessLogFields).map(([name, variable]) => `"${name}":"${variable}"`);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const lines = [
    `worker_processes ${plan.workers};`,
    "user root;",
    "daemon off;",
    `pid ${join(folder, "nginx.pid")};`,
    `error_log ${join(folder, "error.log")};`,
    "events { worker_connections 4096; }",
    "http {",
    `  log_format lbqos escape=json '{${fields.join(",")}}';`,
    `  access_log ${accessLogPath(folder)} lbqos;`,
    ...temporary.map((kind) => `  ${kind}_temp_path ${join(folder, kind)};`),
    "  keepalive_requests 1000000;",
    "  upstream flask {",
    ...(directive === null ? [] : [`    ${directive}`]),
    ...servers,
    ...(plan.keepAlive ? [`    keepalive ${KEPT_CONNECTIONS};`, "    keepalive_requests 1000000;"] : []),
    "  }",
    "  server {",
    ...frontLines(front, labFolder).map((line) => `    ${line}`),
    "    location / {",
    ...passLines(behind, plan.keepAlive).map((line) => `      ${line}`),
    "    }",
    "  }",
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

/** What nginx listens on. */
function frontLines(front: SideProtocols, labFolder: string): string[] {
  const { tls, http2 } = front;
  const port = serverPort(front);
  const { certificate, privateKey } = tlsFiles(labFolder);
  const words = [...(tls === null ? [] : ["ssl"]), ...(http2 ? ["http2"] : []), "backlog=4096;"].join(" ");
  return [
    `listen ${port} ${words}`,
    `listen [::]:${port} ipv6only=on ${words}`,
    ...(tls === null
      ? []
      : [
          `ssl_certificate ${certificate};`,
          `ssl_certificate_key ${privateKey};`,
          `ssl_protocols TLSv${tls};`,
          "ssl_session_cache shared:clients:1m;",
        ]),
  ];
}

/** How nginx asks the backends. Its module for gRPC is its only one for HTTP/2, and passes on any request. */
function passLines({ tls, http2 }: SideProtocols, keepAlive: boolean): string[] {
  const module = http2 ? "grpc" : "proxy";
  const scheme = http2 ? (tls === null ? "grpc" : "grpcs") : tls === null ? "http" : "https";
  return [
    `${module}_pass ${scheme}://flask;`,
    ...(tls === null
      ? []
      : [
          `${module}_ssl_protocols TLSv${tls};`,
          `${module}_ssl_name ${CERTIFICATE_NAME};`,
          `${module}_ssl_server_name on;`,
        ]),
    ...(keepAlive && !http2 ? ["proxy_http_version 1.1;", 'proxy_set_header Connection "";'] : []),
  ];
}

/** nginx in the foreground; `-e` keeps it from touching the machine's own error log. */
export function nginxCommand(folder: string): string[] {
  const configuration = join(folder, "nginx.conf");
  return ["nginx", "-p", folder, "-e", join(folder, "error.log"), "-c", configuration];
}
