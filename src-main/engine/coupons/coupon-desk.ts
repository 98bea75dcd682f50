import { addCoupon, removeCoupon } from "#domain/coupons/basket.ts";
import { codeRefusal, couponRefusal, type KnownCoupon, promotionOfWord } from "#domain/coupons/coupon.ts";
import { isLikeCouponCode, readCouponWord } from "#domain/coupons/coupon-code.ts";
import { grantedPromotions } from "#domain/coupons/uses.ts";
import { priceBasket } from "#domain/pricing/price-basket.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { StoreSettingsNow } from "#domain/store/store.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import type { UsedCoupon } from "#domain/ticket/ticket.ts";
import type { BalanceAnswer } from "#protocol/sync/balances.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import { BalanceHolds, type HoldWord } from "../credits/balance-holds.ts";
import type { Unwatch } from "../ports.ts";
import { askInTime } from "../returns/in-time.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import type { Baskets } from "../shop/baskets.ts";
import type { Promotions } from "../shop/promotions.ts";
import type { OnDuty, Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { Turns } from "../shop/turns.ts";
import { couponAtTill, couponNeed, type NamedCoupon, namedCoupon } from "./coupon-at-till.ts";

/** A coupon is held for as long as a basket is usually rung up and paid, milliseconds, and not asked for anew before its sale. */
const COUPON_HOLD = { holdMs: 30 * 60_000, renewals: 0 };

type Refusal = Extract<VerbAnswer<"useCoupon">, { readonly ok: false }>["reason"];
/** `notNeeded`: it holds for many sales at a time and is not kept from the others. */
type Hold = HoldWord | "notNeeded";

/** Coupons of the basket in front. */
export class CouponDesk {
  readonly #ports: ShopPorts;
  readonly #session: Session;
  readonly #shelf: BasketShelf;
  readonly #baskets: Baskets;
  readonly #turns: Turns;
  readonly #promotions: Pick<Promotions, "all" | "sceneOf">;
  readonly #holds: BalanceHolds;
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
    this.#holds = new BalanceHolds(ports, (id) => couponNeed(ports, parts.shelf, id), COUPON_HOLD);
    this.#unwatch = parts.shelf.watch(() => this.#holds.letGo());
  }

  /** Puts a coupon onto the basket in front where it is good; with a connection the server holds a code for this till. */
  async use({ code: typed }: { readonly code: string }): Promise<VerbAnswer<"useCoupon">> {
    const duty = this.#session.maySell();
    if (!duty.ok) return duty;
    const coupon = namedCoupon(typed);
    if (coupon === null) return this.#wordOn(typed);
    const needsServer = duty.value.settings.offlinePolicy.couponCodes === false;
    return this.#lookUp(coupon, async (hold, answer): Promise<VerbAnswer<"useCoupon">> => {
      if (hold === "heldByAnother") return refused("couponHeldByAnother");
      if (answer === null && needsServer) return refused("couponNeedsServer");
      const known = await couponAtTill(this.#ports, { coupon, answer });
      return this.#turns.take(() => this.#putOn((basket) => this.#judgeCode(basket, coupon, known)));
    });
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
    { tax, currency }: Pick<StoreSettingsNow, "tax" | "currency">,
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
    this.#holds.close();
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
    return this.#lookUp(coupon, async (hold, answer) => {
      if (hold === "heldByAnother") return "couponHeldByAnother";
      if (answer === null) return null;
      const known = await couponAtTill(this.#ports, { coupon, answer });
      return known !== null && codeRefusal(known) === "couponUsed" ? "couponUsed" : null;
    });
  }

  /** Does something with the server's word on a coupon; nothing gives it back meanwhile. */
  async #lookUp<T>(
    coupon: NamedCoupon,
    act: (hold: Hold, answer: BalanceAnswer | null) => Promise<T>,
  ): Promise<T> {
    const here = await couponAtTill(this.#ports, { coupon, answer: null });
    if (here !== null && here.uses > 1) return act("notNeeded", await this.#askServer(coupon));
    return this.#holds.during(coupon.id, async (word) =>
      act(word, word === "held" ? await this.#askServer(coupon) : null),
    );
  }

  #askServer({ code }: NamedCoupon): Promise<BalanceAnswer | null> {
    return askInTime(this.#ports, (server) => server.balance(code));
  }
}

function hasCoupon({ coupons = [] }: Basket, code: string): boolean {
  return coupons.some((each) => each.code === code);
}
