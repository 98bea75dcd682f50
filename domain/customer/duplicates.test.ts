import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import type { PostalAddress } from "../orders/order.ts";
import type { Customer } from "./customer.ts";
import { blockingKeys, isSurelySame, likenessOf } from "./duplicates.ts";

const HOME: PostalAddress = {
  name: "",
  lines: ["Hauptstraße 5"],
  postcode: "10115",
  city: "Berlin",
  country: "DE",
};

function person(name: string, changes: Partial<Customer> = {}): Customer {
  return { id: idOf<"Customer">(name), name, email: null, phone: null, cardNumber: null, ...changes };
}
const at = (line: string): Partial<Customer> => ({ addresses: [{ ...HOME, lines: [line] }] });

describe("two profiles look like one person", () => {
  test.each([
    ["the same e-mail address", person("Anna", { email: "a@x.de" }), person("Anna", { email: " A@X.de" })],
    ["one card", person("Anna", { cardNumber: "FH 1" }), person("Anna A.", { cardNumber: "fh1" })],
    [
      "one number and name",
      person("Anna A", { phone: "030 2312500" }),
      person("A Anna", { phone: "+49 30 2312500" }),
    ],
    [
      "accents and word order at one address",
      person("Jördis Weiß", at("Hauptstr. 5")),
      person("weiss jordis", at("Hauptstraße 5")),
    ],
    [
      "a mistyped name at one address",
      person("Anna Ahrens", at("Hauptstraße 5")),
      person("Ana Ahrens", at("Hauptstr 5")),
    ],
    [
      "one name in a mistyped street",
      person("Anna Ahrens", at("Hauptstraße 5")),
      person("Anna Ahrens", at("Haubtstraße 5")),
    ],
    [
      "an address that two people share",
      person("Anna", { email: "a@x.de" }),
      person("Ben", { email: "a@x.de" }),
    ],
  ])("by %s", (_, one, other) => {
    expect(likenessOf(one, other)?.score).toBeGreaterThanOrEqual(50);
  });

  test.each([
    ["only one name", person("Anna Ahrens"), person("Anna Ahrens")],
    [
      "one household's number",
      person("Anna Ahrens", { phone: "030 2312500" }),
      person("Ben Ahrens", { phone: "030 2312500" }),
    ],
    ["one house", person("Anna Ahrens", at("Hauptstraße 5")), person("Ben Fuchs", at("Hauptstraße 5"))],
    [
      "two houses of one street",
      person("Anna Ahrens", at("Hauptstraße 5")),
      person("Ana Ahrens", at("Hauptstraße 7")),
    ],
    ["nothing", person(""), person("")],
  ])("but not by %s", (_, one, other) => {
    expect(likenessOf(one, other)).toBeNull();
  });
});

test("one e-mail address makes two profiles one without a word, unless their names say otherwise", () => {
  const same = (one: string, other: string) =>
    isSurelySame(person(one, { email: "a@x.de" }), person(other, { email: "A@x.de" }));
  expect([same("Anna Ahrens", "Ahrens, Anna"), same("Anna Ahrens", "A. Ahrens"), same("", "Anna")]).toEqual([
    true,
    true,
    true,
  ]);
  expect([same("Anna Ahrens", "Ben Ahrens"), same("Jan Ahrens", "Jana Ahrens")]).toEqual([false, false]);
  expect(isSurelySame(person("Anna"), person("Anna"))).toBe(false);
});

const people = fc.record({
  name: fc.constantFrom("Anna Ahrens", "ahrens anna", "Ana Ahrens", "Ben Ahrens", "Jördis Weiß", ""),
  email: fc.constantFrom(null, "a@x.de", "A@x.de", "b@x.de"),
  phone: fc.constantFrom(null, "030 23125001", "+49 30 23125001", "040 6696900"),
  cardNumber: fc.constantFrom(null, "FH1", "fh 1", "FH2"),
  addresses: fc.constantFrom(
    [],
    [HOME],
    [{ ...HOME, lines: ["Hauptstr. 5"] }],
    [{ ...HOME, postcode: "20095" }],
  ),
});

test("likeness is the same from both sides, and whoever is alike shares a key by which they are found", () => {
  fc.assert(
    fc.property(people, people, (a, b) => {
      const [one, other] = [person("1", a), person("2", b)];
      const likeness = likenessOf(one, other);
      expect(likenessOf(other, one)).toEqual(likeness);
      if (likeness === null) return;
      const keys = new Set(blockingKeys(one));
      expect(blockingKeys(other).some((key) => keys.has(key))).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
