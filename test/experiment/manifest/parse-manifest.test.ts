import { describe, expect, test } from "vitest";
import { parseManifest, parseProfile } from "../../../src/experiment/manifest/parse-manifest.ts";
import { Failure } from "../../../src/failure.ts";

const FULL = `
title: Campus web server
language: id
balancer: 192.168.56.103
backends:
  - name: Flask A
    address: 192.168.56.109
    port: 5000
  - { name: Flask B, address: "2001:db8::2", weight: 2 }
methods:
  - name: direct
    source: 192.168.56.1
    captures:
      - files: direct-fa-*.pcapng.gz
        backend: Flask A
      - { files: [b1.pcap, b2.pcap], backend: Flask B, run: 7 }
  - name: Round Robin
    captures: round-robin/*.pcapng.gz
  - name: ours
    algorithm: least-connection
    captures: [a.pcap, "b/**/c.pcap"]
  - name: old round-robin
    results: { file: published-runs.csv, method: round-robin }
    requests: published-requests.csv
results: [other.csv]
load: { requests: 1000, requestsPerSecond: 1000 }
bandwidth: 100 Mbps
profile: tiphon-kbps
notes: |
  Two lines
  of notes.
`;

test("a manifest with everything", () => {
  const set = (files: string[], backend: string | null = null, run: number | null = null) => ({
    files,
    backend,
    run,
  });
  const plain = { baseline: false, source: null, captures: [], results: null, requests: null };
  expect(parseManifest(FULL, "experiment.yaml")).toEqual({
    title: "Campus web server",
    language: "id",
    balancer: "192.168.56.103",
    backends: [
      { name: "Flask A", address: "192.168.56.109", port: 5000 },
      { name: "Flask B", address: "2001:db8::2", weight: 2 },
    ],
    methods: [
      {
        ...plain,
        name: "direct",
        algorithm: "direct",
        baseline: true,
        source: "192.168.56.1",
        captures: [set(["direct-fa-*.pcapng.gz"], "Flask A"), set(["b1.pcap", "b2.pcap"], "Flask B", 7)],
      },
      {
        ...plain,
        name: "Round Robin",
        algorithm: "round-robin",
        captures: [set(["round-robin/*.pcapng.gz"])],
      },
      {
        ...plain,
        name: "ours",
        algorithm: "least-connection",
        captures: [set(["a.pcap"]), set(["b/**/c.pcap"])],
      },
      {
        ...plain,
        name: "old round-robin",
        algorithm: "round-robin",
        results: { file: "published-runs.csv", method: "round-robin" },
        requests: "published-requests.csv",
      },
    ],
    results: ["other.csv"],
    load: { requests: 1000, requestsPerSecond: 1000 },
    bandwidthBitsPerSecond: 100_000_000,
    profile: "tiphon-kbps",
    notes: "Two lines\nof notes.\n",
  });
});

test("the least that makes an experiment; blanks of a template count as absent", () => {
  expect(
    parseManifest("methods: [{ name: rr, captures: '*.pcap' }]\nbalancer:\nnotes:\n", "e.yaml"),
  ).toMatchObject({
    title: "Load-balancing methods compared",
    language: "en",
    balancer: null,
    notes: null,
    profile: "tiphon",
    methods: [{ name: "rr", algorithm: "round-robin", captures: [{ files: ["*.pcap"] }] }],
  });
  expect(parseManifest("results: runs.csv", "e.yaml")).toMatchObject({ methods: [], results: ["runs.csv"] });
});

describe("the baseline", () => {
  const baselines = (text: string) =>
    parseManifest(text, "e.yaml")
      .methods.filter((method) => method.baseline)
      .map((method) => method.name);
  test.each([
    ["the only direct method", "methods: [{ name: rr }, { name: direct }]", ["direct"]],
    ["the one that says so", "methods: [{ name: rr, baseline: true }, { name: direct }]", ["rr"]],
    ["none of two direct ones", "methods: [{ name: direct one }, { name: direct two }]", []],
    ["none, when the direct one says no", "methods: [{ name: direct, baseline: false }]", []],
  ])("%s", (_, text, expected) => {
    expect(baselines(text)).toEqual(expected);
  });
});

test("a category profile of one's own", () => {
  const manifest = parseManifest(
    `results: a.csv
profile:
  name: ours
  source: our lab
  packetLoss: [{ from: 0, index: 4 }, { from: 1, exclusive: true, index: 1 }]
  delay: [{ from: 0, index: 4 }]
  jitter: [{ from: 0, index: 4 }]
  throughput: { unit: kbps, bands: [{ from: 0, index: 0 }] }
`,
    "e.yaml",
  );
  expect(manifest.profile).toEqual({
    name: "ours",
    source: "our lab",
    packetLoss: [
      { from: 0, index: 4 },
      { from: 1, exclusive: true, index: 1 },
    ],
    delay: [{ from: 0, index: 4 }],
    jitter: [{ from: 0, index: 4 }],
    throughput: { unit: "kbps", bands: [{ from: 0, index: 0 }] },
  });
});

describe("errors name file, line and field, and what would be right", () => {
  const ok = "methods:\n  - name: rr\n    captures: rr/*.pcap\n";
  test.each([
    ["", 'e.yaml: is empty; "lbqos init FOLDER" writes a manifest to start from'],
    ["- a\n", "e.yaml:1: must be a map of fields, not a list"],
    ["hello", 'e.yaml:1: must be a map of fields, not "hello"'],
    [`${ok}titel: x\n`, 'e.yaml:4: has no field "titel"; did you mean "title"?'],
    [
      "title: x\nmethodz:\n  - name: rr\n",
      'e.yaml:2: has no field "methodz"; did you mean "methods"? (and 1 more)',
    ],
    [
      "methods:\n  - name: rr\n  - name: RR\n",
      /^e\.yaml:3: methods\[1\]\.name differs from another method's name in capitals only/,
    ],
    [`${ok}xyz: x\n`, /^e\.yaml:4: has no field "xyz"; there are title, language, balancer, /],
    [`${ok}title: 3\n`, "e.yaml:4: title must be text, not 3; put it in quotes"],
    [`${ok}title: [a]\n`, "e.yaml:4: title must be text, not a list"],
    [`${ok}language: idd\n`, 'e.yaml:4: language must be one of en, id, not "idd"; did you mean "id"?'],
    [`${ok}balancer: 10.0.0\n`, 'e.yaml:4: balancer must be an IPv4 or IPv6 address, not "10.0.0"'],
    [
      `${ok}bandwidth: 100 MB/s\n`,
      /^e\.yaml:4: bandwidth must be a bandwidth like "100 Mbps" .*, not "100 MB\/s"$/,
    ],
    [
      `${ok}profile: tifon\n`,
      'e.yaml:4: profile must be tiphon or tiphon-kbps, or a profile of your own, not "tifon"',
    ],
    [`${ok}profile: { name: x }\n`, "e.yaml:4: profile.source is missing (and 4 more)"],
    [
      `${ok}backends:\n  - name: A\n    address: 10.0.0.1\n    prot: 80\n`,
      'e.yaml:7: backends[0] has no field "prot"; did you mean "port"?',
    ],
    [
      `${ok}backends:\n  - name: A\n    address: 10.0.0.1\n    port: 70000\n`,
      "e.yaml:7: backends[0].port must be at most 65535, not 70000",
    ],
    [`${ok}backends:\n  - address: 10.0.0.1\n`, "e.yaml:5: backends[0].name is missing"],
    [
      `${ok}backends:\n  - { name: A, address: 10.0.0.1 }\n  - { name: A, address: 10.0.0.2 }\n`,
      'e.yaml:6: backends[1].name names a second backend "A"',
    ],
    [
      "methods: []\n",
      "e.yaml:1: methods is empty; list at least one method, or a results table under results",
    ],
    ["methods:\n  - captures: a.pcap\n", "e.yaml:2: methods[0].name is missing"],
    [
      "methods:\n  - name: rr\n    captures:\n      - fils: a.pcap\n",
      /^e\.yaml:4: methods\[0\]\.captures\[0\]/,
    ],
    [
      "methods: [{ name: rr }]\nbackends: [{ name: Flask A, address: 10.0.0.1 }]\ntaps:\n  files:\n    Flsk A: '{capture}.a.pcap'\n",
      'e.yaml:5: taps.files.Flsk A is "Flsk A", none of the backends; did you mean "Flask A"?',
    ],
    [
      "methods: [{ name: rr }]\nbackends: [{ name: A, address: 10.0.0.1 }]\ntaps:\n  files: { A: a.pcap }\n",
      'e.yaml:4: taps.files.A must contain {capture}, the run\'s own capture without its ending, not "a.pcap"',
    ],
    [
      "methods:\n  - name: direct\n    captures:\n      - files: a.pcap\n        backend: Flsk A\nbackends: [{ name: Flask A, address: 10.0.0.1 }]\n",
      'e.yaml:5: methods[0].captures[0].backend is "Flsk A", none of the backends; did you mean "Flask A"?',
    ],
    [
      "methods:\n  - name: a\n    baseline: true\n  - name: b\n    baseline: true\n",
      "e.yaml:5: methods[1].baseline makes a second baseline; at most one is allowed",
    ],
    ['title: "x\n', /^e\.yaml:\d: is not valid YAML: Missing closing "quote/],
    ["title: a\ntitle: b\n", /^e\.yaml:2: is not valid YAML: Map keys must be unique/],
  ])("%j", (text, message) => {
    let failure: unknown = null;
    try {
      parseManifest(text, "e.yaml");
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(Failure);
    const found = (failure as Failure).message;
    if (typeof message === "string") expect(found).toBe(message);
    else expect(found).toMatch(message);
    expect(found).not.toContain("\n");
  });

  test("input that was never meant to be a manifest ends in a failure too", () => {
    const bombs = [
      "[".repeat(50_000),
      "a: {".repeat(20_000),
      "x".repeat((1 << 20) + 1),
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${[..."bcdefgh"].map((c, i) => `${c}: &${c} [${`*${"abcdefgh"[i]},`.repeat(10)}]`).join("\n")}`,
      "\u0000\u0001",
    ];
    for (const bomb of bombs) expect(() => parseManifest(bomb, "e.yaml")).toThrow(Failure);
  });
});

describe("a category profile of one's own", () => {
  const bands = "[{ from: 0, index: 4 }, { from: 3, index: 3 }]";
  const text = `name: ours\nsource: our laboratory\npacketLoss: ${bands}\ndelay: ${bands}\njitter: ${bands}\nthroughput: { unit: kbps, bands: ${bands} }\n`;

  test("is read", () => {
    expect(parseProfile(text, "ours.yaml")).toMatchObject({
      name: "ours",
      source: "our laboratory",
      delay: [
        { from: 0, index: 4 },
        { from: 3, index: 3 },
      ],
      throughput: { unit: "kbps" },
    });
  });

  test("errors name file, line and field", () => {
    expect(() => parseProfile(text.replace("jitter:", "jiter:"), "ours.yaml")).toThrow(
      /^ours\.yaml:5: has no field "jiter"; did you mean "jitter"\? \(and 1 more\)/,
    );
    expect(() => parseProfile(text.replace("from: 3", "from: -3"), "ours.yaml")).toThrow(
      "ours.yaml:3: packetLoss must be in ascending order of from",
    );
    expect(() => parseProfile("", "ours.yaml")).toThrow("ours.yaml: is empty");
  });
});
