import { lesserMoney, limitIn } from "#domain/money/arithmetic.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import { type PricedBasket, priceBasket } from "#domain/pricing/price-basket.ts";
import { type ReturnObstacle, refundedBy, returnObstacles, standingInTheWay } from "#domain/returns/judge.ts";
import { type ReturnPolicy, returnPolicyOf } from "#domain/returns/policy.ts";
import { isSamePurchase, type PurchaseRef } from "#domain/returns/purchase.ts";
import { type RefundRoute, refundRoutes } from "#domain/returns/refund-routes.ts";
import type { Standing } from "#domain/returns/returned.ts";
import { bringsGifts, type Returning } from "#domain/returns/returning.ts";
import { roleOf } from "#domain/staff/role.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import type { StoreSettingsNow } from "#domain/store/store.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import type { Payment } from "#domain/ticket/payment.ts";
import type { ReturnGrant } from "#domain/ticket/ticket.ts";
import type { Unwatch } from "../ports.ts";
import { both } from "../shop/changes.ts";
import { serverNow } from "../shop/server-now.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { ReturnLeases } from "./return-leases.ts";
import type { Standings } from "./standings.ts";

/** Whether what comes back with a basket may, as things are now, and in which money. */
export class ReturnJudge {
  readonly #ports: Pick<ShopPorts, "clock" | "server" | "enrolment" | "replica">;
  readonly #standings: Standings;
  readonly #leases: ReturnLeases;

  constructor(
    ports: Pick<ShopPorts, "clock" | "server" | "enrolment" | "replica">,
    parts: { readonly standings: Standings; readonly leases: ReturnLeases },
  ) {
    this.#ports = ports;
    this.#standings = parts.standings;
    this.#leases = parts.leases;
  }

  /** Calls back when more is known of purchases, or whose word a return of them stands on. */
  watch(onChange: () => void): Unwatch {
    return both(this.#standings.watch(onChange), this.#leases.watch(onChange));
  }

  /** The basket with its purchases as they stand now. */
  asOfNow(basket: Basket): Basket {
    const { returning } = basket;
    if (returning === undefined) return basket;
    const standings = returning.standings.map((standing) => this.#standings.now(standing));
    const isHeld = chosenOf(returning).every(({ purchase }) => this.leaseOf(purchase.ref).kind === "held");
    return { ...basket, returning: { ...returning, standings, roundsDown: !isHeld } };
  }

  /** Asks the server once more before money moves for good: what came back elsewhere meanwhile, and for leases that are not held. */
  async prepare({ returning }: Basket): Promise<void> {
    if (returning === undefined) return;
    const refs = chosenOf(returning).map(({ purchase }) => purchase.ref);
    await Promise.all([this.#standings.refresh(refs), this.#leases.ensure(refs)]);
  }

  leaseOf(ref: PurchaseRef) {
    return this.#leases.leaseOf(ref);
  }

  /** All that stands in the way of a basket's return; `basket` as of now. */
  obstacles(basket: Basket, settings: StoreSettingsNow): readonly ReturnObstacle[] {
    const { returning } = basket;
    if (returning === undefined || returning.lines.length === 0) return [];
    const { currency, offlinePolicy, timeZone, tax } = settings;
    // Rung up before the store changed its currency: no limit can be compared with it.
    if (isInOtherMoney(returning, currency)) return [{ line: null, why: "otherCurrency", way: "none" }];
    const now = serverNow(this.#ports);
    return returnObstacles({
      returning,
      lines: priceBasket({ basket, tax, currency, cash: false }).lines,
      scene: {
        policy: this.#policyFor(basket, settings),
        maxOffline: offlinePolicy.maxRefund,
        currency,
        taxMode: tax.mode,
        device: this.#ports.enrolment.identity()?.device ?? null,
        isOnline: this.#ports.server.online(),
        leaseOf: (ref) => this.#leases.leaseOf(ref),
        now,
        today: businessDayOf({ at: now, timeZone }),
      },
    });
  }

  /** What a basket gives back for goods; `basket` as of now. */
  refund(basket: Basket, { tax, currency }: StoreSettingsNow): Money {
    const { lines } = priceBasket({ basket, tax, currency, cash: false });
    return refundedBy(lines, { currency, taxMode: tax.mode });
  }

  /** The store's policy, and no more without a manager than the role of whoever takes it back allows. */
  #policyFor({ staff }: Basket, settings: StoreSettingsNow): ReturnPolicy {
    const policy = returnPolicyOf(settings);
    const role = this.#ports.replica.staff().find(({ id }) => id === staff)?.role;
    const limit = role === undefined ? null : (roleOf(settings, role)?.limits.refund ?? null);
    if (limit === null) return policy;
    const { managerAbove } = policy;
    const most = limitIn(limit, settings.currency);
    return { ...policy, managerAbove: managerAbove === null ? most : lesserMoney(managerAbove, most) };
  }

  /** Whether anything is left that forbids it; `basket` as of now. */
  isForbidden(basket: Basket, settings: StoreSettingsNow): boolean {
    const { returning } = basket;
    if (returning === undefined) return false;
    return standingInTheWay(this.obstacles(basket, settings), returning).length > 0;
  }

  /** By what right goods are taken back: a manager's word where one was needed, the server's where it gave it for all of them, else the offline policy. */
  grant(basket: Basket, settings: StoreSettingsNow): ReturnGrant["by"] {
    const { returning } = basket;
    if (returning === undefined) return "offline";
    const needed = this.obstacles(basket, settings).some(({ way }) => way === "manager" || way === "server");
    if (needed && returning.override !== null) return "override";
    const purchases = chosenOf(returning);
    const isHeld = purchases.every(({ purchase }) => this.#leases.leaseOf(purchase.ref).kind === "held");
    return purchases.length > 0 && isHeld ? "lease" : "offline";
  }

  /** The ways in which what is still to be given back may go; `basket` as of now. */
  routes(
    basket: Basket,
    settings: StoreSettingsNow,
    {
      priced,
      giveBack,
      giveBackInCash,
    }: Pick<Payment, "giveBack" | "giveBackInCash"> & { readonly priced: PricedBasket },
  ): readonly RefundRoute[] {
    const { returning } = basket;
    if (returning === undefined || isInOtherMoney(returning, settings.currency)) return [];
    return refundRoutes({
      standings: chosenOf(returning),
      lines: priced.lines,
      refunds: basket.tenders.filter((tender) => tender.kind === "refund"),
      giveBack,
      giveBackInCash,
      taxMode: settings.tax.mode,
      policy: bringsGifts(returning)
        ? { ...returnPolicyOf(settings), refundTo: ["credit"] }
        : returnPolicyOf(settings),
    });
  }
}

/** The purchases of which something is chosen: what only lies beside the basket opens no way for money. */
function chosenOf({ standings, lines }: Returning): readonly Standing[] {
  return standings.filter(({ purchase }) =>
    lines.some((line) => line.kind === "receipted" && isSamePurchase(line.of.purchase, purchase.ref)),
  );
}

function isInOtherMoney({ standings, lines }: Returning, currency: Currency): boolean {
  return (
    standings.some(({ purchase }) => purchase.currency !== currency) ||
    lines.some((line) => line.kind === "unreceipted" && line.unitPrice.currency !== currency)
  );
}
