import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { ticketOf } from "../testing/arbitrary-tickets.ts";
import { eur, lineOf } from "../testing/shop.ts";
import { BEGUN, sold, written } from "../testing/written-chain.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { plainSaleOf } from "./plain-sale.ts";

const SALE = ticketOf([lineOf({ name: "mug", price: eur(1), quantity: 2 })]);

function plain(ticket: Ticket): Ticket | null {
  const [entry] = written([BEGUN, sold(ticket)]).slice(1);
  if (entry === undefined) throw new Error("nothing was written");
  return plainSaleOf(entry.fact);
}

describe("a plain sale", () => {
  const anna = idOf<"Customer">("anna");
  const shares = [{ position: 0, pieces: 2, points: 20 }];

  test("is a sale of goods to whomever, also where they earn points by it, however it was paid", () => {
    expect(plain(SALE)).toEqual(SALE);
    expect(plain({ ...SALE, customer: anna })).not.toBeNull();
    expect(plain({ ...SALE, customer: anna, loyalty: { earned: 20, shares } })).not.toBeNull();
    const { due } = SALE.totals;
    const card = {
      ...{ id: idOf<"Tender">("card"), kind: "card", amount: due, brand: "visa", last4: "4242" },
      ...{ approvalCode: "A1", entry: "chip" },
    } as unknown as Ticket["tenders"][number];
    expect(plain({ ...SALE, tenders: [card] })).not.toBeNull();
  });

  const [line] = SALE.lines;
  if (line === undefined || line.kind !== "sale") throw new Error("a sale has a line");
  const order = { order: idOf<"Order">("o"), line: idOf<"Line">("l") };
  const credit = { id: idOf<"Tender">("credit"), kind: "credit", amount: SALE.totals.due } as const;
  const others: readonly (readonly [string, Ticket])[] = [
    [
      "paid with points",
      {
        ...SALE,
        customer: anna,
        loyalty: { earned: 20, shares },
        tenders: [
          {
            ...{ id: idOf<"Tender">("points"), kind: "points", points: 200 },
            ...{ amount: SALE.totals.due, customer: anna },
          },
        ],
      },
    ],
    ["of an order", { ...SALE, lines: [{ ...line, order }] as Ticket["lines"] }],
    [
      "paid with credit",
      {
        ...SALE,
        tenders: [{ ...credit, code: "7Q2M-X0VD-4T9K-W3HB-N5RC", left: eur(0) }] as Ticket["tenders"],
      },
    ],
    [
      "with a coupon",
      {
        ...SALE,
        coupons: [{ code: "SPRING", promotion: idOf<"Promotion">("spring") }] as NonNullable<
          Ticket["coupons"]
        >,
      },
    ],
  ];
  test.each(others)("is none that is %s", (_, ticket) => {
    expect(plain(ticket)).toBeNull();
  });

  test("is no other fact", () => {
    expect(written([BEGUN, { type: "staff.signedIn" }]).map(({ fact }) => plainSaleOf(fact))).toEqual([
      null,
      null,
    ]);
  });
});
