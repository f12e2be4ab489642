import { describe, expect, test } from "vitest";
import { inferManifest } from "../../../src/experiment/manifest/infer-manifest.ts";
import type { SeenPair } from "../../../src/experiment/manifest/seen-captures.ts";
import { Failure } from "../../../src/failure.ts";

/** What was inferred, as briefly as it can be compared: `name: patterns @backend #run`. */
function methodsOf(paths: readonly string[], facts = {}): string[] {
  return inferManifest(paths, facts).methods.map((method) => {
    const sets = method.captures.map(
      (set) =>
        `${set.files.join(" ")}${set.backend === null ? "" : ` @${set.backend}`}${set.run === null ? "" : ` #${set.run}`}`,
    );
    return `${method.name}${method.baseline ? " (baseline)" : ""}: ${sets.join(", ")}`;
  });
}

const FLASKS = [
  { name: "Flask A", address: "192.168.56.109" },
  { name: "Flask B", address: "192.168.56.113" },
];

describe("methods and runs from names", () => {
  test("folders for methods, numbers for runs", () => {
    expect(
      methodsOf(["round-robin/01.pcapng", "round-robin/02.pcapng", "ip-hash/1.pcap.gz", "README.md"]),
    ).toEqual(["round-robin: round-robin/*.pcapng", "ip-hash: ip-hash/1.pcap.gz"]);
  });

  test("numbers that a file manager adds, and Indonesian names", () => {
    const paths = [
      "RR (1).pcap",
      "RR (2).pcap",
      "koneksi terkecil 1.pcap",
      "tanpa balancer 1.pcap",
      "acak1.pcap",
    ];
    expect(methodsOf(paths)).toEqual([
      "direct (baseline): tanpa balancer 1.pcap",
      "round-robin: RR (*).pcap",
      "least-connection: koneksi terkecil 1.pcap",
      "random: acak1.pcap",
    ]);
    expect(methodsOf(["langsung/1.pcap", "rr/1.pcap"])[0]).toBe("direct (baseline): langsung/1.pcap");
  });

  test("the spellings of the issue", () => {
    const paths = [
      "round-robin/01.pcapng",
      "least-connection-run3.pcap.gz",
      "least-connection-run4.pcap.gz",
      "direct-fa-1.pcapng.gz",
      "direct-fb-1.pcapng.gz",
      "direct-fb-2.pcapng.gz",
      "ip-hash_2.pcap",
    ];
    expect(methodsOf(paths, { backends: FLASKS })).toEqual([
      "direct (baseline): direct-fa-1.pcapng.gz @Flask A, direct-fb-*.pcapng.gz @Flask B",
      "round-robin: round-robin/01.pcapng",
      "least-connection: least-connection-run*.pcap.gz",
      "ip-hash: ip-hash_2.pcap",
    ]);
  });

  test("other spellings of the same methods are the same methods", () => {
    expect(
      methodsOf([
        "rr1.pcap",
        "rr2.pcap",
        "Least Conn 1.pcap",
        "leastconn-2.pcap",
        "baseline.pcap",
        "iphash.pcap",
      ]),
    ).toEqual([
      "direct (baseline): baseline.pcap",
      "round-robin: rr*.pcap",
      "least-connection: Least Conn 1.pcap leastconn-2.pcap",
      "ip-hash: iphash.pcap",
    ]);
  });

  test("a qualified name is a method of its own, and so is an unknown one", () => {
    expect(
      methodsOf(["weighted-round-robin-1.pcap", "round-robin-1.pcap", "p2c-1.pcap", "p2c-2.pcap"]),
    ).toEqual([
      "round-robin: round-robin-1.pcap",
      "weighted-round-robin: weighted-round-robin-1.pcap",
      "p2c: p2c-*.pcap",
    ]);
  });

  test("a folder per run; folders that all captures share name nothing", () => {
    expect(methodsOf(["exp/run1/rr.pcap", "exp/run2/rr.pcap", "exp/run1/lc.pcap"])).toEqual([
      "round-robin: exp/run*/rr.pcap",
      "least-connection: exp/run1/lc.pcap",
    ]);
    expect(methodsOf(["exp/alpha-1.pcap", "exp/beta-1.pcap"])).toEqual([
      "alpha: exp/alpha-1.pcap",
      "beta: exp/beta-1.pcap",
    ]);
    expect(methodsOf(["exp/1.pcap", "exp/2.pcap"])).toEqual(["exp: exp/*.pcap"]);
  });

  test("folders below direct name the backend, with its number", () => {
    const backends = [
      { name: "flask-1", address: "10.0.0.1" },
      { name: "flask-2", address: "10.0.0.2" },
    ];
    expect(
      methodsOf(["direct/flask-1/01.pcap", "direct/flask-1/02.pcap", "direct/flask-2/01.pcap"], { backends }),
    ).toEqual(["direct (baseline): direct/flask-1/*.pcap @flask-1, direct/flask-2/01.pcap @flask-2"]);
  });

  test("the files of a ring buffer are one run", () => {
    expect(
      methodsOf([
        "rr/run1_00001_20261122205426.pcapng",
        "rr/run1_00002_20261122205526.pcapng",
        "rr/run2_00001_20261122210426.pcapng",
        "rr/run2_00002_20261122210526.pcapng",
      ]),
    ).toEqual(["round-robin: rr/run1_*.pcapng #1, rr/run2_*.pcapng #2"]);
  });

  test("a pattern never catches a capture of another method", () => {
    expect(methodsOf(["a-1.pcap", "a-2.pcap", "a-b-1.pcap"])).toEqual([
      "a: a-1.pcap a-2.pcap",
      "a-b: a-b-1.pcap",
    ]);
  });

  test("other files in the folder don't narrow a pattern", () => {
    expect(methodsOf(["rr-1.pcap", "rr-2.pcap.gz", "rr-notes.txt"])).toEqual(["round-robin: rr-*"]);
  });

  test("no capture is a failure that says what to do", () => {
    expect(() => inferManifest(["README.md"])).toThrow(Failure);
  });
});

describe("who talks to whom, from the pairs seen", () => {
  const pair = (source: string, destination: string, port: number, requests: number): SeenPair => ({
    source,
    destination,
    destinationPort: port,
    paper: { requests },
  });
  const [client, balancer, fa, fb] = ["10.0.0.9", "10.0.0.1", "10.0.0.10", "10.0.0.2"] as const;

  test("the proxy is the balancer, its destinations the backends in order of address", () => {
    const manifest = inferManifest(["rr-1.pcap", "direct-fa-1.pcap", "direct-fb-1.pcap"], {
      pairs: new Map([
        [
          "rr-1.pcap",
          [pair(client, balancer, 80, 20), pair(balancer, fa, 5000, 10), pair(balancer, fb, 5000, 10)],
        ],
        ["direct-fa-1.pcap", [pair(client, fb, 5000, 1), pair(client, fa, 5000, 10)]],
        ["direct-fb-1.pcap", [pair(client, fb, 5000, 10)]],
      ]),
    });
    expect(manifest.balancer).toBe(balancer);
    expect(manifest.backends).toEqual([
      { name: "fb", address: fb, port: 5000 },
      { name: "fa", address: fa, port: 5000 },
    ]);
    expect(manifest.methods[0]).toMatchObject({
      name: "direct",
      source: client,
      captures: [
        { files: ["direct-fa-1.pcap"], backend: "fa" },
        { files: ["direct-fb-1.pcap"], backend: "fb" },
      ],
    });
  });

  test("without the clients' side, the one source of several pairs is the balancer", () => {
    const manifest = inferManifest(["rr.pcap"], {
      pairs: new Map([["rr.pcap", [pair(balancer, fa, 80, 5), pair(balancer, fb, 80, 5)]]]),
    });
    expect(manifest.balancer).toBe(balancer);
    expect(manifest.backends.map((backend) => backend.name)).toEqual(["Backend 1", "Backend 2"]);
  });

  test("what is given is not doubted", () => {
    const manifest = inferManifest(["rr.pcap"], {
      balancer: "10.1.1.1",
      backends: FLASKS,
      title: "T",
      language: "id",
      pairs: new Map([["rr.pcap", [pair(balancer, fa, 80, 5), pair(balancer, fb, 80, 5)]]]),
    });
    expect(manifest).toMatchObject({ title: "T", language: "id", balancer: "10.1.1.1", backends: FLASKS });
  });
});
