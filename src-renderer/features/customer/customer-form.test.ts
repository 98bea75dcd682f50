import { describe, expect, it } from "vitest";
import type { Customer } from "#domain/customer/customer.ts";
import { idOf, instant } from "#domain/ids.ts";
import { emptyForm, formOf, formProblems, likelyText, saidBy } from "./customer-form.ts";

const LOCALE = "de-DE";
const ANNA: Customer = {
  id: idOf<"Customer">("anna"),
  name: "Anna Weiß",
  email: "anna@example.com",
  phone: null,
  cardNumber: null,
  consents: [
    { purpose: "email", given: true, source: "shop web", at: instant(1) },
    { purpose: "sms", given: true, source: "shop web", at: instant(1) },
    { purpose: "sms", given: false, source: "till BER1-03", at: instant(2) },
  ],
  addresses: [
    { name: "Anna Weiß", lines: ["Weg 1"], postcode: "10999", city: "Berlin", country: "DE" },
    { name: "Work", lines: ["Platz 2"], postcode: "20457", city: "Hamburg", country: "DE" },
  ],
};

describe("the form of a new customer", () => {
  it("has no consent ticked, and what was searched for in vain where it belongs", () => {
    expect(Object.values(emptyForm(LOCALE).consents)).toEqual([false, false, false, false, false]);
    expect(emptyForm(LOCALE, "Anna Weiß")).toMatchObject({ name: "Anna Weiß", country: "DE" });
    expect(emptyForm(LOCALE, "anna@example.com")).toMatchObject({ name: "", email: "anna@example.com" });
    expect(emptyForm(LOCALE, "0170 1234567")).toMatchObject({ name: "", phone: "0170 1234567" });
    expect(emptyForm(LOCALE, "FH40000137")).toMatchObject({ name: "", cardNumber: "FH40000137" });
  });

  it("tells what was filled in and nothing else", () => {
    const form = { ...emptyForm(LOCALE), name: " Ben ", phone: "0170 1234567" };
    expect(saidBy(form, null, LOCALE)).toEqual({
      changes: { name: "Ben", phone: "0170 1234567" },
      consents: [],
    });
    const agreed = { ...form, consents: { ...form.consents, post: true } };
    expect(saidBy(agreed, null, LOCALE).consents).toEqual([{ purpose: "post", given: true }]);
  });

  it("says what is wrong before it is sent", () => {
    expect(formProblems(emptyForm(LOCALE), null, LOCALE)).toEqual(["nameMissing"]);
    const half = { ...emptyForm(LOCALE), name: "A", email: "a@b", street: "Weg 1", company: "Acme" };
    expect(formProblems(half, null, LOCALE)).toEqual([
      "emailNotValid",
      "addressIncomplete",
      "companyIncomplete",
    ]);
  });

  it("looks for whoever it may be by the most telling of what is typed", () => {
    const form = { ...emptyForm(LOCALE), name: "Anna Weiß" };
    expect(likelyText({ ...form, name: "Anna" })).toBeNull();
    expect(likelyText(form)).toBe("Anna Weiß");
    expect(likelyText({ ...form, phone: "0170 1234567" })).toBe("0170 1234567");
    expect(likelyText({ ...form, phone: "0170 1234567", email: "a@b.de" })).toBe("a@b.de");
  });
});

describe("the form of a customer who is known", () => {
  it("left as it is tells nothing", () => {
    expect(saidBy(formOf(ANNA, LOCALE), ANNA, LOCALE)).toEqual({ changes: {}, consents: [] });
  });

  it("tells a consent that is taken back, and the newest word counts", () => {
    const form = formOf(ANNA, LOCALE);
    expect(form.consents).toMatchObject({ email: true, sms: false });
    const withdrawn = { ...form, consents: { ...form.consents, email: false } };
    expect(saidBy(withdrawn, ANNA, LOCALE).consents).toEqual([{ purpose: "email", given: false }]);
  });

  it("takes away what is left empty, and keeps the addresses that it does not show", () => {
    const form = { ...formOf(ANNA, LOCALE), email: "", city: "Potsdam" };
    expect(saidBy(form, ANNA, LOCALE).changes).toEqual({
      email: null,
      addresses: [{ ...ANNA.addresses?.[0], city: "Potsdam" }, ANNA.addresses?.[1]],
    });
  });
});
