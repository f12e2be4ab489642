/** lbqos compare from outside: what it prints and writes, and experiments that lack something. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseArguments } from "../../src/cli/parse-arguments.ts";
import { CACHE_HOME, CAPTURES, lbqos, ROOT, startLbqos, workingFolder } from "./lbqos-command.ts";

const MANIFEST = join(ROOT, "fixtures/experiment.yaml");
const NO_CHARTS = ["--charts", "none", "--quiet"];

function capture(name: string): string {
  return join(CAPTURES, `${name}.pcapng.gz`);
}

/** A folder with captures under names of one's own. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = join(workingFolder(), "study");
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    copyFileSync(source, join(folder, path));
  }
  return folder;
}

function warningCodes(json: string): string[] {
  return JSON.parse(json).warnings.map(({ code }: { code: string }) => code);
}

describe("the shipped experiment", () => {
  const out = join(workingFolder(), "deep/report");
  const { status, stdout, stderr } = lbqos(["compare", MANIFEST, "-o", out, "--charts", "svg"]);

  test("prints findings first and ends with 0", () => {
    expect(status).toBe(0);
    expect(stderr).toBe(`lbqos: the report is in ${join(out, "report.html")}\n`);
    expect(stdout.indexOf("── Findings")).toBeLessThan(stdout.indexOf("── Methods compared"));
    expect(stdout).toMatch(/ip-hash keeps to one backend: every request of every run went to Flask C/);
    expect(stdout).toMatch(/^round-robin +2 +1\.149 +2\.996/m);
  });

  test("writes report, tables and charts, each chart with its data", () => {
    const files = readdirSync(out);
    expect(files.sort()).toEqual([
      "charts",
      "comparison.json",
      "report.docx",
      "report.html",
      "report.md",
      "report.tex",
      "results.xlsx",
      "runs.csv",
      "summary.tex",
      "tables",
    ]);
    const charts = readdirSync(join(out, "charts"));
    const drawn = charts.filter((name) => name.endsWith(".svg"));
    expect(drawn.length).toBeGreaterThan(10);
    expect(charts.sort()).toEqual(drawn.flatMap((name) => [name.replace(/svg$/, "csv"), name]).sort());
    const tables = readdirSync(join(out, "tables"));
    expect(tables).toEqual(expect.arrayContaining(["runs-round-robin-flask-a.csv", "categories.tex"]));
    expect(tables.filter((name) => name.endsWith(".md"))).toHaveLength(tables.length / 3);
  });

  test("has links to no chart that isn't there", () => {
    const html = readFileSync(join(out, "report.html"), "utf8");
    const links = Array.from(html.matchAll(/href="(charts\/[^"]+)"/g), ([, path]) => path ?? "");
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((path) => !existsSync(join(out, path)))).toEqual([]);
    const markdown = readFileSync(join(out, "report.md"), "utf8");
    expect(markdown).toMatch(/\(charts\/metrics\.svg\)/);
    expect(markdown).not.toMatch(/\.png/);
  });

  test("writes runs that compare reads again, to the same means", () => {
    const json = JSON.parse(readFileSync(join(out, "comparison.json"), "utf8"));
    const again = JSON.parse(lbqos(["compare", join(out, "runs.csv"), "--format", "json"]).stdout);
    const means = (comparison: { runTables: { method: string; backend: string; summaries: object }[] }) =>
      comparison.runTables
        .map(({ method, backend, summaries }) => ({ method, backend, summaries }))
        .sort((a, b) => `${a.method} ${a.backend}`.localeCompare(`${b.method} ${b.backend}`));
    const withTraffic = means(json).filter(
      ({ method, backend }) => method !== "ip-hash" || backend === "Flask C",
    );
    expect(means(again)).toEqual(expect.arrayContaining(withTraffic));
  });

  test("is the same from the cache, and without it", () => {
    const once = lbqos(["compare", MANIFEST, "--format", "json"]);
    expect(lbqos(["compare", MANIFEST, "--format", "json"])).toEqual(once);
    expect(lbqos(["compare", MANIFEST, "--format", "json", "--no-cache", "--jobs", "1"])).toEqual(once);
  });
});

describe("the published table", () => {
  const table = join(ROOT, "fixtures/published/published-runs.csv");

  test("gives the printed means to the last printed digit", () => {
    const { runTables } = JSON.parse(lbqos(["compare", table, "--format", "json"]).stdout);
    const lines = readFileSync(join(ROOT, "fixtures/published/published-means.csv"), "utf8")
      .trim()
      .split("\n");
    const printed = lines.slice(1).map((line) => line.split(","));
    expect(printed).toHaveLength(10);
    const different: string[] = [];
    for (const [method, backend, throughput = "", loss = "", delay = "", jitter = ""] of printed) {
      const { summaries } = runTables.find(
        (one: { method: string; backend: string }) => one.method === method && one.backend === backend,
      );
      const keys = ["throughputMbps", "packetLossPercent", "delayMs", "jitterMs"];
      for (const [index, text] of [throughput, loss, delay, jitter].entries()) {
        const key = keys[index] ?? "";
        const half = 0.5 * 10 ** -(text.split(".")[1] ?? "").length;
        if (Math.abs(summaries[key].mean - Number(text)) > half + 1e-12)
          different.push(`${method} ${backend} ${key}`);
      }
    }
    // The study took these two from rows with more digits than it prints.
    expect(different).toEqual(["round-robin Flask B delayMs", "least-connection Flask B jitterMs"]);
  });

  test("is charted like captures", () => {
    const out = join(workingFolder(), "published");
    expect(lbqos(["compare", table, "-o", out, ...NO_CHARTS]).status).toBe(0);
    const names = readdirSync(join(out, "charts"));
    expect(names).toEqual(expect.arrayContaining(["metrics.csv", "without-and-with-balancer.csv"]));
  });
});

describe("experiments that lack something", () => {
  test("a folder without a manifest says so, and compares what the names say", () => {
    const folder = folderOf({
      "round-robin/01.pcapng.gz": capture("round-robin-1"),
      "round-robin/02.pcapng.gz": capture("round-robin-2"),
      "least-connection-run1.pcapng.gz": capture("least-connection-1"),
    });
    const { status, stdout, stderr } = lbqos(["compare", folder, "--format", "json"]);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^lbqos: no experiment\.yaml in [^\n]+\n$/);
    expect(warningCodes(stdout)).toEqual(
      expect.arrayContaining(["manifest-inferred", "one-run", "few-runs", "missing-run"]),
    );
    expect(JSON.parse(stdout).balancer).toBe("192.168.56.103");
  });

  test("a capture that can't be read is named, the others count, and the status is 1", () => {
    const folder = folderOf({
      "round-robin/1.pcapng.gz": capture("round-robin-1"),
      "round-robin/2.pcapng.gz": capture("round-robin-2"),
      "round-robin/3.pcapng.gz": join(CAPTURES, "README.md"),
    });
    const { status, stdout, stderr } = lbqos(["compare", folder, "--quiet", "--format", "json"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^lbqos: left out, because it can't be read: round-robin run 3: [^\n]+\n$/);
    expect(warningCodes(stdout)).toContain("unreadable-capture");
    expect(JSON.parse(stdout).runTables[0].rows).toHaveLength(2);
  });

  test("the same capture twice, and a method without runs, are warnings", () => {
    const folder = folderOf({
      "a/1.pcapng.gz": capture("round-robin-1"),
      "a/2.pcapng.gz": capture("round-robin-1"),
    });
    writeFileSync(
      join(folder, "experiment.yaml"),
      "balancer: 192.168.56.103\nmethods:\n  - { name: a, captures: a/*.gz }\n  - { name: b, captures: b/*.gz }\n",
    );
    const { status, stdout } = lbqos(["compare", folder, "--format", "json"]);
    expect(status).toBe(0);
    expect(warningCodes(stdout)).toEqual(
      expect.arrayContaining(["same-capture-twice", "method-without-runs", "no-such-capture"]),
    );
  });

  test("a capture that has changed is analyzed again", () => {
    const folder = folderOf({ "rr/1.pcapng.gz": capture("round-robin-1") });
    const sources = () => {
      const { stdout } = lbqos(["compare", folder, "--quiet", "--format", "json"]);
      return JSON.parse(stdout).runTables[0].rows[0].values.jitterMs;
    };
    const before = sources();
    copyFileSync(capture("round-robin-2"), join(folder, "rr/1.pcapng.gz"));
    expect(sources()).not.toBe(before);
  });
});

describe("what can't be compared ends with one line", () => {
  const folder = workingFolder();
  mkdirSync(join(folder, "empty"));
  writeFileSync(join(folder, "bad.yaml"), "methods:\n  - name: a\n    captures: x.pcap\n    colour: red\n");
  writeFileSync(join(folder, "nothing.yaml"), "methods:\n  - { name: a, captures: gone/*.pcap }\n");
  writeFileSync(join(folder, "file"), "");

  test.each([
    ["a path that isn't there", ["gone"], 1, /gone: there is no such/],
    ["a folder without captures", ["empty"], 1, /no capture/],
    ["a manifest with an unknown field", ["bad.yaml"], 1, /bad\.yaml:4: .*colour/],
    ["a manifest whose captures are missing", ["nothing.yaml"], 1, /nothing to compare: .*gone/],
    ["a single capture", ["fixtures/captures/round-robin-1.pcapng.gz"], 2, /lbqos analyze/],
    [
      "an output folder that is a file",
      ["fixtures/experiment.yaml", "-o", "file"],
      1,
      /file: can't be written/,
    ],
    ["a width that is none", ["x", "--width", "broad"], 2, /"broad" is not a width/],
    ["a chart format that is none", ["x", "--charts", "gif"], 2, /"gif" is none of png, svg, pdf/],
    ["a profile that doesn't exist", ["x", "--profile", "best"], 2, /no category profile "best"/],
  ])("%s", (_what, args, status, message) => {
    const outcome = lbqos(["compare", ...args], { cwd: folder });
    expect(outcome.stderr).toMatch(/^lbqos: [^\n]+\n$/);
    expect(outcome.stderr).toMatch(message);
    expect({ status: outcome.status, stdout: outcome.stdout }).toEqual({ status, stdout: "" });
  });
});

describe("addresses and patterns that fit no capture", () => {
  const folder = folderOf({ "rr/1.pcapng.gz": capture("round-robin-1") });
  const rr = "captures: rr/*.gz";
  const manifests = {
    "wrong.yaml": `balancer: 10.9.9.9\nbackends:\n  - { name: A, address: 10.9.9.1 }\nmethods:\n  - name: rr\n    ${rr}\n`,
    "gone.yaml": "methods:\n  - name: rr\n    captures: gone/*.gz\n",
    "means.csv": "method,backend,delay_ms\nrr,A,1\n",
  };
  for (const [name, text] of Object.entries(manifests)) writeFileSync(join(folder, name), text);

  test.each([
    [
      "wrong.yaml",
      /wrong\.yaml: no capture shows .* 10\.9\.9\.9 \(balancer\), 10\.9\.9\.1 \(A\), but .*192\.168\.56\.103 → 192\.168\.56\.1/,
    ],
    [
      "gone.yaml",
      /nothing to compare: gone\.yaml:3: methods\[0\]\.captures\[0\]: method rr: no file fits gone/,
    ],
    ["means.csv", /nothing to compare: means\.csv has means only: it needs a column run/],
  ])("%s", (name, message) => {
    const { status, stdout, stderr } = lbqos(["compare", name, "--quiet"], { cwd: folder });
    expect(stderr).toMatch(/^lbqos: [^\n]+\n$/);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  });

  test("leave no empty folder for the report", () => {
    mkdirSync(join(folder, "mine"));
    for (const out of ["deep/report", "mine"]) lbqos(["compare", "gone.yaml", "-o", out], { cwd: folder });
    expect(existsSync(join(folder, "deep"))).toBe(false);
    expect(existsSync(join(folder, "mine"))).toBe(true);
  });
});

test("Ctrl-C ends it with 130 and nothing on its output; what was analyzed is kept", async () => {
  const folder = folderOf(
    Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`rr/${index}.pcapng.gz`, capture("round-robin-1")]),
    ),
  );
  const kept = () =>
    existsSync(join(CACHE_HOME, "lbqos")) ? readdirSync(join(CACHE_HOME, "lbqos")).length : 0;
  const before = kept();
  const program = startLbqos(["compare", folder, "--jobs", "1", "--out", "report"], folder);
  let said = "";
  program.stderr?.on("data", (data) => {
    said += String(data);
  });
  let output = "";
  program.stdout?.on("data", (data) => {
    output += String(data);
  });
  const status = new Promise((resolve) => program.on("exit", resolve));
  // The first result is there, eleven are not.
  await expect.poll(kept, { timeout: 20_000, interval: 5 }).toBeGreaterThan(before);
  program.kill("SIGINT");
  expect(await status).toBe(130);
  expect(output).toBe("");
  expect(said).toBe("lbqos: interrupted; captures analyzed so far are kept for the next time\n");
  expect(existsSync(join(folder, "report"))).toBe(false);
  expect(kept()).toBeGreaterThan(before);
});

test("arguments become a request", async () => {
  const args = [
    "compare",
    "x.yaml",
    "-o",
    "out",
    "--format",
    "latex",
    "--charts",
    "pdf,png",
    "--width",
    "8.5",
  ];
  const command = await parseArguments([...args, "--dpi", "600", "-j", "3", "--no-cache", "--lang", "id"]);
  expect(command).toEqual({
    kind: "compare",
    request: {
      path: "x.yaml",
      out: "out",
      format: "latex",
      language: "id",
      rating: {},
      charts: { formats: ["png", "pdf"], widthCm: 8.5, dpi: 600, withTitle: true },
      failIf: { conditions: [], junit: null },
      analysis: { jobs: 3 },
      keys: null,
      parquet: null,
      part: null,
      queue: null,
      quiet: false,
    },
  });
});

describe("an experiment with an outage in one run", () => {
  const folder = folderOf({
    "round-robin/01.pcapng.gz": capture("round-robin-1"),
    "round-robin/02.pcapng.gz": join(ROOT, "fixtures/outages/outages.pcapng.gz"),
  });
  const run = () => lbqos(["compare", folder, "--format", "json", "--quiet"]);
  const comparison = JSON.parse(run().stdout);

  test("counts what became of the requests, as httperf did", () => {
    // httperf: 1000 and 298 replies with 2xx. One request got none: its backend was killed.
    expect(comparison.answers).toEqual([
      expect.objectContaining({
        method: "round-robin",
        requests: 1299,
        statuses: { "2xx": 1298 },
        unanswered: 1,
      }),
    ]);
  });

  test("names the run first, and tells what it was, also from the cache", () => {
    expect(comparison.troubledRuns.map(({ run: number }: { run: number }) => number)).toEqual([2]);
    expect(comparison.findings.map(({ code }: { code: string }) => code).slice(0, 2)).toEqual([
      "failures",
      "troubled-runs",
    ]);
    expect(comparison.findings[1].text.en).toContain("in 1 of 2 runs: round-robin (run 2)");
    expect(JSON.parse(run().stdout)).toEqual(comparison);
    const { stdout } = lbqos(["compare", folder, "--quiet"]);
    const [, section = ""] = stdout.split("── Errors, and what went wrong");
    // Flask B was stopped 20.0 s after the first packet, for 8 s (outages.truth.json).
    expect(section).toMatch(/• round-robin, run 2: .*20\.5 s/s);
  });
});
