import { expect, it } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { argsOf, EMPTY_CASE_FORM, problemsOf, withPurchase } from "./case-form.ts";

const LAMP = { variant: idOf<"Variant">("lamp"), sku: idOf<"Sku">("LAMP"), name: "Oak lamp", options: [] };
const PURCHASE = {
  purchase: { ref: { kind: "ticket", id: idOf<"Ticket">("t1") }, number: "BER1-03-000007" } as const,
  customer: idOf<"Customer">("ada"),
  boughtAt: instant(1_800_000_000_000),
  products: [LAMP],
};

it("a case says what it is about and what is wrong, nothing else has to be filled in", () => {
  expect(problemsOf(EMPTY_CASE_FORM)).toEqual(["cases.needProduct", "cases.needFault"]);
  const form = { ...EMPTY_CASE_FORM, productText: " Kettle ", fault: " Leaks " };
  expect(argsOf(form)).toMatchObject({
    product: { variant: null, name: "Kettle" },
    fault: "Leaks",
    contact: null,
    customer: null,
    deadline: null,
  });
});

it("a purchase brings its only article and whoever bought it; no name is taken down for a known customer", () => {
  const form = withPurchase({ ...EMPTY_CASE_FORM, fault: "Flickers", name: "Ada" }, PURCHASE);
  expect(argsOf(form)).toMatchObject({
    product: LAMP,
    purchase: PURCHASE.purchase,
    customer: "ada",
    contact: null,
  });
});

it("of several articles that were bought together, somebody says which one it is", () => {
  const two = { ...PURCHASE, products: [LAMP, { ...LAMP, name: "Shade" }] };
  expect(withPurchase(EMPTY_CASE_FORM, two).product).toBeNull();
});

it("an unknown customer is taken down with what they gave", () => {
  const form = { ...EMPTY_CASE_FORM, productText: "Kettle", fault: "Leaks", name: " Ben ", phone: "030 1" };
  expect(argsOf(form)?.contact).toEqual({ name: "Ben", phone: "030 1", email: null });
});
