import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Font } from "harfbuzzjs";
import { FONT_FILES, type FontFile, fontFileName, type Weight } from "./font-files.ts";
import { unpackWoff } from "./woff.ts";

/** A font that shapes and draws; `covers` says for which letters. */
export interface LoadedFont {
  readonly font: Font;
  readonly em: number;
  readonly unitsPerEm: number;
  readonly covers: (codePoint: number) => boolean;
}

/** All bundled fonts of a weight; what the machine has installed is never asked. Loaded once, when a receipt first needs them. */
export function loadFonts(weight: Weight): Promise<readonly LoadedFont[]> {
  const known = loaded.get(weight) ?? Promise.all(FONT_FILES.map((file) => load(file, weight)));
  loaded.set(weight, known);
  return known;
}

const loaded = new Map<Weight, Promise<readonly LoadedFont[]>>();

async function load(file: FontFile, weight: Weight): Promise<LoadedFont> {
  const { Blob, Face, Font } = await import("harfbuzzjs");
  const face = new Face(new Blob(unpackWoff(await readFile(placeOf(file, weight)))));
  const covered = new Set(face.collectUnicodes());
  return {
    font: new Font(face),
    em: file.em,
    unitsPerEm: face.upem,
    covers: (codePoint) => covered.has(codePoint),
  };
}

/** Beside the bundle where there is one, in their package where the source runs as it is. */
function placeOf(file: FontFile, weight: Weight): URL {
  const name = fontFileName(file, weight);
  const bundled = new URL(`./fonts/${name}`, import.meta.url);
  return existsSync(bundled)
    ? bundled
    : new URL(import.meta.resolve(`@fontsource/${file.family}/files/${name}`));
}
