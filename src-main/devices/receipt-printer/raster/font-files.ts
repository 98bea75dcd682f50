/** One file of a bundled font: the letters of some scripts. */
export interface FontFile {
  readonly family: string;
  readonly script: string;
  /** Dots an em is high where a printer's own letters are 12 dots wide and 24 high. */
  readonly em: number;
}

/** In the order in which a letter is looked for. The first is as wide as the printer's own letters. The build puts them beside the bundle. */
export const FONT_FILES: readonly FontFile[] = [
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

/** Regular, and for what stands out. */
export const WEIGHTS = [400, 700] as const;
export type Weight = (typeof WEIGHTS)[number];

/** A font's file by its name in its package, `@fontsource/FAMILY/files/`, and beside the bundle. */
export function fontFileName({ family, script }: FontFile, weight: Weight): string {
  return `${family}-${script}-${weight}-normal.woff`;
}
