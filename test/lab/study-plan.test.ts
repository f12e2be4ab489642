/** A study's runs, their order and places, and the manifest that finds them again. */
import { describe, expect, test } from "vitest";
import { formatManifest } from "../../src/experiment/manifest/format-manifest.ts";
import { parseManifest } from "../../src/experiment/manifest/parse-manifest.ts";
import { planRuns } from "../../src/experiment/manifest/plan-runs.ts";
import type { BalancerName } from "../../src/lab/balancing-plan.ts";
import { NO_FAULTS } from "../../src/lab/impairments.ts";
import { labPlace } from "../../src/lab/lab-place.ts";
import { expectedSeconds, loads, planRun } from "../../src/lab/plan-run.ts";
import { runProblem } from "../../src/lab/run-check.ts";
import { studyManifest } from "../../src/lab/study-manifest.ts";
import { planStudy, settingsOf, studyMethods } from "../../src/lab/study-plan.ts";
import { sayInEnglish } from "../../src/words/message.ts";
import { STUDY_SETTINGS } from "./study-settings.ts";

test("methods take turns", () => {
  expect(
    planStudy({ methods: ["direct", "round-robin", "ip-hash"], runs: 2 }).map(({ folder }) => folder),
  ).toEqual([
    "direct/flask-a/01",
    "direct/flask-b/01",
    "direct/flask-c/01",
    "round-robin/01",
    "ip-hash/01",
    "direct/flask-a/02",
    "direct/flask-b/02",
    "direct/flask-c/02",
    "round-robin/02",
    "ip-hash/02",
  ]);
});

test("the manifest finds every run under its own number, and nothing else", () => {
  const options = { methods: studyMethods, runs: 12, settings: STUDY_SETTINGS };
  const manifest = parseManifest(formatManifest(studyManifest(options, "en")), "experiment.yaml");
  const runs = planStudy(options);
  const files = runs.flatMap(({ folder, capture }) => [
    `${folder}/${capture}`,
    `${folder}/run.json`,
    `${folder}/httperf.txt`,
  ]);
  const planned = planRuns(manifest, [...files, ".unfinished/round-robin-01.pcapng.gz"]);
  expect(planned.warnings).toEqual([]);
  const expected = runs.map(({ method, backend, run, folder, capture }) => ({
    method,
    run,
    files: [`${folder}/${capture}`],
    source: method === "direct" ? "192.168.56.1" : "192.168.56.103",
    backends: backend?.title ?? "all",
    generator: `${folder}/httperf.txt`,
    keys: [],
    taps: [],
  }));
  const found = planned.runs.map(({ backends, ...run }) => ({
    ...run,
    backends: backends.length === 1 ? backends[0]?.name : "all",
  }));
  const byFile = (a: { files: readonly string[] }, b: { files: readonly string[] }) =>
    String(a.files[0]).localeCompare(String(b.files[0]));
  expect(found.sort(byFile)).toEqual(expected.sort(byFile));
});

describe("the manifest says", () => {
  const notes = (clients: number) =>
    studyManifest(
      {
        methods: ["round-robin", "ip-hash"],
        runs: 1,
        settings: { ...STUDY_SETTINGS, clients, weights: [3, 1, 1] },
      },
      "en",
    );

  test("why ip-hash serves one backend only", () => {
    expect(notes(1).notes).toContain("ip-hash serves every request from one backend");
    expect(notes(5).notes).toContain("each in a network of its own");
  });

  test("weights, and what was asked for", () => {
    expect(notes(1)).toMatchObject({
      backends: [{ name: "Flask A", weight: 3 }, { name: "Flask B" }, { name: "Flask C" }],
      load: { requests: 1000, requestsPerSecond: 1000 },
    });
  });

  test("where the captures of the backends' taps are, if they are kept", () => {
    const manifest = (methods: readonly ("direct" | "round-robin")[], taps: boolean) =>
      studyManifest({ methods, runs: 1, settings: { ...STUDY_SETTINGS, taps } }, "en");
    expect(manifest(["direct", "round-robin"], true).taps).toEqual({
      synchronousClocks: true,
      files: {
        "Flask A": "{capture}.flask-a.pcapng",
        "Flask B": "{capture}.flask-b.pcapng",
        "Flask C": "{capture}.flask-c.pcapng",
      },
    });
    expect(manifest(["round-robin"], false).taps).toBeUndefined();
    expect(manifest(["direct"], true).taps).toBeUndefined();
  });
});

test("the manifest is in the language of the command, and says what goes wrong on purpose", () => {
  const settings = {
    ...STUDY_SETTINGS,
    impairments: [{ ...NO_FAULTS, backend: "fa", direction: "to", lossPercent: 0.5, delayMs: 5 }],
    events: [{ atSeconds: 1, backend: "fb", change: { kind: "stop" } }],
  } as const;
  const options = { methods: ["consistent-hash"], runs: 2, settings } as const;
  const { language, title, notes } = studyManifest(options, "id");
  expect({ language, title }).toEqual({
    language: "id",
    title: "Metode load balancing NGINX di depan tiga server Flask",
  });
  expect(notes).toContain("2 run untuk setiap metode, berselang-seling; dalam setiap run, httperf mengirim");
  expect(notes).toContain("Disengaja: loss 0,5 % dan delay 5 ms ke fa. Disengaja, pada 1 s: fb stop.");
  expect(studyManifest(options, "en").notes).toContain(
    "On purpose: 0.5 % loss and 5 ms delay to fa. On purpose, at 1 s: fb stop.",
  );
});

test("clients share requests and rate", () => {
  const [run] = planStudy({ methods: ["round-robin"], runs: 1 });
  if (run === undefined) throw new Error("no run was planned");
  const each = loads(run, { ...STUDY_SETTINGS, requests: 11, clients: 3 });
  expect(each.map(({ load }) => load.requests)).toEqual([4, 4, 3]);
  expect(each.map(({ client }) => client.address)).toEqual(["192.168.56.1", "192.168.57.1", "192.168.58.1"]);
  expect(each[0]?.load.requestsPerSecond).toBeCloseTo(1000 / 3);
  const [direct] = planStudy({ methods: ["direct"], runs: 1 });
  if (direct === undefined) throw new Error("no run was planned");
  expect(loads(direct, { ...STUDY_SETTINGS, clients: 3 })).toMatchObject([
    { client: { name: "client" }, load: { requests: 1000, server: "192.168.56.109" } },
  ]);
});

describe("a run", () => {
  const good = {
    load: { requests: 1000, replies: 1000, errors: 0, failures: 0, seconds: 1 },
    settings: STUDY_SETTINGS,
    recorderDrops: 0,
    requestsSeen: 1000,
  };
  const lossy = {
    ...STUDY_SETTINGS,
    events: [{ atSeconds: 1, backend: "fa", change: { kind: "stop" } }],
  } as const;

  test.each([
    ["is fine", {}, null],
    ["is fine when nobody knows of drops", { recorderDrops: null }, null],
    ["had a recorder that dropped", { recorderDrops: 3 }, "the recorder dropped 3 packets"],
    ["had connections that failed", { load: { ...good.load, errors: 2 } }, "2 connections failed"],
    [
      "was not answered whole",
      { load: { ...good.load, replies: 999 } },
      "only 999 of 1000 requests were answered",
    ],
    [
      "was not recorded whole",
      { requestsSeen: 998 },
      "the capture shows 998 requests at the backends, but 1000 were answered",
    ],
    ["may fail on purpose", { settings: lossy, load: { ...good.load, replies: 900, errors: 100 } }, null],
    [
      "was never sent, which is not on purpose",
      { settings: lossy, load: { ...good.load, requests: 0 } },
      "httperf sent nothing",
    ],
  ])("%s", (_, changes, problem) => {
    const found = runProblem({ ...good, ...changes });
    expect(found === null ? null : sayInEnglish(found)).toBe(problem);
  });
});

describe("a grid of rates", () => {
  const grid = { methods: ["round-robin", "ip-hash"] as const, runs: 2, rates: [100, 1000] };

  test("every method at every rate, then again", () => {
    expect(planStudy(grid).map(({ folder }) => folder)).toEqual([
      "round-robin/rate-100/01",
      "ip-hash/rate-100/01",
      "round-robin/rate-1000/01",
      "ip-hash/rate-1000/01",
      "round-robin/rate-100/02",
      "ip-hash/rate-100/02",
      "round-robin/rate-1000/02",
      "ip-hash/rate-1000/02",
    ]);
  });

  test("a random order is that of its seed, and has the same runs", () => {
    const order = (seed: number) =>
      planStudy({ ...grid, order: { kind: "random", seed } }).map(({ folder }) => folder);
    expect(order(7)).toEqual(order(7));
    expect(order(7)).not.toEqual(order(8));
    const inBlocks = planStudy(grid).map(({ folder }) => folder);
    expect(order(7)).not.toEqual(inBlocks);
    expect([...order(7)].sort()).toEqual([...inBlocks].sort());
  });

  test("a run is sent at its own rate", () => {
    const [first] = planStudy(grid);
    if (first === undefined) throw new Error("no run");
    const [load] = loads(first, settingsOf(first, STUDY_SETTINGS));
    expect(load?.load.requestsPerSecond).toBe(100);
    expect(expectedSeconds(settingsOf(first, STUDY_SETTINGS))).toBe(12.5);
  });

  test("the manifest finds each run at its level, and says the order", () => {
    const options = { ...grid, settings: STUDY_SETTINGS, order: { kind: "random" as const, seed: 7 } };
    const manifest = parseManifest(formatManifest(studyManifest(options, "en")), "experiment.yaml");
    const files = planStudy(grid).map(({ folder, capture }) => `${folder}/${capture}`);
    const planned = planRuns(manifest, files);
    expect(planned.warnings).toEqual([]);
    const found = planned.runs.map(({ method, levels, run }) => `${method}/rate-${levels?.["rate"]}/0${run}`);
    expect(found.sort()).toEqual(
      planStudy(grid)
        .map(({ folder }) => folder)
        .sort(),
    );
    expect(manifest.factors).toEqual([{ name: "rate", unit: "1/s" }]);
    expect(manifest.notes).toContain("in random order (seed 7)");
    expect(manifest.notes).toContain("at 100 and 1000/s");
  });
});

test("HAProxy, which writes on from where it was in its log, is started again after the warm-up; nginx is not", () => {
  const starts = (balancer: BalancerName) =>
    planStudy({ methods: ["round-robin"], runs: 1 }).flatMap((run) => {
      const { before } = planRun(labPlace("study", "/lab"), run, { ...STUDY_SETTINGS, balancer }, "/out");
      return before.flatMap(({ action }) => (action.kind === "start" ? [action.process] : []));
    });
  expect(starts("haproxy").filter((name) => name === "haproxy")).toHaveLength(2);
  expect(starts("nginx").filter((name) => name === "nginx")).toHaveLength(1);
});
