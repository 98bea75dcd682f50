/** NIST SP 800-63B-4 asks for 15 characters where a password stands alone and 8 beside a second factor; a console in a browser takes 12 for both. */
export const MIN_PASSWORD_CHARS = 12;
/** NIST asks for 64 at least; more than this is a mistake of whoever pastes. */
export const MAX_PASSWORD_CHARS = 200;
/** Parts of a name shorter than this are in too many words. */
const MIN_PERSONAL_CHARS = 4;
/** A row of keys or letters from this length on. */
const MIN_ROW_CHARS = 6;

/** What lists of leaked passwords are full of, before digits and signs are put around it. */
const COMMON_CORES: readonly string[] = [
  "abc",
  "admin",
  "administrator",
  "changeme",
  "dragon",
  "football",
  "geheim",
  "hallo",
  "iloveyou",
  "kasse",
  "letmein",
  "login",
  "master",
  "michael",
  "monkey",
  "motdepasse",
  "onetill",
  "passw",
  "password",
  "passwordpassword",
  "passwort",
  "princess",
  "pass",
  "qwerty",
  "qwertz",
  "secret",
  "shadow",
  "shop",
  "starwars",
  "sunshine",
  "superman",
  "test",
  "trustno",
  "welcome",
  "welcometo",
  "willkommen",
];
const KEY_ROWS: readonly string[] = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890123456789",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnm",
  "azertyuiopqsdfghjklmwxcvbn",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
];
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  $: "s",
  "@": "a",
};

export type PasswordFlaw = "tooShort" | "tooLong" | "personal" | "common";

/** Why somebody cannot have this password; null when they can. No rule asks for kinds of characters (NIST SP 800-63B 3.1.1.2). */
export function passwordFlaw(
  password: string,
  of: { readonly email: string; readonly name: string },
): PasswordFlaw | null {
  const length = [...password].length;
  if (length < MIN_PASSWORD_CHARS) return "tooShort";
  if (length > MAX_PASSWORD_CHARS) return "tooLong";
  const folded = password.normalize("NFKC").toLowerCase();
  if (isPersonal(folded, of)) return "personal";
  return isCommon(folded) ? "common" : null;
}

/** Whether it is little more than the e-mail address, part of it, or the name: what is left without it must stand alone. */
function isPersonal(
  folded: string,
  { email, name }: { readonly email: string; readonly name: string },
): boolean {
  const address = email.toLowerCase();
  const words = [address, ...address.split(/[^\p{L}\p{N}]+/u), ...name.toLowerCase().split(/\s+/u)];
  const own = words
    .filter((word) => word.length >= MIN_PERSONAL_CHARS)
    .sort((one, other) => other.length - one.length);
  const rest = own.reduce((left, word) => left.replaceAll(word, ""), folded);
  return rest !== folded && rest.length < MIN_PASSWORD_CHARS;
}

function isCommon(folded: string): boolean {
  if (isRepeated(folded) || isRow(folded)) return true;
  return [folded, withLetters(folded)].some((text) => {
    const core = text.replace(/[^\p{L}]+/gu, "");
    return COMMON_CORES.includes(core) || COMMON_CORES.includes(unrepeated(core));
  });
}

/** Digits and signs that stand for letters within a word; those around it are left for what they are. */
function withLetters(text: string): string {
  const within = text.replace(/^[^\p{L}@$]+|[^\p{L}]+$/gu, "");
  return [...within].map((char) => LOOK_ALIKES[char] ?? char).join("");
}

/** The same few characters again and again. */
function isRepeated(text: string): boolean {
  return unrepeated(text) !== text || new Set(text).size < MIN_PERSONAL_CHARS;
}

function unrepeated(text: string): string {
  const again = `${text}${text}`.indexOf(text, 1);
  return again > 0 && again < text.length ? text.slice(0, again) : text;
}

/** Rows of the keyboard, the alphabet or digits, up or down, one after the other and nothing else. */
function isRow(text: string): boolean {
  const rows = KEY_ROWS.flatMap((row) => [row, [...row].reverse().join("")]);
  let left = text;
  while (left.length > 0) {
    const taken = longestRow(left, rows);
    if (taken < Math.min(MIN_ROW_CHARS, left.length)) return false;
    left = left.slice(taken);
  }
  return true;
}

function longestRow(text: string, rows: readonly string[]): number {
  let length = 0;
  while (length < text.length && rows.some((row) => row.includes(text.slice(0, length + 1)))) length += 1;
  return length;
}
