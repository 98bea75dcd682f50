import type { Money } from "../money/money.ts";
import { amountText, type Language, type ReceiptLanguage } from "../receipt/language.ts";

/** How many characters one of the two lines of a pole display has. */
export const POLE_COLUMNS = 20;

/** What a customer sees of a sale. */
export type ShownSale =
  | { readonly kind: "idle"; readonly storeName: string }
  | {
      readonly kind: "basket";
      readonly lines: readonly { readonly name: string; readonly quantity: number; readonly total: Money }[];
      readonly total: Money;
      readonly paid: Money;
      readonly remaining: Money;
    }
  | { readonly kind: "thanks"; readonly total: Money; readonly change: Money };

interface PoleWords {
  readonly welcome: string;
  readonly total: string;
  readonly paid: string;
  readonly toPay: string;
  readonly change: string;
  readonly thanks: string;
}

/** Short enough for half a line beside an amount. */
const WORDS: Readonly<Record<ReceiptLanguage, PoleWords>> = {
  en: {
    welcome: "Welcome",
    total: "Total",
    paid: "Paid",
    toPay: "To pay",
    change: "Change",
    thanks: "Thank you",
  },
  de: {
    welcome: "Willkommen",
    total: "Summe",
    paid: "Bezahlt",
    toPay: "Offen",
    change: "Rückgeld",
    thanks: "Vielen Dank",
  },
  fr: {
    welcome: "Bienvenue",
    total: "Total",
    paid: "Payé",
    toPay: "Reste",
    change: "Rendu",
    thanks: "Merci",
  },
  es: {
    welcome: "Bienvenido",
    total: "Total",
    paid: "Pagado",
    toPay: "Falta",
    change: "Cambio",
    thanks: "Gracias",
  },
  pl: {
    welcome: "Witamy",
    total: "Suma",
    paid: "Wpłata",
    toPay: "Pozostało",
    change: "Reszta",
    thanks: "Dziękujemy",
  },
  ar: {
    welcome: "Welcome",
    total: "Total",
    paid: "Paid",
    toPay: "To pay",
    change: "Change",
    thanks: "Thank you",
  },
};

/** The two lines of a pole display, each exactly as long as a line. A display of two code pages has no Arabic letters: there it says it in English. */
export function poleLines(shown: ShownSale, language: Language): readonly [string, string] {
  const words = WORDS[language.code];
  const amount = (money: Money): string => plainBlanks(amountText(money, language));
  switch (shown.kind) {
    case "idle":
      return [centred(shown.storeName), centred(words.welcome)];
    case "thanks":
      return shown.change.minor > 0
        ? [between(words.change, amount(shown.change)), centred(words.thanks)]
        : [between(words.total, amount(shown.total)), centred(words.thanks)];
    case "basket": {
      if (shown.paid.minor !== 0)
        return [between(words.paid, amount(shown.paid)), between(words.toPay, amount(shown.remaining))];
      const last = shown.lines.at(-1);
      const name = last === undefined ? "" : `${last.quantity === 1 ? "" : `${last.quantity}x `}${last.name}`;
      const first = last === undefined ? centred("") : between(name, amount(last.total));
      return [first, between(words.total, amount(shown.total))];
    }
  }
}

/** The right side stays whole: nobody may misread an amount. */
function between(left: string, right: string): string {
  const room = Math.max(0, POLE_COLUMNS - right.length - 1);
  return `${left.slice(0, room).padEnd(room)} ${right}`.slice(-POLE_COLUMNS);
}

function centred(text: string): string {
  const cut = text.slice(0, POLE_COLUMNS);
  return cut.padStart(cut.length + Math.floor((POLE_COLUMNS - cut.length) / 2)).padEnd(POLE_COLUMNS);
}

function plainBlanks(text: string): string {
  return text.replace(/\s/g, " ").replace(/[\u200e\u200f\u061c]/g, "");
}
