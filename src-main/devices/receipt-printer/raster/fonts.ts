import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Font } from "harfbuzzjs";
import { unpackWoff } from "./woff.ts";

/** One file of a bundled font: the letters of some scripts. */
interface FontFile {
  readonly family: string;
  readonly script: string;
  /** Dots an em is high where a printer's own letters are 12 dots wide and 24 high. */
  readonly em: number;
}

/** In the order in which a letter is looked for. The first is as wide as the printer's own letters. */
const FONT_FILES: readonly FontFile[] = [
  { family: "noto-sans-mono", script: "latin", em: 20 },
  { family: "noto-sans-mono", script: "latin-ext", em: 20 },
  { family: "noto-sans-mono", script: "vietnamese", em: 20 },
  { family: "noto-sans-mono", script: "greek", em: 20 },
  { family: "noto-sans-mono", script: "greek-ext", em: 20 },
  { family: "noto-sans-mono", script: "cyrillic", em: 20 },
  { family: "noto-sans-mono", script: "cyrillic-ext", em: 20 },
  { family: "noto-sans-arabic", script: "arabic", em: 23 },
  { family: "noto-sans-hebrew", script: "hebrew", em: 22 },
  { family: "noto-sans-sc", script: "chinese-simplified", em: 24 },
  { family: "noto-sans-kr", script: "korean", em: 24 },
];

/** Fractions of a dot that shaping counts in. */
export const UNITS_PER_DOT = 64;

export type Weight = 400 | 700;

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

async function load({ family, script, em }: FontFile, weight: Weight): Promise<LoadedFont> {
  const { Blob, Face, Font } = await import("harfbuzzjs");
  const file = `${family}-${script}-${weight}-normal.woff`;
  const face = new Face(new Blob(unpackWoff(await readFile(placeOf(family, file)))));
  const covered = new Set(face.collectUnicodes());
  return {
    font: new Font(face),
    em,
    unitsPerEm: face.upem,
    covers: (codePoint) => covered.has(codePoint),
  };
}

/** Beside the bundle where there is one, in their package where the source runs as it is. */
function placeOf(family: string, file: string): URL {
  const bundled = new URL(`./fonts/${file}`, import.meta.url);
  return existsSync(bundled) ? bundled : new URL(import.meta.resolve(`@fontsource/${family}/files/${file}`));
}
