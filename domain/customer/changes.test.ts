import { describe, expect, it } from "vitest";
import { idOf, instant } from "../ids.ts";
import { newCustomer, withChanges } from "./changes.ts";

const id = idOf<"Customer">("c1");

describe("a customer's profile", () => {
  it("takes only the fields that changed", () => {
    const ada = newCustomer(id, { name: "Ada", email: "ada@example.com", notes: "likes blue" });
    expect(withChanges(ada, { phone: "030 1234567" })).toEqual({
      id,
      name: "Ada",
      email: "ada@example.com",
      phone: "030 1234567",
      cardNumber: null,
      notes: "likes blue",
    });
  });

  it("loses what is taken away", () => {
    const ada = newCustomer(id, { name: "Ada", email: "ada@example.com", notes: "likes blue" });
    expect(withChanges(ada, { email: null, notes: null })).toEqual(newCustomer(id, { name: "Ada" }));
  });

  it("keeps each consent that was ever given or withdrawn", () => {
    const given = { purpose: "email", given: true, source: "till BER1-01", at: instant(1) } as const;
    const withdrawn = { ...given, given: false, at: instant(2) };
    const ada = withChanges(newCustomer(id, { name: "Ada", consents: [given] }), { consents: [withdrawn] });
    expect(ada.consents).toEqual([given, withdrawn]);
  });
});
