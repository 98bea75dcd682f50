import { type CustomerId, idOf } from "#domain/ids.ts";
import {
  type PointsAtCounter,
  pointsRoom,
  takenPoints,
  worthOf,
  worthOfBalance,
} from "#domain/loyalty/burn.ts";
import { earnedOn, earningGoods } from "#domain/loyalty/earn.ts";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";
import { sumMoney } from "#domain/money/arithmetic.ts";
import { ok, refused } from "#domain/result.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import { paymentOf } from "#domain/ticket/payment.ts";
import { payableWithValue } from "#domain/value/payable-with-value.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import type { FakeRegister } from "./fake-register.ts";
import { CURRENCY, euros, TAX } from "./fake-shop.ts";

/** One point per euro; a hundred of them pay one euro. */
export const FRIENDS = {
  name: "Friends",
  earn: { points: 1, per: euros(100), categories: [] },
  tiers: [],
  burn: { points: 100, worth: euros(100), least: 100, most: null },
  expiresAfterMonths: null,
} as const satisfies LoyaltyProgramme;

/** The fake engine's points: what is earned and what may be taken is the domain's rule. Nobody has any until they are given some. */
export class FakePoints {
  readonly #register: () => FakeRegister;
  readonly #balances = new Map<CustomerId, number>();
  isOnline = true;

  constructor(register: () => FakeRegister) {
    this.#register = register;
  }

  give(customer: CustomerId, points: number): void {
    this.#balances.set(customer, points);
  }

  shown(basket: Basket): BasketView["loyalty"] {
    const balance = basket.customer === null ? undefined : this.#balances.get(basket.customer);
    if (balance === undefined) return null;
    const { priced } = paymentOf({ basket, tax: TAX, currency: CURRENCY });
    const goods = earningGoods({ lines: priced.lines, taxMode: TAX.mode }, () => null);
    const withPoints = sumMoney(
      basket.tenders.flatMap((tender) => (tender.kind === "points" ? [tender.amount] : [])),
      CURRENCY,
    );
    const { points: earns } = earnedOn({ goods, programme: FRIENDS, tier: null, withPoints });
    return { programme: FRIENDS.name, balance, tier: null, earns, mayPay: true };
  }

  check(): VerbAnswer<"checkPoints"> {
    const scene = this.#scene();
    if (scene === null) return refused("pointsNoCustomer");
    const room = pointsRoom(scene);
    if (!room.ok) return room;
    const { points: step, worth } = FRIENDS.burn;
    return ok({ ...room.value, step, worth, askedServer: this.isOnline });
  }

  take(points: number | null): VerbAnswer<"takePoints"> {
    const { customer } = this.#register().basket;
    const scene = this.#scene();
    if (scene === null || customer === null) return refused("pointsNoCustomer");
    const room = pointsRoom(scene);
    if (!room.ok) return room;
    const wanted = takenPoints(room.value, FRIENDS.burn, points);
    if (!wanted.ok) return wanted;
    const id = idOf<"Tender">(this.#register().newId());
    const amount = worthOf(FRIENDS.burn, wanted.value);
    return this.#register().take({ id, kind: "points", amount, points: wanted.value, customer });
  }

  of(customer: CustomerId): VerbAnswer<"customerPoints"> {
    const balance = this.#balances.get(customer);
    if (balance === undefined) return ok(null);
    const worth = worthOfBalance(FRIENDS, balance);
    return ok({
      programme: FRIENDS.name,
      standing: { balance, earnedInYear: balance, tier: null, next: null, expiry: null, worth },
      entries: this.isOnline ? [] : null,
    });
  }

  #scene(): PointsAtCounter | null {
    const { basket } = this.#register();
    const balance = basket.customer === null ? undefined : this.#balances.get(basket.customer);
    if (balance === undefined) return null;
    const { due, remaining, giveBack } = paymentOf({ basket, tax: TAX, currency: CURRENCY });
    const taken = basket.tenders.reduce((sum, each) => (each.kind === "points" ? sum + each.points : sum), 0);
    return {
      programme: FRIENDS,
      balance,
      untold: { earned: 0, burned: 0 },
      inBaskets: taken,
      inThis: taken,
      word: this.isOnline ? "server" : "till",
      payable: payableWithValue(basket, { due, remaining, giveBack }),
      maxOffline: euros(1_000),
    };
  }
}
