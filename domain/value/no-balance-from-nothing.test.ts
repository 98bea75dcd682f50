import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import type { Money } from "../money/money.ts";
import { NOON } from "../testing/arbitrary-baskets.ts";
import {
  blank,
  booked,
  carded,
  codeOf,
  creditOf,
  paid,
  paidInCash,
  ticketOf,
} from "../testing/gift-cards.ts";
import { EUR, eur, GERMANY, lineOf } from "../testing/shop.ts";
import { paymentOf } from "../ticket/payment.ts";
import { HQ_CREDIT_ACTS, moveByHq } from "./by-hq.ts";
import { creditBalance, creditSums, overdrawnBy } from "./credit.ts";
import { captureHold, type Hold, placeHold, refundHold, releaseHold, withoutHeld } from "./hold.ts";
import { type Account, accountBalance, creditAccount, eachOnce } from "./ledger.ts";
import { type BookableMove, creditMovesOf, isGiving, type MoveKind } from "./moves.ts";
import { payableWithValue } from "./payable-with-value.ts";

/** What can happen to three cards; amounts in cents, `of` which card, `by` which of the acts. */
type Step =
  | {
      readonly do: "sell";
      readonly of: number;
      readonly minor: number;
      readonly goods: number;
      readonly ppm: number;
      readonly from: number | null;
      readonly loads: boolean;
    }
  | { readonly do: "refund"; readonly of: number; readonly minor: number }
  | { readonly do: "hq"; readonly of: number; readonly by: number }
  | {
      readonly do: "shop";
      readonly of: number;
      readonly minor: number;
      readonly end: "capture" | "release" | "wait";
      readonly back: number;
    };

const CARDS = [codeOf(1), codeOf(2), codeOf(3)] as const;
const card = fc.nat({ max: CARDS.length - 1 });
const cents = fc.integer({ min: 1, max: 9_000 });
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant("sell" as const),
      of: card,
      minor: cents,
      goods: cents,
      ppm: fc.integer({ min: 1, max: 1_000_000 }),
      from: fc.option(card),
      loads: fc.boolean(),
    }),
    fc.record({ do: fc.constant("refund" as const), of: card, minor: cents }),
    fc.record({ do: fc.constant("hq" as const), of: card, by: fc.nat({ max: HQ_CREDIT_ACTS.length }) }),
    fc.record({
      do: fc.constant("shop" as const),
      of: card,
      minor: cents,
      end: fc.constantFrom("capture" as const, "release" as const, "wait" as const),
      back: fc.integer({ min: 0, max: 9_000 }),
    }),
  ),
  { minLength: 1, maxLength: 14 },
);

/** A chain in small: what tickets, the shop and HQ do, one after another, by the domain's own rules. */
class Books {
  readonly moves: BookableMove[] = [];
  readonly holds: Hold[] = [];
  /** What customers paid for cards and got for them. */
  paidFor = 0;

  do(step: Step, index: number): void {
    if (step.do === "sell") this.#sell(step, index);
    else if (step.do === "hq") this.#hq(step, index);
    else if (step.do === "shop") this.#shop(step, index);
    else this.#note("issued", `back-${index}`, CARDS[step.of] ?? "", eur(step.minor));
  }

  /** A card is sold or loaded beside discounted goods; with `from` the goods are paid from another card, as a till that is cut off might, whether or not it is there. */
  #sell({ of, minor, goods, ppm, from, loads }: Extract<Step, { do: "sell" }>, index: number): void {
    const lines = [lineOf({ name: "mug", price: eur(goods) })];
    const discount = { kind: "percent", ppm, reason: "sale" } as const;
    const basket = { ...blank(`b${index}`), lines, discount };
    const how = { code: CARDS[of], isKnown: loads, line: `card-${index}` };
    const rung = carded(basket, minor, how);
    const payment = paymentOf({ basket: rung, tax: GERMANY, currency: EUR });
    const amount = payableWithValue(rung, payment);
    const tender = { id: idOf<"Tender">("t"), kind: "credit", amount, code: CARDS[from ?? 0] ?? "" } as const;
    const ticket = ticketOf(paidInCash(from === null || amount.minor === 0 ? rung : paid(rung, tender)));
    const goodsPaid = Math.max(0, ticket.lines[0]?.total.minor ?? 0);
    this.paidFor += ticket.totals.due.minor - goodsPaid;
    this.moves.push(...creditMovesOf(ticket));
  }

  #hq({ of, by }: Extract<Step, { do: "hq" }>, index: number): void {
    const code = CARDS[of] ?? "";
    const state = this.#state(code);
    if (state.sums === null) return;
    const act = HQ_CREDIT_ACTS[by];
    const amount = creditBalance(state.sums);
    if (act === undefined) {
      if (amount.minor > 0) this.#note("expired", `time-${index}`, code, amount);
      return;
    }
    const move = moveByHq(act, { sums: state.sums, entries: state.entries });
    if (move.ok) this.#note(move.value.kind, `hq-${index}`, code, move.value.amount);
  }

  #shop({ of, minor, end, back }: Extract<Step, { do: "shop" }>, index: number): void {
    const code = CARDS[of] ?? "";
    const wish = {
      id: `hold-${index}`,
      channel: idOf<"Channel">("web"),
      key: `${index}`,
      amount: eur(minor),
      expiresAt: instant(NOON + 99),
    };
    const placed = placeHold(wish, { sums: this.#state(code).sums, isAtTill: false });
    if (!placed.ok) return;
    if (end === "wait") {
      this.holds.push({ ...placed.value, key: code });
      return;
    }
    if (end === "release") {
      expect(releaseHold(placed.value).ok).toBe(true);
      return;
    }
    const captured = captureHold(placed.value, { amount: eur(minor), order: "o", at: NOON });
    if (!captured.ok) throw new Error(captured.reason);
    this.#note("spent", wish.id, code, eur(minor));
    const given = refundHold(captured.value, eur(back));
    expect(given.ok).toBe(back > 0 && back <= minor);
    if (given.ok) this.#note("issued", `${wish.id}-back`, code, eur(back));
  }

  #state(code: string) {
    const entries = booked(this.moves);
    const sums = creditSums(creditOf(code), entries);
    const own = this.holds.filter(({ key }) => key === code);
    return {
      entries: entries.filter(({ postings }) =>
        postings.some(({ account }) => account.endsWith(creditOf(code))),
      ),
      sums: sums === null ? null : withoutHeld(sums, own, NOON),
    };
  }

  #note(kind: MoveKind, id: string, code: string, amount: Money): void {
    const told = { ticket: null, number: null, store: null, device: null, staff: null };
    this.moves.push({ id, kind, code, amount, at: NOON, ...told });
  }
}

describe("no balance is made from nothing", () => {
  test("whatever is sold, loaded, spent, held, given back, taken off and put back, in any order and however often it is told", () => {
    fc.assert(
      fc.property(
        steps.chain((drawn) => fc.tuple(fc.constant(drawn), fc.infiniteStream(fc.nat()))),
        ([drawn, chance]) => {
          const books = new Books();
          for (const [index, step] of drawn.entries()) books.do(step, index);
          const told = [...books.moves, ...books.moves.filter((_, index) => index % 2 === 0)];
          const ranked = told.map((move) => ({ move, rank: chance.next().value ?? 0 }));
          const entries = booked(ranked.toSorted((a, b) => a.rank - b.rank).map(({ move }) => move));

          const sumOf = (account: Account): number =>
            accountBalance(entries, { account, currency: EUR }).minor;
          const accounts = new Set(entries.flatMap(({ postings }) => postings.map(({ account }) => account)));
          expect([...accounts].reduce((sum, account) => sum + sumOf(account), 0)).toBe(0);
          expect(eachOnce(entries)).toHaveLength(new Set(books.moves.map(({ id }) => id)).size);

          const total = (kinds: (kind: MoveKind) => boolean): number =>
            books.moves.reduce((sum, { kind, amount }) => sum + (kinds(kind) ? amount.minor : 0), 0);
          const outstanding = CARDS.reduce(
            (sum, code) => sum + sumOf(creditAccount(creditOf(code), "giftCard")),
            0,
          );
          expect(outstanding).toBe(total(isGiving) - total((kind) => !isGiving(kind)));
          // What lies on cards as sold or loaded is to the cent what was paid for them.
          expect(total((kind) => kind === "sold" || kind === "loaded")).toBe(books.paidFor);
          expect(sumOf("giftCardSales") + books.paidFor).toBe(0);
          expect(total((kind) => kind === "restored")).toBeLessThanOrEqual(
            total((kind) => kind === "expired" || kind === "voided"),
          );

          for (const code of CARDS) {
            const sums = creditSums(creditOf(code), entries);
            if (sums === null) continue;
            const balance = creditBalance(sums).minor - overdrawnBy(sums).minor;
            expect(balance).toBe(sumOf(creditAccount(creditOf(code), "giftCard")));
            expect(creditBalance(sums).minor).toBeLessThanOrEqual(sums.issued.minor);
          }
        },
      ),
    );
  });

  test("a hold pays no more than it holds, once, and gives back no more than it paid", () => {
    const sums = { issued: eur(5_000), spent: eur(0), issuedAt: NOON };
    const wish = { id: "h", channel: idOf<"Channel">("web"), key: "k", expiresAt: instant(NOON + 10) };
    const place = (minor: number, isAtTill = false) =>
      placeHold({ ...wish, amount: eur(minor) }, { sums, isAtTill });
    expect(place(5_001)).toEqual({ ok: false, reason: "notEnough" });
    expect(place(100, true)).toEqual({ ok: false, reason: "heldByTill" });
    const held = place(4_000);
    if (!held.ok) throw new Error(held.reason);
    expect(creditBalance(withoutHeld(sums, [held.value], NOON))).toEqual(eur(1_000));
    expect(creditBalance(withoutHeld(sums, [held.value], instant(NOON + 10)))).toEqual(eur(5_000));
    const pay = (minor: number, at = NOON) =>
      captureHold(held.value, { amount: eur(minor), order: "1042", at });
    expect(pay(4_001)).toEqual({ ok: false, reason: "notEnough" });
    expect(pay(4_000, instant(NOON + 10))).toEqual({ ok: false, reason: "holdOver" });
    const captured = pay(3_000);
    if (!captured.ok) throw new Error(captured.reason);
    expect(captureHold(captured.value, { amount: eur(3_000), order: "1042", at: NOON })).toEqual(captured);
    expect(captureHold(captured.value, { amount: eur(500), order: "1043", at: NOON })).toMatchObject({
      ok: false,
    });
    expect(releaseHold(captured.value)).toMatchObject({ ok: false });
    const back = refundHold(captured.value, eur(2_000));
    expect(back.ok && refundHold(back.value, eur(1_001))).toEqual({ ok: false, reason: "notEnough" });
  });
});
