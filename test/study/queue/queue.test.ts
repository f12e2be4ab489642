/** compare --queue with a real Redis and real workers: the same bytes as without, whatever dies. */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CAPTURES, lbqos, type Outcome } from "../../cli/lbqos-command.ts";
import { needs } from "../../real-part.ts";
import { startFrailWay } from "./frail-way.ts";
import { freePort, type RedisServer, startRedis } from "./redis-server.ts";
import { lbqosLater, Workers } from "./workers.ts";

/** More of them by hand: LBQOS_QUEUE_CAPTURES=40 LBQOS_QUEUE_ROUNDS=10. */
const RUNS = Number(process.env["LBQOS_QUEUE_CAPTURES"] ?? 8);
const ROUNDS = Number(process.env["LBQOS_QUEUE_ROUNDS"] ?? 1);

/** Of workers that are killed: still long enough for one that waits for a busy processor. */
const QUICKLY_STALLED = { LBQOS_QUEUE_STALLED_SECONDS: "3" };

/** A study whose runs are copies of two captures; `poison` names one that can't be read. */
function makeStudy(folder: string, runs: number, poison?: string): void {
  mkdirSync(folder);
  const backends = [
    "{ name: A, address: 192.168.56.109, port: 80, weight: 2 }",
    "{ name: B, address: 192.168.56.113 }",
  ];
  const manifest = ["balancer: 192.168.56.103", `backends: [${backends.join(", ")}]`, "methods:"];
  for (const method of ["round-robin", "least-connection"]) {
    manifest.push(`  - { name: ${method}, captures: "${method}/*.pcapng.gz" }`);
    mkdirSync(join(folder, method));
    for (let run = 1; run <= runs / 2; run++) {
      const name = `${method}/${String(run).padStart(2, "0")}.pcapng.gz`;
      if (name === poison) writeFileSync(join(folder, name), "no capture");
      else copyFileSync(join(CAPTURES, `${method}-${1 + (run % 2)}.pcapng.gz`), join(folder, name));
    }
  }
  writeFileSync(join(folder, "experiment.yaml"), `${manifest.join("\n")}\n`);
}

needs("redis-server")("compare --queue", () => {
  let folder = "";
  let redis: RedisServer;
  let workers: Workers;
  const compare = ["compare", "study", "--format", "json", "--no-cache", "--quiet"];
  /** What the comparison prints without a queue. */
  let local: Outcome;
  const onQueue = () => [...compare, "--queue", redis.url];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "lbqos-queue-"));
    makeStudy(join(folder, "study"), RUNS);
    local = lbqos(compare, { cwd: folder });
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeEach(async () => {
    const files = mkdtempSync(join(folder, "redis-"));
    redis = await startRedis(files);
    workers = new Workers(redis.url, folder);
  });
  afterEach(async () => {
    await workers.stop();
    await redis.stop();
  });

  test("prints what compare prints without, and asks nobody a second time", { timeout: 60_000 }, async () => {
    await workers.start();
    const first = await lbqosLater(onQueue(), { cwd: folder });
    expect(first).toEqual(local);
    await workers.stop();
    expect(await lbqosLater(onQueue(), { cwd: folder })).toEqual(local);
  });

  test("loses nothing when workers are killed, Redis is restarted and one capture is poison", {
    timeout: ROUNDS * 300_000,
  }, async () => {
    const poison = "least-connection/03.pcapng.gz";
    rmSync(join(folder, "left-out"), { recursive: true, force: true });
    makeStudy(join(folder, "left-out"), RUNS, poison);
    rmSync(join(folder, "poisoned"), { recursive: true, force: true });
    makeStudy(join(folder, "poisoned"), RUNS);
    // So large that no worker is done with it before it is seen and killed: sections of pcapng follow each other.
    const long = readFileSync(join(CAPTURES, "least-connection-2.pcapng.gz"));
    writeFileSync(join(folder, "poisoned", poison), Buffer.concat(new Array(20).fill(long)));
    const leftOut = lbqos(["compare", "left-out", ...compare.slice(2)], { cwd: folder });
    for (let round = 0; round < ROUNDS; round++) {
      const client = new Redis(redis.port, { maxRetriesPerRequest: null });
      client.on("error", () => undefined);
      await client.flushall();
      await Promise.all([workers.start(QUICKLY_STALLED), workers.start(QUICKLY_STALLED)]);
      const onPoisoned = ["compare", "poisoned", ...onQueue().slice(2)];
      const comparison = lbqosLater(onPoisoned, { cwd: folder });
      let isOver = false;
      void comparison.finally(() => {
        isOver = true;
      });
      let kills = 0;
      let isRestarted = false;
      for (let tick = 0; !isOver; tick++) {
        await pause(50);
        const at = await pidOfWorkerAt(client, poison);
        if (at !== null) workers.kill(at);
        else if (!isRestarted && (await client.zcard("bull:lbqos:completed")) > 0) {
          // Now no worker has the poison, and it is away for less time than one would need for it, unseen.
          isRestarted = true;
          await redis.restart(300);
        } else if (tick % 60 === 30 && kills < 4 && ++kills > 0) workers.kill();
      }
      expect(isRestarted).toBe(true);
      const outcome = await comparison;
      expect(outcome).toMatchObject({ status: 1, stderr: expect.stringContaining("left out") });
      expect(outcome.stderr).toMatch(
        /^lbqos: left out, because it can't be read: least-connection run 3: \d+ workers died or hung over it, and it is not tried again\n$/,
      );
      expect(withoutWarning(outcome.stdout)).toBe(withoutWarning(leftOut.stdout));
      client.disconnect();
      await workers.stop();
      workers = new Workers(redis.url, folder);
    }
  });

  test("goes on where connections break, whatever was being said", { timeout: 60_000 }, async () => {
    const way = await startFrailWay(redis.port);
    const url = `redis://127.0.0.1:${way.port}`;
    const ownWorkers = new Workers(url, folder);
    const client = new Redis(redis.port);
    try {
      await ownWorkers.start();
      const comparison = lbqosLater([...compare, "--queue", url], { cwd: folder });
      // Not while the comparison only begins, which is another case.
      while ((await client.exists("bull:lbqos:id", "bull:lbqos:active", "bull:lbqos:completed")) === 0)
        await pause(2);
      way.breakAll();
      const { stderr, ...outcome } = await comparison;
      expect({ ...outcome, stderr: "" }).toEqual(local);
      // Its worker may have been away for long.
      expect(stderr).toMatch(/^(lbqos: no worker is connected .*\n)?$/);
    } finally {
      client.disconnect();
      await ownWorkers.stop();
      await way.stop();
    }
  });

  test("asks again what is said to be done without a result that is there", { timeout: 60_000 }, async () => {
    await workers.start();
    await lbqosLater(onQueue(), { cwd: folder });
    const client = new Redis(redis.port);
    const lost = ['{"kind":"stored"}', '{"kind":"inline","deflated":"AAAA"}', "null"];
    const done = await client.zrange("bull:lbqos:completed", "0", "-1");
    expect(done.length).toBeGreaterThanOrEqual(lost.length);
    for (const [index, id] of done.entries())
      await client.hset(`bull:lbqos:${id}`, { returnvalue: lost[index % lost.length] ?? "" });
    client.disconnect();
    expect(await lbqosLater(onQueue(), { cwd: folder })).toEqual(local);
  });

  test("a worker that can do none of many jobs keeps its connections", { timeout: 60_000 }, async () => {
    const lacking = new Workers(redis.url, mkdtempSync(join(folder, "empty-")));
    try {
      await lacking.start();
      const client = new Redis(redis.port);
      const connections = async () =>
        Number(/total_connections_received:(\d+)/.exec(await client.info("stats"))?.[1]);
      const before = await connections();
      const { status } = await lbqosLater(onQueue(), { cwd: folder });
      expect(status).toBe(1);
      // Those of the comparison, and one more of the worker.
      expect((await connections()) - before).toBeLessThan(RUNS);
      client.disconnect();
    } finally {
      await lacking.stop();
    }
  });

  describe("says in one line", () => {
    const refused = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
      lbqosLater([...compare, ...args], { cwd: folder, env });

    test("that the URL is wrong, without its password", async () => {
      const { status, stderr } = await refused(["--queue", "http://user:secret@localhost"]);
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr:
          'lbqos: --queue: "http://…@localhost" is not redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE], or rediss:// for TLS\n',
      });
    });

    test("that Redis is down, or is no Redis with TLS", async () => {
      const port = await freePort();
      expect(await refused(["--queue", `redis://127.0.0.1:${port}`])).toEqual({
        status: 1,
        stdout: "",
        stderr: `lbqos: the queue at 127.0.0.1:${port} can't be used: nobody listens there; start redis-server, or correct the address\n`,
      });
      expect((await refused(["--queue", `rediss://127.0.0.1:${redis.port}`])).stderr).toMatch(
        /^lbqos: the queue at \S+ can't be used: .*\n$/,
      );
    });

    test("that the password is wrong or missing; the right one is taken from the environment", {
      timeout: 60_000,
    }, async () => {
      const locked = await startRedis(mkdtempSync(join(folder, "redis-")), "--requirepass", "right");
      const own = new Workers(locked.url, folder);
      try {
        const wrong = `lbqos: the queue at 127.0.0.1:${locked.port} can't be used: user or password is wrong, or missing: give it in the URL or in LBQOS_QUEUE_PASSWORD\n`;
        expect((await refused(["--queue", locked.url])).stderr).toBe(wrong);
        expect((await refused(["--queue", locked.url.replace("//", "//:wrong@")])).stderr).toBe(wrong);
        await own.start({ LBQOS_QUEUE_PASSWORD: "right" });
        const { status, stderr } = await refused(["--queue", locked.url], { LBQOS_QUEUE_PASSWORD: "right" });
        expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      } finally {
        await own.stop();
        await locked.stop();
      }
    });

    test("that a worker lacks the captures; another one does them", { timeout: 60_000 }, async () => {
      const empty = mkdtempSync(join(folder, "empty-"));
      const lacking = new Workers(redis.url, empty);
      try {
        await lacking.start();
        const alone = await lbqosLater(onQueue(), { cwd: folder });
        expect(alone.status).toBe(1);
        expect(alone.stderr).toMatch(
          /^lbqos: study: there is nothing to compare: .*no worker can analyze it \(worker \S+: round-robin\/01\.pcapng\.gz is not below its --root\)\n$/,
        );
        await workers.start();
        expect(await lbqosLater(onQueue(), { cwd: folder })).toEqual(local);
        expect(lacking.said).toMatch(
          /left to other workers: round-robin\/01\.pcapng\.gz: .* is not below its --root\n/,
        );
      } finally {
        await lacking.stop();
      }
    });

    test("that the experiment lies outside of the root", async () => {
      await workers.start();
      const { status, stderr } = await refused(["--queue", redis.url, "--root", "study/round-robin"]);
      expect(status).not.toBe(0);
      expect(stderr).toMatch(/is not below .*study\/round-robin: give --root/);
    });
  });

  test("gives up when Redis stays away, keeps what was done, and goes on from there", {
    timeout: 200_000,
  }, async () => {
    makeStudy(join(folder, "long"), 16);
    const long = ["compare", "long", ...compare.slice(2)];
    const cached = [...long, "--queue", redis.url].filter((one) => one !== "--no-cache");
    const env = { XDG_CACHE_HOME: join(folder, "cache"), LBQOS_QUEUE_PATIENCE_SECONDS: "3" };
    await workers.start();
    const going = lbqosLater(cached, { cwd: folder, env });
    const client = new Redis(redis.port);
    client.on("error", () => undefined);
    while ((await client.zcard("bull:lbqos:completed")) < 2) await pause(20);
    client.disconnect();
    await workers.stop();
    await redis.stop();
    const { status, stderr } = await going;
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `lbqos: the queue at 127.0.0.1:${redis.port} has been away for 3 s: what was done is kept, and the same command goes on from there\n`,
    });
    await redis.restart(0);
    workers = new Workers(redis.url, folder);
    await workers.start();
    const { stdout } = await lbqosLater(cached, { cwd: folder, env });
    expect(stdout).toBe(lbqos(long, { cwd: folder }).stdout);
  });

  test("opens nothing but captures below the root, and takes no job that is not one of lbqos", {
    timeout: 60_000,
  }, async () => {
    const root = mkdtempSync(join(folder, "root-"));
    symlinkSync("/etc/passwd", join(root, "passwd.pcap"));
    const own = new Workers(redis.url, root);
    await own.start();
    const { Queue } = await import("bullmq");
    const queue = new Queue("lbqos", { connection: { port: redis.port } });
    try {
      const { programFingerprint } = await import("../../../src/study/cache/program-fingerprint.ts");
      const job = { program: programFingerprint(), version: "0", contentHash: "0", folder: "", options: {} };
      await queue.add("capture", { ...job, files: ["x.pcap"], command: "touch /tmp/x" });
      await queue.add("capture", { run: "rm" });
      await queue.add("capture", { ...job, files: ["x.pcap"], options: { exec: "id" } });
      while ((await queue.getFailedCount()) < 3) await pause(50);
      // The sources have another fingerprint than what was built: each is refused before it is looked at.
      expect(own.said).toMatch(/refused: job \S+ is not one of lbqos/);
      expect(own.said).toMatch(/left to other workers: x\.pcap: it is (another build|lbqos)/);
    } finally {
      await queue.close();
      await own.stop();
    }
  });
});

/** The process that has a capture under way, if any. */
async function pidOfWorkerAt(client: Redis, capture: string): Promise<number | null> {
  for (const id of await client.lrange("bull:lbqos:active", 0, -1)) {
    const [data, worker] = await client.hmget(`bull:lbqos:${id}`, "data", "pb");
    const [, pid] = /-(\d+)-[^-]*$/.exec(worker ?? "") ?? [];
    if (data?.includes(`"${capture}"`) && pid !== undefined) return Number(pid);
  }
  return null;
}

/** A comparison without what it says of the capture that was left out. */
function withoutWarning(json: string): string {
  const lines = json.split("\n");
  return lines.filter((line) => !/least-connection run 3: /.test(line)).join("\n");
}
