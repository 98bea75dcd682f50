import { addCoupon, removeCoupon } from "#domain/coupons/basket.ts";
import { codeRefusal, couponRefusal, type KnownCoupon, promotionOfWord } from "#domain/coupons/coupon.ts";
import { isLikeCouponCode, readCouponWord } from "#domain/coupons/coupon-code.ts";
import { grantedPromotions } from "#domain/coupons/uses.ts";
import { priceBasket } from "#domain/pricing/price-basket.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import type { UsedCoupon } from "#domain/ticket/ticket.ts";
import type { BalanceAnswer } from "#protocol/sync/balances.ts";
import type { LeaseRequest } from "#protocol/sync/leases.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import type { Unwatch } from "../ports.ts";
import { inTime } from "../returns/in-time.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import type { Baskets } from "../shop/baskets.ts";
import type { Promotions } from "../shop/promotions.ts";
import type { OnDuty, Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { Turns } from "../shop/turns.ts";
import { couponAtTill, type NamedCoupon, namedCoupon, ownUses } from "./coupon-at-till.ts";

/** A coupon is held for as long as a basket is usually rung up and paid, milliseconds; the server ends it with the sale. */
const COUPON_HOLD_MS = 30 * 60_000;

type Refusal = Extract<VerbAnswer<"useCoupon">, { readonly ok: false }>["reason"];
type Hold = "held" | "heldByAnother" | "notNeeded" | "unknown";

/** Coupons of the basket in front. */
export class CouponDesk {
  readonly #ports: ShopPorts;
  readonly #session: Session;
  readonly #shelf: BasketShelf;
  readonly #baskets: Baskets;
  readonly #turns: Turns;
  readonly #promotions: Pick<Promotions, "all" | "sceneOf">;
  /** Coupons that the server holds for this till. */
  readonly #held = new Map<string, NamedCoupon>();
  readonly #unwatch: Unwatch;

  constructor(
    ports: ShopPorts,
    parts: {
      readonly session: Session;
      readonly shelf: BasketShelf;
      readonly baskets: Baskets;
      readonly turns: Turns;
      readonly promotions: Pick<Promotions, "all" | "sceneOf">;
    },
  ) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#shelf = parts.shelf;
    this.#baskets = parts.baskets;
    this.#turns = parts.turns;
    this.#promotions = parts.promotions;
    this.#unwatch = parts.shelf.watch(() => this.#letGo());
  }

  /** Puts a coupon onto the basket in front where it is good; with a connection the server holds a code for this till. */
  async use({ code: typed }: { readonly code: string }): Promise<VerbAnswer<"useCoupon">> {
    const duty = this.#session.maySell();
    if (!duty.ok) return duty;
    const coupon = namedCoupon(typed);
    if (coupon === null) return this.#wordOn(typed);
    const { hold, answer } = await this.#lookUp(coupon);
    if (hold === "heldByAnother") return refused("couponHeldByAnother");
    if (answer === null && duty.value.settings.offlinePolicy.couponCodes === false)
      return refused("couponNeedsServer");
    const known = await couponAtTill(this.#ports, { coupon, answer });
    const used = await this.#turns.take(() =>
      this.#putOn((basket) => this.#judgeCode(basket, coupon, known)),
    );
    // From now on: another basket's change meanwhile must not give back what this one is about to need.
    if (hold === "held") this.#held.set(coupon.id, coupon);
    this.#letGo();
    return used;
  }

  remove({ code }: { readonly code: string }): Promise<VerbAnswer<"removeCoupon">> {
    return this.#turns.take(async () => {
      const duty = this.#session.maySell();
      if (!duty.ok) return duty;
      const { basket } = this.#shelf.front(duty.value.staff.id);
      const without = removeCoupon({ basket, code, at: this.#ports.clock.now() });
      return without.ok ? this.#save(duty.value, without.value) : without;
    });
  }

  /** Before a sale is written: a hold may have lapsed, and another till used the coupon. Only those count that take money off; without an answer the sale goes on. */
  async prepare(
    basket: Basket,
    { tax, currency }: Pick<StoreSettings, "tax" | "currency">,
  ): Promise<"couponHeldByAnother" | "couponUsed" | null> {
    const { coupons = [] } = basket;
    if (coupons.length === 0) return null;
    const granted = grantedPromotions(priceBasket({ basket, tax, currency, cash: false }).lines);
    const counting = coupons.filter(({ promotion }) => granted.has(promotion));
    const doubts = await Promise.all(counting.map(({ code }) => this.#doubt(namedCoupon(code))));
    return doubts.find((doubt) => doubt !== null) ?? null;
  }

  close(): void {
    this.#unwatch();
  }

  #wordOn(typed: string): Promise<VerbAnswer<"useCoupon">> {
    return this.#turns.take(() =>
      this.#putOn((basket): Result<UsedCoupon, Refusal> => {
        const word = readCouponWord(typed);
        const scene = this.#promotions.sceneOf(basket);
        const promotion =
          word === null || scene === null
            ? null
            : promotionOfWord(this.#promotions.all(), { word, at: scene.at });
        if (word === null || promotion === null)
          return refused(isLikeCouponCode(typed) ? "couponMistyped" : "couponUnknown");
        return this.#judged(basket, word, promotion);
      }),
    );
  }

  #judgeCode(basket: Basket, { code }: NamedCoupon, known: KnownCoupon | null): Result<UsedCoupon, Refusal> {
    if (known === null) return refused("couponUnknown");
    const others = [...this.#shelf.open(), ...this.#shelf.parked()].filter(
      (draft) => draft.basket.id !== basket.id && hasCoupon(draft.basket, code),
    );
    const refusal = codeRefusal(known);
    if (refusal !== null) return refused(refusal);
    if (known.used + others.length >= known.uses) return refused("couponInAnotherBasket");
    const promotion = this.#promotions.all().find(({ id }) => id === known.promotion) ?? null;
    return this.#judged(basket, code, promotion);
  }

  #judged(basket: Basket, code: string, promotion: Promotion | null): Result<UsedCoupon, Refusal> {
    const scene = this.#promotions.sceneOf(basket);
    if (promotion === null || scene === null) return refused("couponExpired");
    const refusal = couponRefusal(promotion, scene);
    return refusal === null ? ok({ code, promotion: promotion.id }) : refused(refusal);
  }

  async #putOn(judge: (basket: Basket) => Result<UsedCoupon, Refusal>): Promise<VerbAnswer<"useCoupon">> {
    const duty = this.#session.maySell();
    if (!duty.ok) return duty;
    const { basket } = this.#shelf.front(duty.value.staff.id);
    const coupon = judge(basket);
    if (!coupon.ok) return coupon;
    const added = addCoupon({ basket, coupon: coupon.value, at: this.#ports.clock.now() });
    return added.ok ? this.#save(duty.value, added.value) : added;
  }

  async #save(duty: OnDuty, basket: Basket): Promise<Result<BasketView, "storage" | "notSignedIn">> {
    const draft = this.#shelf.front(duty.staff.id);
    const saved = await this.#shelf.save({ ...draft, basket });
    if (!saved.ok) return saved;
    const shown = this.#baskets.view();
    return shown === null ? refused("notSignedIn") : ok(shown);
  }

  async #doubt(coupon: NamedCoupon | null): Promise<"couponHeldByAnother" | "couponUsed" | null> {
    if (coupon === null) return null;
    const { hold, answer } = await this.#lookUp(coupon);
    if (hold === "heldByAnother") return "couponHeldByAnother";
    if (hold === "held") this.#held.set(coupon.id, coupon);
    if (answer === null) return null;
    const known = await couponAtTill(this.#ports, { coupon, answer });
    return known !== null && codeRefusal(known) === "couponUsed" ? "couponUsed" : null;
  }

  /** The server's word on a coupon. One that holds once is held for this till; one for many sales at a time is not kept from the others. */
  async #lookUp(
    coupon: NamedCoupon,
  ): Promise<{ readonly hold: Hold; readonly answer: BalanceAnswer | null }> {
    const here = await couponAtTill(this.#ports, { coupon, answer: null });
    const hold = here !== null && here.uses > 1 ? "notNeeded" : await this.#hold(coupon);
    const isAsked = hold === "held" || hold === "notNeeded";
    return { hold, answer: isAsked ? await this.#askServer(coupon) : null };
  }

  /** Null where there is no connection, or no answer while the customer waits. */
  async #askServer({ code }: NamedCoupon): Promise<BalanceAnswer | null> {
    const { server, timers } = this.#ports;
    return server.online() ? inTime(timers, () => server.balance(code)) : null;
  }

  async #hold(coupon: NamedCoupon): Promise<Hold> {
    const { server, timers } = this.#ports;
    if (!server.online()) return "unknown";
    const answer = await inTime(timers, () => server.lease(requestOf("ask", coupon)));
    if (answer === null) return "unknown";
    return answer.granted ? "held" : "heldByAnother";
  }

  /** Gives back what no basket needs any more. What was sold stays held: the server ends that itself once it knows of the sale. */
  #letGo(): void {
    const { journal, server } = this.#ports;
    const drafts = [...this.#shelf.open(), ...this.#shelf.parked()];
    for (const coupon of this.#held.values()) {
      if (drafts.some(({ basket }) => hasCoupon(basket, coupon.code))) continue;
      this.#held.delete(coupon.id);
      const isSold = ownUses(journal.pendingFor("balances"), coupon).length > 0;
      // Where this does not come through, the server's own time ends it.
      if (!isSold && server.online()) server.lease(requestOf("release", coupon)).catch(() => undefined);
    }
  }
}

function hasCoupon({ coupons = [] }: Basket, code: string): boolean {
  return coupons.some((each) => each.code === code);
}

function requestOf(act: LeaseRequest["act"], { id }: NamedCoupon): LeaseRequest {
  return { act, subject: { kind: "balance", id }, ttlMs: COUPON_HOLD_MS };
}
