/** The balancer's configuration, from data. */
import { join } from "node:path";
import { endpointText } from "../metrics/endpoints.ts";

/** Methods by which the lab's balancer can share requests. */
export const balancingMethods = [
  "round-robin",
  "least-connection",
  "ip-hash",
  "random-two",
  "consistent-hash",
] as const;
export type BalancingMethod = (typeof balancingMethods)[number];

/** nginx's words for them (ngx_http_upstream_module); round-robin is what it does unasked. */
const DIRECTIVES: Readonly<Record<BalancingMethod, string | null>> = {
  "round-robin": null,
  "least-connection": "least_conn;",
  "ip-hash": "ip_hash;",
  "random-two": "random two least_conn;",
  "consistent-hash": "hash $request_uri consistent;",
};

/** How the balancer is set up. */
export interface BalancingPlan {
  readonly method: BalancingMethod;
  /** Whether connections to the backends are kept for further requests. */
  readonly keepAlive: boolean;
  /** Worker processes, 1 or more: each shares out requests by itself, and keeps connections of its own. */
  readonly workers: number;
  /** Backends with their weights, positive whole numbers; 1 is not written down. */
  readonly backends: readonly { readonly address: string; readonly weight: number }[];
}

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

/** The configuration; everything that nginx writes stays in `folder`. */
export function nginxConfiguration(plan: BalancingPlan, folder: string): string {
  const servers = plan.backends.map(
    ({ address, weight }) =>
      `    server ${endpointText(address, 80)}${weight === 1 ? "" : ` weight=${weight}`};`,
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
    "    listen 80 backlog=4096;",
    "    listen [::]:80 ipv6only=on backlog=4096;",
    "    location / {",
    "      proxy_pass http://flask;",
    ...(plan.keepAlive ? ["      proxy_http_version 1.1;", '      proxy_set_header Connection "";'] : []),
    "    }",
    "  }",
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

/** nginx in the foreground; `-e` keeps it from touching the machine's own error log. */
export function nginxCommand(folder: string): string[] {
  const configuration = join(folder, "nginx.conf");
  return ["nginx", "-p", folder, "-e", join(folder, "error.log"), "-c", configuration];
}
