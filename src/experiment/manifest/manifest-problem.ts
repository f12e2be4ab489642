import { z } from "zod";
import { nearestName } from "../../metrics/nearest-name.ts";
import type { ValueKind } from "../../words/en/messages/experiment.ts";
import { type Message, message } from "../../words/message.ts";
import { manifestSchema } from "./manifest-schema.ts";

type Issue = z.core.$ZodIssue;

/**
 * The problems of a union's branches are about shapes that the user did not mean: keeps those of the branch whose kind
 * of value is there.
 */
export function plainIssues(issues: readonly Issue[]): Issue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== "invalid_union") return [issue];
    const isOtherKind = (one: Issue) => one.code === "invalid_type" && one.path.length === 0;
    const branch = issue.errors.find((errors) => !errors.some(isOtherKind)) ?? issue.errors[0];
    if (branch === undefined) return [issue];
    return plainIssues(branch).map((one) => ({ ...one, path: [...issue.path, ...one.path] }));
  });
}

const KINDS: readonly string[] = [
  "string",
  "number",
  "int",
  "boolean",
  "array",
  "object",
] satisfies ValueKind[];

/** Where a field lies in the manifest: names of fields, and places in lists from 0. */
export type ManifestPath = readonly PropertyKey[];

/** A field's path in one word: `methods[1].captures[0].backend`. */
export function fieldName(path: ManifestPath): string {
  return path
    .map((step, index) =>
      typeof step === "number" ? `[${step}]` : `${index === 0 ? "" : "."}${String(step)}`,
    )
    .join("");
}

/** The field's fault and what would be right, to be read after its name. */
export function describeIssue(issue: Issue, schema: z.ZodType = manifestSchema): Message {
  switch (issue.code) {
    case "unrecognized_keys": {
      const key = issue.keys[0] ?? "";
      const known = keysAt(schema, issue.path);
      const meant = nearestName(key, known);
      const hint = meant === null ? message("thereAre", known.join(", ")) : message("didYouMean", meant);
      return message("noField", key, hint);
    }
    case "invalid_type": {
      if (issue.input === undefined) return message("isMissing");
      const isUnquoted = issue.expected === "string" && isPlain(issue.input);
      const hint = message(isUnquoted ? "putInQuotes" : "noHint");
      return message("mustBe", kindOf(issue.expected), shown(issue.input), hint);
    }
    case "invalid_value": {
      const names = issue.values.map(String);
      const meant = nearestName(String(issue.input), names);
      const hint = meant === null ? message("noHint") : message("perhaps", meant);
      return message("mustBe", message("oneOf", names.join(", ")), shown(issue.input), hint);
    }
    case "too_small": {
      if (issue.origin !== "number" && issue.origin !== "int") return message("isEmpty");
      const limit = message(issue.inclusive === true ? "atLeast" : "above", String(issue.minimum));
      return message("mustBe", limit, shown(issue.input), message("noHint"));
    }
    case "too_big": {
      const limit = message("atMost", String(issue.maximum));
      return message("mustBe", limit, shown(issue.input), message("noHint"));
    }
    case "custom": {
      // The rules of manifest-schema.ts say themselves by this field.
      const broken: Message = issue.params?.["rule"] ?? message("verbatim", issue.message);
      return issue.path.length === 0 || issue.input === undefined || typeof issue.input === "object"
        ? broken
        : message("notValue", broken, shown(issue.input));
    }
    default:
      return message("verbatim", issue.message);
  }
}

function kindOf(expected: string): Message {
  const kind = KINDS.find((one): one is ValueKind => one === expected);
  return kind === undefined ? message("verbatim", expected) : message("kindOfValue", kind);
}

function isPlain(value: unknown): boolean {
  return typeof value === "number" || typeof value === "boolean";
}

function shown(value: unknown): Message {
  if (Array.isArray(value)) return message("kindOfValue", "array");
  if (typeof value === "object" && value !== null) return message("kindOfValue", "object");
  const text = JSON.stringify(value)?.slice(0, 80);
  return text === undefined ? message("kindOfValue", "nothing") : message("verbatim", text);
}

/** The fields that the schema knows at a path. */
function keysAt(root: z.ZodType, path: readonly PropertyKey[]): string[] {
  let schema: unknown = root;
  for (const step of path) {
    const inner = unwrapped(schema);
    if (inner instanceof z.ZodArray) schema = inner.element;
    else if (inner instanceof z.ZodObject) schema = inner.shape[String(step)];
  }
  const inner = unwrapped(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

/** The schema within optional, default and preprocess. */
function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unwrapped(schema.unwrap());
  if (schema instanceof z.ZodPipe)
    return unwrapped(schema.in instanceof z.ZodTransform ? schema.out : schema.in);
  if (schema instanceof z.ZodUnion)
    return schema.options.map(unwrapped).find((one) => one instanceof z.ZodObject);
  return schema;
}
