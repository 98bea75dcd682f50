import { expect, test } from "vitest";
import type { Customer } from "#domain/customer/customer.ts";
import { idOf } from "#domain/ids.ts";
import { changesOf, draftOf, withGroup } from "./customer-draft.ts";

const ANNA: Customer = {
  id: idOf<"Customer">("anna"),
  name: "Anna Ahrens",
  email: "anna@example.com",
  phone: null,
  cardNumber: null,
  notes: "likes blue",
  taxExemption: { certificate: "DE-77", validUntil: idOf<"BusinessDay">("2027-12-31") },
};
const opened = draftOf(ANNA);

test("a profile that is opened and saved untouched changes nothing", () => {
  expect(changesOf(opened, opened)).toEqual({ ok: true, value: {} });
});

test("only what was typed changes, and what is emptied is taken away", () => {
  const draft = {
    ...withGroup(opened, "trade", true),
    phone: " 030 1 ",
    notes: "",
    certificate: "",
    validUntil: "",
  };
  expect(changesOf(draft, opened)).toEqual({
    ok: true,
    value: { groups: ["trade"], phone: "030 1", notes: null, taxExemption: null },
  });
});

test("nobody is without a name, no company and no exemption either", () => {
  expect(changesOf({ ...opened, name: " " }, opened)).toMatchObject({ ok: false, reason: "nameMissing" });
  expect(changesOf({ ...opened, vatId: "DE1" }, opened)).toMatchObject({ reason: "companyMissing" });
  expect(changesOf({ ...opened, certificate: "" }, opened)).toMatchObject({ reason: "companyMissing" });
});
