import { stringify } from "yaml";
import { languages, wordsOf } from "../../words/words.ts";
import { primaryMetrics } from "../experiment-metrics.ts";
import { DEFAULT_MARGIN } from "../statistics/margin.ts";
import { namedTests } from "../statistics/named-test.ts";
import { algorithms } from "./algorithms.ts";
import { bandwidthText } from "./bandwidth.ts";
import { FILE_PLACE } from "./generator-file.ts";
import type { BackendTaps, CaptureSet, Manifest, ManifestMethod } from "./manifest.ts";
import { algorithmOf } from "./method-names.ts";
import { CAPTURE_PLACE } from "./tap-files.ts";

/** A part of the file: what it is for, and its value, or an example where it has none. */
interface ManifestPart {
  readonly comment: string;
  readonly key: string;
  readonly value: unknown;
  readonly example?: string;
}

const TESTBED_EXAMPLE =
  "{ runs: 10, prepare: ./switch, capture: { interface: eth0 }, load: httperf --server $LBQOS_ADDRESS }";

/**
 * Writes an `experiment.yaml` that explains itself; what has no value is there as a commented-out example.
 * `parseManifest` reads the same manifest back.
 */
export function formatManifest(manifest: Manifest): string {
  const words = wordsOf(manifest.language).manifest;
  const sections: ManifestPart[] = [
    { comment: words.title, key: "title", value: manifest.title },
    { comment: words.language(languages), key: "language", value: manifest.language },
    {
      comment: words.balancer,
      key: "balancer",
      value: manifest.balancer,
      example: "192.168.56.103",
    },
    {
      comment: words.backends,
      key: "backends",
      value: nullIfEmpty(manifest.backends),
      example: "[{ name: Backend 1, address: 192.168.56.109, port: 5000 }]",
    },
    {
      comment: words.selections,
      key: "selections",
      value: manifest.selections === undefined ? null : [...manifest.selections],
      example: '[{ name: Video, filter: "udp.port == 5004" }]',
    },
    {
      comment: words.rtp,
      key: "rtp",
      value:
        manifest.rtp?.map(({ port, clockRateHz }) =>
          withoutNulls({ port, clockRate: clockRateHz ?? null }),
        ) ?? null,
      example: "[{ port: 5004, clockRate: 90000 }]",
    },
    {
      comment: words.factors,
      key: "factors",
      value: manifest.factors?.map(({ name, unit }) => (unit === undefined ? name : { name, unit })) ?? null,
      example: "[{ name: load, unit: 1/s }]",
    },
    {
      comment: words.methods(algorithms),
      key: "methods",
      value: nullIfEmpty(manifest.methods.map((method) => methodFields(method, manifest))),
      example: "[{ name: round-robin, captures: round-robin/*.pcapng }]",
    },
    {
      comment: words.taps,
      key: "taps",
      value: manifest.taps === undefined ? null : tapsField(manifest.taps),
      example: `{ clocks: estimated, files: { Backend 1: "${CAPTURE_PLACE}.backend-1.pcapng" } }`,
    },
    {
      comment: words.generator,
      key: "generator",
      value: manifest.generator ?? null,
      example: `"${FILE_PLACE}.load.txt"`,
    },
    {
      comment: words.results,
      key: "results",
      value: nullIfEmpty(manifest.results),
      example: "[published-runs.csv]",
    },
    {
      comment: words.load,
      key: "load",
      value: nullIfEmpty(withoutNulls({ ...manifest.load })),
      example: "{ requests: 1000, requestsPerSecond: 1000 }",
    },
    {
      comment: words.bandwidth,
      key: "bandwidth",
      value: manifest.bandwidthBitsPerSecond === null ? null : bandwidthText(manifest.bandwidthBitsPerSecond),
      example: "100 Mbps",
    },
    {
      comment: words.profile,
      key: "profile",
      value: manifest.profile,
    },
    {
      comment: words.primary,
      key: "primary",
      value: manifest.primary ?? null,
      example: primaryMetrics[0] ?? "",
    },
    { comment: words.design, key: "design", value: manifest.design ?? null, example: "blocks" },
    {
      comment: words.statistics(namedTests),
      key: "statistics",
      value: manifest.statistics === undefined ? null : [...manifest.statistics],
      example: "[tukey]",
    },
    {
      comment: words.margin,
      key: "margin",
      value: manifest.margin === undefined ? null : { ...manifest.margin },
      example: `{ percent: ${DEFAULT_MARGIN.percent}, percentagePoints: ${DEFAULT_MARGIN.percentagePoints} }`,
    },
    {
      comment: words.testbed,
      key: "testbed",
      value: manifest.testbed === undefined ? null : withoutNulls({ ...manifest.testbed }),
      example: TESTBED_EXAMPLE,
    },
    {
      comment: words.notes,
      key: "notes",
      value: manifest.notes,
      example: words.notesExample,
    },
  ];
  return `# ${words.head}\n\n${sections.map(sectionText).join("\n")}`;
}

function sectionText({ comment, key, value, example }: ManifestPart): string {
  const head = comment.replace(/^/gm, "# ");
  if (value === null) return `${head}\n# ${key}: ${example ?? ""}\n`;
  return `${head}\n${stringify({ [key]: value }, { lineWidth: 0, nullStr: "" })}`;
}

function tapsField({ synchronousClocks, files }: BackendTaps): Record<string, unknown> {
  return { clocks: synchronousClocks ? "synchronous" : "estimated", files: { ...files } };
}

/** A method as briefly as it can be said. */
function methodFields(method: ManifestMethod, manifest: Manifest): Record<string, unknown> {
  const direct = manifest.methods.filter((one) => one.algorithm === "direct");
  const isFoundOut =
    direct.length === 1 &&
    direct[0] === method &&
    !manifest.methods.some((one) => one !== method && one.baseline);
  const isExplicit = method.baseline || isFoundOut;
  return withoutNulls({
    name: method.name,
    algorithm:
      manifest.selections !== undefined || algorithmOf(method.name) === method.algorithm
        ? null
        : method.algorithm,
    baseline: isExplicit ? method.baseline : null,
    source: method.source,
    captures: method.captures.length === 0 ? null : capturesField(method.captures),
    results:
      method.results === null
        ? null
        : method.results.method === method.name
          ? method.results.file
          : { ...method.results },
    requests: method.requests,
    testbed: method.testbed === undefined ? null : withoutNulls({ ...method.testbed }),
  });
}

function capturesField(sets: readonly CaptureSet[]): unknown {
  const written = sets.map((set): unknown => {
    const files = set.files.length === 1 ? set.files[0] : [...set.files];
    const { backend, run, levels = null, keys = null } = set;
    const isPlain = backend === null && run === null && levels === null && keys === null;
    if (isPlain && typeof files === "string") return files;
    return withoutNulls({
      files,
      backend,
      run,
      levels: levelsField(levels),
      keys: keys?.length === 1 ? keys[0] : keys,
    });
  });
  return written.length === 1 && typeof written[0] === "string" ? written[0] : written;
}

/** Levels as YAML says them best: `300`, not `"300"`. */
function levelsField(levels: CaptureSet["levels"] | null): Record<string, string | number> | null {
  if (levels === null || levels === undefined) return null;
  const written = Object.entries(levels).map(([name, level]) => {
    const number = Number(level);
    return [name, level.trim() !== "" && String(number) === level ? number : level] as const;
  });
  return Object.fromEntries(written);
}

function withoutNulls(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function nullIfEmpty(value: readonly unknown[] | Record<string, unknown>): unknown {
  return Object.keys(value).length === 0 ? null : value;
}
