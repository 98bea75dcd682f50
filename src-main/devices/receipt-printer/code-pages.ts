import CodepageEncoder, { type Codepage } from "@point-of-sale/codepage-encoder";

/** Code pages that cheap printers have as well: Western and Central European, Cyrillic. */
export const CODE_PAGES: readonly Codepage[] = ["cp437", "cp850", "windows1252", "cp852", "cp858", "cp866"];

const printable = new Set(
  CODE_PAGES.flatMap((page) =>
    CodepageEncoder.getCodepoints(page, true).filter((codePoint) => codePoint >= 0x20 && codePoint !== 0x7f),
  ),
);

/** Whether the printer's own letters are enough for a text; others are printed as a picture. */
export function hasLetters(text: string): boolean {
  return [...text].every((letter) => printable.has(letter.codePointAt(0) ?? 0));
}

/**
 * A text as a printer can be given it: one kind of blank and of dash, letters composed, and nothing in it that a printer would obey. What only steers how text
 * runs is left out unless `steered`.
 */
export function plainText(text: string, { steered = false }: { readonly steered?: boolean } = {}): string {
  const plain = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
    .replace(/\p{Zs}/gu, " ")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .normalize("NFC");
  return steered ? plain : plain.replace(/[\p{Cf}]/gu, "");
}
