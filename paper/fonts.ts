import { existsSync, readFileSync } from "node:fs";
import * as fontkit from "fontkit";

export type FontName = "plain" | "strong" | "chinese" | "chineseStrong" | "korean" | "koreanStrong";

/** Each bundled font by its package and file. What the machine has installed is never asked, so that a receipt looks the same everywhere. */
export const PDF_FONT_FILES: Readonly<Record<FontName, { readonly from: string; readonly file: string }>> = {
  plain: { from: "dejavu-fonts-ttf/ttf", file: "DejaVuSans.ttf" },
  strong: { from: "dejavu-fonts-ttf/ttf", file: "DejaVuSans-Bold.ttf" },
  chinese: {
    from: "@fontsource/noto-sans-sc/files",
    file: "noto-sans-sc-chinese-simplified-400-normal.woff",
  },
  chineseStrong: {
    from: "@fontsource/noto-sans-sc/files",
    file: "noto-sans-sc-chinese-simplified-700-normal.woff",
  },
  korean: { from: "@fontsource/noto-sans-kr/files", file: "noto-sans-kr-korean-400-normal.woff" },
  koreanStrong: { from: "@fontsource/noto-sans-kr/files", file: "noto-sans-kr-korean-700-normal.woff" },
};

const parsed = new Map<FontName, PDFKit.Mixins.PDFFontSource>();

/** A font, read when a receipt first needs it and kept for those that follow: reading one takes longer than drawing with it. */
export function parsedFont(name: FontName): PDFKit.Mixins.PDFFontSource {
  const font = parsed.get(name) ?? readFont(name);
  parsed.set(name, font);
  return font;
}

function readFont(name: FontName): PDFKit.Mixins.PDFFontSource {
  // PDFKit takes a font of fontkit as it is, which its types do not tell.
  return fontkit.create(readFileSync(placeOf(name))) as unknown as PDFKit.Mixins.PDFFontSource;
}

/** Beside the bundle where there is one, in its package where the source runs as it is. */
function placeOf(name: FontName): URL {
  const { from, file } = PDF_FONT_FILES[name];
  const bundled = new URL(`./fonts/${file}`, import.meta.url);
  return existsSync(bundled) ? bundled : new URL(import.meta.resolve(`${from}/${file}`));
}

const CHINESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;
const KOREAN = /\p{Script=Hangul}/u;

/** The font that has this letter. */
export function fontFor(letter: string, isStrong: boolean): FontName {
  if (KOREAN.test(letter)) return isStrong ? "koreanStrong" : "korean";
  if (CHINESE.test(letter)) return isStrong ? "chineseStrong" : "chinese";
  return isStrong ? "strong" : "plain";
}

/** The fonts that a text needs; the first two always. */
export function fontsFor(text: string): readonly FontName[] {
  return [
    "plain",
    "strong",
    ...(CHINESE.test(text) ? (["chinese", "chineseStrong"] as const) : []),
    ...(KOREAN.test(text) ? (["korean", "koreanStrong"] as const) : []),
  ];
}
