/**
 * nginx between clients and three backends, each in a network namespace of its own on one bridge, without a route out.
 * Recorded by tcpdump on the balancer; nginx writes down what it did with every request.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const BALANCER = "10.77.0.103";
export const BACKENDS = { fa: "10.77.0.109", fb: "10.77.0.113", fc: "10.77.0.110" } as const;
export type BackendName = keyof typeof BACKENDS;
export const CLIENTS = ["10.77.0.1", "10.77.0.2", "10.77.0.3"] as const;

/** A client of `balancer-clients.mjs`. */
export interface ClientPlan {
  readonly from: string;
  readonly keepAlive: boolean;
  /** One request for each, one after the other. */
  readonly targets: readonly string[];
  readonly gapMs: number;
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly giveUpMs?: number;
}

/** What nginx wrote down of one request; times in seconds, with three decimals. */
export interface LogLine {
  /** Endpoint of the client, and how many requests came on its connection so far, this one included. */
  readonly client: string;
  readonly request: number;
  readonly status: number;
  readonly target: string;
  readonly requestTime: number;
  /** Addresses, statuses and times of the attempts; empty without one. `-` in nginx's words where there was none. */
  readonly upstreams: readonly string[];
  readonly upstreamStatuses: readonly string[];
  readonly upstreamHeaderTimes: readonly string[];
  readonly upstreamResponseTimes: readonly string[];
}

const LOG_FORMAT = [
  "$remote_addr:$remote_port",
  "$connection_requests",
  "$status",
  "$request_uri",
  "$request_time",
  "$upstream_addr",
  "$upstream_status",
  "$upstream_header_time",
  "$upstream_response_time",
].join("|");

export interface Recording {
  readonly capture: string;
  readonly log: readonly LogLine[];
  readonly drops: number;
}

/** What HAProxy wrote down of one request; times in whole ms, as its manual names them. */
export interface HaproxyLogLine {
  readonly client: string;
  readonly status: number;
  readonly target: string;
  /** Endpoint of the server that answered. */
  readonly server: string;
  /** Until the request was read; in the queue; connecting; until the response began; all of it. */
  readonly TR: number;
  readonly Tw: number;
  readonly Tc: number;
  readonly Tr: number;
  readonly Ta: number;
}

const HAPROXY_LOG_FORMAT =
  '{"client":"%ci:%cp","status":%ST,"target":"%HU","server":"%si:%sp","TR":%TR,"Tw":%Tw,"Tc":%Tc,"Tr":%Tr,"Ta":%Ta}';

/** How nginx is set up in one scenario. */
export interface NginxPlan {
  readonly upstream?: string;
  readonly location?: string;
  readonly http?: string;
  readonly server?: string;
  readonly workers?: number;
}

export class BalancerTestbed {
  readonly #folder = mkdtempSync(join(tmpdir(), "lbqos-bed-"));
  readonly #prefix = `mb${process.pid}`;
  readonly #backends = new Map<BackendName, ChildProcess>();
  #nginx: ChildProcess | null = null;

  /** Namespaces, links, backends. */
  async up(): Promise<void> {
    this.#ip("netns", "add", this.#space("sw"));
    this.#ipIn("sw", "link", "add", "br0", "type", "bridge");
    this.#ipIn("sw", "link", "set", "br0", "up");
    this.#host("cl", CLIENTS);
    this.#host("lb", [BALANCER]);
    for (const [name, address] of Object.entries(BACKENDS)) this.#host(name, [address]);
    await Promise.all(backendNames.map((name) => this.startBackend(name)));
  }

  /** Starts a backend and waits until it listens. */
  async startBackend(name: BackendName): Promise<void> {
    const program = script("balancer-backend.mjs");
    const backend = this.#spawn(name, [process.execPath, program, BACKENDS[name], name]);
    this.#backends.set(name, backend);
    await firstWords(backend);
  }

  /** Ends a backend at once: its connections are reset, new ones refused. */
  async stopBackend(name: BackendName): Promise<void> {
    const backend = this.#backends.get(name);
    this.#backends.delete(name);
    if (backend !== undefined) await end(backend, "SIGKILL");
  }

  /**
   * Runs `load` with nginx so set up while everything at the balancer is recorded.
   * @returns the capture's path, nginx's log, and how many packets the recorder dropped
   */
  async record(plan: NginxPlan, load: () => Promise<void>): Promise<Recording> {
    const log = join(this.#folder, "access.log");
    rmSync(log, { force: true });
    await this.#startNginx(plan, log);
    const { capture, drops } = await this.#recordLoad(load);
    await this.#stopNginx();
    return { capture, log: readLog(log), drops };
  }

  /** The same with HAProxy. @param server settings of each backend */
  async recordHaproxy(
    server: string,
    load: () => Promise<void>,
  ): Promise<Omit<Recording, "log"> & { readonly log: readonly HaproxyLogLine[] }> {
    const log = join(this.#folder, "haproxy.log");
    const configuration = join(this.#folder, "haproxy.cfg");
    const servers = Object.entries(BACKENDS).map(([name, to]) => `  server ${name} ${to}:80 ${server}`);
    writeFileSync(
      configuration,
      `global
  log stdout format raw local0
defaults
  mode http
  timeout connect 1s
  timeout client 5s
  timeout server 5s
listen all
  bind ${BALANCER}:80
  log global
  log-format '${HAPROXY_LOG_FORMAT}'
  balance roundrobin
${servers.join("\n")}
`,
    );
    const haproxy = this.#spawn("lb", ["sh", "-c", `exec haproxy -db -f ${configuration} > ${log}`]);
    await sleep(300);
    const { capture, drops } = await this.#recordLoad(load);
    await end(haproxy, "SIGTERM");
    const lines = readFileSync(log, "utf8").split("\n");
    return {
      capture,
      log: lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line)),
      drops,
    };
  }

  async #recordLoad(load: () => Promise<void>): Promise<Omit<Recording, "log">> {
    const capture = join(this.#folder, "run.pcap");
    // In immediate mode every packet takes as much of the buffer as the snap length allows.
    const recorder = this.#spawn("lb", [
      ...["tcpdump", "-i", "eth0", "-Z", "root", "--immediate-mode", "-B", "32768", "-s", "2048"],
      ...["-w", capture, "tcp"],
    ]);
    const words = await firstWords(recorder);
    await load();
    await sleep(300);
    await end(recorder, "SIGINT");
    const drops = Number(/(\d+) packets dropped by kernel/.exec(words.join(""))?.[1] ?? Number.NaN);
    return { capture, drops };
  }

  /** The words that run a command on a host of the testbed: `lb`, `cl`, `fa`, … */
  commandOn(host: string, ...command: readonly string[]): readonly [string, ...string[]] {
    return ["ip", "netns", "exec", this.#space(host), ...command];
  }

  /** Runs `work` while nginx is there, set up as the plan says. */
  async withNginx(plan: NginxPlan, work: () => Promise<void>): Promise<void> {
    await this.#startNginx(plan, join(this.#folder, "access.log"));
    try {
      await work();
    } finally {
      await this.#stopNginx();
    }
  }

  /** Sends the requests of `clients`, all clients at once, and waits for every answer. */
  async send(clients: readonly ClientPlan[]): Promise<void> {
    const sender = this.#spawn("cl", [
      process.execPath,
      script("balancer-clients.mjs"),
      BALANCER,
      JSON.stringify(clients),
    ]);
    await ended(sender);
  }

  /** Ends what was started and removes the namespaces, as far as they are there. */
  async down(): Promise<void> {
    for (const name of backendNames) await this.stopBackend(name);
    await this.#stopNginx();
    for (const host of ["cl", "lb", ...backendNames, "sw"]) {
      try {
        this.#ip("netns", "del", this.#space(host));
      } catch {
        // It was never made.
      }
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #startNginx(plan: NginxPlan, log: string): Promise<void> {
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    for (const kind of temporary) mkdirSync(join(this.#folder, kind), { recursive: true });
    mkdirSync(join(this.#folder, "cache"), { recursive: true, mode: 0o777 });
    const servers = Object.values(BACKENDS).map((address) => `server ${address}:80;`);
    const configuration = `
      worker_processes ${plan.workers ?? 1}; user root; pid ${this.#folder}/pid; error_log ${this.#folder}/error.log; daemon off;
      events { worker_connections 4096; }
      http {
        log_format known '${LOG_FORMAT}';
        access_log ${log} known;
        ${temporary.map((kind) => `${kind}_temp_path ${this.#folder}/${kind};`).join(" ")}
        proxy_cache_path ${this.#folder}/cache keys_zone=kept:1m;
        keepalive_requests 100000;
        upstream backends { ${plan.upstream ?? servers.join(" ")} }
        ${plan.http ?? ""}
        server { listen 80; ${plan.server ?? ""} location / { proxy_pass http://backends; ${plan.location ?? ""} } }
      }`;
    writeFileSync(join(this.#folder, "nginx.conf"), configuration);
    this.#nginx = this.#spawn("lb", ["nginx", "-c", join(this.#folder, "nginx.conf")]);
    await sleep(300);
  }

  async #stopNginx(): Promise<void> {
    const nginx = this.#nginx;
    this.#nginx = null;
    if (nginx !== null) await end(nginx, "SIGTERM");
  }

  #host(name: string, addresses: readonly string[]): void {
    const space = this.#space(name);
    this.#ip("netns", "add", space);
    this.#ip(
      "link",
      "add",
      `v${name}`,
      "netns",
      this.#space("sw"),
      "type",
      "veth",
      "peer",
      "name",
      "eth0",
      "netns",
      space,
    );
    this.#ipIn("sw", "link", "set", `v${name}`, "master", "br0", "up");
    for (const address of addresses) this.#ipIn(name, "addr", "add", `${address}/24`, "dev", "eth0");
    this.#ipIn(name, "link", "set", "eth0", "up");
    this.#ipIn(name, "link", "set", "lo", "up");
  }

  #space(name: string): string {
    return `${this.#prefix}${name}`;
  }

  #ip(...words: string[]): void {
    execFileSync("ip", words, { stdio: "pipe" });
  }

  #ipIn(name: string, ...words: string[]): void {
    this.#ip("-n", this.#space(name), ...words);
  }

  #spawn(name: string, command: readonly string[]): ChildProcess {
    const child = spawn("ip", ["netns", "exec", this.#space(name), ...command], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    child.stderr.resume();
    return child;
  }
}

const backendNames = Object.keys(BACKENDS) as BackendName[];

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const over = ended(child);
  child.kill(signal);
  await over;
}

/** Waits until the program has said something on standard error; what it says is collected from then on. */
function firstWords(child: ChildProcess): Promise<string[]> {
  const words: string[] = [];
  return new Promise((resolve, reject) => {
    child.stderr?.on("data", (chunk: Buffer) => {
      words.push(chunk.toString());
      resolve(words);
    });
    child.once("exit", () => reject(new Error("the program ended at once")));
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once("exit", () => resolve()));
}

function readLog(path: string): LogLine[] {
  const list = (text: string) => (text === "-" || text === "" ? [] : text.split(/ : |, /));
  return readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [
        client = "",
        request,
        status,
        target = "",
        requestTime,
        addresses = "",
        statuses = "",
        ...times
      ] = line.split("|");
      return {
        client,
        request: Number(request),
        status: Number(status),
        target,
        requestTime: Number(requestTime),
        upstreams: list(addresses),
        upstreamStatuses: list(statuses),
        upstreamHeaderTimes: list(times[0] ?? ""),
        upstreamResponseTimes: list(times[1] ?? ""),
      };
    });
}
