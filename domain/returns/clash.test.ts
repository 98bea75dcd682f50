import { expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { money } from "../money/money.ts";
import { ticketOf } from "../testing/arbitrary-tickets.ts";
import { EUR, eur, lineOf } from "../testing/shop.ts";
import { clashOf, comparable } from "./clash.ts";
import { purchaseOfTicket } from "./purchase-of-ticket.ts";
import { isRefundedTwice, type ReturnAct, type Standing } from "./returned.ts";

const SOLD = ticketOf([
  lineOf({ name: "mug", price: eur(1_190), quantity: 2 }),
  lineOf({ name: "book", price: eur(700) }),
]);

function act(
  id: string,
  pieces: readonly (readonly [number, number])[],
  minor: number,
  currency = EUR,
): ReturnAct {
  return {
    id,
    at: instant(1),
    store: null,
    device: null,
    staff: null,
    lines: pieces.map(([position, count]) => ({
      position,
      pieces: count,
      total: money(minor, currency),
      taxes: [],
    })),
    settled: money(minor, currency),
  };
}

function standing(...acts: readonly ReturnAct[]): Standing {
  const purchase = purchaseOfTicket(SOLD, { usualDays: 30 });
  if (purchase === null) throw new Error("nothing was bought");
  return { purchase, returned: { purchase: purchase.ref, acts, flagged: false } };
}

test("pieces that were bought may come back at any number of tills without anybody being asked", () => {
  const last = act("c", [[1, 1]], 700);
  expect(clashOf(standing(act("a", [[0, 1]], 1_190), act("b", [[0, 1]], 1_190), last), last)).toBeNull();
});

test("the second till that takes back the same piece clashes with the one before, not with one that took back another", () => {
  const first = act("a", [[1, 1]], 700);
  const between = act("b", [[0, 1]], 1_190);
  const second = act("c", [[1, 1]], 700);
  const twice = standing(first, between, second);
  expect(isRefundedTwice(twice)).toBe(true);
  expect(clashOf(twice, second)).toEqual({ first, second });
});

test("more money than was paid is a clash too, whatever pieces it was for", () => {
  const first = act("a", [[0, 1]], 3_000);
  const second = act("b", [[1, 1]], 700);
  expect(clashOf(standing(first, second), second)).toEqual({ first, second });
  expect(clashOf(standing(act("a", [[0, 3]], 1)), act("a", [[0, 3]], 1))).toMatchObject({ first: null });
});

test("a return in another currency is never added up with the purchase's own money", () => {
  const odd = act("a", [[0, 1]], 9_999, idOf<"Currency">("CHF"));
  const comparables = comparable(standing(odd, act("b", [[0, 1]], 1_190)));
  expect(comparables.returned.acts.map(({ id }) => id)).toEqual(["b"]);
  expect(clashOf(comparables, odd)).toBeNull();
});
