import { expect, test } from "vitest";
import { EMPTY_FORM, formOf, recipientOf } from "./invoice-form.ts";

const KONTOR = { name: "Kontor Süd AG", address: ["Hauptstr. 5", "80331 München"], vatId: "DE999999999" };

test("a company that is known fills the form, and the form gives it back", () => {
  expect(recipientOf(formOf(KONTOR))).toEqual(KONTOR);
  const abroad = { ...KONTOR, address: ["Gate 3", "1010 Wien", "Hof 2", "Austria"] };
  expect(recipientOf(formOf(abroad))).toEqual({
    ...abroad,
    address: ["Gate 3", "1010 Wien", "Hof 2, Austria"],
  });
});

test("without name, street or town there is no invoice yet; without VAT ID and country there is", () => {
  const form = { ...EMPTY_FORM, name: "Kontor", street: "Hauptstr. 5", town: "80331 München" };
  expect(recipientOf(form)).toEqual({ name: "Kontor", address: ["Hauptstr. 5", "80331 München"], vatId: "" });
  for (const gap of ["name", "street", "town"] as const)
    expect(recipientOf({ ...form, [gap]: "  " })).toBeNull();
});
