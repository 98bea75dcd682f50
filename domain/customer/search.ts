import { fold, wordsOf } from "../text/fold.ts";
import { cardKey } from "./card.ts";
import type { Customer } from "./customer.ts";
import { emailKey } from "./email.ts";
import { phoneDigits } from "./phone.ts";

/** Fewer digits than these are in everybody's number. */
const MIN_PHONE_DIGITS = 4;
/** A known number shorter than this is not looked for in a longer one that was typed. */
const MIN_WHOLE_NUMBER = 6;

/** From this many letters on one typing error in a word of a name is forgiven. */
export const TYPO_FROM_CHARS = 5;
/** The same beside such a longer word: half of all first names have no more letters. */
const TYPO_BESIDE_CHARS = 3;

/** What a customer is found by, folded once. */
export interface CustomerKeys {
  /** The words of the name, each after a space. */
  readonly name: string;
  readonly email: string;
  readonly card: string;
  readonly phone: string;
}

/** What was typed to find a customer. */
export interface AskedCustomer {
  readonly text: string;
  readonly words: readonly string[];
  /** The words as they begin in `CustomerKeys.name`. */
  readonly begun: readonly string[];
  readonly card: string;
  /** Empty where something else than a telephone number was typed. */
  readonly phone: string;
}

export function customerKeys({ name, email, phone, cardNumber }: Customer): CustomerKeys {
  return {
    name: wordsOf(name)
      .map((word) => ` ${word}`)
      .join(""),
    email: emailKey(email) ?? "",
    card: cardKey(cardNumber) ?? "",
    phone: phoneDigits(phone),
  };
}

/** Null where nothing was typed that anybody could be found by. */
export function askedCustomer(typed: string): AskedCustomer | null {
  const words = wordsOf(typed);
  if (words.length === 0) return null;
  const isPhone = /^[\d\s+()/.-]+$/.test(typed);
  const phone = isPhone ? phoneDigits(typed) : "";
  return {
    text: fold(typed).trim(),
    words,
    begun: words.map((word) => ` ${word}`),
    card: cardKey(typed) ?? "",
    phone: phone.length < MIN_PHONE_DIGITS ? "" : phone,
  };
}

/**
 * Whether every word that was typed is in the name, but for one typing error in each of the longer ones and, beside one of those, in shorter ones
 * too; words may be typed only in part.
 */
export function isAlmostNamed({ name }: CustomerKeys, { words, begun }: AskedCustomer): boolean {
  const known = name.split(" ");
  const isLong = ({ length }: string): boolean => length >= TYPO_FROM_CHARS;
  const from = words.some(isLong) ? TYPO_BESIDE_CHARS : TYPO_FROM_CHARS;
  return words.every(
    (word, index) =>
      name.includes(begun[index] ?? word) ||
      (word.length >= from && known.some((each) => isAlmost(word, each))),
  );
}

/** Whether a word begins with what was typed, but for one letter mistaken, left out, too many, or swapped with its neighbour. */
function isAlmost(typed: string, word: string): boolean {
  let at = 0;
  while (at < typed.length && typed[at] === word[at]) at += 1;
  return (
    word.startsWith(typed.slice(at + 1), at + 1) ||
    word.startsWith(typed.slice(at), at + 1) ||
    word.startsWith(typed.slice(at + 1), at) ||
    (typed[at] === word[at + 1] && typed[at + 1] === word[at] && word.startsWith(typed.slice(at + 2), at + 2))
  );
}

/** How well a customer fits what was typed, more is better; 0 when not. The whole of a card, address or number comes before parts of one and of names. */
export function customerFit({ name, email, card, phone }: CustomerKeys, asked: AskedCustomer): number {
  if (card !== "" && card === asked.card) return 9;
  if (email !== "" && email === asked.text) return 8;
  if (asked.phone !== "" && isPartOfPhone(phone, asked.phone)) return phone.endsWith(asked.phone) ? 7 : 6;
  if (asked.begun.every((word) => name.includes(word))) return 5;
  if (email.startsWith(asked.text)) return 4;
  if (asked.words.every((word) => name.includes(word))) return 3;
  if (email.includes(asked.text)) return 2;
  return card.startsWith(asked.card) ? 1 : 0;
}

function isPartOfPhone(known: string, asked: string): boolean {
  return known.includes(asked) || (known.length >= MIN_WHOLE_NUMBER && asked.endsWith(known));
}
