import { attachCustomer, withoutCustomers } from "#domain/customer/attach.ts";
import type { BasketId, CustomerId } from "#domain/ids.ts";
import { orderingRefusal } from "#domain/orders/till-order.ts";
import { asksFor, type Stated } from "#domain/pricing/article-price.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { mostTicketLines } from "#domain/returns/basket-returns.ts";
import type { GoodsMarks } from "#domain/scan/goods-facts.ts";
import { actsOfRestoring } from "#domain/staff/basket-change.ts";
import { settingsAt } from "#domain/store/store.ts";
import { type Basket, MAX_LINES_PER_TICKET } from "#domain/ticket/basket.ts";
import {
  attributeBasket,
  attributeLine,
  changeQuantity,
  discountBasket,
  discountLine,
  overridePrice,
  parkBasket,
  recallBasket,
  removeLine,
  restoreLine,
} from "#domain/ticket/basket-acts.ts";
import { linkedTo } from "#domain/ticket/linked-lines.ts";
import { isEmptyBasket } from "#domain/ticket/payment.ts";
import type { Approval } from "#protocol/till/approval.ts";
import type { BasketView, CustomerBasket, ParkedBasket } from "#protocol/till/basket.ts";
import type { BASKET_REFUSALS, VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { SellableItem } from "../catalog/catalog-index.ts";
import type { CustomerBook } from "../customers/customer-book.ts";
import type { Elsewhere } from "../customers/elsewhere.ts";
import type { Unwatch } from "../ports.ts";
import type { BasketDraft, Removal } from "./basket-draft.ts";
import type { BasketShelf } from "./basket-shelf.ts";
import { type BasketScene, basketView, parkedView } from "./basket-view.ts";
import { ChangeRights } from "./change-rights.ts";
import { isSameLists, type PriceLists } from "./price-lists.ts";
import type { Ringing } from "./ringing.ts";
import type { OnDuty, Session } from "./session.ts";
import type { ShopPorts } from "./shop-ports.ts";
import type { Turns } from "./turns.ts";

/** What baskets show beyond themselves. */
type BasketSurroundings = Omit<BasketScene, "settings" | "itemOf" | "customerNameOf" | "groupsWithPrices"> & {
  /** A basket with what comes back with it as it stands now. */
  readonly asOfNow: (basket: Basket) => Basket;
};
/** What customers are called. */
type BasketCustomers = Pick<CustomerBook, "nameOf">;
export type BasketReason = (typeof BASKET_REFUSALS)[number];
type Shown = Result<BasketView, BasketReason>;

/** The register's baskets: what is rung up, changed, set aside and taken up again. Every act is on disk before it is shown. */
export class Baskets {
  readonly #ports: ShopPorts;
  readonly #session: Session;
  readonly #shelf: BasketShelf;
  readonly #catalog: Catalog;
  readonly #customers: BasketCustomers;
  readonly #ringing: Ringing;
  readonly #lists: PriceLists;
  readonly #elsewhere: Pick<Elsewhere, "byCard">;
  readonly #turns: Turns;
  readonly #rights: ChangeRights;
  readonly #around: BasketSurroundings;

  constructor(
    ports: ShopPorts,
    parts: {
      readonly session: Session;
      readonly shelf: BasketShelf;
      readonly catalog: Catalog;
      readonly customers: BasketCustomers;
      readonly ringing: Ringing;
      readonly lists: PriceLists;
      readonly elsewhere: Pick<Elsewhere, "byCard">;
      readonly turns: Turns;
      /** What orders and other stores are called, and what comes back with a basket. */
      readonly around: BasketSurroundings;
    },
  ) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#shelf = parts.shelf;
    this.#catalog = parts.catalog;
    this.#customers = parts.customers;
    this.#ringing = parts.ringing;
    this.#lists = parts.lists;
    this.#elsewhere = parts.elsewhere;
    this.#turns = parts.turns;
    this.#around = parts.around;
    this.#rights = new ChangeRights(ports, parts.session);
  }

  /** Finds an item by its code and rings it up; the customer of a card goes onto the basket. */
  async scan({ code, quantity, approval = null }: VerbParsedArgs<"scan">): Promise<VerbAnswer<"scan">> {
    // Looked up before it is its turn: an article that is still loading does not hold up the next scan.
    const read = await this.#ringing.read(code);
    if (!read.ok) return refused(read.reason);
    const { found, stated, text, pieces, marks, expired } = read.value;
    const customer = found === null ? await this.#elsewhere.byCard(text) : null;
    if (customer !== null) {
      const shown = await this.setCustomer({ customer: customer.id });
      return shown.ok ? ok({ customer, basket: shown.value }) : shown;
    }
    const asks = found === null ? null : asksFor(found.item, stated);
    if (found !== null && asks !== null) {
      const duty = this.#session.maySell();
      return duty.ok ? ok({ item: this.#ringing.asPriced(found).item, asks }) : duty;
    }
    const shown = await this.#ring(found, { quantity: quantity * pieces, stated, marks, approval });
    if (!shown.ok || found === null) return asRefusal(shown);
    return ok({ item: found.item, basket: shown.value, ...(expired === null ? {} : { expired }) });
  }

  async addItem({
    variant,
    quantity,
    approval = null,
    ...stated
  }: VerbParsedArgs<"addItem">): Promise<Shown> {
    return this.#ring(await this.#catalog.byVariant(variant), { quantity, stated, marks: null, approval });
  }

  changeQuantity({ line, quantity, approval }: VerbParsedArgs<"changeQuantity">): Promise<Shown> {
    return this.#change(approval, ({ basket, undo }) =>
      keeping(undo, changeQuantity({ basket, line, quantity, at: this.#now() })),
    );
  }

  removeLine({ line, approval }: VerbParsedArgs<"removeLine">): Promise<Shown> {
    return this.#change(approval, ({ basket }) => {
      const at = this.#now();
      const index = basket.lines.findIndex((each) => each.id === line);
      const taken = basket.lines[index];
      const linked = linkedTo(basket.lines, line);
      const undo = taken === undefined ? null : { line: taken, linked, index, discount: basket.discount, at };
      return keeping(undo, removeLine({ basket, line, at }));
    });
  }

  /** Back comes what was allowed before: nobody is asked again, unless a discount over the basket then reaches more than it did. */
  undoRemove({ approval = null }: VerbParsedArgs<"undoRemove">): Promise<Shown> {
    return this.#turns.take(async () => {
      const duty = this.#session.permitted("sell");
      if (!duty.ok) return duty;
      const { basket: before, undo } = this.#shelf.front(duty.value.staff.id);
      if (undo === null) return refused("nothingToUndo");
      const restored = keeping(null, this.#restore(before, undo));
      if (!restored.ok) return restored;
      const { basket: after } = restored.value;
      const lines = [undo.line, ...(undo.linked ?? [])];
      const acts = actsOfRestoring({ before, after, lines, discount: undo.discount });
      const allowed = await this.#rights.allow(duty.value, { before, after, acts }, approval);
      return allowed.ok ? this.#save(duty.value, () => restored) : allowed;
    });
  }

  discountLine({ line, discount, approval }: VerbParsedArgs<"discountLine">): Promise<Shown> {
    return this.#change(approval, ({ basket, undo }) =>
      keeping(undo, discountLine({ basket, line, discount, at: this.#now() })),
    );
  }

  discountBasket({ discount, approval }: VerbParsedArgs<"discountBasket">): Promise<Shown> {
    return this.#change(approval, ({ basket, undo }) =>
      keeping(undo, discountBasket({ basket, discount, at: this.#now() })),
    );
  }

  async overridePrice({
    reason,
    approval,
    ...asked
  }: VerbParsedArgs<"overridePrice">): Promise<VerbAnswer<"overridePrice">> {
    if (asked.price !== null && reason === "") return refused("reasonMissing");
    return this.#change(approval, ({ basket, undo }) => {
      const priced = overridePrice({ basket, ...asked, reason, at: this.#now() });
      if (!priced.ok || asked.price !== null) return keeping(undo, priced);
      // Back at the list's price: at the one for this customer and so many pieces.
      return this.#ringing.repriced({ basket: priced.value, undo }, this.#lists.inFront());
    });
  }

  /** Who sold it is asked by nobody's leave: it costs the customer nothing. */
  attributeSale({ line, soldBy }: VerbParsedArgs<"attributeSale">): Promise<Shown> {
    return this.#change(null, ({ basket, undo }) => {
      if (soldBy !== null && !this.#session.knows(soldBy)) return refused("unknownStaff");
      const at = this.#now();
      return keeping(
        undo,
        line === null ? attributeBasket({ basket, soldBy, at }) : attributeLine({ basket, line, soldBy, at }),
      );
    });
  }

  /** Null: it is sold to nobody known. Where other lists hold for them, what is in the basket costs what those say now. */
  setCustomer({
    customer,
  }: {
    readonly customer: CustomerId | null;
  }): Promise<Result<CustomerBasket, BasketReason>> {
    return this.#turns.take(async () => {
      const duty = this.#session.permitted("sell");
      if (!duty.ok) return duty;
      const { basket: before } = this.#shelf.front(duty.value.staff.id);
      const [were, are] = await Promise.all([this.#lists.of(before.customer), this.#lists.of(customer)]);
      let repriced = 0;
      const shown = await this.#save(duty.value, (draft) => {
        const attached = attachCustomer({ basket: draft.basket, customer, at: this.#now() });
        if (!attached.ok || isSameLists(were, are)) return keeping(draft.undo, attached);
        const anew = this.#ringing.repriced({ ...draft, basket: attached.value }, are);
        repriced = anew.ok ? anew.value.repriced : 0;
        return anew;
      });
      return shown.ok && repriced > 0 ? ok({ ...shown.value, repriced }) : shown;
    });
  }

  /** Baskets of customers who are gone go on without them, whoever they are in front of. */
  forgetCustomers(gone: ReadonlySet<CustomerId>): Promise<void> {
    return this.#turns.take(async () => {
      for (const draft of [...this.#shelf.open(), ...this.#shelf.parked()]) {
        const basket = withoutCustomers({ basket: draft.basket, gone, at: this.#now() });
        if (basket !== draft.basket) await this.#shelf.save({ ...draft, basket });
      }
    });
  }

  parkBasket({ label }: { readonly label: string }): Promise<Shown> {
    return this.#turns.take(async () => {
      const duty = this.#session.permitted("sell");
      if (!duty.ok) return duty;
      const parked = await this.#park(this.#shelf.front(duty.value.staff.id), label);
      return parked.ok ? ok(this.#shown(duty.value)) : parked;
    });
  }

  recallBasket({ basket }: { readonly basket: BasketId }): Promise<Shown> {
    return this.#turns.take(async () => {
      const duty = this.#session.permitted("sell");
      if (!duty.ok) return duty;
      const { staff } = duty.value;
      const wanted = this.#everybodys().find((draft) => draft.basket.id === basket);
      if (wanted === undefined) return refused("noSuchBasket");
      const front = this.#shelf.front(staff.id);
      // Parked first: should the till stop between the two writes, both baskets are there.
      const cleared = isEmptyBasket(front.basket)
        ? await this.#shelf.remove(front.basket.id)
        : await this.#park(front, front.basket.label);
      if (!cleared.ok) return cleared;
      const recalled = recallBasket({ basket: wanted.basket, staff: staff.id, at: this.#now() });
      const saved = await this.#shelf.save({ ...wanted, basket: recalled });
      return saved.ok ? ok(this.#shown(duty.value)) : saved;
    });
  }

  /** Throws a basket away: the one in front or a parked one. */
  discardBasket({ basket, approval = null }: VerbParsedArgs<"discardBasket">): Promise<Shown> {
    return this.#turns.take(async () => {
      const duty = this.#session.permitted("sell");
      if (!duty.ok) return duty;
      const front = this.#shelf.front(duty.value.staff.id);
      const unwanted = [front, ...this.#everybodys()].find((draft) => draft.basket.id === basket);
      if (unwanted === undefined) return refused("noSuchBasket");
      if (unwanted.basket.cardRequest !== undefined) return refused("terminalPending");
      if (unwanted.basket.tenders.length > 0) return refused("paymentStarted");
      const change = { before: unwanted.basket, after: null };
      const allowed = await this.#rights.allow(duty.value, change, approval);
      if (!allowed.ok) return allowed;
      const removed = await this.#shelf.remove(basket);
      return removed.ok ? ok(this.#shown(duty.value)) : removed;
    });
  }

  /** The basket in front of whoever is on duty; null when nobody is. */
  view(): BasketView | null {
    const duty = this.#session.onDuty();
    return duty === null ? null : this.#shown(duty);
  }

  parkedView(): ParkedBasket[] {
    const settings = this.#ports.replica.settings();
    if (settings === null) return [];
    return this.#everybodys().map((draft) =>
      parkedView(this.#asOfNow(draft), {
        ...this.#scene(settingsAt(settings, this.#now())),
        staffName: this.#session.nameOf(draft.basket.staff),
      }),
    );
  }

  watch(onChange: () => void): Unwatch {
    return this.#shelf.watch(onChange);
  }

  /** What anybody may take up: parked baskets, and those of colleagues who work here no more. */
  #everybodys(): readonly BasketDraft[] {
    const left = this.#shelf
      .open()
      .filter(({ basket }) => !isEmptyBasket(basket) && !this.#session.knows(basket.staff));
    return [...this.#shelf.parked(), ...left];
  }

  async #ring(
    found: SellableItem | null,
    {
      approval,
      ...what
    }: {
      readonly quantity: number;
      readonly stated: Stated;
      readonly marks: GoodsMarks | null;
      readonly approval: Approval | null;
    },
  ): Promise<Shown> {
    if (found !== null) await this.#ringing.ready(found);
    return this.#turns.take(async () => {
      const duty = this.#session.maySell();
      if (!duty.ok) return duty;
      if (found === null) return refused("noSuchItem");
      const { basket: before, undo } = this.#shelf.front(duty.value.staff.id);
      const lists = await this.#lists.of(before.customer);
      const how = { ...what, lists, duty: duty.value };
      const rung = keeping(undo, this.#ringing.onto(before, found, how));
      if (!rung.ok) return rung;
      // What is rung up under a discount over the basket is reduced as well; more of an article may make a line cheaper that is reduced already.
      const isReduced = before.discount !== null || before.lines.some(({ discount }) => discount !== null);
      const allowed = !isReduced
        ? ok(null)
        : await this.#rights.allow(duty.value, { before, after: rung.value.basket }, approval);
      return allowed.ok ? this.#save(duty.value, () => rung) : allowed;
    });
  }

  /** A change that whoever is on duty may make, or somebody allows by their word. */
  #change(
    approval: Approval | null | undefined,
    change: (draft: BasketDraft) => Result<Changed, BasketReason>,
  ): Promise<Shown> {
    return this.#turns.take(async () => {
      const duty = this.#session.permitted("sell");
      if (!duty.ok) return duty;
      const draft = this.#shelf.front(duty.value.staff.id);
      const changed = change(draft);
      if (!changed.ok) return changed;
      const rights = { before: draft.basket, after: changed.value.basket };
      const allowed = await this.#rights.allow(duty.value, rights, approval ?? null);
      return allowed.ok ? this.#save(duty.value, () => changed) : allowed;
    });
  }

  async #save(duty: OnDuty, change: (draft: BasketDraft) => Result<Changed, BasketReason>): Promise<Shown> {
    const draft = this.#shelf.front(duty.staff.id);
    const changed = change(draft);
    if (!changed.ok) return changed;
    const { basket } = changed.value;
    const refusal = basket.ordering === undefined ? null : orderingRefusal(basket);
    if (refusal !== null) return refused(refusal);
    if (mostTicketLines(basket) > MAX_LINES_PER_TICKET) return refused("tooManyLines");
    const saved = await this.#shelf.save({ ...draft, ...changed.value });
    return saved.ok ? ok(this.#shown(duty)) : saved;
  }

  async #park(draft: BasketDraft, label: string): Promise<Result<unknown, BasketReason>> {
    if (draft.basket.cardRequest !== undefined) return refused("terminalPending");
    const parked = parkBasket({ basket: draft.basket, label, at: this.#now() });
    return parked.ok ? this.#shelf.save({ ...draft, basket: parked.value, undo: null }) : asRefusal(parked);
  }

  #restore(basket: Basket, { line, linked = [], index, discount }: Removal) {
    const at = this.#now();
    const restored = restoreLine({ basket, line, linked, index, at });
    if (!restored.ok || discount === null || restored.value.discount !== null) return restored;
    return discountBasket({ basket: restored.value, discount, at });
  }

  #shown(duty: OnDuty): BasketView {
    return basketView(this.#asOfNow(this.#shelf.front(duty.staff.id)), this.#scene(duty.settings));
  }

  #asOfNow(draft: BasketDraft): BasketDraft {
    return { ...draft, basket: this.#around.asOfNow(draft.basket) };
  }

  #scene(settings: OnDuty["settings"]): BasketScene {
    return {
      settings,
      itemOf: this.#ringing.itemsInFront(),
      customerNameOf: (customer) => this.#customers.nameOf(customer),
      groupsWithPrices: (customer) => this.#lists.groupsWithPrices(customer),
      ...this.#around,
    };
  }

  #now() {
    return this.#ports.clock.now();
  }
}

/** A basket after a change, and what undo brings back then. */
type Changed = Pick<BasketDraft, "basket" | "undo">;

/** Reasons of the domain that changing a basket can come to; `noSuchTender` belongs to payment. */
type ChangeRefusal = Exclude<BasketReason, "storage"> | "noSuchTender";

function keeping(
  undo: Removal | null,
  changed: Result<Basket, ChangeRefusal>,
): Result<Changed, BasketReason> {
  return changed.ok ? ok({ basket: changed.value, undo }) : asRefusal(changed);
}

function asRefusal(result: Result<unknown, BasketReason | "noSuchTender">): {
  readonly ok: false;
  readonly reason: BasketReason;
} {
  if (result.ok) throw new RangeError("not a refusal");
  return refused(result.reason === "noSuchTender" ? "noSuchLine" : result.reason);
}
