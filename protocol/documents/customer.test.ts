import { describe, expect, it } from "vitest";
import { customerChangesSchema, customerSchema } from "./customer.ts";

describe("what a till says of a customer", () => {
  it("is any of the fields that it may change, and what was taken away", () => {
    const changes = { name: "Ada Lovelace", email: null, notes: null };
    expect(customerChangesSchema.parse(changes)).toEqual(changes);
  });

  it("is never a group, a tax exemption or what the server counts", () => {
    for (const field of ["groups", "taxExemption", "formerIds", "promotionUses", "hasBought"])
      expect(customerChangesSchema.safeParse({ [field]: [] }).success).toBe(false);
  });
});

it("a profile of before there was more than a name and how to reach it is still one", () => {
  const ada = { id: "c1", name: "Ada", email: null, phone: null, cardNumber: null };
  expect(customerSchema.parse(ada)).toEqual(ada);
});

it("a certificate that ends in half an emoji is none: the ticket that names it could not be written", () => {
  const ada = { id: "c1", name: "Ada", email: null, phone: null, cardNumber: null };
  const exempt = (certificate: string) => ({ ...ada, taxExemption: { certificate, validUntil: null } });
  expect(customerSchema.safeParse(exempt("NATO \u{1F3DB}")).success).toBe(true);
  expect(customerSchema.safeParse(exempt("NATO \ud83c")).success).toBe(false);
});
