import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin, type UserConfig } from "vite";
import { PDF_FONT_FILES } from "./paper/fonts.ts";
import { FONT_FILES, fontFileName, WEIGHTS } from "./src-main/devices/receipt-printer/raster/font-files.ts";

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

/** A bundle for Electron; what Electron and Node bring stays outside. */
function electron(input: Readonly<Record<string, string>>, format: "es" | "cjs", empty: boolean): UserConfig {
  const extension = format === "es" ? "mjs" : "cjs";
  return {
    publicDir: false,
    build: {
      outDir: resolve(here, "dist/electron"),
      emptyOutDir: empty,
      target: "node24",
      ssr: true,
      minify: false,
      rollupOptions: {
        input: Object.fromEntries(Object.entries(input).map(([name, file]) => [name, resolve(here, file)])),
        external: ["electron", ...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
        // All beside each other: the PIN's thread is found next to the engine that starts it.
        output: {
          format,
          entryFileNames: `[name].${extension}`,
          chunkFileNames: `[name]-[hash].${extension}`,
        },
      },
    },
    ssr: { noExternal: true },
  };
}

/** What receipts are drawn with lies beside the engine's bundle: the fonts, and the shaper's own machine code. */
function receiptFonts(): Plugin {
  const emitted = [
    { fileName: "harfbuzz.wasm", from: "harfbuzzjs/dist/harfbuzz.wasm" },
    ...FONT_FILES.flatMap((file) =>
      WEIGHTS.map((weight) => {
        const name = fontFileName(file, weight);
        return { fileName: `fonts/${name}`, from: `@fontsource/${file.family}/files/${name}` };
      }),
    ),
    ...Object.values(PDF_FONT_FILES)
      .filter(({ from }) => !from.startsWith("@fontsource/"))
      .map(({ from, file }) => ({ fileName: `fonts/${file}`, from: `${from}/${file}` })),
  ];
  return {
    name: "receipt-fonts",
    generateBundle() {
      for (const { fileName, from } of emitted)
        this.emitFile({
          type: "asset",
          fileName,
          source: readFileSync(fileURLToPath(import.meta.resolve(from))),
        });
    },
  };
}

export default defineConfig(({ mode }) => {
  switch (mode) {
    case "console":
      return page("sync-server/console", "dist/console", "/console/");
    case "electron":
      return {
        plugins: [receiptFonts()],
        ...electron(
          {
            main: "src-main/electron/main.ts",
            "engine-process": "src-main/electron/engine-process.ts",
            "pin-worker": "src-main/engine/shop/pin-worker.ts",
            "checkpoint-worker": "src-main/engine/storage/checkpoint-worker.ts",
            "draw-worker": "src-main/devices/document/draw-worker.ts",
          },
          "es",
          true,
        ),
      };
    case "electron-preload":
      // A sandboxed preload is CommonJS in one file: it can load nothing but Electron.
      return electron({ preload: "src-main/electron/preload.ts" }, "cjs", false);
    default:
      return page("src-renderer", "dist/renderer", "./");
  }
});
