/** JSON Schemas of the documents that lbqos prints, generated from the types that its renderers print. */
import { fileURLToPath } from "node:url";
import {
  AnyType,
  type CompletedConfig,
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  SchemaGenerator,
  type SubNodeParser,
} from "ts-json-schema-generator";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The documents: the name of each one's schema, its type, and the file of that type. */
const DOCUMENTS = {
  run: { type: "PrintedRun", path: "src/report/render-json.ts" },
  live: { type: "PrintedLiveRun", path: "src/report/live/live-facts.ts" },
  path: { type: "PrintedTaps", path: "src/report/path/render-path-json.ts" },
  comparison: { type: "PrintedComparison", path: "src/report/comparison/render-comparison-json.ts" },
} as const;

/** A value inside an object of which only the keys make a type: `keyof typeof LANGUAGES`. The generator knows none. */
const NAMED_VALUE: SubNodeParser = {
  supportsNode: (node) => "escapedText" in node,
  createType: () => new AnyType(),
};

/**
 * The schema of a document as JSON text, with the types' doc comments as its descriptions.
 * @param openToMore whether an object may have fields that the types don't know: so in the published schemas, for
 * later versions may add fields
 */
export function jsonSchema(name: keyof typeof DOCUMENTS, openToMore: boolean): string {
  const { type, path } = DOCUMENTS[name];
  const config: CompletedConfig = {
    ...DEFAULT_CONFIG,
    path: `${ROOT}${path}`,
    tsconfig: `${ROOT}tsconfig.json`,
    type,
    additionalProperties: openToMore,
    // The generator brings a TypeScript of its own, older than the one that checks the project.
    skipTypeCheck: true,
  };
  const program = createProgram(config);
  const parser = createParser(program, config, (chain) => chain.addNodeParser(NAMED_VALUE));
  const generator = new SchemaGenerator(program, parser, createFormatter(config), config);
  return `${JSON.stringify(generator.createSchema(type), null, 2)}\n`;
}
