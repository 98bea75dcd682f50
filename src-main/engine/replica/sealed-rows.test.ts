import { expect, test } from "vitest";
import type { Customer } from "#domain/customer/customer.ts";
import { idOf } from "#domain/ids.ts";
import { badgeVerifierOf } from "#domain/staff/badge.ts";
import { REPLICA_SCHEMAS } from "#protocol/documents/collections.ts";
import { sha256Hex } from "../journal/journal.ts";
import { newKeys } from "../testing/new-keys.ts";
import { MIRA } from "../testing/shop-fixture.ts";
import { isSealedRow, openRow, sealRow } from "./sealed-rows.ts";

const ADA: Required<Pick<Customer, "notes" | "groups">> & Customer = {
  id: idOf<"Customer">("ada"),
  name: "Ada Lovelace",
  email: "ada@analytical.example",
  phone: "+44 20 555",
  cardNumber: "C-1815",
  notes: "likes engines",
  groups: [idOf<"CustomerGroup">("club")],
  hasBought: true,
};
const keys = newKeys();

test("a profile is whole by its key; without it what prices go by is there, and nothing of who it is", () => {
  const row = sealRow("customers", ADA, keys);
  expect(isSealedRow(row)).toBe(true);
  for (const said of [ADA.name, ADA.email, ADA.phone, ADA.cardNumber, ADA.notes])
    expect(JSON.stringify(row)).not.toContain(said);
  expect(openRow("customers", row, keys)).toEqual(ADA);
  const without = openRow("customers", row, { ...keys, lent: null });
  expect(without).toEqual({
    id: ADA.id,
    groups: ADA.groups,
    hasBought: true,
    name: "",
    email: null,
    phone: null,
    cardNumber: null,
  });
  expect(REPLICA_SCHEMAS.customers.safeParse(without).success).toBe(true);
});

test("a row under another's id, or by another key, says nothing", () => {
  const row = sealRow("customers", ADA, keys);
  const moved = { ...row, id: idOf<"Customer">("ben") };
  expect(openRow("customers", moved, keys)).toMatchObject({ name: "", email: null });
  expect(openRow("customers", row, newKeys())).toMatchObject({ name: "", email: null });
});

test("verifiers of PIN and badge are sealed by the till's own key, name and role are not", () => {
  const mira = { ...MIRA, badge: badgeVerifierOf("B-123456", sha256Hex) };
  const row = sealRow("staff", mira, { ...keys, lent: null });
  expect(JSON.stringify(row)).toContain(MIRA.name);
  expect(JSON.stringify(row)).not.toContain(mira.pin.phc);
  expect(JSON.stringify(row)).not.toContain(mira.badge.digest);
  expect(openRow("staff", row, { ...keys, lent: null })).toEqual(mira);
});

test("nothing of a customer is kept without the key", () => {
  expect(() => sealRow("customers", ADA, { ...keys, lent: null })).toThrow("no key");
});

test("what an earlier version kept as it was is read as it is", () => {
  expect(openRow("customers", ADA, keys)).toEqual(ADA);
  expect(isSealedRow(ADA)).toBe(false);
});
