import { type ESTree, parseSync, Visitor } from "vite";

export interface Import {
  readonly specifier: string;
  readonly line: number;
}

/** A use of the clock, of randomness or of the machine: `what` names it as written. */
export interface Effect {
  readonly what: string;
  readonly line: number;
}

export interface SourceFacts {
  readonly imports: readonly Import[];
  readonly effects: readonly Effect[];
}

/** Stands for the name in an `import(name)` that only running the program would tell. */
export const COMPUTED = "(computed)";

const EFFECTFUL_GLOBALS = new Set([
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "requestAnimationFrame",
  "performance",
  "crypto",
  "fetch",
  "process",
  "console",
  "globalThis",
  "localStorage",
]);
/** What of `Date` depends on its arguments alone. */
const PURE_DATE_MEMBERS = new Set(["UTC", "parse"]);

/** Reads every import (type imports and `import()` too) and every use of an ambient effect from one source file. */
export function readSource(fileName: string, source: string): SourceFacts {
  const parsed = parseSync(fileName, source, { lang: fileName.endsWith("x") ? "tsx" : "ts" });
  const [problem] = parsed.errors;
  if (problem !== undefined) throw new SyntaxError(`${fileName}: ${problem.message}`);
  const lineAt = lineFinder(source);
  const imports: Import[] = [];
  const effects: Effect[] = [];
  const add = (node: { readonly value: unknown; readonly start: number }) => {
    if (typeof node.value === "string") imports.push({ specifier: node.value, line: lineAt(node.start) });
  };
  // A file that takes `crypto` as an argument means its own, not the global.
  const ownNames = new Set<string>();
  const ownParameters = (node: { readonly params: readonly ESTree.ParamPattern[] }) => {
    for (const parameter of node.params) for (const name of namesIn(parameter)) ownNames.add(name);
  };
  // Where an identifier is a name in someone else's hands, not a use of the global of that name.
  const notTheGlobal = new Set<number>();
  const nameKey = (node: { readonly computed: boolean; readonly key: { readonly start: number } }) => {
    if (!node.computed) notTheGlobal.add(node.key.start);
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) add(node.source);
    },
    ImportExpression: (node) => {
      if (node.source.type === "Literal") add(node.source);
      else imports.push({ specifier: COMPUTED, line: lineAt(node.start) });
    },
    TSImportType: (node) => add(node.source),
    NewExpression: (node) => {
      if (node.callee.type === "Identifier" && node.callee.name === "Date" && node.arguments.length > 0) {
        notTheGlobal.add(node.callee.start);
      }
    },
    MemberExpression: (node) => {
      if (!node.computed) notTheGlobal.add(node.property.start);
      if (node.object.type !== "Identifier") return;
      const member = node.property.type === "Identifier" && !node.computed ? node.property.name : "[…]";
      if (node.object.name === "Date" && PURE_DATE_MEMBERS.has(member)) notTheGlobal.add(node.object.start);
      if (node.object.name === "Math" && (member === "random" || member === "[…]")) {
        effects.push({ what: `Math.${member}`, line: lineAt(node.start) });
      }
    },
    TSTypeReference: (node) => {
      if (node.typeName.type === "Identifier") notTheGlobal.add(node.typeName.start);
    },
    Property: (node) => {
      if (!node.shorthand) nameKey(node);
    },
    VariableDeclarator: (node) => {
      for (const name of namesIn(node.id)) ownNames.add(name);
    },
    FunctionDeclaration: ownParameters,
    FunctionExpression: ownParameters,
    ArrowFunctionExpression: ownParameters,
    PropertyDefinition: nameKey,
    MethodDefinition: nameKey,
    TSPropertySignature: nameKey,
    TSMethodSignature: nameKey,
    Identifier: (node) => {
      if (notTheGlobal.has(node.start)) return;
      if (node.name === "Date") effects.push({ what: "Date (the clock)", line: lineAt(node.start) });
      if (EFFECTFUL_GLOBALS.has(node.name)) effects.push({ what: node.name, line: lineAt(node.start) });
    },
  }).visit(parsed.program);
  return { imports, effects: effects.filter(({ what }) => !ownNames.has(what)) };
}

/** The names that a parameter or a declaration gives, those of destructuring included. */
function namesIn(pattern: ESTree.ParamPattern | ESTree.BindingPattern | ESTree.BindingRestElement): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((part) =>
        namesIn(part.type === "RestElement" ? part.argument : part.value),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((part) => (part === null ? [] : namesIn(part)));
    case "AssignmentPattern":
      return namesIn(pattern.left);
    case "RestElement":
      return namesIn(pattern.argument);
    default:
      return [];
  }
}

function lineFinder(source: string): (offset: number) => number {
  return (offset) => source.slice(0, offset).split("\n").length;
}
