import { allPriceLists } from "#domain/customer/group.ts";
import { idOf, instant, type LineId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import {
  approveReturnIn,
  chooseReturnIn,
  dropReturnIn,
  noteIdentityIn,
  openReturnIn,
  returnRefusal,
  returnWithoutReceiptIn,
  stopReturnIn,
} from "#domain/returns/basket-returns.ts";
import { lowestPrice } from "#domain/returns/lowest-price.ts";
import { returnPolicyOf } from "#domain/returns/policy.ts";
import { DAY_MS } from "#domain/store/offline-state.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { VerbParsedArgs } from "#protocol/till/contract.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { OrderBook } from "../orders/order-book.ts";
import { pricesOf } from "../replica/prices-of.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import type { Baskets } from "../shop/baskets.ts";
import { durably } from "../shop/durably.ts";
import { serverNow } from "../shop/server-now.ts";
import type { OnDuty, Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { Turns } from "../shop/turns.ts";
import { type MeantPurchase, meantPurchase, type ReturnReason } from "./opened-purchase.ts";
import type { PurchaseSearch } from "./purchase-search.ts";
import type { ReceiptCodes } from "./receipt-codes.ts";
import type { ReturnJudge } from "./return-judge.ts";
import type { ReturnLeases } from "./return-leases.ts";
import type { Standings } from "./standings.ts";

type Shown = Result<BasketView, ReturnReason>;

export interface DeskParts {
  readonly session: Session;
  readonly shelf: BasketShelf;
  readonly baskets: Baskets;
  readonly catalog: Catalog;
  readonly turns: Turns;
  readonly book: OrderBook;
  readonly codes: Pick<ReceiptCodes, "read">;
  readonly search: PurchaseSearch;
  readonly standings: Standings;
  readonly leases: ReturnLeases;
  readonly judge: ReturnJudge;
}

/** What comes back with the basket in front: opened, chosen, approved. Every act is on disk before it is shown; no money moves here. */
export class ReturnDesk {
  readonly #ports: ShopPorts;
  readonly #parts: DeskParts;

  constructor(ports: ShopPorts, parts: DeskParts) {
    this.#ports = ports;
    this.#parts = parts;
  }

  /** Puts a purchase beside the basket in front, with the lease of it where there is a connection. */
  async open(args: VerbParsedArgs<"openReturn">): Promise<Shown> {
    const duty = this.#onDuty();
    if (!duty.ok) return duty;
    const inTheWay = returnRefusal(this.#front(duty.value));
    if (inTheWay !== null) return refused(inTheWay);
    const meant = await this.#durably(() => this.#meant(args));
    if (!meant.ok) return meant;
    return this.#parts.leases.whileOpening(meant.value.ref, () => this.#open(meant.value));
  }

  choose({ purchase, position, ...goods }: VerbParsedArgs<"chooseReturn">): Promise<Shown> {
    return this.#change((basket, at) =>
      chooseReturnIn({ basket, of: { purchase, position }, goods, newId: () => this.#lineId(), at }),
    );
  }

  /** Goods without a receipt, at the lowest price that they had here in the days that the policy says. */
  async withoutReceipt({ variant, ...goods }: VerbParsedArgs<"returnWithoutReceipt">): Promise<Shown> {
    const duty = this.#onDuty();
    if (!duty.ok) return duty;
    const { settings } = duty.value;
    const { withoutReceipt, promotions } = returnPolicyOf(settings);
    if (withoutReceipt === null) return refused("notWithoutReceipt");
    const found = await this.#parts.catalog.byVariant(variant);
    if (found === null) return refused("noSuchItem");
    // What a kilogram costs, or what somebody typed once, says nothing of what these goods did.
    if (found.item.soldBy !== undefined) return refused("noPrice");
    const prices = await this.#durably(async () => ok(await pricesOf(this.#ports.replica, variant)));
    if (!prices.ok) return prices;
    const to = serverNow(this.#ports);
    const unitPrice = lowestPrice(prices.value, {
      // Whoever brings them may be, or know, somebody whose group pays less.
      lists: allPriceLists({ own: settings.priceLists, groups: settings.customerGroups ?? [] }),
      from: instant(to - withoutReceipt.lowestPriceDays * DAY_MS),
      to,
      currency: settings.currency,
    });
    if (unitPrice === null) return refused("noPrice");
    const { sku, name, options } = found.item;
    const { taxClass } = found;
    return this.#change((basket, at) => {
      const line = { id: this.#lineId(), variant, sku, name, options, taxClass, unitPrice, ...goods };
      return returnWithoutReceiptIn({ basket, line, promotions, at });
    });
  }

  drop({ line }: VerbParsedArgs<"dropReturn">): Promise<Shown> {
    return this.#change((basket, at) => dropReturnIn({ basket, line, at }));
  }

  /** A manager's word. The PIN is checked before it is looked whether there is anything to approve: guessing is slowed down either way. */
  async approve({ manager, pin, reason }: VerbParsedArgs<"approveReturn">): Promise<Shown> {
    const duty = this.#onDuty();
    if (!duty.ok) return duty;
    if (reason.trim() === "") return refused("reasonMissing");
    const { judge, session, shelf } = this.#parts;
    const { settings, staff } = duty.value;
    const refund = judge.refund(judge.asOfNow(shelf.front(staff.id).basket), settings);
    // A word goes as far as the role of whoever gives it.
    const vouched = await session.allowedBy({ staff: manager, pin }, [
      { permission: "returns.override" },
      { permission: "returns.take", amount: refund },
    ]);
    if (!vouched.ok) return refused(VOUCH_REASONS[vouched.reason]);
    return this.#change((basket, at, { settings }) => {
      const obstacles = this.#parts.judge.obstacles(basket, settings);
      return approveReturnIn({ basket, manager, reason, obstacles, at });
    });
  }

  noteIdentity({ identity }: VerbParsedArgs<"noteIdentity">): Promise<Shown> {
    return this.#change((basket, at) => noteIdentityIn({ basket, identity, at }));
  }

  stop(): Promise<Shown> {
    return this.#change((basket, at) => stopReturnIn({ basket, at }));
  }

  async #meant(args: VerbParsedArgs<"openReturn">): Promise<Result<MeantPurchase, ReturnReason>> {
    if ("purchase" in args) return ok({ ref: args.purchase, seen: null, isSummary: false });
    return meantPurchase(args.code, this.#parts);
  }

  async #open({ ref, seen, isSummary, gift }: MeantPurchase): Promise<Shown> {
    const { standings, leases } = this.#parts;
    const known = await this.#durably(async () => {
      const [standing] = await Promise.all([standings.find(ref, seen), leases.ensure([ref])]);
      if (standing !== null) return ok(standing);
      return refused(isSummary ? "codeNeedsServer" : "noSuchPurchase");
    });
    if (!known.ok) return known;
    return this.#change((basket, at, { settings }) =>
      openReturnIn({
        basket,
        standing: known.value,
        promotions: returnPolicyOf(settings).promotions,
        currency: settings.currency,
        gift,
        at,
      }),
    );
  }

  /** Changes the basket in front, as its purchases stand now, and shows it once it is on disk. */
  #change(
    change: (basket: Basket, at: Basket["updatedAt"], duty: OnDuty) => Result<Basket, ReturnReason>,
  ): Promise<Shown> {
    const { shelf, baskets, judge, turns } = this.#parts;
    return turns.take(async () => {
      const duty = this.#onDuty();
      if (!duty.ok) return duty;
      const draft = shelf.front(duty.value.staff.id);
      const changed = change(judge.asOfNow(draft.basket), this.#ports.clock.now(), duty.value);
      if (!changed.ok) return changed;
      const isBlank = changed.value.lines.length === 0 && changed.value.returning === undefined;
      const saved = isBlank
        ? await shelf.remove(draft.basket.id)
        : await shelf.save({ ...draft, basket: changed.value });
      if (!saved.ok) return saved;
      const shown = baskets.view();
      return shown === null ? refused("notSignedIn") : ok(shown);
    });
  }

  #front({ staff }: OnDuty): Basket {
    return this.#parts.shelf.front(staff.id).basket;
  }

  #onDuty() {
    return this.#parts.session.permitted("returns.take");
  }

  /** The till's disk may fail where something is looked up. */
  async #durably<T, R extends ReturnReason>(
    work: () => Promise<Result<T, R>>,
  ): Promise<Result<T, R | "storage">> {
    const done = await durably(work, this.#ports.onTrouble);
    return done.ok ? done.value : done;
  }

  #lineId(): LineId {
    return idOf<"Line">(this.#ports.newId());
  }
}

const VOUCH_REASONS = {
  wrongPin: "wrongPin",
  tooManyTries: "throttled",
  notAManager: "notPermitted",
  storage: "storage",
} as const satisfies Record<string, ReturnReason>;
