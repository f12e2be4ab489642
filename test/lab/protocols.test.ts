/** TLS, HTTP/2 and gRPC in the lab: what it is told, what its programs are told, and that nginx understands it. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parseArguments } from "../../src/cli/parse-arguments.ts";
import type { BalancingPlan } from "../../src/lab/balancing-plan.ts";
import { BACKENDS, STUDY_HOSTS } from "../../src/lab/lab-hosts.ts";
import { labPlace } from "../../src/lab/lab-place.ts";
import {
  certificateCommand,
  type LabProtocols,
  PLAIN_HTTP1,
  type SideProtocols,
} from "../../src/lab/lab-protocols.ts";
import { loadCommand } from "../../src/lab/load-generator.ts";
import { nginxConfiguration } from "../../src/lab/nginx-configuration.ts";
import { backendStep } from "../../src/lab/plan-lab.ts";
import { loads } from "../../src/lab/plan-run.ts";
import { studyManifest } from "../../src/lab/study-manifest.ts";
import { planStudy, type StudyOptions } from "../../src/lab/study-plan.ts";
import { needs } from "../real-part.ts";

const HTTP2: SideProtocols = { tls: null, http2: true };
const TLS: SideProtocols = { tls: "1.2", http2: false };
const BOTH: SideProtocols = { tls: "1.3", http2: true };
const SIDES = [PLAIN_HTTP1, HTTP2, TLS, BOTH];

async function options(line: string): Promise<StudyOptions> {
  const command = await parseArguments(["lab", "run", "-o", "x", ...line.split(" ")]);
  if (command.kind !== "lab" || command.request.kind !== "run") throw new Error(`asks for ${command.kind}`);
  return command.request.options;
}

describe("arguments", () => {
  test.each<[string, LabProtocols]>([
    ["--tls", { front: { tls: "1.3", http2: false }, behind: PLAIN_HTTP1, grpc: false }],
    ["--tls both --tls-version 1.2", { front: TLS, behind: TLS, grpc: false }],
    ["--http2 behind", { front: PLAIN_HTTP1, behind: HTTP2, grpc: false }],
    ["--tls front --http2", { front: BOTH, behind: PLAIN_HTTP1, grpc: false }],
    ["--grpc --tls behind", { front: HTTP2, behind: BOTH, grpc: true }],
  ])("%s", async (line, protocols) => {
    expect((await options(line)).settings).toMatchObject({ protocols, generator: "node" });
  });

  test.each([
    ["--tls --generator httperf", "--generator: httperf does not log the secrets of TLS"],
    ["--uri /{n}", "--uri: only --generator node puts the request's number"],
    ["--grpc --http2", "--http2: --grpc speaks HTTP/2 on both sides already"],
    ["--tls-version 1.2", "--tls-version: nobody speaks TLS"],
    ["--tls behin", "Allowed choices are front, behind, both"],
    ["--tls --tls-version 1.1", "Allowed choices are 1.2, 1.3"],
  ])("%s is refused", async (line, words) => {
    await expect(options(line)).rejects.toMatchObject({ status: 2, message: expect.stringContaining(words) });
  });
});

test("clients speak what is in front, of a direct run what the backends do", async () => {
  const study = await options(
    "--methods direct,round-robin --runs 1 --tls --http2 behind --uri /?n={n} --body 9",
  );
  const told = planStudy(study).map((run) => {
    const { load } = loads(run, study.settings)[0] ?? expect.unreachable();
    return JSON.parse(loadCommand(load, "/lab").at(-1) ?? "");
  });
  const tls = {
    name: "lab.test",
    certificate: "/lab/certificate.pem",
    version: "TLSv1.3",
    keys: "/lab/tls.keys",
  };
  expect(told).toMatchObject([
    ...BACKENDS.map(({ address }) => ({ address, port: 80, isHttp2: true, tls: null })),
    { address: "192.168.56.103", port: 443, isHttp2: false, tls, uri: "/?n={n}", bodyBytes: 9, rate: 1000 },
  ]);
});

test("backends are Flask's where Flask speaks what is behind", () => {
  const argv = (behind: SideProtocols) => {
    const hosts = { ...STUDY_HOSTS, protocols: { front: BOTH, behind, grpc: false } };
    const { action } = backendStep(labPlace("golden"), BACKENDS[0], hosts);
    if (action.kind !== "start") throw new Error(action.kind);
    return action;
  };
  expect(argv(PLAIN_HTTP1).argv).toContain("gunicorn");
  expect(argv(BOTH)).toMatchObject({ ready: { port: 443 }, argv: expect.not.arrayContaining(["gunicorn"]) });
});

test("the manifest says what was spoken", async () => {
  const study = await options("--grpc --tls");
  expect(studyManifest(study, "en").notes).toContain(
    "Protocols: gRPC / TLS 1.3 in front, gRPC behind. Protocols: backends in Node.js, since Flask speaks HTTP/1 only.",
  );
});

needs("nginx", "openssl")("nginx", () => {
  const folder = mkdtempSync(join(tmpdir(), "lbqos-nginx-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const plan = (front: SideProtocols, behind: SideProtocols): BalancingPlan => ({
    method: "round-robin",
    keepAlive: true,
    workers: 1,
    backends: [{ address: "192.168.56.109", weight: 1 }],
    protocols: { front, behind, grpc: false },
  });

  test("takes every configuration", () => {
    const [program = "", ...words] = certificateCommand(folder);
    execFileSync(program, words, { stdio: "pipe" });
    const path = join(folder, "nginx.conf");
    for (const front of SIDES) {
      for (const behind of SIDES) {
        writeFileSync(path, nginxConfiguration(plan(front, behind), folder, folder));
        // Throws where nginx finds a fault.
        execFileSync("nginx", ["-t", "-q", "-p", folder, "-e", join(folder, "error.log"), "-c", path], {
          env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin:/sbin` },
          stdio: "pipe",
        });
      }
    }
  });

  test("listens and asks by the protocols of each side", () => {
    const configuration = nginxConfiguration(plan(BOTH, TLS), "/lab/nginx", "/lab");
    expect(configuration).toContain("listen 443 ssl http2 backlog=4096;");
    expect(configuration).toContain("ssl_certificate_key /lab/private-key.pem;");
    expect(configuration).toContain("proxy_pass https://flask;");
    expect(configuration).toContain("proxy_ssl_protocols TLSv1.2;");
    expect(configuration).toContain("server 192.168.56.109:443;");
    expect(nginxConfiguration(plan(TLS, HTTP2), "/lab/nginx", "/lab")).toContain("grpc_pass grpc://flask;");
  });
});
