/** The command line from outside: what users see, on which output, and how lbqos ends. */
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CAPTURES, captureBytes, lbqos, MAIN, ROOT, shell, workingFolder } from "./lbqos-command.ts";

const ROUND_ROBIN = join(CAPTURES, "round-robin-1.pcapng.gz");
const BALANCER = ["--balancer", "192.168.56.103"];
const TESTBED = [
  ...BALANCER,
  ...["--backend", "Flask A=192.168.56.109"],
  ...["--backend", "Flask B=192.168.56.113"],
  ...["--backend", "Flask C=192.168.56.110"],
];

/** A line on standard error that ends the command: one line, from lbqos, without a stack trace. */
const ONE_LINE = /^lbqos: [^\n]+\n$/;

describe("the first screen", () => {
  test("counts each request once, at the clients' side, and has a row for each backend", () => {
    const { status, stdout, stderr } = lbqos(["analyze", ROUND_ROBIN, ...TESTBED]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    // httperf sent 1000; the capture holds each of them twice, before and behind the balancer.
    expect(stdout).toContain("1000 client requests, 0 failed.");
    expect(stdout).toMatch(/^Clients +1000 +0 +0\.\d+ /m);
    expect(stdout).toMatch(/^Flask A +334 +33\.4 +0 .* up$/m);
    expect(stdout).toContain("--full");
  });

  test.each(readdirSync(CAPTURES).filter((file) => file.endsWith(".pcapng.gz")))(
    "of %s has at most 24 lines of 80 columns",
    (file) => {
      const lines = lbqos(["analyze", join(CAPTURES, file)])
        .stdout.trimEnd()
        .split("\n");
      expect(lines.length).toBeLessThanOrEqual(24);
      expect(lines.filter((line) => line.length > 80)).toEqual([]);
    },
  );
});

describe("--out", () => {
  const out = join(workingFolder(), "deep/report");
  const outages = join(ROOT, "fixtures/outages/outages.pcapng.gz");

  test("writes the report with its picture, and the figures", () => {
    const { status, stderr } = lbqos(["analyze", outages, "--out", out, "--charts", "svg"]);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: `lbqos: the report is in ${join(out, "report.html")}\n`,
    });
    expect(readdirSync(out).sort()).toEqual([
      "charts",
      "pairs.csv",
      "report.docx",
      "report.html",
      "report.md",
      "report.tex",
      "results.xlsx",
      "run.json",
    ]);
    expect(readdirSync(join(out, "charts")).sort()).toEqual([
      "answers-over-time.csv",
      "answers-over-time.svg",
      "time-to-first-byte-tail.csv",
      "time-to-first-byte-tail.svg",
    ]);
    const html = readFileSync(join(out, "report.html"), "utf8");
    expect(html).toContain("answered nothing from 20.5 s to 28.0 s");
    expect(html.indexOf("Requests by server")).toBeLessThan(html.indexOf("<h2"));
    const { stdout } = lbqos(["analyze", outages, "--json"]);
    expect(readFileSync(join(out, "run.json"), "utf8")).toBe(stdout);
  });

  test("leaves no folder behind where there is nothing to report", () => {
    const folder = join(workingFolder(), "report");
    expect(lbqos(["analyze", join(ROOT, "LICENSE"), "-o", folder]).status).toBe(1);
    expect(existsSync(folder)).toBe(false);
  });
});

describe("an analysis", () => {
  test("prints the report, nothing on standard error, and ends with 0", () => {
    const { status, stdout, stderr } = lbqos(["analyze", ROUND_ROBIN, ...TESTBED, "--full"]);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Flask A +0\.382 +0\.00 +3\.000 +0\.162 +3\.67$/m);
    expect(stdout).toMatch(/^Total +1000 +100\.00$/m);
  });

  test("prints the same twice", () => {
    const once = lbqos(["analyze", ROUND_ROBIN, ...TESTBED, "--json"]);
    expect(lbqos(["analyze", ROUND_ROBIN, ...TESTBED, "--json"])).toEqual(once);
  });

  test("is the same in two threads, exchanges and all", () => {
    const files = [ROUND_ROBIN, join(CAPTURES, "loss-big-to2-from2.pcapng.gz")];
    const folder = workingFolder();
    const [one, two] = ["1", "2"].map((threads) => {
      const exchanges = join(folder, `${threads}.csv`);
      const args = ["analyze", ...files, ...TESTBED, "--json", "--exchanges", exchanges];
      return [lbqos([...args, "--threads", threads]), readFileSync(exchanges, "utf8")];
    });
    expect(one?.[0]).toMatchObject({ status: 0 });
    expect(one?.[1]?.toString().split("\n").length).toBeGreaterThan(1000);
    expect(two).toEqual(one);
  });

  test("in two threads ends well when nobody reads its exchanges any more", () => {
    const line = `lbqos analyze ${ROUND_ROBIN} --threads 2 --exchanges - | head -n 2; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = shell(line);
    expect(stdout).toMatch(/^\{.*\}\n\{.*\}\n0\n$/);
    expect(stderr).toBe("");
  });

  test("refuses in two threads what it refuses in one, in the same words", () => {
    const [one, two] = ["1", "2"].map((threads) =>
      lbqos(["analyze", join(ROOT, "LICENSE"), "--threads", threads]),
    );
    expect(one).toEqual({ status: 1, stdout: "", stderr: expect.stringMatching(ONE_LINE) });
    expect(two).toEqual(one);
  });

  test("as JSON is one document with the pairs asked for", () => {
    const { status, stdout } = lbqos(["analyze", ROUND_ROBIN, ...TESTBED, "--json"]);
    expect(status).toBe(0);
    const run = JSON.parse(stdout);
    expect(Object.keys(run)).toEqual([
      "capture",
      "tcp",
      "http",
      "protocols",
      "pairs",
      "allBackends",
      "balancer",
      "warnings",
      "diagnosis",
    ]);
    expect(run.pairs.map((pair: { name: string }) => pair.name)).toEqual(["Flask A", "Flask B", "Flask C"]);
    expect(stdout.endsWith("}\n")).toBe(true);
  });

  test("as CSV has a record for each pair", () => {
    const { stdout } = lbqos(["analyze", ROUND_ROBIN, ...TESTBED, "--csv"]);
    const records = stdout.split("\r\n");
    expect(records.map((record) => record.split(",")[2])).toEqual([
      "name",
      "Flask A",
      "Flask B",
      "Flask C",
      undefined,
    ]);
  });

  test("in Indonesian has decimal commas, but not in JSON", () => {
    const { stdout } = lbqos(["analyze", ROUND_ROBIN, ...TESTBED, "--lang", "id", "--markdown"]);
    expect(stdout).toContain("0,382");
    expect(stdout).toContain("sangat bagus\u00a04");
    expect(lbqos(["analyze", ROUND_ROBIN, "--lang", "id", "--json"]).stdout).toBe(
      lbqos(["analyze", ROUND_ROBIN, "--json"]).stdout,
    );
  });

  test("by a filter is the analysis of its pair", () => {
    const filter = "http && (ip.dst==192.168.56.109) and ip.src eq 192.168.56.103";
    const { stdout } = lbqos(["analyze", ROUND_ROBIN, "--filter", filter, "--json"]);
    const named = lbqos(["analyze", ROUND_ROBIN, ...BALANCER, "--backend", "192.168.56.109", "--json"]);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(named.stdout));
    expect(JSON.parse(stdout).pairs).toHaveLength(1);
  });

  test("rates throughput against a bandwidth", () => {
    const { stdout } = lbqos(["analyze", ROUND_ROBIN, ...TESTBED, "--bandwidth", "500k", "--json"]);
    expect(JSON.parse(stdout).pairs[0].categories.throughput).toBe(3);
  });

  test("of standard input is that of the file", () => {
    const input = captureBytes("round-robin-1.pcapng.gz");
    const { status, stdout } = lbqos(["analyze", "-", ...TESTBED, "--json"], { input });
    expect(status).toBe(0);
    const { capture: _streamed, ...rest } = JSON.parse(stdout);
    const { capture: _file, ...expected } = JSON.parse(
      lbqos(["analyze", ROUND_ROBIN, ...TESTBED, "--json"]).stdout,
    );
    expect(rest).toEqual(expected);
  });
});

describe("a pair that never occurs", () => {
  const run = lbqos(["analyze", ROUND_ROBIN, ...BALANCER, "--backend", "Ghost=10.99.99.99", "--full"]);

  test("is reported with what is known of it and a warning, and the analysis counts", () => {
    expect(run.status).toBe(0);
    expect(run.stderr).toBe("");
    expect(run.stdout).toMatch(/^Ghost +0\.000 +–/m);
    expect(run.stdout).toMatch(/\[pair-without-traffic\]/);
  });

  test("warns on standard error where the output has no place for warnings, unless --quiet", () => {
    const args = ["analyze", ROUND_ROBIN, ...BALANCER, "--backend", "Ghost=10.99.99.99", "--csv"];
    const { stdout, stderr } = lbqos(args);
    expect(stdout.split("\r\n")).toHaveLength(3);
    expect(stderr).toMatch(/^lbqos: warning: [^\n]*10\.99\.99\.99[^\n]*\n$/);
    expect(lbqos([...args, "--quiet"])).toEqual({ status: 0, stdout, stderr: "" });
  });
});

describe("what can't be read ends with 1 and one line", () => {
  const folder = workingFolder();
  const path = (name: string) => join(folder, name);
  const capture = captureBytes("direct-fa-1.pcapng.gz");
  writeFileSync(path("empty.pcap"), "");
  writeFileSync(path("notes.txt"), "Run 1: 1000 requests, round robin\n".repeat(20));
  writeFileSync(path("header-only.pcapng"), capture.subarray(0, 60));
  mkdirSync(path("folder.pcap"));

  test.each([
    ["a path that isn't there", "gone.pcap", /gone\.pcap/],
    ["an empty file", "empty.pcap", /empty\.pcap/],
    ["a text file", "notes.txt", /notes\.txt[^\n]*text/],
    ["a folder", "folder.pcap", /folder\.pcap/],
  ])("%s", (_what, name, message) => {
    const { status, stdout, stderr } = lbqos(["analyze", name], { cwd: folder });
    expect(stdout).toBe("");
    expect(stderr).toMatch(ONE_LINE);
    expect(stderr).toMatch(message);
    expect(status).toBe(1);
  });

  test("an empty standard input", () => {
    const { status, stdout, stderr } = lbqos(["analyze", "-"]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(ONE_LINE);
  });

  test.skipIf(!existsSync("/proc/self/mem"))("a file that the system won't read [needs /proc]", () => {
    const { status, stderr } = lbqos(["analyze", "/proc/self/mem"]);
    expect(stderr).toMatch(ONE_LINE);
    expect(status).toBe(1);
  });

  test.skipIf(process.getuid?.() === 0)("a file without permission [root may read everything]", () => {
    writeFileSync(path("secret.pcap"), capture);
    chmodSync(path("secret.pcap"), 0);
    const { status, stderr } = lbqos(["analyze", "secret.pcap"], { cwd: folder });
    expect(stderr).toMatch(/^lbqos: [^\n]*secret\.pcap[^\n]*permission denied[^\n]*\n$/);
    expect(status).toBe(1);
  });

  test("a link that leads to itself", () => {
    symlinkSync("circle.pcap", join(folder, "circle.pcap"));
    const { status, stderr } = lbqos(["analyze", "circle.pcap"], { cwd: folder });
    expect(stderr).toMatch(/^lbqos: circle\.pcap: can't be opened \(ELOOP\)[^\n]*\n$/);
    expect(status).toBe(1);
  });

  test("a name that would command the terminal, without doing so", () => {
    const { stderr } = lbqos(["analyze", "\u001b[2Jgone.pcap"]);
    expect(stderr).toMatch(ONE_LINE);
    expect(stderr).not.toContain("\u001b");
  });

  test("a capture without a packet, after its report", () => {
    const { status, stdout, stderr } = lbqos(["analyze", "header-only.pcapng", "--json"], { cwd: folder });
    expect(JSON.parse(stdout).capture.packets).toBe(0);
    expect(stderr).toMatch(/^lbqos: no TCP packet in header-only\.pcapng: nothing could be analyzed\n$/);
    expect(status).toBe(1);
  });
});

test.each([["1"], ["2"]])("too little address space is said in one line, with %s thread(s)", (threads) => {
  const command = `ulimit -v 8000000; exec node "${MAIN}" analyze --threads ${threads} "${ROUND_ROBIN}"`;
  const { status, stderr } = shell(command);
  expect(stderr).toMatch(/^lbqos: the system refuses [^\n]*address space[^\n]*ulimit -v unlimited\n$/);
  expect(status).toBe(1);
});

test("a cut file is analyzed up to the cut, with a warning", () => {
  const folder = workingFolder();
  const capture = captureBytes("direct-fa-1.pcapng.gz");
  writeFileSync(join(folder, "cut.pcapng"), capture.subarray(0, Math.floor(capture.length / 2) + 7));
  const { status, stdout, stderr } = lbqos(["analyze", "cut.pcapng", "--json"], { cwd: folder });
  const run = JSON.parse(stdout);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(run.warnings.map((warning: { code: string }) => warning.code)).toContain("cut-tail");
  expect(run.http.requests).toBeGreaterThan(400);
  expect(run.http.requests).toBeLessThan(600);
});

describe("wrong usage ends with 2 and one line", () => {
  test.each([
    ["a backend named twice", ["--backend", "A=10.0.0.1", "--backend", "A=10.0.0.2"], /"A" is named twice/],
    ["an address given twice", ["--backend", "A=10.0.0.1", "--backend", "B=10.0.0.1"], /are the same server/],
    ["a bad address", ["--backend", "A=10.0.0.256"], /not an IPv4 or IPv6 address/],
    ["a bad port", ["--backend", "A=10.0.0.1:0"], /not a port/],
    ["a bad balancer", ["--balancer", "nginx"], /not an IPv4 or IPv6 address/],
    ["a filter of a protocol that is not read", ["--filter", "ip.src==10.0.0.1 || dns"], /not supported/],
    ["an unknown profile", ["--profile", "itu"], /no category profile/],
    ["an unknown option", ["--jsno"], /unknown option/],
    ["two formats", ["--json", "--csv"], /cannot be used with/],
    ["two things on standard output", ["--json", "--exchanges", "-"], /standard output/],
  ])("%s", (_what, args, message) => {
    const { status, stdout, stderr } = lbqos(["analyze", ROUND_ROBIN, ...args]);
    expect(stdout).toBe("");
    expect(stderr).toMatch(ONE_LINE);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });

  test("no command", () => {
    const { status, stdout, stderr } = lbqos([]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^Usage: lbqos /);
  });
});

describe("--exchanges", () => {
  test("writes every exchange beside the report", () => {
    const folder = workingFolder();
    const args = ["analyze", "fixtures/captures/round-robin-1.pcapng.gz", ...TESTBED];
    writeFileSync(join(folder, "out.jsonl"), "older\n".repeat(1_000_000));
    const report = lbqos([...args, "--exchanges", "out.jsonl"], { cwd: folder });
    expect(report).toEqual(lbqos(args, { cwd: folder }));
    const rows = readFileSync(join(folder, "out.jsonl"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows).toHaveLength(2000);
    expect(rows.filter(({ pair }) => pair === "Flask A")).toHaveLength(334);
    expect(lbqos([...args, "--exchanges", "out.csv"], { cwd: folder }).status).toBe(0);
    expect(readFileSync(join(folder, "out.csv"), "utf8").split("\r\n")).toHaveLength(2000 + 2);
  });

  test("- gives nothing but JSON lines on standard output, and warnings beside it", () => {
    const args = ["analyze", ROUND_ROBIN, ...BALANCER, "--backend", "Ghost=10.99.99.99", "--exchanges", "-"];
    const { status, stdout, stderr } = lbqos(args);
    expect(status).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).exchange),
    ).toHaveLength(2000);
    expect(stderr).toMatch(/^lbqos: warning: [^\n]+\n$/);
  });

  test("never overwrites the capture", () => {
    const folder = workingFolder();
    writeFileSync(join(folder, "run.csv"), captureBytes("direct-fa-1.pcapng.gz"));
    linkSync(join(folder, "run.csv"), join(folder, "link.csv"));
    const before = readFileSync(join(folder, "run.csv"));
    const { status, stderr } = lbqos(["analyze", "run.csv", "--exchanges", "link.csv"], { cwd: folder });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "lbqos: --exchanges would overwrite the capture run.csv\n",
    });
    expect(readFileSync(join(folder, "run.csv")).equals(before)).toBe(true);
  });

  test("costs no older file where the capture is mistyped", () => {
    const folder = workingFolder();
    writeFileSync(join(folder, "out.csv"), "older");
    expect(lbqos(["analyze", "gone.pcap", "--exchanges", "out.csv"], { cwd: folder }).status).toBe(1);
    expect(readFileSync(join(folder, "out.csv"), "utf8")).toBe("older");
  });

  test.skipIf(!existsSync("/dev/full"))("says in one line when the disk is full [needs /dev/full]", () => {
    const folder = workingFolder();
    symlinkSync("/dev/full", join(folder, "full.csv"));
    const { status, stdout, stderr } = lbqos(["analyze", ROUND_ROBIN, "--exchanges", "full.csv"], {
      cwd: folder,
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: "",
      stderr: "lbqos: exchanges can't be written to full.csv: no space left on device\n",
    });
  });
});

describe("standard output", () => {
  test("closed early is no error: exchanges", () => {
    const { stdout, stderr } = shell(
      `lbqos analyze ${ROUND_ROBIN} --exchanges - | head -n 1; echo "\${PIPESTATUS[0]}" >&2`,
    );
    expect(JSON.parse(stdout).exchange).toBe(1);
    expect(stderr).toBe("0\n");
  });

  test("closed early is no error: report", () => {
    const { stderr } = shell(`lbqos analyze ${ROUND_ROBIN} | true; echo "\${PIPESTATUS[0]}" >&2`);
    expect(stderr).toBe("0\n");
  });

  test.skipIf(!existsSync("/dev/full"))("on a full disk is one line [needs /dev/full]", () => {
    const { status, stderr } = shell(`lbqos analyze ${ROUND_ROBIN} --json > /dev/full`);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: "lbqos: standard output can't be written: no space left on device\n",
    });
  });
});

test("a bug says that it is one, and with LBQOS_DEBUG=1 where", () => {
  // Something that the command calls is broken before it starts.
  const broken = 'data:text/javascript,Array.prototype.flatMap=()=>{throw new TypeError("x is not y")}';
  const line = `node --import '${broken}' ${JSON.stringify(MAIN)} analyze ${JSON.stringify(ROUND_ROBIN)}`;
  const { status, stderr } = shell(line);
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^lbqos: internal error \(TypeError: x is not y\): this is a bug of lbqos, please report it[^\n]*\n$/,
  );
  expect(shell(`LBQOS_DEBUG=1 ${line}`).stderr).toMatch(/^TypeError: x is not y\n {4}at /);
});
