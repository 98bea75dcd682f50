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
const LAST_ASCII = 0x7f;
const [CODE_A, CODE_Z, CODE_0, CODE_9] = [97, 122, 48, 57] as const;

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
  return asciiWordsOf(text) ?? wordsOfFolded(fold(text));
}

function wordsOfFolded(folded: string): readonly string[] {
  return folded.split(BETWEEN_WORDS).filter((word) => word !== "");
}

function asciiWordsOf(text: string): readonly string[] | null {
  const words: string[] = [];
  return forEachAsciiWord(text, (folded, from, to) => words.push(folded.slice(from, to))) ? words : null;
}

/**
 * The same for whoever needs no text of each word: where each begins and ends in the folded text. Letter by letter, for most titles are ASCII, and a catalogue has hundreds of
 * thousands of them. False for a text that is not, of which nothing is told.
 */
export function forEachAsciiWord(
  text: string,
  take: (folded: string, from: number, to: number) => void,
): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > LAST_ASCII) return false;
  const lower = text.toLowerCase();
  let start = 0;
  for (let at = 0; at < lower.length; at += 1) {
    if (isAsciiWordCode(lower.charCodeAt(at))) continue;
    if (at > start) take(lower, start, at);
    start = at + 1;
  }
  if (lower.length > start) take(lower, start, lower.length);
  return true;
}

function isAsciiWordCode(code: number): boolean {
  return (code >= CODE_A && code <= CODE_Z) || (code >= CODE_0 && code <= CODE_9);
}
