import { z } from "zod";
import { manifestSchema } from "./manifest-schema.ts";
import { nearestName } from "./nearest-name.ts";

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

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map of fields",
};

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
export function describeIssue(issue: Issue, schema: z.ZodType = manifestSchema): string {
  switch (issue.code) {
    case "unrecognized_keys": {
      const key = issue.keys[0] ?? "";
      const known = keysAt(schema, issue.path);
      const meant = nearestName(key, known);
      return `has no field "${key}"; ${meant === null ? `there are ${known.join(", ")}` : `did you mean "${meant}"?`}`;
    }
    case "invalid_type": {
      if (issue.input === undefined) return "is missing";
      const quote = issue.expected === "string" && isPlain(issue.input) ? "; put it in quotes" : "";
      return `must be ${KINDS[issue.expected] ?? issue.expected}, not ${shown(issue.input)}${quote}`;
    }
    case "invalid_value": {
      const meant = nearestName(String(issue.input), issue.values.map(String));
      const suggestion = meant === null ? "" : `; did you mean "${meant}"?`;
      return `must be one of ${issue.values.map(String).join(", ")}, not ${shown(issue.input)}${suggestion}`;
    }
    case "too_small":
      if (issue.origin === "number" || issue.origin === "int") {
        return `must be ${issue.inclusive === true ? "at least" : "above"} ${String(issue.minimum)}, not ${shown(issue.input)}`;
      }
      return "is empty";
    case "too_big":
      return `must be at most ${String(issue.maximum)}, not ${shown(issue.input)}`;
    case "custom":
      return issue.path.length === 0 || issue.input === undefined || typeof issue.input === "object"
        ? issue.message
        : `${issue.message}, not ${shown(issue.input)}`;
    default:
      return issue.message;
  }
}

function isPlain(value: unknown): boolean {
  return typeof value === "number" || typeof value === "boolean";
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "a map of fields";
  return JSON.stringify(value)?.slice(0, 80) ?? "nothing";
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
