/** `lbqos live` on a network of its own: nginx between clients and backends, in namespaces, recorded on the balancer. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  BACKENDS,
  BALANCER,
  BalancerTestbed,
  CLIENTS,
  type ClientPlan,
} from "../known-truth/balancer-testbed.ts";
import { needs, needsRoot } from "../real-part.ts";
import { lbqos, MAIN, plainEnvironment, workingFolder } from "./lbqos-command.ts";

const PAIRS = ["--balancer", BALANCER].concat(
  Object.entries(BACKENDS).flatMap(([name, address]) => ["--backend", `${name}=${address}`]),
);
const ONE_LINE_OF_TROUBLE = /^lbqos: (?!captures|the recording|to analyze|the page|live )[^\n]+$/gm;

/** For words that must come: on a machine with other work, too. */
const LONGEST_WAIT_MS = 20_000;

interface Live {
  readonly child: ChildProcess;
  readonly said: { stdout: string; stderr: string };
  /** Waits for words on standard error. */
  says(text: RegExp): Promise<void>;
  /** Waits for the end. */
  status(): Promise<number | null>;
}

function times(count: number, gapMs = 0): ClientPlan[] {
  return [{ from: CLIENTS[0], keepAlive: false, gapMs, targets: Array.from({ length: count }, () => "/") }];
}

needs(
  "nginx",
  "ip",
  "dumpcap",
  "tcpdump",
)("lbqos live", () => {
  needsRoot("on a balancer", () => {
    const bed = new BalancerTestbed();
    const started = new Set<ChildProcess>();

    beforeAll(() => bed.up());
    afterAll(async () => {
      for (const child of started) child.kill("SIGKILL");
      await bed.down();
    });

    /** Starts lbqos on the balancer, and waits until it captures. */
    async function live(args: readonly string[], folder: string, identity = {}): Promise<Live> {
      const [program, ...words] = bed.commandOn("lb", process.execPath, MAIN, "live", ...args);
      const child = spawn(program, words, { cwd: folder, env: plainEnvironment(), ...identity });
      started.add(child);
      const said = { stdout: "", stderr: "" };
      child.stdout.on("data", (chunk) => {
        said.stdout += chunk;
      });
      child.stderr.on("data", (chunk) => {
        said.stderr += chunk;
      });
      const closed = once(child, "close").finally(() => started.delete(child));
      const run: Live = {
        child,
        said,
        says: async (text) => {
          const latestMs = performance.now() + LONGEST_WAIT_MS;
          while (!text.test(said.stderr)) {
            if (child.exitCode !== null) throw new Error(`it ended, and said: ${said.stderr}`);
            if (performance.now() > latestMs) throw new Error(`nothing like ${text} in: ${said.stderr}`);
            await pause(20);
          }
        },
        status: async () => {
          const [status] = await closed;
          return status;
        },
      };
      await Promise.race([run.says(/captures with/), closed]);
      return run;
    }

    async function stopped(run: Live): Promise<number | null> {
      // What was sent last has to pass the kernel's buffer.
      await pause(200);
      run.child.kill("SIGINT");
      return run.status();
    }

    describe.each([["dumpcap"], ["tcpdump"], ["cap"]])("by %s", (engine) => {
      test("counts what was sent, and is what its own recording says", async () => {
        const folder = workingFolder();
        const source = ["-i", "eth0", "--engine", engine, ...PAIRS];
        const run = await live([...source, "--write", "run.pcap.gz", "--json"], folder);
        await bed.withNginx({}, () => bed.send(times(120)));
        expect(await stopped(run)).toBe(0);
        const { live: facts, ...metrics } = JSON.parse(run.said.stdout);
        expect(facts).toMatchObject({
          engine,
          timestampSource: engine === "cap" ? "process" : "kernel",
          interfaces: ["eth0"],
          // cap can say no drops.
          recorderDrops: engine === "cap" ? null : 0,
          skippedFrames: 0,
          endedBy: "stop",
          failure: null,
        });
        const requests = metrics.pairs.map(({ http }: { http: { requests: number } }) => http.requests);
        expect(requests).toEqual([40, 40, 40]);
        expect(metrics.balancer).toMatchObject({ address: BALANCER, clientExchanges: 120, matched: 120 });
        const offline = JSON.parse(
          lbqos(["analyze", "run.pcap.gz", ...PAIRS, "--json"], { cwd: folder }).stdout,
        );
        const warnings = metrics.warnings.filter(
          ({ code }: { code: string }) => code !== "process-timestamps",
        );
        // A pcap file has no room for what tcpdump dropped.
        const capture = { ...metrics.capture, ...(engine === "tcpdump" ? { recorderDrops: null } : {}) };
        expect({ ...metrics, capture, warnings }).toEqual(offline);
        expect(warnings.length).toBe(metrics.warnings.length - (engine === "cap" ? 1 : 0));
      });
    });

    test("stops after so many requests, and after so long", async () => {
      const folder = workingFolder();
      const counted = await live(["-i", "eth0", ...PAIRS, "--requests", "50", "--json"], folder);
      await bed.withNginx({}, () => bed.send(times(60)));
      expect(await counted.status()).toBe(0);
      expect(JSON.parse(counted.said.stdout).live.endedBy).toBe("requests");
      const timed = await live(
        ["-i", "any", "--duration", "1s", "--json", "--capture-filter", "tcp port 1"],
        folder,
      );
      expect(await timed.status()).toBe(1);
      expect(JSON.parse(timed.said.stdout).live).toMatchObject({ endedBy: "duration", interfaces: ["any"] });
      expect(timed.said.stderr).toMatch(/no TCP packet from any: nothing could be analyzed\n$/);
    });

    test("a backend that is stopped turns DOWN within 5 s everywhere, and UP when it returns", async () => {
      const folder = workingFolder();
      const run = await live(["-i", "eth0", ...PAIRS, "--http", "127.0.0.1:0", "--json"], folder);
      await run.says(/the page is at /);
      const url = /http:\/\/[^\s]+/.exec(run.said.stderr)?.[0] ?? "";
      const ask = (path: string) =>
        execFileSync("ip", bed.commandOn("lb", "curl", "-s", "--max-time", "5", `${url}${path}`).slice(1), {
          encoding: "utf8",
        });
      /** Seconds until terminal, metrics and page agree. */
      const secondsUntil = async (words: RegExp, up: 0 | 1, state: string): Promise<number> => {
        const sinceMs = performance.now();
        const metric = new RegExp(`^lbqos_backend_up\\{[^}]*backend="fa"[^}]*\\} ${up}$`, "m");
        await run.says(words);
        const isSo = (): boolean => {
          const snapshot = ask("snapshot.json");
          if (!snapshot.startsWith("{")) return false;
          const { pairs } = JSON.parse(snapshot).metrics;
          return (
            pairs.find(({ name }: { name: string }) => name === "fa").live.state === state &&
            metric.test(ask("metrics"))
          );
        };
        while (!isSo()) {
          if (performance.now() - sinceMs > LONGEST_WAIT_MS)
            throw new Error(`not ${state}: ${ask("metrics")}`);
          await pause(50);
        }
        return (performance.now() - sinceMs) / 1000;
      };
      const upstream = Object.values(BACKENDS).map((address) => `server ${address}:80 max_fails=0;`);
      await bed.withNginx({ upstream: upstream.join(" ") }, async () => {
        const load = bed.send(times(1000, 15));
        await secondsUntil(/captures/, 1, "up");
        await bed.stopBackend("fa");
        expect(await secondsUntil(/ fa: .*→ DOWN \(connections refused\)/, 0, "down")).toBeLessThan(5);
        await bed.startBackend("fa");
        expect(await secondsUntil(/ fa: DOWN → UP/, 1, "up")).toBeLessThan(5);
        expect(await stopped(run)).toBe(0);
        await load;
      });
    }, 60_000);

    describe("trouble is one clear line, and nothing recorded is lost", () => {
      /** The report and the recording tell the same of what came before. */
      function expectKept({ said }: Live, folder: string, args: readonly string[]): void {
        const { live: facts, ...metrics } = JSON.parse(said.stdout);
        expect(facts.failure).not.toBeNull();
        expect(metrics.capture.packets).toBeGreaterThan(0);
        const offline = lbqos(["analyze", "run.pcapng", ...args, "--json"], { cwd: folder });
        expect(JSON.parse(offline.stdout)).toEqual(metrics);
      }

      test.each([["SIGKILL"], ["SIGTERM"]] as const)("the engine dies by %s", async (signal) => {
        const folder = workingFolder();
        const args = [
          "-i",
          "eth0",
          "--engine",
          "dumpcap",
          "--write",
          "run.pcapng",
          "--json",
          "--every",
          "1s",
        ];
        const run = await live([...args, ...PAIRS], folder);
        await bed.withNginx({}, async () => {
          await bed.send(times(30));
          await run.says(/packets=[1-9]/);
          process.kill(childOf(run.child.pid, "dumpcap"), signal);
          expect(await run.status()).toBe(1);
        });
        expect(run.said.stderr.match(ONE_LINE_OF_TROUBLE)).toHaveLength(1);
        expectKept(run, folder, PAIRS);
      });

      test("the interface is deleted", async () => {
        const folder = workingFolder();
        const ip = (...words: string[]) => execFileSync("ip", bed.commandOn("lb", "ip", ...words).slice(1));
        ip("link", "add", "gone0", "type", "veth", "peer", "name", "gone1");
        ip("link", "set", "gone0", "up");
        ip("link", "set", "gone1", "up");
        const run = await live(["-i", "gone0", "--write", "run.pcapng", "--json"], folder);
        ip("link", "del", "gone0");
        expect(await run.status()).toBe(1);
        const trouble = run.said.stderr.match(ONE_LINE_OF_TROUBLE);
        expect(trouble).toHaveLength(1);
        expect(trouble?.[0]).toMatch(/gone0/);
      });

      test("there is no such interface", async () => {
        const run = await live(["-i", "nope0"], workingFolder());
        expect(await run.status()).toBe(1);
        expect(run.said.stderr).toMatch(/^lbqos: nope0: no such interface; there are eth0[^\n]*\n$/);
      });

      test("there is no permission", async () => {
        // The built program lies in a folder of this user's own.
        const folder = dirname(dirname(MAIN));
        if (folder.includes(".cache")) chmodSync(folder, 0o755);
        const words = [MAIN, "live", "-i", "lo", "--engine", "tcpdump"];
        const child = spawn(process.execPath, words, { uid: 65534, gid: 65534, env: plainEnvironment() });
        let stderr = "";
        child.stderr.on("data", (chunk) => {
          stderr += chunk;
        });
        expect(await once(child, "close")).toEqual([1, null]);
        expect(stderr).toMatch(/^lbqos: lo: no permission to capture; [^\n]+\n$/);
      });

      test("the filter is none", async () => {
        const run = await live(["-i", "eth0", "--capture-filter", "tcp prot 80"], workingFolder());
        expect(await run.status()).toBe(1);
        expect(run.said.stderr).toMatch(/^lbqos: capture filter "tcp prot 80": [^\n]+\n$/);
      });
    });

    test("Ctrl-C before the first packet: a report of nothing, an empty recording, 0", async () => {
      const folder = workingFolder();
      const run = await live(
        ["-i", "eth0", "--capture-filter", "tcp port 1", "--write", "run.pcapng"],
        folder,
      );
      expect(await stopped(run)).toBe(0);
      expect(run.said.stderr).toMatch(/no TCP packet was seen on eth0 before it was stopped\n$/);
      expect(readdirSync(folder)).toContain("run.pcapng");
      expect(run.said.stdout).toMatch(/^0 packets, 0 HTTP requests/m);
    });
  });
});

/** The process of that name that another one has started. */
function childOf(parent: number | undefined, name: string): number {
  for (const pid of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const [, found, above] =
        /\((.*)\) \S+ (\d+)/s.exec(readFileSync(join("/proc", pid, "stat"), "utf8")) ?? [];
      if (found === name && Number(above) === parent) return Number(pid);
    } catch {
      // It has ended meanwhile.
    }
  }
  throw new Error(`no ${name} was started`);
}
