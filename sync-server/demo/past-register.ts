import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { type DeviceId, type Instant, idOf, type ShiftId, type StaffId } from "#domain/ids.ts";
import { type Fact, GENESIS_HASH, type JournalEntry } from "#domain/journal/entry.ts";
import { sealEntry } from "#domain/journal/seal.ts";
import { addMoney, subtractMoney } from "#domain/money/arithmetic.ts";
import { type Money, money } from "#domain/money/money.ts";
import { TILL_CHANNEL } from "#domain/orders/till-channel.ts";
import { isAbout, type Promotion } from "#domain/promotions/promotion.ts";
import { promotionsFor } from "#domain/promotions/scene.ts";
import type { Result } from "#domain/result.ts";
import type { CashCount } from "#domain/shift/cash.ts";
import { countOf } from "#domain/shift/cash-count.ts";
import { dayReport } from "#domain/shift/day-report.ts";
import { type DayState, newDay } from "#domain/shift/day-state.ts";
import { denominationsOf } from "#domain/shift/denominations.ts";
import { expectedCash, openDrawer } from "#domain/shift/drawers.ts";
import { foldDay } from "#domain/shift/fold-day.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { TaxSetup } from "#domain/tax/tax.ts";
import { taxAt } from "#domain/tax/tax-plan.ts";
import type { Basket, Tender } from "#domain/ticket/basket.ts";
import { addItem, openBasket } from "#domain/ticket/basket-acts.ts";
import { completeTicket } from "#domain/ticket/complete.ts";
import { addTender, paymentOf } from "#domain/ticket/payment.ts";
import { formatReceiptNumber } from "#domain/ticket/receipt-number.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { sha256Hex } from "../sync/signatures.ts";
import type { PastDay, PastSale } from "./past-days.ts";

/** Far from the numbers that tills get which are paired later. */
export const PAST_REGISTER = 99;

/** The register at which a store of the demo sold before the demo was opened: its journal is made by the rules that a till's is made by, with a key that is then forgotten. */
export class PastRegister {
  readonly entries: JournalEntry[] = [];
  /** Raw Ed25519 key, base64url. */
  readonly publicKey: string;
  readonly #privateKey: KeyObject;
  readonly #store: StoreSettings;
  readonly #device: DeviceId;
  readonly #promotions: readonly Promotion[];
  readonly #newId: () => string;
  #state: DayState = newDay(null);
  #receipts = 0;

  constructor(settings: {
    readonly store: StoreSettings;
    readonly device: DeviceId;
    readonly promotions: readonly Promotion[];
    readonly newId: () => string;
  }) {
    this.#store = settings.store;
    this.#device = settings.device;
    this.#promotions = settings.promotions;
    this.#newId = settings.newId;
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const { x } = publicKey.export({ format: "jwk" });
    if (x === undefined) throw new Error("an Ed25519 key has a point");
    this.publicKey = x;
    this.#privateKey = privateKey;
  }

  /** A day from the opening of the drawer to the Z report. */
  work({ day, opensAt, closesAt, manager, sales, offMinor }: PastDay): void {
    if (this.entries.length === 0)
      this.#write(
        { type: "epoch.begun", register: PAST_REGISTER, nextReceipt: 1, previous: null },
        { at: opensAt, by: null },
      );
    const shift = idOf<"Shift">(this.#newId());
    const float = this.#count(this.#store.cash?.float ?? this.#amount(0));
    const opening = { at: opensAt, by: manager };
    this.#write(
      { type: "shift.opened", shift, owner: null, businessDay: day, float, approvedBy: null },
      opening,
    );
    for (const sale of sales)
      this.#write(
        { type: "ticket.completed", ticket: this.#ticket(sale, shift) },
        { at: sale.at, by: sale.staff },
      );
    this.#close({ shift, day, offMinor, float: float.total }, { at: closesAt, by: manager });
  }

  #close(
    {
      shift,
      day,
      offMinor,
      float,
    }: Pick<PastDay, "day" | "offMinor"> & { readonly shift: ShiftId; readonly float: Money },
    made: Making & { readonly by: StaffId },
  ): void {
    const drawer = openDrawer(this.#state, shift);
    if (drawer === null) throw new Error("the drawer was opened this morning");
    const expected = expectedCash(drawer);
    const count = this.#count(addMoney(expected, this.#amount(offMinor)));
    this.#write({ type: "shift.counted", shift, count, expected }, made);
    this.#write(
      {
        type: "shift.closed",
        shift,
        businessDay: day,
        count,
        expected,
        variance: subtractMoney(count.total, expected),
        reason: offMinor === 0 ? null : "Counted twice",
        kept: float,
        approvedBy: null,
      },
      made,
    );
    const { epoch = 1, seq = 1 } = this.entries.at(-1) ?? {};
    const report = dayReport(this.#state, {
      kind: "z",
      store: this.#store.store,
      device: this.#device,
      register: PAST_REGISTER,
      today: day,
      at: made.at,
      by: made.by,
      currency: this.#store.currency,
      head: { epoch, seq },
      unsent: 0,
    });
    this.#write({ type: "day.closed", report, approvedBy: null }, made);
  }

  #ticket(sale: PastSale, shift: ShiftId): Ticket {
    const { currency, timeZone, store, code } = this.#store;
    const basket = this.#paid(this.#basket(sale), sale);
    this.#receipts += 1;
    return done(
      completeTicket({
        basket,
        tax: this.#tax(sale.at),
        currency,
        timeZone,
        id: idOf<"Ticket">(this.#newId()),
        number: formatReceiptNumber({ storeCode: code, register: PAST_REGISTER, counter: this.#receipts }),
        store,
        device: this.#device,
        staff: sale.staff,
        at: sale.at,
        shift,
      }),
    );
  }

  #basket({ at, staff, customer, lines }: PastSale): Basket {
    const empty = openBasket({ id: idOf<"Basket">(this.#newId()), staff, at });
    const full = lines.reduce<Basket>(
      (basket, { item, quantity }) => done(addItem({ basket, item, quantity, at })),
      { ...empty, customer },
    );
    const { timeZone, store } = this.#store;
    const scene = { at, timeZone, channel: TILL_CHANNEL, store, shopper: null, coupons: [] };
    const promotions = promotionsFor(this.#promotions, scene).filter((each) => isAbout(each, full.lines));
    return promotions.length === 0 ? full : { ...full, promotions };
  }

  #paid(basket: Basket, { by, at }: PastSale): Basket {
    const { currency } = this.#store;
    const tax = this.#tax(at);
    const { due, quickCash } = paymentOf({ basket, tax, currency });
    const id = idOf<"Tender">(this.#newId());
    // Whoever pays cash has a note that is a bit more.
    const tender: Tender =
      by === "card"
        ? { id, kind: "card", amount: due, approvalCode: String(this.entries.length).padStart(6, "0") }
        : { id, kind: "cash", tendered: quickCash[1] ?? quickCash[0] ?? due };
    return done(addTender({ basket, tender, tax, currency, at }));
  }

  #tax(at: Instant): TaxSetup {
    return taxAt(this.#store.tax, { at, timeZone: this.#store.timeZone });
  }

  #amount(minor: number): Money {
    return money(minor, this.#store.currency);
  }

  /** An amount in as few notes and coins as there are. */
  #count({ minor, currency }: Money): CashCount {
    let left = minor;
    const pieces = denominationsOf(currency).map((face) => {
      const counted = { face, pieces: Math.floor(left / face) };
      left -= counted.pieces * face;
      return counted;
    });
    return countOf(pieces, currency);
  }

  #write(fact: Fact, { at, by }: Making): void {
    const last = this.entries.at(-1);
    const entry = sealEntry({
      content: {
        id: idOf<"Entry">(this.#newId()),
        device: this.#device,
        epoch: 1,
        seq: (last?.seq ?? 0) + 1,
        store: this.#store.store,
        staff: by,
        at,
        fact,
        prev: last?.hash ?? GENESIS_HASH,
      },
      sha256Hex,
      sign: (text) => sign(null, Buffer.from(text, "utf8"), this.#privateKey).toString("base64url"),
    });
    this.entries.push(entry);
    this.#state = foldDay(this.#state, entry);
  }
}

interface Making {
  readonly at: Instant;
  readonly by: StaffId | null;
}

/** What the rules refuse here was made up wrongly. */
function done<T>(result: Result<T, string>): T {
  if (!result.ok) throw new Error(`the demo's past was refused: ${result.reason}`);
  return result.value;
}
