import { type CreditId, type Instant, idOf } from "../ids.ts";
import type { Basket, Tender } from "../ticket/basket.ts";
import { openBasket } from "../ticket/basket-acts.ts";
import { completeTicket } from "../ticket/complete.ts";
import { addTender, paymentOf } from "../ticket/payment.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { CREDIT_CODE_BYTES, creditCodeOf } from "../value/credit-code.ts";
import { addGiftCard, giftCardPolicyOf } from "../value/gift-card.ts";
import { type LedgerEntry, ledgerEntryOf } from "../value/ledger.ts";
import type { BookableMove } from "../value/moves.ts";
import { NOON } from "./arbitrary-baskets.ts";
import { EUR, eur, GERMANY } from "./shop.ts";
import { BERLIN, TILL } from "./written-chain.ts";

const STAFF = idOf<"Staff">("mira");
export const POLICY = giftCardPolicyOf({ currency: EUR });
export const codeOf = (seed: number): string =>
  creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES).fill(seed), "giftCard");
export const creditOf = (code: string): CreditId => idOf<"Credit">(`id-${code}`);

export function blank(name = "b"): Basket {
  return openBasket({ id: idOf<"Basket">(name), staff: STAFF, at: NOON });
}

export function withCard(
  basket: Basket,
  minor: number,
  { code = codeOf(1), lies = 0, isKnown = false, line = "card" } = {},
) {
  return addGiftCard({
    basket,
    line: idOf<"Line">(line),
    code,
    name: "Gift card",
    label: `…${code.slice(-4)}`,
    amount: eur(minor),
    lies: eur(lies),
    isKnown,
    policy: POLICY,
    at: NOON,
  });
}

export function carded(basket: Basket, minor: number, how?: Parameters<typeof withCard>[2]): Basket {
  const sold = withCard(basket, minor, how);
  if (!sold.ok) throw new Error(sold.reason);
  return sold.value;
}

export function ticketOf(basket: Basket, at: Instant = NOON): Ticket {
  const done = completeTicket({
    basket,
    tax: GERMANY,
    currency: EUR,
    timeZone: "Europe/Berlin",
    id: idOf<"Ticket">(`ticket-${basket.id}`),
    number: idOf<"ReceiptNumber">("BER1-01-000001"),
    store: BERLIN,
    device: TILL,
    staff: STAFF,
    at,
  });
  if (!done.ok) throw new Error(done.reason);
  return done.value;
}

export function paid(basket: Basket, tender: Tender): Basket {
  const taken = addTender({ basket, tender, tax: GERMANY, currency: EUR, at: NOON });
  if (!taken.ok) throw new Error(taken.reason);
  return taken.value;
}

export function paidInCash(basket: Basket): Basket {
  const { remaining } = paymentOf({ basket, tax: GERMANY, currency: EUR });
  if (remaining.minor === 0) return basket;
  return paid(basket, { id: idOf<"Tender">(`cash-${basket.id}`), kind: "cash", tendered: remaining });
}

export function booked(moves: readonly BookableMove[]): readonly LedgerEntry[] {
  return moves.map((move) => ledgerEntryOf(move, creditOf(move.code)));
}
