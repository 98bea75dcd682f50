import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export type FontName = "plain" | "strong" | "chinese" | "chineseStrong" | "korean" | "koreanStrong";

/** The bundled fonts; what the machine has installed is never asked, so that a receipt looks the same everywhere. */
const FILES: Readonly<Record<FontName, string>> = {
  plain: import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
  strong: import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
  chinese: import.meta.resolve(
    "@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff",
  ),
  chineseStrong: import.meta.resolve(
    "@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-700-normal.woff",
  ),
  korean: import.meta.resolve("@fontsource/noto-sans-kr/files/noto-sans-kr-korean-400-normal.woff"),
  koreanStrong: import.meta.resolve("@fontsource/noto-sans-kr/files/noto-sans-kr-korean-700-normal.woff"),
};

const loaded = new Map<FontName, Buffer>();

/** The bytes of a font, read when a receipt first needs it. */
export function fontBytes(name: FontName): Buffer {
  const bytes = loaded.get(name) ?? readFileSync(fileURLToPath(FILES[name]));
  loaded.set(name, bytes);
  return bytes;
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
