import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import type { Result } from "../result.ts";
import { BASKET, MIRA, NOON } from "../testing/arbitrary-baskets.ts";
import { ticketOf } from "../testing/arbitrary-tickets.ts";
import { boughtLine, purchaseOf, standingWith } from "../testing/purchases.ts";
import { EUR, eur, lineOf } from "../testing/shop.ts";
import type { Basket } from "../ticket/basket.ts";
import { openBasket } from "../ticket/basket-acts.ts";
import { chooseReturnIn, dropReturnIn, openReturnIn } from "./basket-returns.ts";
import { purchaseOfTicket } from "./purchase-of-ticket.ts";

const PURCHASE = purchaseOf([
  boughtLine(0, { name: "soup", quantity: 3, paid: 1_770 }),
  boughtLine(1, { name: "jar", quantity: 3, paid: 75, linked: { to: 0, kind: "deposit" } }),
  boughtLine(2, { name: "levy", quantity: 3, paid: 150, linked: { to: 0, kind: "levy" } }),
  boughtLine(3, { name: "bag", quantity: 3, paid: 30, linked: { to: 0, kind: "bag" } }),
]);

function done(result: Result<Basket, string>): Basket {
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

function opened(standing = standingWith(PURCHASE)): Basket {
  const basket = openBasket({ id: BASKET, staff: MIRA, at: NOON });
  return done(openReturnIn({ basket, standing, promotions: "keep", currency: EUR, at: NOON }));
}

function choose(basket: Basket, position: number, quantity: number): Basket {
  let ids = 0;
  const newId = () => {
    ids += 1;
    return idOf<"Line">(`back-${position}-${ids}`);
  };
  const goods = { quantity, reason: "changedMind", condition: "asNew", disposition: "stock" } as const;
  return done(chooseReturnIn({ basket, of: { purchase: PURCHASE.ref, position }, goods, newId, at: NOON }));
}

/** Position and pieces of what comes back. */
function back({ returning }: Basket): readonly (readonly number[])[] {
  return (returning?.lines ?? []).map((line) =>
    line.kind === "receipted" ? [line.of.position, line.quantity] : [],
  );
}

describe("goods that come back", () => {
  test("bring their deposit and levy with them, but not the bag that was used", () => {
    expect(back(choose(opened(), 0, 2))).toEqual([
      [0, 2],
      [1, 2],
      [2, 2],
    ]);
  });

  test("have as much deposit as pieces when their number changes", () => {
    expect(back(choose(choose(opened(), 0, 3), 0, 1))).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
    ]);
  });

  test("bring no deposit that was given back before", () => {
    const standing = standingWith(PURCHASE, { position: 1, pieces: 2, given: 50 });
    expect(back(choose(opened(standing), 0, 3))).toEqual([
      [0, 3],
      [1, 1],
      [2, 3],
    ]);
  });

  test("and stay with the customer after all keep their deposit", () => {
    const basket = choose(opened(), 0, 2);
    const [goods] = basket.returning?.lines ?? [];
    const kept = dropReturnIn({ basket, line: goods?.id ?? idOf<"Line">("none"), at: NOON });
    expect(back(done(kept))).toEqual([]);
  });
});

test("an empty bottle may come back alone", () => {
  expect(back(choose(opened(), 1, 1))).toEqual([[1, 1]]);
});

test("what a ticket charged with its goods is known when they are brought back", () => {
  const water = lineOf({ name: "water", price: eur(129) });
  const deposit = {
    ...lineOf({ name: "deposit", price: eur(25) }),
    linked: { to: water.id, kind: "deposit" as const },
  };
  const purchase = purchaseOfTicket(ticketOf([water, deposit]), { usualDays: 14 });
  expect(purchase?.lines.map(({ linked }) => linked)).toEqual([undefined, { to: 0, kind: "deposit" }]);
});
