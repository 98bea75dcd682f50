import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { type Currency, type Money, money } from "../money/money.ts";
import type { Result } from "../result.ts";
import type { TaxSetup } from "../tax/tax.ts";
import { arbitraryBasket, arbitraryTax, basketOf, NOON } from "../testing/arbitrary-baskets.ts";
import { CHF, EUR, eur, GERMANY, lineOf, SWITZERLAND } from "../testing/shop.ts";
import { type Basket, MAX_AMOUNT_MINOR, MAX_TENDERS_PER_TICKET, type Tender } from "./basket.ts";
import { removeTender } from "./basket-acts.ts";
import { addTender, changeByTender, type PaymentRefusal, paymentOf } from "./payment.ts";

function cash(name: string, tendered: Money): Tender {
  return { id: idOf<"Tender">(name), kind: "cash", tendered };
}

function card(name: string, amount: Money, approvalCode = "A1B2"): Tender {
  return { id: idOf<"Tender">(name), kind: "card", amount, approvalCode };
}

interface Place {
  readonly tax: TaxSetup;
  readonly currency: Currency;
}
const BERLIN: Place = { tax: GERMANY, currency: EUR };
const ZURICH: Place = { tax: SWITZERLAND, currency: CHF };

function take(basket: Basket, tender: Tender, place: Place = BERLIN): Result<Basket, PaymentRefusal> {
  return addTender({ basket, tender, ...place, at: NOON });
}

function paid(basket: Basket, tenders: readonly Tender[], place: Place = BERLIN): Basket {
  return tenders.reduce((before, tender) => {
    const after = take(before, tender, place);
    if (!after.ok) throw new Error(`refused: ${after.reason}`);
    return after.value;
  }, basket);
}

function why(result: Result<Basket, PaymentRefusal>): PaymentRefusal | "done" {
  return result.ok ? "done" : result.reason;
}

/** A basket worth 11.90. */
const mug = basketOf([lineOf({ name: "mug", price: eur(1_190) })]);
/** A basket worth 10.03 francs. */
const cheese = basketOf([lineOf({ name: "cheese", price: money(1_003, CHF) })]);

describe("paying 11.90", () => {
  test("20.00 in cash gives 8.10 change", () => {
    const payment = paymentOf({ basket: paid(mug, [cash("note", eur(2_000))]), ...BERLIN });
    expect(payment).toMatchObject({
      due: eur(1_190),
      paid: eur(2_000),
      remaining: eur(0),
      change: eur(810),
      complete: true,
    });
  });

  test("10.00 in cash leaves 1.90 for the card, which takes no cent more", () => {
    const started = paid(mug, [cash("note", eur(1_000))]);
    expect(paymentOf({ basket: started, ...BERLIN })).toMatchObject({ remaining: eur(190), complete: false });
    expect(why(take(started, card("visa", eur(191))))).toBe("cardExceedsRemaining");
    const done = paymentOf({ basket: paid(started, [card("visa", eur(190))]), ...BERLIN });
    expect(done).toMatchObject({ complete: true, change: eur(0) });
  });

  test("the quick keys are the exact amount and the next sensible notes", () => {
    const { quickCash } = paymentOf({ basket: mug, ...BERLIN });
    expect(quickCash).toEqual([eur(1_190), eur(1_500), eur(2_000), eur(5_000)]);
    expect(paymentOf({ basket: paid(mug, [cash("note", eur(2_000))]), ...BERLIN }).quickCash).toEqual([]);
  });

  test("what is not money, or too much of it, is refused with its reason", () => {
    const empty = basketOf([]);
    expect(why(take(empty, cash("note", eur(500))))).toBe("emptyBasket");
    expect(why(take(mug, cash("note", eur(0))))).toBe("amountNotPositive");
    expect(why(take(mug, cash("note", eur(-500))))).toBe("amountNotPositive");
    expect(why(take(mug, cash("note", eur(MAX_AMOUNT_MINOR + 1))))).toBe("amountTooLarge");
    expect(why(take(mug, cash("note", money(500, CHF))))).toBe("wrongCurrency");
    expect(why(take(mug, card("visa", eur(1_190), "  ")))).toBe("approvalCodeMissing");
    expect(why(take(paid(mug, [card("visa", eur(1_190))]), cash("note", eur(500))))).toBe("alreadyPaid");
    const cents = Array.from({ length: MAX_TENDERS_PER_TICKET }, (_, index) => cash(`cent-${index}`, eur(1)));
    expect(why(take(paid(mug, cents), cash("one-more", eur(1))))).toBe("tooManyTenders");
  });

  test("a tender taken back is owed again", () => {
    const basket = paid(mug, [cash("note", eur(1_000)), card("visa", eur(190))]);
    const back = removeTender({ basket, tender: idOf<"Tender">("visa"), at: NOON });
    expect(back.ok && paymentOf({ basket: back.value, ...BERLIN })).toMatchObject({
      remaining: eur(190),
      complete: false,
    });
  });

  test("goods that cost nothing are paid for without a tender, an empty basket never is", () => {
    expect(
      paymentOf({ basket: basketOf([lineOf({ name: "leaflet", price: eur(0) })]), ...BERLIN }).complete,
    ).toBe(true);
    expect(paymentOf({ basket: basketOf([]), ...BERLIN }).complete).toBe(false);
  });
});

describe("paying 10.03 francs", () => {
  test("cash settles it with 10.05, a card with 10.03", () => {
    expect(paymentOf({ basket: cheese, ...ZURICH })).toMatchObject({
      due: money(1_003, CHF),
      remaining: money(1_003, CHF),
      remainingInCash: money(1_005, CHF),
    });
    const inCash = paymentOf({ basket: paid(cheese, [cash("coins", money(1_005, CHF))], ZURICH), ...ZURICH });
    expect(inCash).toMatchObject({ complete: true, change: money(0, CHF) });
    expect(inCash.priced.totals.cashRounding).toEqual(money(2, CHF));
    const byCard = paymentOf({ basket: paid(cheese, [card("visa", money(1_003, CHF))], ZURICH), ...ZURICH });
    expect(byCard).toMatchObject({ complete: true, change: money(0, CHF) });
    expect(byCard.priced.totals.cashRounding).toEqual(money(0, CHF));
  });

  test("as soon as a card pays a part, the exact amount is due", () => {
    const both = paid(cheese, [cash("note", money(1_000, CHF)), card("visa", money(3, CHF))], ZURICH);
    expect(paymentOf({ basket: both, ...ZURICH })).toMatchObject({ complete: true, change: money(0, CHF) });
  });

  test("20.00 in cash gives 9.95 change, which there are coins for", () => {
    const basket = paid(cheese, [cash("note", money(2_000, CHF))], ZURICH);
    expect(paymentOf({ basket, ...ZURICH }).change).toEqual(money(995, CHF));
  });
});

test("when a card is taken back and cash rounding makes it change, every coin gives back what it brought at most", () => {
  // 10.04 with cash rounded to 0.10: the card's cent makes 10.04 due, without it 10.00 is.
  const place: Place = { tax: { ...GERMANY, cashRounding: { incrementMinor: 10 } }, currency: EUR };
  const basket = basketOf([lineOf({ name: "cheese", price: eur(1_004) })]);
  const started = paid(basket, [card("visa", eur(1)), cash("note", eur(1_002)), cash("coin", eur(1))], place);
  const back = removeTender({ basket: started, tender: idOf<"Tender">("visa"), at: NOON });
  if (!back.ok) throw new Error(back.reason);
  const { change, complete } = paymentOf({ basket: back.value, ...place });
  expect({ change, complete }).toEqual({ change: eur(3), complete: true });
  const given = changeByTender(back.value.tenders, change);
  expect([...given].sort()).toEqual([
    ["coin", eur(1)],
    ["note", eur(2)],
  ]);
});

describe("however it is paid", () => {
  const amounts = fc.array(
    fc.record({ kind: fc.constantFrom("cash", "card"), share: fc.integer({ min: 1, max: 2_000 }) }),
    { maxLength: 6 },
  );
  /** Tenders as shares (per mille) of what remains; what is refused is left out, as at a real till. */
  const payments = fc
    .record({ basket: arbitraryBasket, tax: arbitraryTax, amounts })
    .map(({ basket, tax, amounts: given }) => {
      const place: Place = { tax, currency: EUR };
      let taken = basket;
      for (const [index, { kind, share }] of given.entries()) {
        const { remaining } = paymentOf({ basket: taken, ...place });
        const amount = eur(Math.ceil((remaining.minor * share) / 1_000));
        const after = take(
          taken,
          kind === "cash" ? cash(`t${index}`, amount) : card(`t${index}`, amount),
          place,
        );
        if (after.ok) taken = after.value;
      }
      return { basket: taken, place };
    });

  test("once paid, the tenders less the change are what is due", () => {
    fc.assert(
      fc.property(payments, ({ basket, place }) => {
        const payment = paymentOf({ basket, ...place });
        if (!payment.complete) return;
        expect(payment.paid.minor - payment.change.minor).toBe(payment.priced.totals.due.minor);
        expect(payment.remaining.minor).toBe(0);
        expect(payment.remainingInCash.minor).toBe(0);
      }),
    );
  });

  test("change is given from cash alone, all of it, and no tender gives more than it brought", () => {
    fc.assert(
      fc.property(payments, ({ basket, place }) => {
        const { change } = paymentOf({ basket, ...place });
        const given = changeByTender(basket.tenders, change);
        const inCash = new Map(
          basket.tenders.flatMap((tender) =>
            tender.kind === "cash" ? [[tender.id, tender.tendered.minor]] : [],
          ),
        );
        let sum = 0;
        for (const [tender, { minor }] of given) {
          expect(minor).toBeGreaterThanOrEqual(0);
          expect(minor).toBeLessThanOrEqual(inCash.get(tender) ?? -1);
          sum += minor;
        }
        expect(sum).toBe(change.minor);
      }),
    );
  });

  test("coins up to what cash can settle are taken one by one, also beyond the exact amount", () => {
    const almost = paid(cheese, [cash("coins", money(1_004, CHF))], ZURICH);
    expect(paymentOf({ basket: almost, ...ZURICH })).toMatchObject({
      dueInCash: money(1_005, CHF),
      remainingInCash: money(1, CHF),
      giveBack: money(0, CHF),
      complete: false,
    });
    expect(why(take(almost, cash("last", money(1, CHF)), ZURICH))).toBe("done");
  });

  test("until it is paid, something remains and nothing is given back", () => {
    fc.assert(
      fc.property(payments, ({ basket, place }) => {
        const { complete, remaining, remainingInCash, change, due } = paymentOf({ basket, ...place });
        if (complete || due.minor === 0) return;
        expect(Math.max(remaining.minor, remainingInCash.minor)).toBeGreaterThan(0);
        expect(change.minor).toBe(0);
      }),
    );
  });

  test("the first quick key settles it in cash, and every one is enough", () => {
    fc.assert(
      fc.property(payments, ({ basket, place }) => {
        const { quickCash, remainingInCash } = paymentOf({ basket, ...place });
        if (basket.tenders.length === MAX_TENDERS_PER_TICKET) return;
        if (quickCash.length > 0) expect(quickCash[0]).toEqual(remainingInCash);
        for (const amount of quickCash) {
          const after = take(basket, cash("quick", amount), place);
          expect(after.ok && paymentOf({ basket: after.value, ...place }).complete).toBe(true);
        }
      }),
    );
  });
});
