/** What the room rules want to know of a source file: what it imports, and which names it uses that come from nowhere. */
import { posix } from "node:path";
import {
  type Expression,
  type ImportDeclaration,
  type MemberExpression,
  parseSync,
  Visitor,
} from "oxc-parser";

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

/** Values that are added, subtracted, multiplied or divided, or gone through by `reduce`. */
export interface Operation {
  /** Names of the operands that have one, `packets` of `pair.packets ?? 0`. */
  readonly operands: readonly string[];
  /** `*` or `/` with a number or a CONSTANT: a change of the unit. */
  readonly isConversion: boolean;
  readonly line: number;
}

export interface Literal {
  /** A string, or a piece of a template. */
  readonly text: string;
  /** Whether it is an argument of `new Error()` or of another error of the language's: a bug, not for the user. */
  readonly isBug: boolean;
  readonly line: number;
}

export interface SourceFacts {
  /** Path below src: `tcp/sequence.ts`. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly uses: readonly Use[];
  readonly types: readonly Definition[];
  /** Members of interfaces that are numbers, or numbers or null. */
  readonly numbers: readonly string[];
  readonly operations: readonly Operation[];
  readonly literals: readonly Literal[];
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
  const numbers: string[] = [];
  const operations: Operation[] = [];
  const literals: Literal[] = [];
  const starExports: number[] = [];
  /** Where the arguments of the language's errors begin and end. */
  const bugs: { readonly start: number; readonly end: number }[] = [];
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

  const addOperation = (operator: string, operands: readonly unknown[], offset: number) => {
    if (!ARITHMETIC.has(operator)) return;
    const isConversion = /^[*/]/.test(operator) && operands.some((one) => isConstant(one as Expression));
    const names = operands.flatMap((one) => operandNames(one as Expression));
    operations.push({ operands: names, isConversion, line: lineAt(offset) });
  };
  const addLiteral = (text: string, offset: number) => {
    const isBug = bugs.some(({ start, end }) => start < offset && offset < end);
    literals.push({ text, isBug, line: lineAt(offset) });
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
    BinaryExpression(node) {
      addOperation(node.operator, [node.left, node.right], node.start);
    },
    AssignmentExpression(node) {
      addOperation(node.operator, [node.left, node.right], node.start);
    },
    UpdateExpression(node) {
      addOperation(node.operator, [node.argument], node.start);
    },
    Literal(node) {
      if (typeof node.value === "string") addLiteral(node.value, node.start);
    },
    TemplateElement(node) {
      addLiteral(node.value.cooked ?? node.value.raw, node.start);
    },
    NewExpression(node) {
      if (node.callee.type !== "Identifier") return;
      if (/^(Range|Type)?Error$/.test(node.callee.name)) bugs.push(node);
      if (node.arguments.length > 0) return;
      uses.push({ name: `new ${node.callee.name}()`, line: lineAt(node.start) });
    },
    CallExpression(node) {
      if (node.callee.type === "MemberExpression" && nameOf(node.callee) === "reduce")
        addOperation("+", [node.callee.object], node.start);
      if (node.callee.type !== "Identifier") return;
      uses.push({ name: `${node.callee.name}()`, line: lineAt(node.start) });
    },
    Property(node) {
      if (!node.shorthand) addLabel(node);
    },
    PropertyDefinition: addLabel,
    MethodDefinition: addLabel,
    TSPropertySignature(node) {
      addLabel(node);
      const type = node.typeAnnotation?.typeAnnotation;
      const types = type?.type === "TSUnionType" ? type.types : [type];
      const isNumber = types.every((one) => one?.type === "TSNumberKeyword" || one?.type === "TSNullKeyword");
      if (isNumber && node.key.type === "Identifier") numbers.push(node.key.name);
    },
    TSMethodSignature: addLabel,
    Identifier(node) {
      if (!labels.has(node.start)) uses.push({ name: node.name, line: lineAt(node.start) });
    },
  }).visit(program);

  const lines = text.endsWith("\n") ? lineStarts.length - 1 : lineStarts.length;
  return { path, lines, imports, uses, types, numbers, operations, literals, starExports };
}

const ARITHMETIC = new Set([
  ...["+", "-", "*", "/", "%", "**", "++", "--"],
  ...["+=", "-=", "*=", "/=", "%=", "**="],
]);

/** A number, or a name in capitals. */
function isConstant(node: Expression): boolean {
  return node.type === "Identifier" ? /^[A-Z][A-Z0-9_]+$/.test(node.name) : node.type === "Literal";
}

/** What an operand is called; those of an operation in it are found there. */
function operandNames(node: Expression): string[] {
  switch (node.type) {
    case "Identifier":
      return [node.name];
    case "MemberExpression":
      return [nameOf(node)];
    case "ChainExpression":
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSNonNullExpression":
      return operandNames(node.expression);
    case "UnaryExpression":
      return operandNames(node.argument);
    case "LogicalExpression":
      return [...operandNames(node.left as Expression), ...operandNames(node.right)];
    case "ConditionalExpression":
      return [...operandNames(node.consequent), ...operandNames(node.alternate)];
    case "CallExpression":
      // `Object.values(skipped)`, `Math.abs(packets)`, `Number(packets)`
      if (!isBuiltIn(node.callee)) return [];
      return node.arguments.flatMap((one) => (one.type === "SpreadElement" ? [] : operandNames(one)));
    default:
      return [];
  }
}

function isBuiltIn(callee: Expression): boolean {
  const object = callee.type === "MemberExpression" ? callee.object : callee;
  return object.type === "Identifier" && ["Math", "Number", "Object"].includes(object.name);
}

/** Of a member: what stands after its dot. */
function nameOf(node: MemberExpression): string {
  return !node.computed && node.property.type === "Identifier" ? node.property.name : "?";
}

function importedNames(node: ImportDeclaration): string[] {
  return node.specifiers.map((specifier) => {
    if (specifier.type !== "ImportSpecifier") return "*";
    return "name" in specifier.imported ? specifier.imported.name : specifier.imported.value;
  });
}
