import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Customer } from "#domain/customer/customer.ts";
import { type CustomerId, idOf } from "#domain/ids.ts";
import { CustomerRows } from "./customer-rows.ts";
import { searchBlocks } from "./customer-search.ts";

function customer(id: string, name: string, more: Partial<Customer> = {}): Customer {
  return { id: idOf<"Customer">(id), name, email: null, phone: null, cardNumber: null, ...more };
}

function rowsOf(...customers: readonly Customer[]): CustomerRows {
  const rows = new CustomerRows();
  for (const each of customers) rows.put(each);
  return rows;
}

function found(rows: CustomerRows, text: string, limit = 20): readonly string[] {
  return searchBlocks([{ rows, isOutdated: () => false }], { text, limit }).ids;
}

const SHOP = rowsOf(
  customer("anna", "Anna Weiß", { email: "Anna.Weiss@example.com", phone: "+49 30 23125 001" }),
  customer("schmidt", "Jörg Schmidt", { cardNumber: "FH40000137" }),
  customer("oznur", "Öznur Kılıç", { phone: "0170 1234567" }),
  customer("firm", "4711 Parfümerie"),
);

describe("customers are found", () => {
  test.each([
    ["weiss anna", ["anna"]],
    ["ANNA.WEISS@EXAMPLE.COM", ["anna"]],
    ["anna.weiss@", ["anna"]],
    ["030/23125-001", ["anna"]],
    ["+49 170 1234567", ["oznur"]],
    ["1234", ["oznur"]],
    ["fh 4000 0137", ["schmidt"]],
    ["OTC:FH40000137", ["schmidt"]],
    ["4711", ["firm"]],
    ["kilic", ["oznur"]],
    ["k", ["oznur"]],
    ["schmitt", ["schmidt"]],
    ["schmdit jorg", ["schmidt"]],
    ["chmidt", ["schmidt"]],
    ["schhmidt", ["schmidt"]],
    ["schmi", ["schmidt"]],
    ["shmi", []],
    ["schmitz jorgen", []],
    ["zzz", []],
    [" ", []],
  ] as const)("by %j", (text, ids) => {
    expect(found(SHOP, text)).toEqual(ids);
  });

  test("without a typing error first", () => {
    const rows = rowsOf(customer("1", "Schmidt"), customer("2", "Schmitt"), customer("3", "Aaron Schmidt"));
    expect(found(rows, "schmitt")).toEqual(["2", "3", "1"]);
  });

  test("as many as were asked for, and it says that there are more", () => {
    const rows = rowsOf(
      ...Array.from({ length: 30 }, (_, number) => customer(`c${number}`, `Ben ${number}`)),
    );
    const answer = searchBlocks([{ rows, isOutdated: () => false }], { text: "ben", limit: 5 });
    expect(answer).toMatchObject({ hasMore: true, ids: { length: 5 } });
  });
});

test("whoever comes, changes and goes: each is found as they are now, and nobody as they were", () => {
  const names = fc.constantFrom("Anna", "Bernd", "Ça va", "Đorđe", "Kılıç", "李 雷");
  const acts = fc.array(fc.record({ id: fc.integer({ min: 0, max: 6 }), name: fc.option(names) }));
  fc.assert(
    fc.property(acts, (all) => {
      const rows = new CustomerRows();
      const known = new Map<CustomerId, string>();
      for (const { id, name } of all) {
        const who = customer(`c${id}`, name ?? "");
        if (name === null) rows.remove(who.id);
        else rows.put(who);
        if (name === null) known.delete(who.id);
        else known.set(who.id, name);
      }
      expect(rows.count).toBe(known.size);
      for (const name of ["Anna", "Bernd", "Ça va", "Đorđe", "Kılıç", "李 雷"]) {
        const ids = [...known].filter(([, each]) => each === name).map(([id]) => id);
        expect(found(rows, name).toSorted()).toEqual(ids.toSorted());
        for (const id of ids) expect(rows.get(id)?.called).toBe(name);
      }
    }),
  );
});

test("a book that changes all the time does not grow without end", () => {
  const rows = new CustomerRows();
  for (let change = 0; change < 60_000; change += 1) rows.put(customer(`c${change % 100}`, `Name ${change}`));
  expect(rows.count).toBe(100);
  expect(rows.size).toBeLessThan(4 * 1024 * 1024);
  expect(found(rows, "name 59999")).toEqual(["c99"]);
});
