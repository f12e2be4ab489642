import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
} from "yaml";
import type { z } from "zod";
import { Failure } from "../../failure.ts";
import type { Backend } from "../../metrics/analysis-options.ts";
import type { CategoryProfile } from "../../metrics/category-profiles.ts";
import { type Message, message } from "../../words/message.ts";
import {
  type CaptureSet,
  defaultTitles,
  type Manifest,
  type ManifestMethod,
  type Procedure,
  type Recorder,
  type Testbed,
} from "./manifest.ts";
import { describeIssue, fieldName, type ManifestPath, plainIssues } from "./manifest-problem.ts";
import { manifestSchema, ownProfile } from "./manifest-schema.ts";
import { checkMethodCount } from "./method-limit.ts";
import { algorithmOf } from "./method-names.ts";

/** A manifest is written by people; anything of this size was opened by mistake. */
const MAX_CHARACTERS = 1 << 20;

/** Default filter of `lbqos run`'s recordings. */
const DEFAULT_FILTER = "tcp";

/**
 * Reads an `experiment.yaml`.
 * @param fileName names the file in errors
 * @throws Failure (status 1) that names file, line and field of the first problem, and what would be right
 */
export function parseManifest(text: string, fileName: string): Manifest {
  return manifestFrom(
    parseAs(manifestSchema, text, fileName, message("aManifest"), message("initWritesOne")),
  );
}

/**
 * Reads a category profile of the user's own (YAML or JSON): name, source, and the bands of the four metrics.
 * @param fileName names the file in errors
 * @throws Failure (status 1) that names file, line and field of the first problem, and what would be right
 */
export function parseProfile(text: string, fileName: string): CategoryProfile {
  return parseAs(ownProfile, text, fileName, message("aProfile"), message("docsShowOne"));
}

function parseAs<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  fileName: string,
  what: Message,
  advice: Message,
): z.infer<Schema> {
  if (text.length > MAX_CHARACTERS) {
    throw new Failure(message("tooBigFor", fileName, what));
  }
  const lines = new LineCounter();
  const { document, value } = parseYaml(text, fileName, lines);
  if (value === undefined || value === null) throw new Failure(message("fileIsEmpty", fileName, advice));
  const result = schema.safeParse(withoutEmptyKeys(value), { reportInput: true });
  if (result.success) return result.data;

  const problems = plainIssues(result.error.issues)
    .map((issue) => ({ issue, offset: issueOffset(document, issue) }))
    // A misspelt field explains what then seems to be missing or empty.
    .sort((a, b) => Number(isUnknownField(b.issue)) - Number(isUnknownField(a.issue)) || a.offset - b.offset);
  const first = problems[0];
  if (first === undefined) throw new Failure(message("isNot", fileName, what));
  const { line } = lines.linePos(first.offset);
  const problem = describeIssue(first.issue, schema);
  throw new Failure(
    message("fieldProblem", fileName, line, fieldName(first.issue.path), problem, problems.length - 1),
  );
}

function isUnknownField({ code }: z.core.$ZodIssue): boolean {
  return code === "unrecognized_keys";
}

function parseYaml(
  text: string,
  fileName: string,
  lines: LineCounter,
): { document: Document; value: unknown } {
  try {
    // Warnings of the parser would be printed; a manifest that deserves one is refused by the schema.
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
    const error = document.errors[0];
    if (error !== undefined) {
      const { line } = lines.linePos(error.pos[0]);
      throw new Failure(message("notYaml", fileName, line, oneLine(error.message)));
    }
    return { document, value: document.toJS() };
  } catch (error) {
    if (error instanceof Failure) throw error;
    // The parser's own limits: aliases that multiply, nesting without end.
    throw new Failure(message("yamlUnreadable", fileName, oneLine(String(error))));
  }
}

function oneLine(message: string): string {
  return (message.split("\n")[0] ?? "").slice(0, 200);
}

/** Keys without a value (`notes:`) count as absent, so that a template's blanks need not be deleted. */
function withoutEmptyKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmptyKeys);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([, one]) => one !== null);
  return Object.fromEntries(kept.map(([key, one]) => [key, withoutEmptyKeys(one)]));
}

/**
 * The place of a field in the manifest's text, to be read before what is wrong with it: `experiment.yaml:5: methods[0].captures[0]`.
 * @throws Failure where the text is no YAML
 */
export function placeOfField(text: string, fileName: string, field: ManifestPath): string {
  const lines = new LineCounter();
  const { document } = parseYaml(text, fileName, lines);
  return `${fileName}:${lines.linePos(offsetOf(document, field)).line}: ${fieldName(field)}`;
}

/** Where in the text a problem lies: the unknown key itself, the value, or what should have held it. */
function issueOffset(document: Document, issue: z.core.$ZodIssue): number {
  return issue.code === "unrecognized_keys"
    ? offsetOf(document, [...issue.path, issue.keys[0] ?? ""], true)
    : offsetOf(document, issue.path);
}

function offsetOf(document: Document, path: ManifestPath, isKey = false): number {
  let node: Node | null = document.contents as Node | null;
  let offset = node?.range?.[0] ?? 0;
  for (const [depth, step] of path.entries()) {
    if (!isCollection(node)) break;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) break;
      const isUnknownKey = isKey && depth === path.length - 1;
      const keyOffset = isNode(pair.key) ? pair.key.range?.[0] : undefined;
      node = isNode(pair.value) && !isUnknownKey ? pair.value : null;
      offset = isScalar(node) ? (node.range?.[0] ?? offset) : (keyOffset ?? offset);
    } else {
      const item: unknown = node.items[Number(step)];
      node = isNode(item) ? item : null;
      offset = node?.range?.[0] ?? offset;
    }
  }
  return offset;
}

function manifestFrom(input: z.infer<typeof manifestSchema>): Manifest {
  return {
    title: input.title ?? defaultTitles[input.language],
    language: input.language,
    balancer: input.balancer ?? null,
    backends: input.backends.map(backendFrom),
    ...selectionsFrom(input),
    ...(input.factors.length > 0 && {
      factors: input.factors.map(({ name, unit }) => ({ name, ...(unit !== undefined && { unit }) })),
    }),
    methods: methodsFrom(input),
    results: input.results,
    load: {
      requests: input.load.requests ?? null,
      requestsPerSecond: input.load.requestsPerSecond ?? null,
    },
    bandwidthBitsPerSecond: input.bandwidth ?? null,
    profile: input.profile ?? "tiphon",
    notes: input.notes ?? null,
    ...(input.taps === undefined
      ? {}
      : { taps: { synchronousClocks: input.taps.clocks === "synchronous", files: input.taps.files } }),
    ...(input.generator !== undefined && { generator: input.generator }),
    ...(input.primary !== undefined && { primary: input.primary }),
    ...(input.design !== undefined && { design: input.design }),
    ...(input.statistics.length > 0 && { statistics: [...new Set(input.statistics)] }),
    ...(input.margin !== undefined && { margin: input.margin }),
    ...(input.testbed === undefined ? {} : { testbed: testbedFrom(input.testbed) }),
  };
}

function testbedFrom(input: NonNullable<Input["testbed"]>): Testbed {
  const { runs, settleSeconds, attempts } = input;
  return { ...procedureFrom(input), runs, settleSeconds, attempts };
}

function procedureFrom({
  prepare,
  capture,
  load,
}: NonNullable<Input["methods"][number]["testbed"]>): Procedure {
  return { prepare: prepare ?? null, capture: recorderFrom(capture), load: load ?? null };
}

function recorderFrom(input: NonNullable<Input["testbed"]>["capture"]): Recorder | null {
  if (input === undefined) return null;
  if (input.command !== undefined) return { command: input.command };
  return { interface: input.interface ?? "", filter: input.filter ?? DEFAULT_FILTER };
}

type Input = z.infer<typeof manifestSchema>;

function backendFrom({ name, address, port, weight }: Input["backends"][number]): Backend {
  return {
    name,
    address,
    ...(port === undefined ? {} : { port }),
    ...(weight === undefined ? {} : { weight }),
  };
}

function selectionsFrom({ selections, rtp }: Input): Pick<Manifest, "selections" | "rtp"> {
  if (selections.length === 0) return {};
  return {
    selections: selections.map(({ sent, ...one }) => ({ ...one, ...(sent !== undefined && { sent }) })),
    ...(rtp.length > 0 && {
      rtp: rtp.map(({ port, clockRate }) => ({
        port,
        ...(clockRate !== undefined && { clockRateHz: clockRate }),
      })),
    }),
  };
}

/** Where no method is called the baseline, the only direct one is it. Methods of selections share no requests. */
function methodsFrom({ methods: inputs, selections }: Input): ManifestMethod[] {
  const algorithmFor = (input: Input["methods"][number]) =>
    selections.length > 0 ? "other" : (input.algorithm ?? algorithmOf(input.name));
  const direct = inputs.filter((input) => algorithmFor(input) === "direct");
  const isChosen = inputs.some((input) => input.baseline === true);
  checkMethodCount(inputs.length);
  return inputs.map((input) => ({
    name: input.name,
    algorithm: algorithmFor(input),
    baseline: input.baseline ?? (!isChosen && direct.length === 1 && direct[0] === input),
    source: input.source ?? null,
    captures: (input.captures ?? []).map(
      ({ files, backend, run, levels, keys }): CaptureSet => ({
        files,
        backend: backend ?? null,
        run: run ?? null,
        ...(levels === undefined || Object.keys(levels).length === 0 ? {} : { levels }),
        ...(keys === undefined ? {} : { keys }),
      }),
    ),
    results:
      input.results === undefined
        ? null
        : { file: input.results.file, method: input.results.method ?? input.name },
    requests: input.requests ?? null,
    ...(input.testbed === undefined ? {} : { testbed: procedureFrom(input.testbed) }),
  }));
}
