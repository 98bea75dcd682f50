import { posix } from "node:path";
import { LAYERS, type Layer, REFERENCES } from "./layer-table.ts";
import { COMPUTED, readSource } from "./source-facts.ts";

export interface SourceFile {
  /** Path from the repository's root with forward slashes. */
  readonly path: string;
  readonly text: string;
}

interface Match {
  readonly layer: Layer;
  /** The pattern with its `*` filled in: two features are two instances of one layer. */
  readonly instance: string;
}

/** Tests, and what only tests use: fixtures in `testing/`, suites in `contract/` that several tests run. */
const TEST_FILE = /\.(test|spec)\.tsx?$|\/(testing|contract)\/|(storage\/|-)contract\.ts$|-for-tests\.ts$/;

/**
 * Checks source files against the table of layers. Returns one sentence per offence, none when all is well. Tests may
 * import every part of their own program, but no other program.
 */
export function checkLayers(files: readonly SourceFile[]): string[] {
  return [...new Set(files.flatMap((file) => checkFile(file)))];
}

function checkFile(file: SourceFile): string[] {
  const match = layerOf(file.path);
  if (match === null) {
    return [
      `${file.path}: this folder is in no layer. Name it in gate/layer-table.ts and say what it may import.`,
    ];
  }
  const facts = readSource(file.path, file.text);
  const isTest = TEST_FILE.test(file.path);
  const complaints = facts.imports.flatMap(({ specifier, line }) => {
    const offence = judgeImport({ file: file.path, match, specifier, isTest });
    return offence === null ? [] : [`${file.path}:${line} ${offence}: ${match.layer.because}.`];
  });
  if (match.layer.pure && !isTest) {
    for (const { what, line } of facts.effects) {
      complaints.push(`${file.path}:${line} uses ${what}: ${match.layer.because}.`);
    }
  }
  return complaints;
}

function judgeImport(of: { file: string; match: Match; specifier: string; isTest: boolean }): string | null {
  const { match, specifier, isTest } = of;
  if (specifier === COMPUTED) return isTest ? null : "imports a computed name, which nobody can check";
  if (specifier.startsWith("node:")) {
    return match.layer.node || isTest ? null : `imports ${specifier}, Node's own module`;
  }
  const target = ownTarget(of.file, specifier);
  if (target === null) {
    const name = packageName(specifier);
    const { packages } = match.layer;
    return isTest || packages === "any" || packages.includes(name) ? null : `imports the package ${name}`;
  }
  if (!/\.(tsx?|css|svg|json)$/.test(target)) return `imports ${specifier} without its file extension`;
  const other = layerOf(target);
  if (other === null) return `imports ${target}, which is in no layer`;
  if (!isTest && TEST_FILE.test(target)) return `imports ${target}, which is there for tests only`;
  if (other.instance === match.instance) return null;
  if (isTest && programOf(target) === programOf(of.file)) return null;
  const allowed = match.layer.mayImport.some((pattern) => covers(pattern, target, other));
  return allowed ? null : `imports ${target}`;
}

/** `sync-server/*` allows that layer, not the layers named more closely (`sync-server/storage`). */
function covers(pattern: string, target: string, other: Match): boolean {
  if (pattern.includes("*")) return pattern === other.layer.files || instanceOf(pattern, target) === target;
  return target === pattern || target.startsWith(`${pattern}/`);
}

/** The path inside the repository that a specifier means, or null for a package. */
function ownTarget(file: string, specifier: string): string | null {
  if (specifier.startsWith("#")) return specifier.slice(1);
  if (specifier.startsWith("."))
    return posix.normalize(posix.join(posix.dirname(file), specifier)).replace(/\?.*$/, "");
  return null;
}

function packageName(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? specifier);
}

function programOf(path: string): string {
  return path.startsWith("sync-server/console/") ? "sync-server/console" : (path.split("/")[0] ?? path);
}

/** The layer whose pattern fits this path best, or null. A plainly named folder goes before a `*`. */
function layerOf(path: string): Match | null {
  let best: (Match & { weight: number }) | null = null;
  for (const layer of LAYERS) {
    const instance = instanceOf(layer.files, path);
    if (instance === null) continue;
    const weight = layer.files.split("/").reduce((sum, part) => sum + (part === "*" ? 10 : 11), 0);
    if (best === null || weight > best.weight) best = { layer, instance, weight };
  }
  return best;
}

/** The beginning of `path` that `pattern` fits, or null. `*` stands for a folder, never for a file. */
function instanceOf(pattern: string, path: string): string | null {
  const want = pattern.split("/");
  const have = path.split("/");
  if (have.length < want.length) return null;
  for (const [index, part] of want.entries()) {
    const isFolder = index < have.length - 1;
    if (part === "*" ? !isFolder : part !== have[index]) return null;
  }
  return have.slice(0, want.length).join("/");
}

/** Checks that a tsconfig refers only to the projects the table allows. `text` is its JSON. */
export function checkReferences(config: { readonly path: string; readonly text: string }): string[] {
  const allowed = REFERENCES[config.path];
  if (allowed === undefined)
    return [`${config.path}: not in the table of references in gate/layer-table.ts.`];
  const parsed: unknown = JSON.parse(config.text);
  return referencesOf(parsed).flatMap((reference) => {
    const target = posix
      .normalize(posix.join(posix.dirname(config.path), reference))
      .replace(/\/?(tsconfig\.json)?$/, "");
    return allowed.includes(target)
      ? []
      : [`${config.path}: refers to ${target}; one program never imports another.`];
  });
}

function referencesOf(config: unknown): string[] {
  if (typeof config !== "object" || config === null || !("references" in config)) return [];
  const { references } = config;
  if (!Array.isArray(references)) return [];
  return references.flatMap((entry: unknown) =>
    typeof entry === "object" && entry !== null && "path" in entry && typeof entry.path === "string"
      ? [entry.path]
      : [],
  );
}
