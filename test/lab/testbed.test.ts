/** `lbqos run` with commands that stand in for machines: a saved capture plays what the balancer's recorder would write. */
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { formatManifest } from "../../src/experiment/manifest/format-manifest.ts";
import { parseManifest } from "../../src/experiment/manifest/parse-manifest.ts";
import { planTestbed } from "../../src/lab/testbed-plan.ts";
import { sayInEnglish } from "../../src/words/message.ts";
import { CAPTURES, lbqos, startLbqos } from "../cli/lbqos-command.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lbqos-testbed-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const CAPTURE = join(CAPTURES, "round-robin-1.pcapng.gz");
const BACKENDS = `
balancer: 192.168.56.103
backends:
  - { name: Flask A, address: 192.168.56.109 }
  - { name: Flask B, address: 192.168.56.113 }
  - { name: Flask C, address: 192.168.56.110 }
`;
const METHODS = `
methods:
  - name: direct
    captures:
      - { files: direct/a-*.pcapng.gz, backend: Flask A }
      - { files: direct/b-*.pcapng.gz, backend: Flask B }
    testbed: { prepare: ./no-balancer }
  - name: round-robin
    captures: round-robin/*.pcapng.gz
`;

test("each method at each level, with the level in the environment of its commands", () => {
  const grid = parseManifest(
    `${BACKENDS}
factors: [load]
methods:
  - name: round-robin
    captures:
      - { files: rr/100/*.pcapng, levels: { load: 100 } }
      - { files: rr/300/*.pcapng, levels: { load: 300 } }
testbed: { runs: 2, capture: "true", load: "true" }
`,
    "experiment.yaml",
  );
  const { missing, total } = planTestbed(grid, ["rr/300/run-1.pcapng"], null, "experiment.yaml");
  expect(total).toBe(4);
  const rows = missing.map(({ run, levels, place, variables, title }) => [
    run,
    levels?.["load"],
    variables["LBQOS_LOAD"],
    place.path,
    sayInEnglish(title),
  ]);
  expect(rows).toEqual([
    [1, "100", "100", "rr/100/1.pcapng", "round-robin (load 100), run 1"],
    [2, "100", "100", "rr/100/2.pcapng", "round-robin (load 100), run 2"],
    [2, "300", "300", "rr/300/run-2.pcapng", "round-robin (load 300), run 2"],
  ]);
});

test.each([
  ["[method]", "method", "LBQOS_METHOD"],
  ["[keys]", "keys", "LBQOS_KEYS"],
  ["[load a, load-a]", "load-a", "LBQOS_LOAD_A"],
])("a factor whose variable means something else is refused: %s", (factors, factor, variable) => {
  const names = factors.slice(1, -1).split(", ");
  const levels = Object.fromEntries(names.map((name) => [name, "1"]));
  const grid = parseManifest(
    `${BACKENDS}
factors: ${factors}
methods:
  - name: round-robin
    captures: [{ files: rr/*.pcapng, levels: ${JSON.stringify(levels)} }]
testbed: { runs: 2, capture: "true", load: "true" }
`,
    "e.yaml",
  );
  expect(() => planTestbed(grid, [], null, "e.yaml")).toThrow(
    `e.yaml: the level of the factor "${factor}" can't be told to commands: ${variable} is`,
  );
});

describe("the plan", () => {
  const manifest = parseManifest(
    `${BACKENDS}${METHODS}testbed: { runs: 2, prepare: ./switch, capture: { interface: eth0 }, load: ./load }`,
    "experiment.yaml",
  );
  const titles = (paths: readonly string[], runs: number | null = null) =>
    planTestbed(manifest, paths, runs, "experiment.yaml").missing.map(({ title }) => sayInEnglish(title));

  test("takes the methods in turn, direct ones backend by backend", () => {
    expect(titles([])).toEqual([
      "direct to Flask A, run 1",
      "direct to Flask B, run 1",
      "round-robin, run 1",
      "direct to Flask A, run 2",
      "direct to Flask B, run 2",
      "round-robin, run 2",
    ]);
  });

  test("leaves out what is there, and may be longer than the manifest says", () => {
    expect(titles(["direct/a-1.pcapng.gz", "round-robin/1.pcapng.gz"])).toEqual([
      "direct to Flask B, run 1",
      "direct to Flask A, run 2",
      "direct to Flask B, run 2",
      "round-robin, run 2",
    ]);
    expect(titles([], 3)).toHaveLength(9);
  });

  test("tells the commands whom to ask, and lets a method have its own", () => {
    const [direct, , balanced] = planTestbed(manifest, [], 1, "experiment.yaml").missing;
    expect(direct).toMatchObject({
      prepare: "./no-balancer",
      load: "./load",
      capture: { interface: "eth0", filter: "tcp" },
      variables: {
        LBQOS_METHOD: "direct",
        LBQOS_RUN: "1",
        LBQOS_BACKEND: "Flask A",
        LBQOS_ADDRESS: "192.168.56.109",
      },
    });
    expect(balanced).toMatchObject({
      prepare: "./switch",
      variables: { LBQOS_BACKEND: "", LBQOS_ADDRESS: "192.168.56.103" },
    });
  });

  test("stays the same when the manifest is written and read again", () => {
    expect(parseManifest(formatManifest(manifest), "again.yaml")).toEqual(manifest);
  });

  test.each([
    ["testbed: { load: x }", "testbed does not say what records direct"],
    ["testbed: { capture: { interface: eth0 } }", "testbed does not say what sends the requests of direct"],
    ["", "does not say how runs are made"],
    ["testbed: { capture: { interface: a, command: b } }", "must name either an interface or a command"],
    ["testbed: { capture: { command: a, filter: tcp } }", "must not have a filter beside a command"],
    ["testbed: { loda: x }", "testbed"],
  ])("says what is missing or wrong: %s", (testbed, message) => {
    const plan = () =>
      planTestbed(parseManifest(`${BACKENDS}${METHODS}${testbed}`, "e.yaml"), [], null, "e.yaml");
    expect(plan).toThrow(message);
  });
});

/** Writes a manifest whose commands note down when they run. */
function writeManifest(testbed: Readonly<Record<string, unknown>>, requests: number | null = 1000): string {
  const path = join(folder, "experiment.yaml");
  const load = requests === null ? "" : `load: { requests: ${requests} }\n`;
  const methods = "methods:\n  - { name: round-robin, captures: runs/*.pcapng.gz }\n";
  writeFileSync(path, `${BACKENDS}${load}${methods}testbed: ${JSON.stringify(testbed)}\n`);
  return path;
}

const NOTED = {
  runs: 2,
  settleSeconds: 0.1,
  prepare: "echo prepare $LBQOS_METHOD $LBQOS_RUN >> log",
  // Another capture for each run: the same one twice would count once.
  capture: `echo capture $LBQOS_RUN >> ${"$LOG"}; gunzip -c ${join(CAPTURES, "round-robin-")}$LBQOS_RUN.pcapng.gz; exec sleep 60`,
  load: "echo load $LBQOS_ADDRESS $LBQOS_RUN >> log; echo sent",
};

function noted(changes: Readonly<Record<string, unknown>> = {}) {
  return { ...NOTED, capture: NOTED.capture.replace("$LOG", join(folder, "log")), ...changes };
}

function log(): string[] {
  return readFileSync(join(folder, "log"), "utf8").trim().split("\n");
}

test("each run is prepared, recorded and loaded, in this order, and lies where compare finds it", () => {
  const path = writeManifest(noted());
  const outcome = lbqos(["run", path]);
  expect(outcome).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("2 runs (2 made now, 0 were there)"),
  });
  expect(log()).toEqual([
    "prepare round-robin 1",
    "capture 1",
    "load 192.168.56.103 1",
    "prepare round-robin 2",
    "capture 2",
    "load 192.168.56.103 2",
  ]);
  expect(readdirSync(join(folder, "runs")).sort()).toEqual([
    "1.pcapng.gz",
    "1.pcapng.gz.load.txt",
    "2.pcapng.gz",
    "2.pcapng.gz.load.txt",
  ]);
  expect(readFileSync(join(folder, "runs/1.pcapng.gz.load.txt"), "utf8")).toBe("sent\n");
  const compared = JSON.parse(lbqos(["compare", path, "--format", "json", "--no-cache"]).stdout);
  expect(compared.shares[0].rows).toMatchObject([
    { requests: [334, 333, 333] },
    { requests: [333, 334, 333] },
  ]);
  // All are there: nothing is done again.
  expect(lbqos(["run", path]).stdout).toContain("2 runs (0 made now, 2 were there)");
  expect(log()).toHaveLength(6);
});

test("--dry-run prints the plan and does nothing", () => {
  const path = writeManifest({ ...NOTED, capture: { interface: "eth0" }, runs: 1 });
  expect(lbqos(["run", path, "--dry-run"])).toEqual({
    status: 0,
    stderr: "",
    stdout: `## round-robin, run 1
LBQOS_METHOD='round-robin' LBQOS_RUN='1' LBQOS_BACKEND='' LBQOS_ADDRESS='192.168.56.103'
prepare: echo prepare $LBQOS_METHOD $LBQOS_RUN >> log
capture: on eth0, filter tcp, into runs/1.pcapng.gz
load:    echo load $LBQOS_ADDRESS $LBQOS_RUN >> log; echo sent
wait:    0.1 s, then the capture ends and is checked

1 run to be made, 0 there already
`,
  });
  expect(readdirSync(folder)).toEqual(["experiment.yaml"]);
});

describe("a run that fails", () => {
  const failing = (changes: Readonly<Record<string, unknown>>, requests: number | null = 1000) =>
    lbqos(["run", writeManifest(noted({ runs: 1, attempts: 2, ...changes }), requests)]);

  test.each([
    [
      "its preparation fails",
      { prepare: "echo no such host >&2; exit 255" },
      "prepare ended with status 255: no such host",
    ],
    ["its load fails", { load: "exit 3" }, "load ended with status 3"],
    ["its recorder ends at once", { capture: "echo permission denied >&2; exit 1" }, "permission denied"],
    [
      "its capture shows no requests",
      { capture: `gunzip -c ${CAPTURE} | head -c 300; exec sleep 60` },
      "shows no requests",
    ],
    [
      "its recorder ends in order, but too early",
      { capture: `gunzip -c ${CAPTURE}`, load: "sleep 2" },
      "the capture ended before the load did",
    ],
  ])("because %s is tried again, named, and leaves no capture", (_, changes, message) => {
    const { status, stderr } = failing(changes);
    expect(status).toBe(1);
    expect(stderr).toContain(`round-robin, run 1 failed 2 times`);
    expect(stderr).toContain(message);
    expect(existsSync(join(folder, "runs")) ? readdirSync(join(folder, "runs")) : []).toEqual([]);
  });

  test("because requests are missing from its capture", () => {
    expect(failing({}, 1001).stderr).toContain("the capture shows 1000 of 1001 requests");
  });

  test("the first time is made again", () => {
    const load = "test -e again || { touch again; exit 1; }";
    expect(failing({ load }).stdout).toContain("1 run (1 made now, 0 were there, 1 repeated)");
  });
});

test("Ctrl-C ends load and recorder, and keeps the runs that are whole", async () => {
  const path = writeManifest(noted({ load: "test $LBQOS_RUN = 1 || { touch waiting; exec sleep 77; }" }));
  const child = startLbqos(["run", path], folder);
  const ended = once(child, "exit");
  while (!existsSync(join(folder, "waiting"))) await sleep(20);
  child.kill("SIGINT");
  expect(await ended).toEqual([130, null]);
  expect(readdirSync(join(folder, "runs")).sort()).toEqual(["1.pcapng.gz", "1.pcapng.gz.load.txt"]);
});

test("keys that the load logs are kept beside the capture, and compare reads them unasked", () => {
  const fixture = fileURLToPath(new URL("../../fixtures/protocols/http2-tls", import.meta.url));
  const capture = join(folder, "played.pcapng");
  writeFileSync(capture, gunzipSync(readFileSync(`${fixture}.pcapng.gz`)));
  const path = writeManifest(
    {
      runs: 1,
      settleSeconds: 0.1,
      // TLS on both sides: without keys the capture shows no request, and the run fails. They come before the handshakes.
      capture: `head -c 100 ${capture}; sleep 0.7; tail -c +101 ${capture}; exec sleep 60`,
      load: `cp ${fixture}.keys "$SSLKEYLOGFILE"; [ "$SSLKEYLOGFILE" = "$LBQOS_KEYS" ] && sleep 1.5`,
      attempts: 1,
    },
    60,
  );
  expect(lbqos(["run", path])).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("1 run (1 made now"),
  });
  const [run] = readdirSync(join(folder, "runs")).filter((name) => name.endsWith(".pcapng.gz"));
  const kept = join(folder, "runs", (run ?? "").replace(".pcapng.gz", ".keys"));
  expect(readFileSync(kept, "utf8")).toBe(readFileSync(`${fixture}.keys`, "utf8"));
  const compared = lbqos(["compare", path, "--format", "json", "--no-cache"]);
  expect(JSON.parse(compared.stdout).shares[0].rows[0].requests).toEqual([20, 20, 20]);
});
