import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { type CustomerId, idOf, instant, type PromotionId } from "#domain/ids.ts";
import { pointsEntryOf } from "#domain/loyalty/ledger.ts";
import { monthsAfter } from "#domain/loyalty/lots.ts";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";
import { money } from "#domain/money/money.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import type { Ticket, TicketTender } from "#domain/ticket/ticket.ts";
import type { ServerForTests } from "../server-for-tests.ts";
import { CUP, customer, EUR, HAMBURG, POT, TEA } from "./shop.ts";
import { ticketBack } from "./ticket-back.ts";
import type { Sold, TestTill } from "./till.ts";

export const SOLD_AT_RANDOM = [TEA, CUP, POT];

export const ANNA = idOf<"Customer">("customer-anna");
/** Anna's, until two profiles of hers became one. */
const ANA = idOf<"Customer">("customer-ana");
const BEN = idOf<"Customer">("customer-ben");
const ERASED = idOf<"Customer">("customer-cem");
export const STRANGER = idOf<"Customer">("nobody-knows");
/** Each comes to one till only: in which order several tills tell of points that lapse, or of a tier that is reached and left again, makes a difference. */
const REGULARS = [0, 1, 2].map((till) => idOf<"Customer">(`customer-of-till-${till}`));
const BUYERS = [null, null, ANNA, ANNA, ANA, BEN, ERASED, STRANGER, "regular", "regular"] as const;
const [SILVER, GOLD] = [idOf<"CustomerGroup">("silver"), idOf<"CustomerGroup">("gold")];
const PROGRAMME: LoyaltyProgramme = {
  name: "Friends",
  earn: { points: 10, per: money(100, EUR), categories: [] },
  tiers: [
    { name: "Silver", from: 400, ppm: 1_500_000, group: SILVER },
    { name: "Gold", from: 2_000, ppm: 2_000_000, group: GOLD },
  ],
  burn: { points: 100, worth: money(100, EUR), least: 100, most: null },
  expiresAfterMonths: 12,
};
const [CAPPED, FREE] = ["capped", "free"].map((id): Promotion => {
  const always = { validFrom: instant(0), validUntil: null, priority: 0 };
  const off = { kind: "percent", ppm: 100_000 } as const;
  return {
    ...{ id: idOf<"Promotion">(id), name: id, ...always },
    rule: { kind: "eachPiece", goods: { kind: "all" }, off },
    ...(id === "capped" ? { limits: { perCustomer: 3 } } : {}),
  };
}) as [Promotion, Promotion];
/** Whoever spends some of them has them, and is of the highest tier. */
const PLENTY_OF_POINTS = 1_000_000;

/** People whom each server that is asked knows alike, in the loyalty programme; Hamburg's tills hold only whom they know. */
export async function registerBuyers({
  deps: { publisher, customers, loyalty },
}: ServerForTests): Promise<void> {
  await customers.putRules({
    ...{ scope: "all", retention: { months: null, act: "propose" } },
    stores: [{ store: HAMBURG.store, scope: "own", region: null }],
  });
  await loyalty.putProgramme(PROGRAMME);
  await publisher.publish(async (publication) => {
    for (const promotion of [CAPPED, FREE]) await publication.putPromotion(promotion);
    const given = { purpose: "email", given: true, source: "till BER1-01", at: publication.at } as const;
    const anna = { ...customer("anna"), email: "anna@example.com", consents: [given] };
    await publication.putCustomers([anna, ...["ana", "ben", "cem"].map(customer)]);
    await publication.putCustomers(REGULARS.map((id) => ({ ...customer("regular"), id })));
    const nobody = { purchase: null, number: null, store: null, device: null, staff: null };
    for (const id of [ANNA, BEN]) {
      const gift = { ...nobody, id: `gift:${id}`, kind: "earned", at: publication.at } as const;
      const entry = pointsEntryOf({ ...gift, customer: id, points: PLENTY_OF_POINTS });
      await publication.tx.addPointsEntries([entry], publication.at);
    }
  });
  const merged = await customers.merge({ survivor: ANNA, former: ANA, by: "Hanna" });
  const erased = await customers.erase(ERASED);
  if (!merged.ok || !erased.ok) throw new Error("a customer could not be merged or erased");
}

const KINDS = ["sale", "card", "long ago", "comes late", "spends", "back", "again", "drawer"] as const;

/** What one of three tills does. */
export interface Act {
  readonly till: number;
  readonly kind: (typeof KINDS)[number];
  readonly buyer: (typeof BUYERS)[number];
  readonly earned: number;
  readonly granted: readonly PromotionId[];
  readonly monthsAgo: number;
  /** So much longer ago is the second of two sales that are told late. */
  readonly monthsBefore: number;
  readonly lines: readonly Sold[];
}

export const act: fc.Arbitrary<Act> = fc.record({
  till: fc.nat({ max: REGULARS.length - 1 }),
  kind: fc.constantFrom("sale", "sale", "sale", ...KINDS),
  buyer: fc.constantFrom(...BUYERS),
  earned: fc.integer({ min: 0, max: 400 }),
  granted: fc.subarray([CAPPED.id, FREE.id]),
  monthsAgo: fc.integer({ min: 10, max: 15 }),
  monthsBefore: fc.integer({ min: 0, max: 4 }),
  lines: fc.array(
    fc.record({ variant: fc.constantFrom(...SOLD_AT_RANDOM), quantity: fc.integer({ min: 1, max: 4 }) }),
    { minLength: 1, maxLength: 4 },
  ),
});

/** A ticket of somebody who earns by it, whatever it was granted. */
function boughtBy(ticket: Ticket, buyer: CustomerId | null, { earned, granted }: Act): Ticket {
  const [first, ...others] = ticket.lines;
  if (first === undefined) throw new Error("a sale has a line");
  const discounts = granted.map((promotion) => ({
    ...({ source: "promotion", reason: promotion, promotion, needs: null } as const),
    amount: money(0, EUR),
  }));
  const shares = [{ position: 0, pieces: first.quantity, points: earned }];
  return {
    ...ticket,
    customer: buyer,
    lines: [{ ...first, discounts }, ...others],
    ...(buyer === null ? {} : { loyalty: { earned, shares } }),
  };
}

/** Has a till do it; what was sold so far and may come back at this till is in `sold`. */
export function doneAt(till: TestTill, sold: Ticket[], act: Act): void {
  const { kind, lines, monthsAgo } = act;
  const regular = REGULARS[act.till] ?? null;
  const buyer = act.buyer === "regular" ? regular : act.buyer;
  const plain = till.ticket(lines);
  const ticket = boughtBy(plain, buyer, act);
  if (kind === "long ago") {
    const completedAt = monthsAfter(ticket.completedAt, -monthsAgo);
    const long = { ...boughtBy(plain, regular, act), completedAt };
    till.write({ type: "ticket.completed", ticket: long });
    return;
  }
  if (kind === "comes late") {
    // Nobody else's, so that what lapses of one sale depends on whether the other was told yet.
    const late = idOf<"Customer">(`late-${randomUUID()}`);
    for (const months of [monthsAgo, monthsAgo + act.monthsBefore]) {
      const completedAt = monthsAfter(plain.completedAt, -months);
      till.write({
        type: "ticket.completed",
        ticket: { ...boughtBy(till.ticket(lines), late, act), completedAt },
      });
    }
    return;
  }
  if (kind === "spends" && regular !== null) {
    const spender = buyer === ANNA || buyer === BEN ? buyer : regular;
    const tender: TicketTender = {
      ...({ id: idOf<"Tender">(randomUUID()), kind: "points", points: 100 } as const),
      ...{ customer: spender, amount: ticket.totals.due },
    };
    till.write({
      type: "ticket.completed",
      ticket: { ...boughtBy(plain, spender, act), tenders: [tender] },
    });
    return;
  }
  // Each comes back once: two tills' returns of one sale stand in the order in which they were told.
  const first = kind === "back" ? sold.shift() : undefined;
  if (kind === "drawer") {
    till.write({ type: "staff.clockedIn" });
    return;
  }
  if (kind === "again" && till.entries.at(-1)?.fact.type === "ticket.completed") {
    const last = till.entries.at(-1);
    if (last !== undefined) till.repeat(last);
    return;
  }
  if (kind === "back" && first !== undefined) {
    till.write({ type: "ticket.completed", ticket: ticketBack(till, first, 1) });
    return;
  }
  const card: TicketTender = {
    id: idOf<"Tender">(randomUUID()),
    kind: "card",
    amount: ticket.totals.due,
    brand: "visa",
    last4: "4242",
    approvalCode: "A1B2C3",
  } as TicketTender;
  const of: Ticket = {
    ...ticket,
    ...(kind === "card" ? { tenders: [card] } : {}),
  };
  if (buyer === null || buyer !== regular) sold.push(of);
  till.write({ type: "ticket.completed", ticket: of });
}
