import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import type { Customer } from "./customer.ts";
import { askedCustomer, customerFit, customerKeys, isAlmostNamed } from "./search.ts";

const JORDIS: Customer = {
  id: idOf<"Customer">("jordis"),
  name: "Jördis Weiß-O'Brien",
  email: "Joerdis.Weiss@example.com",
  phone: "+49 (0)30 23125 001",
  cardNumber: "FH40000137",
};
const NOBODY: Customer = {
  id: idOf<"Customer">("nobody"),
  name: "Uwe Quast",
  email: null,
  phone: null,
  cardNumber: null,
};

function howWell(typed: string, customer: Customer = JORDIS): number {
  const asked = askedCustomer(typed);
  return asked === null ? 0 : customerFit(customerKeys(customer), asked);
}

test.each([
  "jordis",
  "JÖRDIS",
  "weiss jor",
  "weiß",
  "o'brien",
  "brien",
  "joerdis.weiss@example.com",
  "JOERDIS.W",
  "fh40000137",
  "OTC:FH40000137",
  "fh 4000",
  "+49 30 23125",
  "030 23125001",
  "030/23125-001",
  "0049 30 23125 001",
  "5001",
])("a customer is found by %s", (typed) => {
  expect(howWell(typed)).toBeGreaterThan(0);
  expect(howWell(typed, NOBODY)).toBe(0);
});

test.each(["", " ", "...", "jordis quast", "+49 40", "040 23125001", "001", "FH50"])(
  "nobody is found by “%s”",
  (typed) => {
    expect(howWell(typed)).toBe(0);
  },
);

test.each([
  ["Ana Schäfer", true],
  ["Anna Schefer", true],
  ["Ana Shäfer", true],
  ["Ana", false],
  ["An Schäfer", true],
  ["Eva Schäfer", false],
  ["Ana Schulze", false],
])("Anna Schäfer is meant by “%s”: %s", (typed, isMeant) => {
  const asked = askedCustomer(typed);
  const anna = customerKeys({ ...NOBODY, name: "Anna Schäfer" });
  expect(asked !== null && isAlmostNamed(anna, asked)).toBe(isMeant);
});

test("the whole of a card or an address comes before a name, and the beginning of a name before what is in it", () => {
  expect(howWell("FH40000137")).toBeGreaterThan(howWell("jordis"));
  expect(howWell("Joerdis.Weiss@example.com")).toBeGreaterThan(howWell("jordis"));
  expect(howWell("weiss")).toBeGreaterThan(howWell("rien"));
  expect(howWell("rien")).toBeGreaterThan(0);
});

test("every word of a name finds it, in any order, with or without accents and capitals, also when only begun", () => {
  const word = fc.stringMatching(/^[a-zäöüéß]{2,8}$/);
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 3 }), fc.boolean(), (words, isLoud) => {
      const customer = { ...NOBODY, name: words.join(" ") };
      const typed = words.toReversed().join("  ");
      expect(howWell(isLoud ? typed.toUpperCase() : typed.normalize("NFD"), customer)).toBeGreaterThanOrEqual(
        5,
      );
      for (const each of words) expect(howWell(each.slice(0, 2), customer)).toBeGreaterThan(0);
    }),
  );
});
