import type { Customer } from "#domain/customer/customer.ts";
import { idOf, instant } from "#domain/ids.ts";
import { seededRandom } from "../../sync-server/demo/random.ts";

const FIRST = [
  "Anna",
  "Ben",
  "Clara",
  "David",
  "Elif",
  "Finn",
  "Greta",
  "Hannes",
  "Ida",
  "Jonas",
  "Käthe",
  "Leon",
  "Mira",
  "Noah",
  "Öznur",
  "Paul",
  "Rosa",
  "Sören",
  "Tarek",
  "Ute",
  "Viktor",
  "Wiebke",
  "Yasemin",
  "Zoë",
  "Łukasz",
  "Björn",
  "Chloé",
  "Dörte",
  "Émile",
  "Mateusz",
] as const;
const LAST_BEGIN = [
  "Müller",
  "Schmidt",
  "Grün",
  "Weiß",
  "Kılıç",
  "Nowak",
  "Hagen",
  "Sommer",
  "Winter",
  "Brück",
  "Falken",
  "Stein",
  "Roth",
  "Lind",
  "Oster",
] as const;
const LAST_END = [
  "",
  "berg",
  "mann",
  "feld",
  "wald",
  "hoff",
  "bach",
  "er",
  "stein",
  "dorf",
  "thal",
  "son",
  "ski",
  "meyer",
  "brandt",
] as const;
const MIDDLE = ["", "", "", " Maria", " Karl", " von", " de la"] as const;

/** The made-up customer of a number: the same each time; many share a name, as people do. */
export function customerAt(number: number): Customer {
  const random = seededRandom(number + 1);
  const pick = (of: readonly string[]) => of[random.between({ from: 0, to: of.length - 1 })] ?? "";
  const first = pick(FIRST);
  const last = `${pick(LAST_BEGIN)}${pick(LAST_END)}`;
  const digits = String(random.between({ from: 1_000_000, to: 9_999_999 }));
  return {
    id: idOf<"Customer">(`01900000-0000-7000-8000-${String(number).padStart(12, "0")}`),
    name: `${first}${pick(MIDDLE)} ${last}`,
    email: number % 5 === 0 ? null : `${first}.${last}.${number}@example.com`.toLowerCase(),
    phone: number % 3 === 0 ? null : `+49 ${30 + (number % 60)} ${digits}`,
    cardNumber: number % 2 === 0 ? null : `FH${String(40_000_000 + number)}`,
    ...(number % 7 === 0 ? { language: "tr" } : {}),
    consents: [
      { purpose: "email", given: true, source: "till BER1-03", at: instant(1_750_000_000_000 + number) },
    ],
  };
}

/** What people type to find a customer, by what it is to the search. */
export const CUSTOMER_QUESTIONS = [
  "letter",
  "name",
  "twoWords",
  "typo",
  "phone",
  "email",
  "card",
  "nobody",
] as const;
export type CustomerQuestion = (typeof CUSTOMER_QUESTIONS)[number];

const ASK: Readonly<Record<CustomerQuestion, (customer: Customer) => string>> = {
  letter: ({ name }) => name.slice(0, 1),
  name: ({ name }) => lastOf(name),
  twoWords: ({ name }) => `${lastOf(name)} ${name.slice(0, 3)}`,
  typo: ({ name }) => mistyped(name.split(" ").toSorted((a, b) => b.length - a.length)[0] ?? name),
  phone: ({ phone }) => (phone ?? "+49 30 1234567").replace("+49 ", "0"),
  email: ({ email }) => email ?? "nobody@example.com",
  card: ({ cardNumber }) => cardNumber ?? "FH1",
  nobody: ({ name }) => `${lastOf(name)}qx`,
};

/** As many questions, each kind as often as the others, about customers from all over the book; the same for the same numbers. */
export function customerQuestions({
  profiles,
  count,
}: {
  readonly profiles: number;
  readonly count: number;
}): readonly { readonly kind: CustomerQuestion; readonly text: string }[] {
  const random = seededRandom(7);
  return Array.from({ length: count }, (_, index) => {
    const kind = CUSTOMER_QUESTIONS[index % CUSTOMER_QUESTIONS.length] ?? "name";
    return { kind, text: ASK[kind](customerAt(random.between({ from: 0, to: profiles - 1 }))) };
  });
}

function lastOf(name: string): string {
  return name.split(" ").at(-1) ?? name;
}

/** The third letter is left out. */
function mistyped(word: string): string {
  return word.slice(0, 2) + word.slice(3);
}
