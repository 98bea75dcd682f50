import CodepageEncoder, { type Codepage } from "@point-of-sale/codepage-encoder";

/** Code pages that cheap printers have as well: Western and Central European, Cyrillic. */
export const CODE_PAGES: readonly Codepage[] = ["cp437", "cp850", "windows1252", "cp852", "cp858", "cp866"];

/** The letters of these code pages, as code points. */
export function lettersOf(pages: readonly Codepage[]): ReadonlySet<number> {
  return new Set(
    pages.flatMap((page) =>
      CodepageEncoder.getCodepoints(page, true).filter(
        (codePoint) => codePoint >= 0x20 && codePoint !== 0x7f,
      ),
    ),
  );
}

/** Whether a printer's own letters are enough for a text; others are printed as a picture. */
export function hasLetters(letters: ReadonlySet<number>, text: string): boolean {
  return [...text].every((letter) => letters.has(letter.codePointAt(0) ?? 0));
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
