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

/**
 * As many of the bundled fonts, in their order, as have all letters of a text; what the machine has installed is never asked. Each is loaded once, when a receipt first
 * needs it: Chinese and Korean take more memory than all others together.
 */
export async function loadFonts(weight: Weight, text: string): Promise<readonly LoadedFont[]> {
  const fonts: LoadedFont[] = [];
  let missing = [...new Set(text)].map((letter) => letter.codePointAt(0) ?? 0);
  for (const file of FONT_FILES) {
    const font = await loadOnce(file, weight);
    fonts.push(font);
    missing = missing.filter((codePoint) => !isUnseen(codePoint) && !font.covers(codePoint));
    if (missing.length === 0) break;
  }
  return fonts;
}

/** What only steers text needs no letter. */
function isUnseen(codePoint: number): boolean {
  return /\p{Default_Ignorable_Code_Point}/u.test(String.fromCodePoint(codePoint));
}

const loaded = new Map<string, Promise<LoadedFont>>();

function loadOnce(file: FontFile, weight: Weight): Promise<LoadedFont> {
  const name = fontFileName(file, weight);
  const known = loaded.get(name) ?? load(file, weight);
  loaded.set(name, known);
  return known;
}

async function load(file: FontFile, weight: Weight): Promise<LoadedFont> {
  const { Blob, Face, Font } = await import("harfbuzzjs");
  const face = new Face(new Blob(unpackWoff(await readFile(placeOf(file, weight)))));
  const font = new Font(face);
  return {
    font,
    em: file.em,
    unitsPerEm: face.upem,
    covers: (codePoint) => font.nominalGlyph(codePoint) !== undefined,
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
