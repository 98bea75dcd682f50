import { basename, resolve } from "node:path";
import { build, type Plugin } from "vite";

/** Each finds its packages where it lies: the one outside of this folder is built with the RxDB of Onetill. */
const PAGES = ["pouchdb-page.ts", "../contenders/rxdb-page.ts", "rxdb-server-page.ts"] as const;

/** Bundles the pages of all peers into a folder, as a browser loads them: one script each. */
export async function bundlePages(outDir: string): Promise<void> {
  for (const page of PAGES)
    await build({
      configFile: false,
      logLevel: "error",
      root: import.meta.dirname,
      define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
      plugins: [BROWSERS_OWN_EVENTS],
      build: {
        outDir,
        emptyOutDir: false,
        lib: {
          entry: resolve(import.meta.dirname, page),
          formats: ["iife"],
          name: "page",
          fileName: () => `${basename(page, ".ts")}.js`,
        },
      },
    });
}

/** RxDB's server package brings an EventSource made for Node; a browser has one. */
const BROWSERS_OWN_EVENTS: Plugin = {
  name: "browsers-own-events",
  enforce: "pre",
  resolveId: (id) => (id === "eventsource" ? "\0eventsource" : null),
  load: (id) => (id === "\0eventsource" ? "export default globalThis.EventSource;" : null),
};
