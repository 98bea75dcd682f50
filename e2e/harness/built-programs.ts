import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "vite";
import { projectRoot } from "./program.ts";

/** Most tests start these, some of them several times: most of a start was finding and reading 1,800 files (decision 60). */
const PROGRAMS = { server: "sync-server/main.ts", till: "src-main/browser/main.ts" } as const;
type ProgramName = keyof typeof PROGRAMS;

/** The same for each run: what Node compiled of a program is kept by the place where it lies. */
const FOLDER = join(projectRoot, "node_modules/.cache/onetill-programs");
const BUILT_IN = [...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

/** The file of a program, as the run that began last has built it. */
export function builtProgram(name: ProgramName): string {
  return join(FOLDER, `${name}.mjs`);
}

/** Playwright calls this in the run's first process, before the first test: it puts each program into one file. */
// biome-ignore lint/style/noDefaultExport: Playwright takes what begins a run from there
export default async function buildPrograms(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await Promise.all([buildProgram("server"), buildProgram("till")]);
}

async function buildProgram(name: ProgramName): Promise<void> {
  const built = await build({
    configFile: false,
    root: projectRoot,
    publicDir: false,
    logLevel: "error",
    plugins: [standsWhereItStood()],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: "node24",
      minify: false,
      write: false,
      rollupOptions: {
        input: join(projectRoot, PROGRAMS[name]),
        external: BUILT_IN,
        output: { format: "es", codeSplitting: false },
      },
    },
  });
  const [file] = "output" in built ? built.output : [];
  if (file === undefined) throw new Error(`${name} was not built`);
  // At one go: another run's program may be starting.
  const written = join(FOLDER, `${name}-${process.pid}.mjs`);
  writeFileSync(written, file.code);
  renameSync(written, builtProgram(name));
}

/** What a module finds beside itself (threads, pages, fonts) it finds where its source is. */
function standsWhereItStood(): Plugin {
  const places = /\bimport\.meta\.(?:url|dirname|filename)\b|\b__(?:dirname|filename)\b/g;
  return {
    name: "stands-where-it-stood",
    transform(code, id) {
      const [file = id] = id.split("?");
      const stood: Readonly<Record<string, string>> = {
        "import.meta.url": pathToFileURL(file).href,
        "import.meta.dirname": dirname(file),
        "import.meta.filename": file,
        __dirname: dirname(file),
        __filename: file,
      };
      return { code: code.replace(places, (place) => JSON.stringify(stood[place])), map: null };
    },
  };
}
