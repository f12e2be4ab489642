/** Labs on this machine, as root: they work, they are apart from everything, and nothing of them stays. */
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { LABS_FOLDER, NAMESPACES_FOLDER } from "../../src/lab/lab-place.ts";
import { lbqos, ROOT, startLbqos } from "../cli/lbqos-command.ts";
import { LAB_PROGRAMS, needs, needsRoot } from "../real-part.ts";
import { ownInterfaces, tracesOf } from "./machine-state.ts";

const NAME = `t${process.pid}`;
const OTHER = `u${process.pid}`;
const LONG_MS = 180_000;

const folder = mkdtempSync(join(tmpdir(), "lbqos-lab-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function up(name: string, ...options: string[]) {
  return lbqos(["lab", "up", "--name", name, ...options]);
}

function down(name: string) {
  return lbqos(["lab", "down", "--name", name]);
}

function exec(name: string, host: string, ...command: string[]) {
  return lbqos(["lab", "exec", "--name", name, host, ...command]);
}

/** What a lab has written down, `removed` where it is gone. */
function journalOf(name: string): string {
  try {
    return readFileSync(join(LABS_FOLDER, name, "journal.jsonl"), "utf8");
  } catch {
    return 'removed: "what":"lab down"';
  }
}

/** A study of two methods, two runs each, 50 requests each. */
function tinyStudy(out: string, ...options: string[]): string[] {
  return [
    ...["lab", "run", "--name", NAME, "-o", out, "--methods", "round-robin,ip-hash", "--runs", "2"],
    ...["--requests", "50", "--rate", "500", "--no-report", ...options],
  ];
}

needs(
  ...LAB_PROGRAMS,
  "httperf",
  "ethtool",
  "nft",
  "curl",
)("a lab", () => {
  needsRoot("on this machine", () => {
    afterAll(() => {
      for (const name of [NAME, OTHER]) down(name);
    });

    test("serves, is apart from the network, and leaves nothing", { timeout: LONG_MS }, () => {
      const interfaces = ownInterfaces();
      expect(up(NAME, "--clients", "2", "--method", "least-connection")).toMatchObject({
        status: 0,
        stderr: "",
      });
      try {
        for (const client of ["client", "client2"]) {
          const answer = exec(NAME, client, "curl", "-s", "--max-time", "20", "http://192.168.56.103/");
          expect(answer).toMatchObject({
            status: 0,
            stdout: expect.stringMatching(/^Hello from Flask [ABC]\n$/),
          });
        }
        expect(ownInterfaces()).toEqual(interfaces);
        for (const host of ["client", "client2", "lb", "fa", "fb", "fc", "sw"]) {
          for (const family of ["-4", "-6"]) {
            const routes = exec(NAME, host, "ip", family, "route").stdout.split("\n");
            expect(routes.filter((line) => /^default| via /.test(line))).toEqual([]);
          }
          // Every cable ends in another of the lab's hosts, and no interface is of another kind.
          const links = exec(NAME, host, "ip", "-o", "link").stdout.trim().split("\n");
          const names = links.map((line) => line.split(/[:@ ]+/)[1] ?? line);
          expect(names.filter((name) => !/^(lo|eth0|br0|v-\w+)$/.test(name))).toEqual([]);
        }
        // A test network (RFC 5737): curl's status 7 is that there is no way to it.
        const outside = exec(NAME, "client", "curl", "-s", "--max-time", "20", "http://203.0.113.1/");
        expect(outside.status).toBe(7);
        expect(lbqos(["lab", "status"]).stdout).toContain(`Lab "${NAME}": up · least-connection`);
      } finally {
        expect(down(NAME)).toMatchObject({ status: 0, stdout: `Removed lab "${NAME}".\n` });
      }
      expect(tracesOf(NAME)).toEqual([]);
      expect(ownInterfaces()).toEqual(interfaces);
      expect(down(NAME)).toMatchObject({ status: 0, stdout: "There is no lab.\n" });
    });

    test("passes on a command's status and options", { timeout: LONG_MS }, () => {
      expect(up(NAME, "--quiet")).toMatchObject({ status: 0, stdout: "", stderr: "" });
      try {
        expect(exec(NAME, "Flask A", "sh", "-c", "exit 7").status).toBe(7);
        expect(exec(NAME, "lb", "nginx", "-V").stderr).toContain("nginx version");
        expect(exec(NAME, "nowhere", "true")).toMatchObject({
          status: 2,
          stderr: 'lbqos: "nowhere" is not a host of the lab: there are sw, client, lb, fa, fb, fc\n',
        });
        expect(up(NAME)).toMatchObject({
          status: 1,
          stderr: expect.stringContaining(`there is a lab "${NAME}"`),
        });
        for (const [uri, answer] of [
          ["/slow?s=0", "slow\n"],
          ["/large?n=5", "xxxxx"],
          ["/chunked?n=2", "chunk 0\nchunk 1\n"],
          ["/fail?status=503", "failed on purpose\n"],
        ]) {
          expect(exec(NAME, "client", "curl", "-s", `http://192.168.56.109${uri}`).stdout).toBe(answer);
        }
        const echoed = exec(NAME, "client", "curl", "-s", "-d", "to and fro", "http://192.168.56.110/echo");
        expect(echoed.stdout).toBe("to and fro");
      } finally {
        down(NAME);
      }
      expect(tracesOf(NAME)).toEqual([]);
    });

    test("does not mind another one", { timeout: LONG_MS }, () => {
      try {
        expect(up(NAME).status).toBe(0);
        expect(up(OTHER, "--weight", "fb=3").status).toBe(0);
        const ask = (name: string) => exec(name, "client", "curl", "-s", "http://192.168.56.103/").status;
        expect([ask(NAME), ask(OTHER)]).toEqual([0, 0]);
        expect(down(NAME).status).toBe(0);
        expect(tracesOf(NAME)).toEqual([]);
        expect(ask(OTHER)).toBe(0);
      } finally {
        down(NAME);
        down(OTHER);
      }
      expect(tracesOf(OTHER)).toEqual([]);
    });

    /** Kills lbqos after so many ms, and takes down what it left. */
    async function killAndTakeDown(args: readonly string[], afterMs: number): Promise<string[]> {
      const child = startLbqos(args, ROOT);
      const ended = once(child, "exit");
      await sleep(afterMs);
      child.kill("SIGKILL");
      await ended;
      const before = tracesOf(NAME);
      expect(down(NAME)).toMatchObject({ status: 0, stderr: "" });
      expect(tracesOf(NAME)).toEqual([]);
      return before;
    }

    test("that is killed while it is built is cleaned up", { timeout: LONG_MS }, async () => {
      const left: string[][] = [];
      for (const afterMs of [200, 400, 700, 1100, 1700]) {
        left.push(await killAndTakeDown(["lab", "up", "--name", NAME], afterMs));
      }
      // Some of them must have got somewhere, or nothing was tested.
      expect(left.flat().filter((trace) => trace.startsWith("namespace")).length).toBeGreaterThan(0);
    });

    test("that is killed while it runs a study is cleaned up", { timeout: LONG_MS }, async () => {
      const out = join(folder, "killed");
      const left: string[][] = [];
      for (const afterMs of [2500, 4000, 5500]) {
        left.push(await killAndTakeDown(tinyStudy(out, "--runs", "20"), afterMs));
        expect(existsSync(join(out, ".unfinished"))).toBe(false);
      }
      expect(left.flat().filter((trace) => trace.startsWith("process")).length).toBeGreaterThan(0);
    });

    test("whose removal is killed is removed by the next", { timeout: LONG_MS }, async () => {
      const mounted = existsSync(NAMESPACES_FOLDER);
      const left: string[][] = [];
      for (const afterMs of [0, 20, 50, 100, 200, 350]) {
        expect(up(NAME).status).toBe(0);
        const child = startLbqos(["lab", "down", "--name", NAME], ROOT);
        const ended = once(child, "exit");
        // From here on it takes things back.
        while (!journalOf(NAME).includes('"what":"lab down"')) await sleep(2);
        await sleep(afterMs);
        child.kill("SIGKILL");
        await ended;
        left.push(tracesOf(NAME));
        expect(down(NAME)).toMatchObject({ status: 0, stderr: "" });
        expect(tracesOf(NAME), `${afterMs} ms`).toEqual([]);
        const others = existsSync(LABS_FOLDER) ? readdirSync(LABS_FOLDER) : [];
        if (others.every((name) => name.startsWith("."))) {
          expect(existsSync(LABS_FOLDER)).toBe(false);
          expect(existsSync(NAMESPACES_FOLDER)).toBe(mounted);
        }
      }
      // Each had something left to remove, but not everything.
      expect(left.filter((traces) => traces.length > 0).length).toBeGreaterThan(2);
    });

    test("takes itself down on Ctrl-C, and keeps the runs that are whole", { timeout: LONG_MS }, async () => {
      const out = join(folder, "interrupted");
      const child = startLbqos(tinyStudy(out, "--runs", "30"), ROOT);
      const ended = once(child, "exit");
      while (!existsSync(join(out, "round-robin/02/run.json"))) await sleep(50);
      child.kill("SIGINT");
      expect(await ended).toEqual([130, null]);
      expect(tracesOf(NAME)).toEqual([]);
      expect(existsSync(join(out, ".unfinished"))).toBe(false);
      expect(existsSync(join(out, "ip-hash/01/ip-hash-01.pcapng.gz"))).toBe(true);
    });

    test("runs a study that compare reads, and goes on where it ended", { timeout: LONG_MS }, () => {
      const out = join(folder, "tiny");
      expect(lbqos(tinyStudy(out))).toMatchObject({
        status: 0,
        stdout: expect.stringContaining("4 runs in"),
      });
      expect(tracesOf(NAME)).toEqual([]);
      const run = JSON.parse(readFileSync(join(out, "round-robin/01/run.json"), "utf8"));
      expect(run).toMatchObject({ recorderDrops: 0, requestsSeen: 50, load: { requests: 50, replies: 50 } });
      const log = readFileSync(join(out, "round-robin/01/nginx.jsonl"), "utf8").trim().split("\n");
      expect(log.map((line) => JSON.parse(line).status)).toEqual(Array.from({ length: 50 }, () => "200"));

      const compared = lbqos(["compare", out, "--format", "json", "--no-cache"]);
      expect(compared).toMatchObject({ status: 0 });
      const { shares } = JSON.parse(compared.stdout);
      const requests = (method: string) =>
        shares
          .find((share: { method: string }) => share.method === method)
          .rows.map((row: { requests: number[] }) => row.requests.toSorted((a, b) => a - b));
      // Round-robin deals 50 out as evenly as can be; with one client, ip-hash keeps to one backend.
      expect(requests("round-robin")).toEqual([
        [16, 17, 17],
        [16, 17, 17],
      ]);
      expect(requests("ip-hash")).toEqual([
        [0, 0, 50],
        [0, 0, 50],
      ]);

      const kept = readFileSync(join(out, "round-robin/02/round-robin-02.pcapng.gz"));
      rmSync(join(out, "round-robin/01"), { recursive: true });
      expect(lbqos(tinyStudy(out)).stdout).toContain("(1 made now, 3 were there)");
      expect(readFileSync(join(out, "round-robin/02/round-robin-02.pcapng.gz")).equals(kept)).toBe(true);
      expect(readdirSync(out).sort()).toEqual(["experiment.yaml", "ip-hash", "lab.json", "round-robin"]);

      expect(lbqos(tinyStudy(out, "--requests", "60"))).toMatchObject({
        status: 2,
        stderr: expect.stringContaining("other settings (requests was 50, now 60)"),
      });
      const foreign = join(folder, "foreign");
      cpSync(join(out, "ip-hash"), foreign, { recursive: true });
      expect(lbqos(tinyStudy(foreign)).stderr).toContain("is not empty, and holds no study");
    });

    test("does to the servers what it is told, when it is told", { timeout: LONG_MS }, () => {
      const out = join(folder, "events");
      const at = [
        "--at",
        "0.4:fb:fail=503",
        "--at",
        "0.8:fb:normal",
        "--at",
        "1:fc:stop",
        "--at",
        "1.2:fc:start",
      ];
      const options = ["--methods", "round-robin", "--requests", "300", "--rate", "200", ...at];
      expect(lbqos(tinyStudy(out, ...options))).toMatchObject({ status: 0 });
      for (const run of ["01", "02"]) {
        const read = (file: string) => readFileSync(join(out, "round-robin", run, file), "utf8");
        const { startedAtUnixMs, events } = JSON.parse(read("run.json"));
        expect(events.map(({ what }: { what: string }) => what)).toEqual([
          "at 0.4 s: fb fail=503",
          "at 0.8 s: fb normal",
          "at 1 s: fc stop",
          "at 1.2 s: fc start",
        ]);
        const [failing, normal] = events.map((event: { atUnixMs: number }) => event.atUnixMs);
        expect(failing - startedAtUnixMs).toBeGreaterThanOrEqual(400);
        const failed = read("nginx.jsonl")
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line))
          .filter(({ status }) => status === "503");
        expect(failed.length).toBeGreaterThan(0);
        expect(failed.filter(({ upstreamAddress }) => upstreamAddress !== "192.168.56.113:80")).toEqual([]);
        // nginx's clock is behind by a millisecond at most, and the last answers may take a while.
        const times = failed.map(({ msec }) => Number(msec) * 1000);
        expect(Math.min(...times)).toBeGreaterThan(failing - 100);
        expect(Math.max(...times)).toBeLessThan(normal + 5_000);
      }
    });

    test("loses what the switch's counters and both taps say, and lbqos finds it", {
      timeout: LONG_MS,
    }, () => {
      const out = join(folder, "lossy");
      const options = ["--methods", "round-robin", "--runs", "1", "--requests", "300"];
      const lossy = lbqos(tinyStudy(out, ...options, "--loss-to", "3", "--loss-from", "fb=4"));
      expect(lossy).toMatchObject({ status: 0 });
      const run = join(out, "round-robin/01");
      const truth = JSON.parse(readFileSync(join(run, "truth.json"), "utf8"));
      const { droppedBySwitch } = JSON.parse(readFileSync(join(run, "run.json"), "utf8"));
      const lost = (backend: string) => [truth[backend].to_backend.lost, truth[backend].from_backend.lost];
      expect({
        "to-fa": lost("fa")[0],
        "to-fb": lost("fb")[0],
        "to-fc": lost("fc")[0],
        "from-fb": lost("fb")[1],
      }).toEqual(droppedBySwitch);
      expect([lost("fa")[1], lost("fc")[1]]).toEqual([0, 0]);
      const all = Object.values<number>(droppedBySwitch).reduce((sum, one) => sum + one, 0);
      expect(all).toBeGreaterThan(20);

      const analyzed = lbqos([
        ...["analyze", join(run, "round-robin-01.pcapng.gz"), "--json", "--balancer", "192.168.56.103"],
        ...[
          "--backend",
          "fa=192.168.56.109",
          "--backend",
          "fb=192.168.56.113",
          "--backend",
          "fc=192.168.56.110",
        ],
      ]);
      for (const { name, transport } of JSON.parse(analyzed.stdout).pairs) {
        for (const [ours, theirs] of [
          [transport.toBackend, truth[name].to_backend],
          [transport.fromBackend, truth[name].from_backend],
        ]) {
          const found = ours.lostBeyondTap + ours.lostBeforeTap;
          // A lost repeat of what was lost looks like a lost acknowledgement, a lost SYN like its lost SYN/ACK.
          expect(
            Math.abs(found - theirs.lost_seq),
            `${name}: ${found} of ${theirs.lost_seq}`,
          ).toBeLessThanOrEqual(2);
        }
      }
    });
  });
});
