/** One language's keys for touch. No row has more than twelve keys, so that each keeps 48 px on 640. */
export interface KeyLayout {
  /** BCP 47, for whoever reads the keys out. */
  readonly language: string;
  /** What the key says that changes to this layout. */
  readonly name: string;
  readonly rows: readonly [string, string, string];
  /** Whether there are capital letters. */
  readonly hasCases: boolean;
}

const LAYOUTS: Readonly<Record<string, KeyLayout>> = {
  en: layout("en", "ABC", ["qwertyuiop", "asdfghjkl'", "zxcvbnm,.-"]),
  de: layout("de", "ABC", ["qwertzuiopü", "asdfghjklöä", "yxcvbnmß,.-"]),
  fr: layout("fr", "ABC", ["azertyuiopé", "qsdfghjklmè", "wxcvbnçàù'."]),
  es: layout("es", "ABC", ["qwertyuiopú", "asdfghjklñó", "zxcvbnmáéíü"]),
  pl: layout("pl", "ABC", ["qweęrtyuioóp", "aąsśdfghjklł", "zźżxcćvbnńm"]),
  ar: {
    language: "ar",
    name: "ع",
    rows: ["ضصثقفغعهخحجد", "شسيبلاتنمكطذ", "ئءؤرىةوزظأإآ"],
    hasCases: false,
  },
};
const DEFAULT_LANGUAGE = "en";

/** Signs, and letters that stand on no key of their own. */
export const SYMBOL_ROWS: readonly [string, string, string] = [
  "1234567890+=",
  "@#€$%&*()/:;",
  "!?\"'-_,.~ûêô",
];
export const DIGITS = "1234567890";
/** What an address of mail or a server is made of besides letters. */
export const ADDRESS_SIGNS = "@._-";

function layout(language: string, name: string, rows: readonly [string, string, string]): KeyLayout {
  return { language, name, rows, hasCases: true };
}

/** The layouts to type with in a language, the own one first: beside one that writes no Latin letters there is one that does. */
export function layoutsOf(language: string): readonly [KeyLayout, ...KeyLayout[]] {
  const latin = LAYOUTS[DEFAULT_LANGUAGE] ?? layout("en", "ABC", ["", "", ""]);
  const own = LAYOUTS[language] ?? latin;
  return own.hasCases ? [own] : [own, latin];
}

/** What a key writes with the shift key. */
export function shifted(letter: string, language: string): string {
  return letter === "ß" ? "ẞ" : letter.toLocaleUpperCase(language);
}
