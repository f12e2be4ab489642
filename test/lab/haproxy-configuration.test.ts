/** What HAProxy is told, and that HAProxy itself understands it. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { balancerPrograms } from "../../src/lab/balancer-program.ts";
import { type BalancingMethod, type BalancingPlan, balancingMethods } from "../../src/lab/balancing-plan.ts";
import { certificateCommand, PLAIN_HTTP1, type SideProtocols } from "../../src/lab/lab-protocols.ts";
import { needs } from "../real-part.ts";

const { haproxy } = balancerPrograms;

function plan(method: BalancingMethod, changes: Partial<BalancingPlan> = {}): BalancingPlan {
  return {
    balancer: "haproxy",
    method,
    keepAlive: false,
    workers: 1,
    backends: [{ address: "192.168.56.109", weight: 1 }],
    protocols: { front: PLAIN_HTTP1, behind: PLAIN_HTTP1, grpc: false },
    ...changes,
  };
}

const configured = (changes: Partial<BalancingPlan>, method: BalancingMethod = "round-robin") =>
  haproxy.configuration(plan(method, changes), "/lab/haproxy", "/lab");

test.each<[BalancingMethod, string]>([
  ["round-robin", "balance roundrobin"],
  ["least-connection", "balance leastconn"],
  ["ip-hash", "balance source"],
  ["random-two", "balance random(2)"],
  ["consistent-hash", "balance uri whole"],
])("%s", (method, line) => {
  expect(configured({}, method)).toContain(`  ${line}\n`);
});

test("weights, threads and kept connections", () => {
  const backends = [{ address: "fd00::56:109", weight: 3 }];
  const configuration = configured({ keepAlive: true, workers: 2, backends });
  expect(configuration).toContain("  server backend-1 [fd00::56:109]:80 weight 3\n");
  expect(configuration).toContain("  nbthread 2\n");
  expect(configuration).toContain("  http-reuse always\n");
  expect(configured({})).toContain("  option http-server-close\n");
});

const TLS: SideProtocols = { tls: "1.3", http2: false };
const H2C: SideProtocols = { tls: null, http2: true };
const H2: SideProtocols = { tls: "1.2", http2: true };

test("protocols of both sides", () => {
  const side = (front: SideProtocols, behind: SideProtocols) =>
    configured({ protocols: { front, behind, grpc: false } });
  expect(side(H2C, H2C)).toMatch(/bind :80 backlog 4096 proto h2\n[\s\S]*server .* proto h2\n/);
  expect(side(TLS, H2)).toMatch(
    /bind :443 .* ssl-min-ver TLSv1.3 .* alpn http\/1.1\n[\s\S]*:443 .*ssl verify none .* TLSv1.2 alpn h2\n/,
  );
});

needs("haproxy", "openssl")("HAProxy", () => {
  const folder = mkdtempSync(join(tmpdir(), "lbqos-haproxy-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("takes the configuration of every method and protocol", () => {
    run(certificateCommand(folder));
    run(haproxy.certificateCommand(folder, folder) ?? []);
    const sides = [PLAIN_HTTP1, TLS, H2C, H2];
    const path = join(folder, haproxy.configurationFile);
    for (const [index, front] of sides.entries()) {
      const behind = sides[(index + 1) % sides.length] ?? PLAIN_HTTP1;
      for (const method of index === 0 ? balancingMethods : (["round-robin"] as const)) {
        const protocols = { front, behind, grpc: false };
        writeFileSync(path, haproxy.configuration(plan(method, { protocols }), folder, folder));
        // Throws where HAProxy finds a fault.
        run(["haproxy", "-c", "-q", "-f", path]);
      }
    }
  });
});

function run([program = "", ...args]: readonly string[]): void {
  execFileSync(program, args, {
    env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin:/sbin` },
    stdio: "pipe",
  });
}
