import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import type { Customer } from "./customer.ts";
import { customerOfContact } from "./known-customer.ts";

function profile(id: string, changes: Partial<Customer> = {}): Customer {
  return {
    id: idOf<"Customer">(id),
    name: "Anna Ahrens",
    email: null,
    phone: null,
    cardNumber: null,
    ...changes,
  };
}
const contact = (changes: { name?: string; email?: string | null; phone?: string | null }) => ({
  name: "Anna Ahrens",
  email: null,
  phone: null,
  ...changes,
});
const ANNA = profile("anna", { email: "anna@example.com", phone: "+49 30 23125 001" });
const BEN = profile("ben", { name: "Ben Ahrens", email: "ben@example.com", phone: "030 23125001" });

describe("whose order it is", () => {
  test("the e-mail address says it, however it is spelt and whatever name stands beside it", () => {
    expect(customerOfContact(contact({ name: "A. A.", email: " ANNA@example.com" }), [ANNA, BEN])).toBe(
      ANNA.id,
    );
  });

  test("without an address the telephone number says it, however it is written", () => {
    expect(customerOfContact(contact({ name: "?", phone: "030/23125-001" }), [ANNA])).toBe(ANNA.id);
    expect(
      customerOfContact(contact({ email: "anna@example.com" }), [profile("x", { phone: "030 23125001" })]),
    ).toBeNull();
  });

  test("a number that two people have tells nobody apart", () => {
    expect(customerOfContact(contact({ phone: "030 23125001" }), [ANNA, BEN])).toBeNull();
  });

  test("two profiles with one address are told apart by the number, else not at all", () => {
    const other = profile("other", { email: "anna@example.com" });
    const both = [ANNA, other];
    expect(customerOfContact(contact({ email: "anna@example.com", phone: "030 23125 001" }), both)).toBe(
      ANNA.id,
    );
    expect(customerOfContact(contact({ email: "anna@example.com" }), both)).toBeNull();
  });

  test("one number under two addresses is one person's only if the name is the same, first or last name first", () => {
    const wanted = { email: "new@example.com", phone: "030 23125001" };
    expect(customerOfContact(contact({ ...wanted, name: "AHRENS, Anna" }), [ANNA, BEN])).toBe(ANNA.id);
    expect(customerOfContact(contact({ ...wanted, name: "Carla Ahrens" }), [ANNA])).toBeNull();
  });

  test("nobody is named by nothing", () => {
    expect(customerOfContact(contact({}), [ANNA, BEN, profile("blank")])).toBeNull();
    expect(
      customerOfContact(contact({ email: "no address", phone: "110" }), [
        profile("x", { email: "no address", phone: "110" }),
      ]),
    ).toBeNull();
  });

  test("the order in which profiles are looked at never matters, and the one found has the address or the number", () => {
    const email = fc.constantFrom(null, "a@example.com", "A@example.com", "b@example.com");
    const phone = fc.constantFrom(null, "030 23125001", "+49 30 23125001", "040 6696900");
    const name = fc.constantFrom("Anna Ahrens", "ahrens anna", "Ben");
    const profiles = fc
      .array(fc.record({ name, email, phone }), { maxLength: 5 })
      .map((all) => all.map((each, at) => profile(`p${at}`, each)));
    fc.assert(
      fc.property(fc.record({ name, email, phone }), profiles, (asked, known) => {
        const found = customerOfContact(asked, known);
        expect(customerOfContact(asked, known.toReversed())).toBe(found);
        const one = known.find(({ id }) => id === found);
        if (found === null) return;
        const sameEmail = asked.email !== null && one?.email?.toLowerCase() === asked.email.toLowerCase();
        const samePhone = asked.phone !== null && one?.phone?.slice(-8) === asked.phone.slice(-8);
        expect(sameEmail || samePhone).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
