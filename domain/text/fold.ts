/** Letters that Unicode does not take apart into a base letter and an accent, as people type them without a special key. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ł: "l",
  þ: "th",
  ı: "i",
};
const ACCENTS = /\p{M}+/gu;
const SPECIAL = /[ßæœøđðłþı]/g;
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant
const ASCII = /^[\x00-\x7f]*$/;

/** Text as search compares it: lower case, without accents, ligatures spelt out. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .replace(ACCENTS, "")
    .toLowerCase()
    .replace(SPECIAL, (letter) => PLAIN_LETTERS[letter] ?? letter);
}

/** The folded words of a text, in order, without the characters between them. */
export function wordsOf(text: string): readonly string[] {
  return fold(text)
    .split(BETWEEN_WORDS)
    .filter((word) => word !== "");
}
