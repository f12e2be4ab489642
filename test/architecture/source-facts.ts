/** What the room rules want to know of a source file: what it imports, and which names it uses that come from nowhere. */
import { posix } from "node:path";
import { type ImportDeclaration, parseSync, Visitor } from "oxc-parser";

export interface Import {
  /** As written: `./segment.ts`, `node:fs`, `zod`; empty where it is computed at run time. */
  readonly specifier: string;
  /** Path below src of the file meant, `null` for a package, a Node module or a path outside src. */
  readonly target: string | null;
  /** `import type …`: gone at run time. */
  readonly typeOnly: boolean;
  /** Names as the other file exports them. */
  readonly names: readonly string[];
  readonly line: number;
}

export interface Use {
  /**
   * A name (`console`), a member of one (`process.stdout`; `?.writeFile` where the object is no plain name), or `new Date()`
   * for one without arguments. A local variable counts like a global: it had better have a name of its own.
   */
  readonly name: string;
  readonly line: number;
}

export interface Definition {
  /** Of a type, an interface, a class or an enumeration, exported or not. */
  readonly name: string;
  readonly line: number;
}

export interface SourceFacts {
  /** Path below src: `tcp/sequence.ts`. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly uses: readonly Use[];
  readonly types: readonly Definition[];
  /** Lines with `export * from`. */
  readonly starExports: readonly number[];
}

/** Reads one file. @throws Error where it is no TypeScript */
export function readSource(path: string, text: string): SourceFacts {
  const { program, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);

  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  const lineAt = (offset: number) => lineStarts.filter((start) => start <= offset).length;
  const imports: Import[] = [];
  const uses: Use[] = [];
  const types: Definition[] = [];
  const starExports: number[] = [];
  /** Where identifiers stand that name a property or an export and refer to nothing. */
  const labels = new Set<number>();

  const addImport = (specifier: string, typeOnly: boolean, names: readonly string[], offset: number) => {
    const target = specifier.startsWith(".") ? posix.join(posix.dirname(path), specifier) : "..";
    imports.push({
      specifier,
      target: target.startsWith("..") ? null : target,
      typeOnly,
      names,
      line: lineAt(offset),
    });
  };
  const addLabel = (node: { key: { start: number }; computed: boolean }) => {
    if (!node.computed) labels.add(node.key.start);
  };

  const addType = ({ id }: { id: { name: string; start: number } | null }) => {
    if (id !== null) types.push({ name: id.name, line: lineAt(id.start) });
  };

  new Visitor({
    TSInterfaceDeclaration: addType,
    TSTypeAliasDeclaration: addType,
    TSEnumDeclaration: addType,
    ClassDeclaration: addType,
    ImportDeclaration(node) {
      addImport(node.source.value, node.importKind === "type", importedNames(node), node.start);
    },
    ExportAllDeclaration(node) {
      addImport(node.source.value, node.exportKind === "type", [], node.start);
      starExports.push(lineAt(node.start));
    },
    ExportNamedDeclaration(node) {
      for (const { local, exported } of node.specifiers) {
        if (node.source) labels.add(local.start);
        labels.add(exported.start);
      }
      if (node.source) {
        const names = node.specifiers.map(({ local }) => ("name" in local ? local.name : local.value));
        addImport(node.source.value, node.exportKind === "type", names, node.start);
      }
    },
    ImportExpression(node) {
      const { source } = node;
      const literal = source.type === "Literal" && typeof source.value === "string" ? source.value : "";
      addImport(literal, false, [], node.start);
    },
    TSImportType(node) {
      addImport(node.source.value, true, [], node.start);
    },
    ImportSpecifier(node) {
      labels.add(node.imported.start).add(node.local.start);
    },
    ImportDefaultSpecifier(node) {
      labels.add(node.local.start);
    },
    ImportNamespaceSpecifier(node) {
      labels.add(node.local.start);
    },
    MemberExpression(node) {
      if (node.computed || node.property.type !== "Identifier") return;
      labels.add(node.property.start);
      const object = node.object.type === "Identifier" ? node.object.name : "?";
      uses.push({ name: `${object}.${node.property.name}`, line: lineAt(node.start) });
    },
    NewExpression(node) {
      if (node.callee.type !== "Identifier" || node.arguments.length > 0) return;
      uses.push({ name: `new ${node.callee.name}()`, line: lineAt(node.start) });
    },
    CallExpression(node) {
      if (node.callee.type !== "Identifier") return;
      uses.push({ name: `${node.callee.name}()`, line: lineAt(node.start) });
    },
    Property(node) {
      if (!node.shorthand) addLabel(node);
    },
    PropertyDefinition: addLabel,
    MethodDefinition: addLabel,
    TSPropertySignature: addLabel,
    TSMethodSignature: addLabel,
    Identifier(node) {
      if (!labels.has(node.start)) uses.push({ name: node.name, line: lineAt(node.start) });
    },
  }).visit(program);

  const lines = text.endsWith("\n") ? lineStarts.length - 1 : lineStarts.length;
  return { path, lines, imports, uses, types, starExports };
}

function importedNames(node: ImportDeclaration): string[] {
  return node.specifiers.map((specifier) => {
    if (specifier.type !== "ImportSpecifier") return "*";
    return "name" in specifier.imported ? specifier.imported.name : specifier.imported.value;
  });
}
