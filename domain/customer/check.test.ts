import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import type { CustomerChanges } from "./changes.ts";
import { problemsOf, tidyChanges } from "./check.ts";
import { foldCustomer, type OpenedFact } from "./fold.ts";

const ADDRESS = { name: "Anna", lines: ["Weg 1"], postcode: "10999", city: "Berlin", country: "DE" };

describe("what is typed of a customer", () => {
  test.each<[CustomerChanges, readonly string[]]>([
    [{}, []],
    [{ name: "Anna", email: "anna@example.com", phone: "+49 (0)30 23125 001" }, []],
    [{ email: null, phone: null, company: null, addresses: null }, []],
    [{ name: "" }, ["nameMissing"]],
    [{ email: "anna@example" }, ["emailNotValid"]],
    [{ email: "anna example.com" }, ["emailNotValid"]],
    [{ phone: "12345" }, ["phoneNotValid"]],
    [{ phone: "ask her" }, ["phoneNotValid"]],
    [{ addresses: [ADDRESS] }, []],
    [{ addresses: [{ ...ADDRESS, city: "" }] }, ["addressIncomplete"]],
    [{ addresses: [{ ...ADDRESS, country: "Germany" }] }, ["addressIncomplete"]],
    [{ company: { name: "Acme", address: ["Weg 1"], vatId: "" } }, []],
    [{ company: { name: "Acme", address: ["Weg 1"], vatId: "DE123456789" } }, []],
    [{ company: { name: "Acme", address: ["Weg 1"], vatId: "123456789" } }, ["vatIdNotValid"]],
    [{ company: { name: "", address: ["Weg 1"], vatId: "" } }, ["companyIncomplete"]],
  ])("%j is wrong by %j", (changes, problems) => {
    expect(problemsOf(changes)).toEqual(problems);
  });

  test("is tidied: no blanks around it, and what was left empty takes the field away", () => {
    expect(
      tidyChanges({
        name: " Anna ",
        email: " ",
        notes: "",
        company: { name: " Acme ", address: ["Weg 1", " "], vatId: "de 123.456.789" },
        addresses: [{ ...ADDRESS, lines: [" Weg 1", ""], country: "de" }],
      }),
    ).toEqual({
      name: "Anna",
      email: null,
      notes: null,
      company: { name: "Acme", address: ["Weg 1"], vatId: "DE123456789" },
      addresses: [ADDRESS],
    });
    expect(tidyChanges({ name: "" })).toEqual({ name: "" });
  });
});

describe("what a till has said of a customer, laid over what the replica has", () => {
  const id = idOf<"Customer">("anna");
  const said = (type: OpenedFact["type"], changes: CustomerChanges): OpenedFact => ({
    type,
    customer: id,
    changes,
  });

  test("is by field, in the order in which it was said", () => {
    const facts = [
      said("customer.registered", { name: "Anna", phone: "030 1234567" }),
      said("customer.edited", { phone: null }),
      said("customer.edited", { name: "Anna Fuchs" }),
    ];
    const folded = foldCustomer(null, facts);
    expect(folded).toEqual({ id, name: "Anna Fuchs", email: null, phone: null, cardNumber: null });
  });

  test("makes nobody of an edit alone", () => {
    expect(foldCustomer(null, [said("customer.edited", { name: "Anna" })])).toBeNull();
  });
});
