import { builtinModules } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "vite";
import { projectRoot } from "./program.ts";
import { folderOf } from "./run-folder.ts";

/** Most tests start these, some of them several times: most of a start was finding and reading 1,800 files (decision 60). */
const PROGRAMS = { server: "sync-server/main.ts", till: "src-main/browser/main.ts" } as const;
type ProgramName = keyof typeof PROGRAMS;

const folderIn = (run: number): string => join(folderOf(run), "programs");

/** The file of a program that was built for this run; `run` is its first process. */
export function builtProgram(name: ProgramName, run: number = process.ppid): string {
  return join(folderIn(run), `${name}.mjs`);
}

/** Playwright calls this in the run's first process, before the first test: it puts each program into one file. */
// biome-ignore lint/style/noDefaultExport: Playwright takes what begins a run from there
export default async function buildPrograms(): Promise<void> {
  await build({
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
      outDir: folderIn(process.pid),
      emptyOutDir: true,
      rollupOptions: {
        input: Object.fromEntries(
          Object.entries(PROGRAMS).map(([name, script]) => [name, join(projectRoot, script)]),
        ),
        external: [...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
        output: { format: "es", entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" },
      },
    },
  });
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
