/**
 * The shape of `experiment.yaml`, as the user writes it: short forms (one string in place of a list) are made long,
 * keys without a value count as absent, unknown keys are refused.
 */
import { z } from "zod";
import { type CategoryBand, categoryProfiles } from "../../metrics/category-profiles.ts";
import { nearestName } from "../../metrics/nearest-name.ts";
import { filterProblem } from "../../select/compile-filter.ts";
import { languages } from "../../words/language.ts";
import { type Message, message } from "../../words/message.ts";
import { metricKeys } from "../experiment-metrics.ts";
import { designKinds } from "../statistics/design-limits.ts";
import { DEFAULT_MARGIN } from "../statistics/margin.ts";
import { namedTests } from "../statistics/named-test.ts";
import { algorithms } from "./algorithms.ts";
import { parseBandwidth } from "./bandwidth.ts";
import { REPORT_PLACES } from "./generator-file.ts";
import { CAPTURE_PLACE } from "./tap-files.ts";

const asList = (value: unknown): unknown => (value === undefined || Array.isArray(value) ? value : [value]);
const asObjectWith = (key: string) => (value: unknown) =>
  typeof value === "string" ? { [key]: value } : value;
const asCaptureSets = (value: unknown): unknown => {
  if (value === undefined) return value;
  const sets = Array.isArray(value) ? value : [value];
  return sets.map(asObjectWith("files"));
};

const asFactors = (value: unknown): unknown =>
  value === undefined ? value : (Array.isArray(value) ? value : [value]).map(asObjectWith("name"));

const name = z.string().trim().min(1);
const address = z
  .string()
  .refine((text) => z.ipv4().safeParse(text).success || z.ipv6().safeParse(text).success, {
    params: { rule: message("mustBeAddress") },
  });

const backend = z.strictObject({
  name,
  address,
  port: z.int().min(1).max(65535).optional(),
  weight: z.number().positive().optional(),
});

const selection = z.strictObject({
  name,
  filter: z.string().superRefine((text, context) => {
    const refused = text.trim() === "" ? null : filterProblem(text);
    if (refused !== null) context.addIssue({ code: "custom", params: { rule: refused } });
  }),
  sent: z.int().positive().optional(),
});

const rtpPort = z.strictObject({
  port: z.int().min(1).max(65535),
  clockRate: z.int().positive().optional(),
});

/** A capture of each run, which its name has to tell. */
const tapFile = name.refine((text) => text.includes(CAPTURE_PLACE), {
  params: { rule: message("mustNameRun", CAPTURE_PLACE) },
});

/** A report of each run, which its name has to tell. */
const generatorReport = name.refine((text) => REPORT_PLACES.some((place) => text.includes(place)), {
  params: { rule: message("mustNameRun", REPORT_PLACES.join(" / ")) },
});

/** A level as text, however YAML reads it: `100`, `1.5`, `10kB`, `true`. */
const level = z.union([name, z.number(), z.boolean()]).transform(String);

const factor = z.strictObject({ name, unit: name.optional() });

const captureSet = z.strictObject({
  files: z.preprocess(asList, z.array(name).min(1)),
  backend: name.optional(),
  run: z.int().min(0).optional(),
  levels: z.record(name, level).optional(),
  keys: z.preprocess(asList, z.array(name).min(1).optional()),
});

const recorder = z
  .strictObject({ interface: name.optional(), filter: z.string().optional(), command: name.optional() })
  .refine((one) => (one.interface === undefined) !== (one.command === undefined), {
    params: { rule: message("mustNameRecorder") },
  })
  .refine((one) => one.command === undefined || one.filter === undefined, {
    params: { rule: message("filterBesideCommand") },
  });

const procedure = {
  prepare: name.optional(),
  capture: z.preprocess(asObjectWith("command"), recorder.optional()),
  load: name.optional(),
};

const method = z.strictObject({
  name,
  algorithm: z.enum(algorithms).optional(),
  baseline: z.boolean().optional(),
  source: address.optional(),
  captures: z.preprocess(asCaptureSets, z.array(captureSet).optional()),
  results: z.preprocess(
    asObjectWith("file"),
    z.strictObject({ file: name, method: name.optional() }).optional(),
  ),
  requests: name.optional(),
  testbed: z.strictObject(procedure).optional(),
});

const bands = z
  .array(
    z.strictObject({ from: z.number(), exclusive: z.boolean().optional(), index: z.int().min(0).max(4) }),
  )
  .min(1)
  .refine((list) => list.every((band, index) => index === 0 || band.from >= (list[index - 1]?.from ?? 0)), {
    params: { rule: message("bandsAscend") },
  })
  .transform((list) =>
    list.map(
      ({ from, exclusive, index }): CategoryBand =>
        exclusive === true ? { from, exclusive, index } : { from, index },
    ),
  );

/** A category profile of the user's own. */
export const ownProfile = z.strictObject({
  name,
  source: name,
  packetLoss: bands,
  delay: bands,
  jitter: bands,
  throughput: z.strictObject({ unit: z.enum(["kbps", "percentOfBandwidth"]), bands }),
});

const builtInProfile = z.string().refine((text) => categoryProfiles.some((one) => one.name === text), {
  params: {
    rule: message(
      "mustBeProfile",
      message(
        "eitherOf",
        categoryProfiles.map((one) => one.name),
      ),
    ),
  },
});

const bandwidth = z.union([z.number(), z.string()]).transform((value, context) => {
  const bits = parseBandwidth(String(value));
  if (bits === null) {
    context.addIssue({ code: "custom", params: { rule: message("mustBeBandwidth") } });
    return z.NEVER;
  }
  return bits;
});

/** Rules that several fields make together. */
function checkTogether(manifest: ManifestInput, context: z.RefinementCtx): void {
  const refuse = (path: (string | number)[], broken: Message) =>
    context.addIssue({ code: "custom", path, params: { rule: broken } });
  const first = (list: readonly string[], index: number) => list.indexOf(list[index] ?? "") === index;

  const backendNames = manifest.backends.map((one) => one.name);
  const endpoints = manifest.backends.map((one) => `${one.address} ${one.port ?? ""}`);
  const methodNames = manifest.methods.map((one) => one.name);
  const lowerCase = methodNames.map((one) => one.toLowerCase());
  for (const index of backendNames.keys()) {
    if (!first(backendNames, index))
      refuse(["backends", index, "name"], message("secondBackend", backendNames[index] ?? ""));
    if (!first(endpoints, index)) {
      refuse(["backends", index, "address"], message("sameEndpoint"));
    }
  }
  for (const index of methodNames.keys()) {
    if (!first(methodNames, index))
      refuse(["methods", index, "name"], message("secondMethod", methodNames[index] ?? ""));
    else if (!first(lowerCase, index)) refuse(["methods", index, "name"], message("methodDiffersInCapitals"));
  }
  checkSelections(manifest, refuse);
  checkFactors(manifest, refuse);
  if (manifest.statistics.includes("tost") && manifest.margin === undefined) {
    refuse(["statistics"], message("tostNeedsMargin"));
  }
  const baselines = [...manifest.methods.keys()].filter(
    (index) => manifest.methods[index]?.baseline === true,
  );
  for (const index of baselines.slice(1)) {
    refuse(["methods", index, "baseline"], message("secondBaseline"));
  }
  if (manifest.methods.length === 0 && manifest.results.length === 0) {
    refuse(["methods"], message("methodsMissing"));
  }
  const refuseUnknown = (backend: string, path: (string | number)[]) => {
    if (backendNames.includes(backend)) return;
    const meant = nearestName(backend, backendNames);
    const hint =
      meant === null ? message("inParentheses", backendNames.join(", ")) : message("perhaps", meant);
    refuse(path, message("noSuchBackend", backend, hint));
  };
  for (const [index, one] of manifest.methods.entries()) {
    for (const [set, { backend }] of (one.captures ?? []).entries())
      if (backend !== undefined) refuseUnknown(backend, ["methods", index, "captures", set, "backend"]);
  }
  for (const backend of Object.keys(manifest.taps?.files ?? {}))
    refuseUnknown(backend, ["taps", "files", backend]);
}

/** Levels are of factors that are listed, where any are; a table of requests has none. */
function checkFactors(
  { factors, methods }: ManifestInput,
  refuse: (path: (string | number)[], broken: Message) => void,
): void {
  const names = factors.map((one) => one.name);
  for (const [index, one] of names.entries()) {
    if (names.indexOf(one) !== index) refuse(["factors", index, "name"], message("secondFactor", one));
  }
  for (const [index, { captures = [], requests }] of methods.entries()) {
    for (const [set, { levels = {} }] of captures.entries()) {
      for (const one of Object.keys(levels)) {
        if (names.length === 0 || names.includes(one)) continue;
        const meant = nearestName(one, names);
        const hint = meant === null ? message("inParentheses", names.join(", ")) : message("perhaps", meant);
        refuse(["methods", index, "captures", set, "levels", one], message("noSuchFactor", hint));
      }
    }
    if (requests !== undefined && captures.some(({ levels }) => levels !== undefined)) {
      refuse(["methods", index, "requests"], message("requestsBesideLevels"));
    }
  }
}

/** Selections take the place of pairs, and of everything that is known of them. */
function checkSelections(
  { selections, rtp, backends, balancer, results, methods }: ManifestInput,
  refuse: (path: (string | number)[], broken: Message) => void,
): void {
  if (selections.length === 0) {
    if (rtp.length > 0) refuse(["rtp"], message("rtpWithoutSelections"));
    return;
  }
  const names = selections.map((one) => one.name);
  for (const [index, one] of names.entries()) {
    if (names.indexOf(one) !== index) refuse(["selections", index, "name"], message("secondSelection", one));
  }
  const beside = (path: (string | number)[]) => refuse(path, message("besideSelections"));
  if (balancer !== undefined) beside(["balancer"]);
  if (backends.length > 0) beside(["backends"]);
  if (results.length > 0) beside(["results"]);
  for (const [index, one] of methods.entries()) {
    for (const key of ["baseline", "source", "results", "requests"] as const) {
      if (one[key] !== undefined) beside(["methods", index, key]);
    }
  }
}

const manifestObject = z.strictObject({
  title: name.optional(),
  language: z.enum(languages).default("en"),
  balancer: address.optional(),
  backends: z.array(backend).default([]),
  selections: z.array(selection).default([]),
  rtp: z.array(rtpPort).default([]),
  factors: z.preprocess(asFactors, z.array(factor).default([])),
  methods: z.array(method).default([]),
  results: z.preprocess(asList, z.array(name).default([])),
  load: z
    .strictObject({
      requests: z.int().positive().optional(),
      requestsPerSecond: z.number().positive().optional(),
    })
    .default({}),
  bandwidth: bandwidth.optional(),
  profile: z.union([builtInProfile, ownProfile]).optional(),
  notes: z.string().optional(),
  taps: z
    .strictObject({
      clocks: z.enum(["estimated", "synchronous"]).default("estimated"),
      files: z.record(name, tapFile),
    })
    .optional(),
  generator: generatorReport.optional(),
  primary: z.enum(metricKeys).optional(),
  design: z.enum(designKinds).optional(),
  statistics: z.preprocess(asList, z.array(z.enum(namedTests)).default([])),
  margin: z
    .strictObject({
      percent: z.number().min(0).default(DEFAULT_MARGIN.percent),
      percentagePoints: z.number().min(0).default(DEFAULT_MARGIN.percentagePoints),
    })
    .optional(),
  testbed: z
    .strictObject({
      ...procedure,
      runs: z.int().min(1).max(999).default(10),
      settleSeconds: z.number().min(0).max(3600).default(1),
      attempts: z.int().min(1).max(100).default(3),
    })
    .optional(),
});

type ManifestInput = z.infer<typeof manifestObject>;

/** The whole file. */
export const manifestSchema = manifestObject.superRefine(checkTogether);
