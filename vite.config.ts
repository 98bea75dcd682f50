import { builtinModules } from "node:module";
import { resolve } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfig } from "vite";

const here = import.meta.dirname;

/** A page: the till's renderer or the HQ console. Relative addresses for the till, which `app://` and 127.0.0.1 both serve. */
function page(folder: string, outDir: string, base: string): UserConfig {
  return {
    root: resolve(here, folder),
    base,
    plugins: [react(), tailwindcss()],
    build: {
      outDir: resolve(here, outDir),
      emptyOutDir: true,
      target: "chrome140",
      // A strict content security policy allows no data: scripts or inlined modules.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  };
}

/** The Electron programs, each one file; what Electron and Node bring stays outside. */
function electron(): UserConfig {
  return {
    publicDir: false,
    build: {
      outDir: resolve(here, "dist/electron"),
      emptyOutDir: true,
      target: "node24",
      ssr: true,
      minify: false,
      rollupOptions: {
        input: {
          main: resolve(here, "src-main/electron/main.ts"),
          preload: resolve(here, "src-main/electron/preload.ts"),
          "engine-process": resolve(here, "src-main/electron/engine-process.ts"),
        },
        external: ["electron", ...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
        // A sandboxed preload must be CommonJS; the other two do not mind.
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
    ssr: { noExternal: true },
  };
}

export default defineConfig(({ mode }) => {
  switch (mode) {
    case "console":
      return page("sync-server/console", "dist/console", "/console/");
    case "electron":
      return electron();
    default:
      return page("src-renderer", "dist/renderer", "./");
  }
});
