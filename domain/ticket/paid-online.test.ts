import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { EUR, eur } from "../testing/shop.ts";
import { paidOnline, takenInStore } from "./paid-online.ts";
import type { Ticket } from "./ticket.ts";

const ticket = (due: number, online: readonly number[], lines: readonly unknown[] = []) =>
  ({
    currency: EUR,
    lines,
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

test("a gift card is no sale as it is sold: what is bought with it is one", () => {
  const card = { kind: "sale", giftCard: { code: "G", act: "sold" }, total: eur(5_000) };
  const mug = { kind: "sale", total: eur(850) };
  expect(takenInStore(ticket(5_850, [], [card, mug]))).toEqual(eur(850));
  expect(takenInStore(ticket(850, [], [mug]))).toEqual(eur(850));
});

test("where more came back than went, the store took less than nothing", () => {
  expect(takenInStore(ticket(-700, []))).toEqual(eur(-700));
});
