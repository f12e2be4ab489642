/** What nginx is told, and that nginx itself understands it. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type BalancingMethod, type BalancingPlan, balancingMethods } from "../../src/lab/balancing-plan.ts";
import { PLAIN_HTTP1 } from "../../src/lab/lab-protocols.ts";
import { nginxConfiguration } from "../../src/lab/nginx-configuration.ts";
import { needs } from "../real-part.ts";

function plan(method: BalancingMethod, changes: Partial<BalancingPlan> = {}): BalancingPlan {
  return {
    method,
    keepAlive: false,
    workers: 1,
    backends: [
      { address: "192.168.56.109", weight: 1 },
      { address: "192.168.56.113", weight: 1 },
    ],
    protocols: { front: PLAIN_HTTP1, behind: PLAIN_HTTP1, grpc: false },
    ...changes,
  };
}

/** The lines of the upstream group. */
function upstream(configuration: string): string[] {
  const [, group = ""] = /upstream flask \{\n([^}]*)\}/.exec(configuration) ?? [];
  return group.trim().split(/\n\s*/);
}

const SERVERS = ["server 192.168.56.109:80;", "server 192.168.56.113:80;"];

test.each<[BalancingMethod, string[]]>([
  ["round-robin", SERVERS],
  ["least-connection", ["least_conn;", ...SERVERS]],
  ["ip-hash", ["ip_hash;", ...SERVERS]],
  ["random-two", ["random two least_conn;", ...SERVERS]],
  ["consistent-hash", ["hash $request_uri consistent;", ...SERVERS]],
])("%s", (method, lines) => {
  expect(upstream(nginxConfiguration(plan(method), "/lab/nginx", "/lab"))).toEqual(lines);
});

test("weights and kept connections", () => {
  const configuration = nginxConfiguration(
    plan("round-robin", { keepAlive: true, backends: [{ address: "192.168.56.109", weight: 3 }] }),
    "/lab/nginx",
    "/lab",
  );
  expect(upstream(configuration)).toEqual([
    "server 192.168.56.109:80 weight=3;",
    "keepalive 32;",
    "keepalive_requests 1000000;",
  ]);
  expect(configuration).toContain('proxy_set_header Connection "";');
});

test("workers, and backends that talk IPv6", () => {
  const backends = [{ address: "fd00::56:109", weight: 2 }];
  const configuration = nginxConfiguration(
    plan("round-robin", { workers: 4, backends }),
    "/lab/nginx",
    "/lab",
  );
  expect(configuration).toContain("worker_processes 4;\n");
  expect(configuration).toContain("listen [::]:80 ipv6only=on");
  expect(upstream(configuration)).toEqual(["server [fd00::56:109]:80 weight=2;"]);
});

needs("nginx")("nginx", () => {
  const folder = mkdtempSync(join(tmpdir(), "lbqos-nginx-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(balancingMethods)("takes the configuration of %s", (method) => {
    const path = join(folder, "nginx.conf");
    writeFileSync(path, nginxConfiguration(plan(method, { keepAlive: true }), folder, folder));
    const errors = join(folder, "error.log");
    // Throws where nginx finds a fault.
    execFileSync("nginx", ["-t", "-q", "-p", folder, "-e", errors, "-c", path], {
      env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin:/sbin` },
      stdio: "pipe",
    });
  });
});
