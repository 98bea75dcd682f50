import { type Instant, idOf } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import {
  approveReturnIn,
  type BasketReturnRefusal,
  chooseReturnIn,
  dropReturnIn,
  noteIdentityIn,
  openReturnIn,
  returnWithoutReceiptIn,
  stopReturnIn,
} from "#domain/returns/basket-returns.ts";
import { bytesOfDigits } from "#domain/returns/code/digits.ts";
import {
  type ReturnLease,
  type ReturnObstacle,
  returnObstacles,
  standingInTheWay,
} from "#domain/returns/judge.ts";
import { isSamePurchase, type PurchaseRef, purchaseKey } from "#domain/returns/purchase.ts";
import { type RefundRoute, refundRoutes } from "#domain/returns/refund-routes.ts";
import { returnActsOf } from "#domain/returns/return-acts.ts";
import { type Standing, withReturn } from "#domain/returns/returned.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import { paymentOf } from "#domain/ticket/payment.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { PurchaseSummary, ReturningView } from "#protocol/till/returns.ts";
import { fakePurchases, MAX_OFFLINE, RECEIPT_CODE, RECEIPT_NUMBER, RETURN_POLICY } from "./fake-purchases.ts";
import { purchaseSummary, returningView } from "./fake-returning-view.ts";
import { CURRENCY, ITEMS, JOHANNA, PINS, STORE_FACTS, TAX, TAX_CLASS } from "./fake-shop.ts";

export type ReturnAnswer = VerbAnswer<"chooseReturn">;

/** What a fake return needs of the basket in front. */
export interface FrontBasket {
  readonly basket: Basket;
  put(basket: Basket): ReturnAnswer;
  newId(): string;
}

/** The fake engine's purchases and what comes back of them; every rule and every amount is the domain's. */
export class FakeReturns {
  readonly #now: () => Instant;
  #standings: readonly Standing[];
  isOnline = true;
  /** The purchases that another till has open, by number. */
  readonly elsewhere = new Set<string>();

  constructor({ now }: { readonly now: () => Instant }) {
    this.#now = now;
    this.#standings = fakePurchases(now());
  }

  find({ text = "", day, paidMinor }: VerbParsedArgs<"findPurchases">): VerbAnswer<"findPurchases"> {
    const wanted = text.trim().toLowerCase();
    const purchases = this.#standings
      // Offline a till knows the purchases of its own store and the web shop's.
      .filter(({ purchase }) => this.isOnline || purchase.store !== idOf<"Store">("ham1"))
      .filter((standing) => matches(standing, wanted))
      .filter(({ purchase }) => day === undefined || purchase.day === day)
      .filter(({ purchase }) => paidMinor === undefined || purchase.settled.minor === paidMinor)
      .map(purchaseSummary)
      .toSorted((a: PurchaseSummary, b: PurchaseSummary) => b.at - a.at);
    return ok({ purchases, askedServer: this.isOnline });
  }

  open(wanted: VerbParsedArgs<"openReturn">, front: FrontBasket): ReturnAnswer {
    const found = "code" in wanted ? this.#byCode(wanted.code) : this.#byRef(wanted.purchase);
    if ("reason" in found) return refused(found.reason);
    const { standing } = found;
    return this.#put(front, (basket, at) =>
      openReturnIn({ basket, standing, promotions: RETURN_POLICY.promotions, currency: CURRENCY, at }),
    );
  }

  choose({ purchase, position, ...goods }: VerbParsedArgs<"chooseReturn">, front: FrontBasket): ReturnAnswer {
    const newId = () => idOf<"Line">(front.newId());
    return this.#put(front, (basket, at) =>
      chooseReturnIn({ basket, of: { purchase, position }, goods, newId, at }),
    );
  }

  withoutReceipt(
    { variant, ...goods }: VerbParsedArgs<"returnWithoutReceipt">,
    front: FrontBasket,
  ): ReturnAnswer {
    const item = ITEMS.find((each) => each.variant === variant);
    if (item === undefined) return refused("noSuchItem");
    const { price, sku, name, options } = item;
    if (price === null) return refused("noPrice");
    const id = idOf<"Line">(front.newId());
    const line = { id, variant, sku, name, options, taxClass: TAX_CLASS, unitPrice: price, ...goods };
    return this.#put(front, (basket, at) =>
      returnWithoutReceiptIn({ basket, line, promotions: RETURN_POLICY.promotions, at }),
    );
  }

  drop({ line }: VerbParsedArgs<"dropReturn">, front: FrontBasket): ReturnAnswer {
    return this.#put(front, (basket, at) => dropReturnIn({ basket, line, at }));
  }

  approve({ manager, pin, reason }: VerbParsedArgs<"approveReturn">, front: FrontBasket): ReturnAnswer {
    if (reason === "") return refused("reasonMissing");
    if (manager !== JOHANNA.id) return refused("notPermitted");
    if (PINS[manager] !== pin) return refused("wrongPin");
    return this.#put(front, (basket, at) =>
      approveReturnIn({ basket, manager, reason, obstacles: this.obstacles(basket), at }),
    );
  }

  noteIdentity({ identity }: VerbParsedArgs<"noteIdentity">, front: FrontBasket): ReturnAnswer {
    return this.#put(front, (basket, at) => noteIdentityIn({ basket, identity, at }));
  }

  stop(front: FrontBasket): ReturnAnswer {
    return this.#put(front, (basket, at) => stopReturnIn({ basket, at }));
  }

  /** What stands in the way of the basket's return, each thing once. */
  obstacles(basket: Basket): readonly ReturnObstacle[] {
    const { returning } = basket;
    if (returning === undefined) return [];
    const now = this.#now();
    return returnObstacles({
      returning,
      lines: paymentOf({ basket, tax: TAX, currency: CURRENCY }).priced.lines,
      scene: {
        policy: RETURN_POLICY,
        maxOffline: MAX_OFFLINE,
        currency: CURRENCY,
        taxMode: TAX.mode,
        device: null,
        isOnline: true,
        leaseOf: (purchase) => this.#leaseOf(purchase),
        now,
        today: businessDayOf({ at: now, timeZone: STORE_FACTS.timeZone }),
      },
    });
  }

  mayComplete(basket: Basket): boolean {
    const { returning } = basket;
    return returning === undefined || standingInTheWay(this.obstacles(basket), returning).length === 0;
  }

  routes(basket: Basket): readonly RefundRoute[] {
    const { returning } = basket;
    if (returning === undefined) return [];
    const { priced, giveBack, giveBackInCash } = paymentOf({ basket, tax: TAX, currency: CURRENCY });
    const refunds = basket.tenders.flatMap((tender) => (tender.kind === "refund" ? [tender] : []));
    return refundRoutes({
      standings: returning.standings,
      lines: priced.lines,
      refunds,
      giveBack,
      giveBackInCash,
      taxMode: TAX.mode,
      policy: RETURN_POLICY,
    });
  }

  view(basket: Basket): ReturningView | null {
    const { returning } = basket;
    if (returning === undefined) return null;
    return returningView({
      returning,
      lines: paymentOf({ basket, tax: TAX, currency: CURRENCY }).priced.lines,
      obstacles: this.obstacles(basket),
      routes: this.routes(basket),
      leaseOf: ({ purchase }) => {
        const { kind } = this.#leaseOf(purchase.ref);
        return kind === "unknown" ? "offline" : kind;
      },
      mayWithoutReceipt: RETURN_POLICY.withoutReceipt !== null,
    });
  }

  /** A ticket was written down: what came back with it is known from now on. */
  book(ticket: Ticket): void {
    for (const { purchase, act } of returnActsOf(ticket))
      this.#standings = this.#standings.map((each) =>
        isSamePurchase(each.purchase.ref, purchase)
          ? { ...each, returned: withReturn(each.returned, act) }
          : each,
      );
  }

  #leaseOf(ref: PurchaseRef): ReturnLease {
    const standing = this.#standings.find(({ purchase }) => isSamePurchase(purchase.ref, ref));
    if (!this.isOnline) return { kind: "unknown" };
    return this.elsewhere.has(standing?.purchase.number ?? "")
      ? { kind: "another", holder: idOf<"Device">("till-2") }
      : { kind: "held" };
  }

  #byCode(
    code: string,
  ):
    | { readonly standing: Standing }
    | { readonly reason: "notACode" | "codeDamaged" | "codeTooLong" | "noSuchPurchase" } {
    const number = code === RECEIPT_CODE ? RECEIPT_NUMBER : code.trim().toUpperCase();
    const standing = this.#standings.find(({ purchase }) => purchase.number === number);
    if (standing !== undefined) return { standing };
    const bytes = bytesOfDigits(code);
    if (bytes.ok || bytes.reason === "notACode") return { reason: "noSuchPurchase" };
    return { reason: bytes.reason === "tooLong" ? "codeTooLong" : "codeDamaged" };
  }

  #byRef(ref: PurchaseRef): { readonly standing: Standing } | { readonly reason: "noSuchPurchase" } {
    const standing = this.#standings.find(({ purchase }) => purchaseKey(purchase.ref) === purchaseKey(ref));
    return standing === undefined ? { reason: "noSuchPurchase" } : { standing };
  }

  #put(
    front: FrontBasket,
    change: (basket: Basket, at: Instant) => Result<Basket, BasketReturnRefusal>,
  ): ReturnAnswer {
    const changed = change(this.#asOfNow(front.basket), this.#now());
    return changed.ok ? front.put(changed.value) : changed;
  }

  /** A basket whose purchases stand as they are known now. */
  #asOfNow(basket: Basket): Basket {
    const { returning } = basket;
    if (returning === undefined) return basket;
    const standings = returning.standings.map(
      (each) =>
        this.#standings.find(({ purchase }) => isSamePurchase(purchase.ref, each.purchase.ref)) ?? each,
    );
    return { ...basket, returning: { ...returning, standings } };
  }
}

function matches({ purchase }: Standing, wanted: string): boolean {
  if (wanted === "") return true;
  const paidBy = purchase.paidWith.flatMap((paid) => (paid.kind === "card" ? [paid.approvalCode] : []));
  const gtins = purchase.lines.flatMap((line) =>
    ITEMS.flatMap((each) => (each.variant === line.variant ? [each.gtin ?? ""] : [])),
  );
  return [
    purchase.number,
    purchase.customer ?? "",
    ...paidBy,
    ...gtins,
    ...purchase.lines.flatMap(({ name, sku }) => [name, sku]),
  ].some((text) => text.toLowerCase().includes(wanted));
}
