/** From arguments to what the lab is to do. */
import { describe, expect, test } from "vitest";
import { parseArguments } from "../../src/cli/parse-arguments.ts";
import { NO_FAULTS } from "../../src/lab/impairments.ts";
import { STUDY_SETTINGS } from "./study-settings.ts";

async function request(line: string): Promise<unknown> {
  const command = await parseArguments(["lab", ...line.split(" ")]);
  if (command.kind !== "lab") throw new Error(`asks for ${command.kind}`);
  return command.request;
}

test("lab run without options is the study", async () => {
  expect(await request("run -o study")).toMatchObject({
    kind: "run",
    place: { name: "study", folder: "/run/lbqos/study" },
    out: "study",
    report: true,
    dryRun: false,
    options: {
      methods: ["direct", "round-robin", "least-connection", "ip-hash"],
      runs: 10,
      settings: STUDY_SETTINGS,
    },
  });
});

test("impairments are of a backend or of all, and the later one counts", async () => {
  const parsed = await request(
    "up --loss-to 2 --loss-to fa=0.555 --limit-from fc=10M --delay-from fc=5 --loss-to fb=0",
  );
  expect(parsed).toMatchObject({
    options: {
      impairments: [
        { backend: "fa", direction: "to", lossPercent: 0.56, bitsPerSecond: null, delayMs: 0 },
        { backend: "fc", direction: "to", lossPercent: 2, bitsPerSecond: null, delayMs: 0 },
        { backend: "fc", direction: "from", lossPercent: 0, bitsPerSecond: 10_000_000, delayMs: 5 },
      ],
    },
  });
});

test("faults that need the program, and the hosts' own settings", async () => {
  const parsed = await request(
    "up --jitter-to 2 --reorder-from fa=1.5ms --bursts-to fb=0.5% --duplicates-from fc=3 --ipv6 --no-sack --offload --workers 4",
  );
  expect(parsed).toMatchObject({
    options: {
      hosts: { ipv6: true, timestamps: true, sack: false, offload: true },
      balancing: { workers: 4, backends: [{ address: "fd00::56:109" }, {}, {}] },
      impairments: [
        { ...NO_FAULTS, backend: "fa", direction: "to", jitterMs: 2 },
        { ...NO_FAULTS, backend: "fb", direction: "to", jitterMs: 2, burstPercent: 0.5 },
        { ...NO_FAULTS, backend: "fc", direction: "to", jitterMs: 2 },
        { ...NO_FAULTS, backend: "fa", direction: "from", reorderMs: 1.5 },
        { ...NO_FAULTS, backend: "fc", direction: "from", duplicatePercent: 3 },
      ],
    },
  });
  const settings = "run -o x --no-timestamps --generator python --connections 16 --body 1000 --ipv6";
  expect(await request(settings)).toMatchObject({
    options: {
      settings: { timestamps: false, sack: true, connections: 16, bodyBytes: 1000, ipv6: true, workers: 1 },
    },
  });
});

test("events are put in order", async () => {
  const parsed = await request(
    "run -o x --at 1:fb:fail=503 --at 0.5:fa:slow=0.05 --at 2:fb:normal --at 1.5:fc:freeze",
  );
  expect(parsed).toMatchObject({
    options: {
      settings: {
        events: [
          { atSeconds: 0.5, backend: "fa", change: { kind: "slow", seconds: 0.05 } },
          { atSeconds: 1, backend: "fb", change: { kind: "fail", status: 503 } },
          { atSeconds: 1.5, backend: "fc", change: { kind: "freeze" } },
          { atSeconds: 2, backend: "fb", change: { kind: "normal" } },
        ],
      },
    },
  });
});

test("methods stand in the reports' order", async () => {
  expect(await request("run -o x --methods ip-hash,direct")).toMatchObject({
    options: { methods: ["direct", "ip-hash"] },
  });
});

test("weights are nginx's", async () => {
  expect(await request("up --weight fb=3 --keepalive --method random-two")).toMatchObject({
    options: {
      balancing: {
        method: "random-two",
        keepAlive: true,
        backends: [{ weight: 1 }, { weight: 3 }, { weight: 1 }],
      },
    },
  });
});

test("a command's own options are left to it", async () => {
  expect(await request("exec fa ls --all -V")).toMatchObject({ host: "fa", command: ["ls", "--all", "-V"] });
  expect(await request("exec --name two lb -- nginx -t")).toMatchObject({
    place: { name: "two" },
    host: "lb",
    command: ["nginx", "-t"],
  });
});

test("down means one lab, the only one, or all", async () => {
  expect(await request("down --all")).toMatchObject({ place: "all" });
  expect(await request("down --quiet")).toMatchObject({ place: null, quiet: true });
  expect(await request("down --name two")).toMatchObject({ place: { name: "two" } });
});

describe("refused:", () => {
  test.each([
    ["run", "required option '-o, --out <folder>' not specified"],
    ["run -o x --methods rr", '--methods: "rr" is none of direct, round-robin'],
    ["run -o x --runs 0", '--runs: "0" is no whole number from 1 to 999'],
    ["run -o x --requests 5 --clients 6", "--requests: 5 are too few for 6 clients"],
    ["run -o x --uri slow", '--uri: "slow" is not a path'],
    ["run -o x --generator k6", "Allowed choices are httperf, wrk, ab, python"],
    ["run -o x --ipv6", "--ipv6: httperf speaks IPv4 only"],
    ["run -o x --body 5", "--body: only --generator python"],
    ["run -o x --workers 0", '--workers: "0" is no whole number from 1 to 64'],
    ["run -o x --bursts-to 51", '--bursts-to: "51" can\'t be understood'],
    ["run -o x --loss-to 101", '--loss-to: "101" can\'t be understood'],
    ["run -o x --loss-from fd=1", '--loss-from: "fd" is not a backend: there are fa, fb, fc'],
    ["run -o x --limit-to fast", '--limit-to: "fast" can\'t be understood'],
    ["run -o x --weight fa=0", '--weight: "fa=0" can\'t be understood'],
    ["run -o x --at 1:fa:explode", '--at: "1:fa:explode" is not an event'],
    ["run -o x --at 1:fa:fail=200", '--at: "1:fa:fail=200" is not an event'],
    ["run -o x --at fa:stop", '--at: "fa:stop" is not an event'],
    ["up --name Two", '"Two" is not a name for a lab'],
    ["down --name two --all", "cannot be used with"],
    ["upp", '"upp" is not a command of lab: there are check, up, run, status, exec, down'],
  ])("lab %s", async (line, message) => {
    await expect(request(line)).rejects.toMatchObject({
      status: 2,
      message: expect.stringContaining(message),
    });
  });
});

test("several rates are a grid, each once and ascending", async () => {
  expect(await request("run -o x --rate 1000,100,100 --order random --seed 9")).toMatchObject({
    options: { rates: [100, 1000], order: { kind: "random", seed: 9 }, settings: { requestsPerSecond: 100 } },
  });
  await expect(request("run -o x --rate 100,x")).rejects.toThrow("--rate");
  await expect(request("run -o x --rate 100,200 --generator ab")).rejects.toThrow(
    "as fast as it is answered",
  );
});
