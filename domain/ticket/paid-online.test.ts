import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { EUR, eur } from "../testing/shop.ts";
import { paidOnline, takenInStore } from "./paid-online.ts";
import type { Ticket } from "./ticket.ts";

const ticket = (due: number, online: readonly number[]) =>
  ({
    currency: EUR,
    totals: { due: eur(due) },
    tenders: [
      ...online.map((minor, at) => ({
        id: idOf<"Tender">(`t${at}`),
        kind: "paidOnline",
        amount: eur(minor),
      })),
      { id: idOf<"Tender">("cash"), kind: "cash", amount: eur(5_000) },
    ],
  }) as unknown as Ticket;

test("what was paid in a web shop before is no sale of the store that hands it out", () => {
  expect(paidOnline(ticket(3_000, [1_000, 500]))).toEqual(eur(1_500));
  expect(takenInStore(ticket(3_000, [1_000, 500]))).toEqual(eur(1_500));
  expect(takenInStore(ticket(3_000, []))).toEqual(eur(3_000));
});

test("where more came back than went, the store took less than nothing", () => {
  expect(takenInStore(ticket(-700, []))).toEqual(eur(-700));
});
