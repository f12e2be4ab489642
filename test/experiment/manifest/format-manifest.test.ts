import fc from "fast-check";
import { expect, test } from "vitest";
import { algorithms } from "../../../src/experiment/manifest/algorithms.ts";
import { formatManifest } from "../../../src/experiment/manifest/format-manifest.ts";
import type { Manifest } from "../../../src/experiment/manifest/manifest.ts";
import { parseManifest } from "../../../src/experiment/manifest/parse-manifest.ts";

const EMPTY: Manifest = {
  title: "Two methods",
  language: "en",
  balancer: null,
  backends: [],
  methods: [
    {
      name: "round-robin",
      algorithm: "round-robin",
      baseline: false,
      source: null,
      captures: [{ files: ["round-robin/*.pcapng"], backend: null, run: null }],
      results: null,
      requests: null,
    },
  ],
  results: [],
  load: { requests: null, requestsPerSecond: null },
  bandwidthBitsPerSecond: null,
  profile: "tiphon",
  notes: null,
};

test("what has no value is there as an example to uncomment", () => {
  const text = formatManifest(EMPTY);
  expect(text).toContain("# balancer: 192.168.56.103\n");
  expect(text).toContain("methods:\n  - name: round-robin\n    captures: round-robin/*.pcapng\n");
  expect(text.split("\n").every((line) => line.length <= 120)).toBe(true);
  // The examples are right: uncommenting all of them makes a manifest, with what is there already left out.
  const examples = text
    .split("\n")
    .filter((line) => /^# [a-z]+: /.test(line))
    .map((line) => line.slice(2));
  expect(examples).toHaveLength(16);
  const methods = "methods: [{ name: rr }]";
  // Selections and what is said of pairs exclude each other.
  const ofTraffic = examples.filter((example) => /^(selections|rtp):/.test(example));
  expect(parseManifest([...ofTraffic, methods].join("\n"), "e.yaml").rtp).toHaveLength(1);
  const ofPairs = examples.filter((example) => !ofTraffic.includes(example));
  const manifest = parseManifest([...ofPairs, methods].join("\n"), "e.yaml");
  expect(manifest).toMatchObject({ balancer: "192.168.56.103", bandwidthBitsPerSecond: 1e8 });
  expect(manifest.testbed).toBeDefined();
  expect(manifest.taps?.files).toEqual({ "Backend 1": "{capture}.backend-1.pcapng" });
});

test("what is written is read back", () => {
  const word = fc
    .string({ minLength: 1, maxLength: 12 })
    .map((text) => text.trim())
    .filter((text) => text !== "");
  const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
  const address = fc.oneof(fc.ipV4(), fc.ipV6());
  const captureSet = fc.record({
    files: fc.array(word, { minLength: 1, maxLength: 3 }),
    backend: fc.constant(null),
    run: nullable(fc.nat(99)),
  });
  const method = fc.record({
    name: fc.oneof(word, fc.constantFrom("direct", "round-robin", "ip-hash")),
    algorithm: fc.constantFrom(...algorithms),
    baseline: fc.constant(false),
    source: nullable(address),
    captures: fc.array(captureSet, { maxLength: 3 }),
    results: nullable(fc.record({ file: word, method: word })),
    requests: nullable(word),
  });
  const manifest: fc.Arbitrary<Manifest> = fc
    .record({
      title: word,
      language: fc.constantFrom("en" as const, "id" as const),
      balancer: nullable(address),
      backends: fc.uniqueArray(fc.record({ name: word, address }), {
        maxLength: 3,
        comparator: (a, b) => a.name === b.name || a.address === b.address,
      }),
      methods: fc.uniqueArray(method, {
        minLength: 1,
        maxLength: 4,
        selector: (one) => one.name.toLowerCase(),
      }),
      results: fc.array(word, { maxLength: 2 }),
      load: fc.record({
        requests: nullable(fc.integer({ min: 1, max: 9999 })),
        requestsPerSecond: fc.constant(null),
      }),
      bandwidthBitsPerSecond: nullable(fc.constantFrom(1e8, 1e9, 2.5e9, 64_000, 123_456_789)),
      profile: fc.constantFrom("tiphon", "tiphon-kbps"),
      notes: nullable(fc.string({ minLength: 1, maxLength: 40 })),
    })
    .chain((made) =>
      fc
        .record(
          {
            primary: fc.constantFrom("rttP50Ms" as const, "delayMs" as const),
            design: fc.constantFrom("blocks" as const, "independent" as const),
            taps: fc.record({
              synchronousClocks: fc.boolean(),
              files: fc.constant(
                Object.fromEntries(made.backends.map(({ name }, index) => [name, `{capture}.${index}`])),
              ),
            }),
            margin: fc.record({ percent: fc.nat(50), percentagePoints: fc.nat(9) }),
          },
          { requiredKeys: [] },
        )
        .map((inference) => ({ ...made, ...inference })),
    )
    .chain((made) =>
      fc.integer({ min: -1, max: made.methods.length - 1 }).map((baseline) => ({
        ...made,
        methods: made.methods.map((one, index) => ({ ...one, baseline: index === baseline })),
      })),
    );
  fc.assert(
    fc.property(manifest, (made) => {
      expect(parseManifest(formatManifest(made), "e.yaml")).toEqual(made);
    }),
    { numRuns: 300 },
  );
});
