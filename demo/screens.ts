import { spawn } from "node:child_process";
import { existsSync, globSync, statSync } from "node:fs";
import { join } from "node:path";
import { beginStep } from "./progress.ts";
import { Trouble } from "./trouble.ts";

interface Bundle {
  readonly mode: "renderer" | "console" | "electron" | "electron-preload";
  readonly title: string;
  readonly result: string;
  readonly sources: readonly string[];
}

const SHARED = ["domain/**/*.ts", "protocol/**/*.ts", "vite.config.ts", "package-lock.json"] as const;
const BUNDLES: readonly Bundle[] = [
  {
    mode: "renderer",
    title: "Building the till's screens",
    result: "dist/renderer/index.html",
    sources: [...SHARED, "src-renderer/**/*.{ts,tsx,css,html,svg,woff2}"],
  },
  {
    mode: "console",
    title: "Building the HQ console",
    result: "dist/console/index.html",
    sources: [...SHARED, "sync-server/console/**/*.{ts,tsx,css,html,svg,woff2}"],
  },
  {
    mode: "electron",
    title: "Building the till's window",
    result: "dist/electron/main.mjs",
    sources: [...SHARED, "src-main/**/*.ts"],
  },
  {
    mode: "electron-preload",
    title: "Building the bridge to the till's window",
    result: "dist/electron/preload.cjs",
    sources: ["src-main/electron/{preload,security}.ts", "vite.config.ts", "package-lock.json"],
  },
];

/** Builds what is not built yet or older than its sources. Throws a Trouble with the builder's words when it fails. */
export async function buildScreens(root: string, modes: readonly Bundle["mode"][]): Promise<void> {
  for (const bundle of BUNDLES) {
    if (modes.includes(bundle.mode) && isStale(root, bundle)) await build(root, bundle);
  }
}

/** Tests are not part of what is built, so a newer test alone makes nothing stale. */
function isStale(root: string, bundle: Bundle): boolean {
  const result = join(root, bundle.result);
  if (!existsSync(result)) return true;
  const builtAt = statSync(result).mtimeMs;
  return globSync([...bundle.sources], { cwd: root })
    .filter((path) => !/\.test\.tsx?$/.test(path))
    .some((path) => statSync(join(root, path)).mtimeMs > builtAt);
}

async function build(root: string, { mode, title }: Bundle): Promise<void> {
  const step = beginStep(title);
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const words: string[] = [];
  const status = await new Promise<number>((done, fail) => {
    const child = spawn(process.execPath, [vite, "build", "--mode", mode], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => words.push(chunk));
    }
    child.once("error", fail);
    child.once("close", (code) => done(code ?? 1));
  });
  if (status !== 0) {
    step.failed();
    throw new Trouble(`${title} failed:\n\n${words.join("").trim()}`);
  }
  step.done();
}
