import {
  type CustomerId,
  type Instant,
  idOf,
  type LineId,
  type ReceiptNumber,
  type StaffId,
  type TenderId,
  type TicketId,
} from "#domain/ids.ts";
import { negateMoney, subtractMoney, sumMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import { formatMoney } from "#domain/money/format.ts";
import type { Money } from "#domain/money/money.ts";
import type { HandOver } from "#domain/orders/act.ts";
import { collectInto } from "#domain/orders/collecting.ts";
import type { StoreOrder } from "#domain/orders/order.ts";
import { weighedPrice } from "#domain/pricing/weighed-price.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Basket, BasketLine, Collecting, Ordering, Tender } from "#domain/ticket/basket.ts";
import {
  addItem,
  type BasketRefusal,
  openBasket,
  parkBasket,
  recallBasket,
  removeLine,
  removeTender,
  restoreLine,
} from "#domain/ticket/basket-acts.ts";
import { completeTicket } from "#domain/ticket/complete.ts";
import { addTender, isEmptyBasket, type Payment, paymentOf } from "#domain/ticket/payment.ts";
import type { BasketView, ParkedBasket } from "#protocol/till/basket.ts";
import type { Item } from "#protocol/till/catalog.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { Receipt, TicketSummary } from "#protocol/till/receipt.ts";
import { pieces, showBasket, showParked } from "./fake-basket.ts";
import { THIS_TILL } from "./fake-order-shop.ts";
import { THIS_STORE } from "./fake-purchases.ts";
import type { FakeReturns } from "./fake-returns.ts";
import { CURRENCY, MIRA, STORE_FACTS, TAX, TAX_CLASS } from "./fake-shop.ts";

type Changed = Result<BasketView, Exclude<BasketRefusal, "noSuchTender">>;
type Completed = Extract<VerbAnswer<"completeSale">, { readonly ok: true }>["value"];

interface Sold {
  readonly basket: string;
  readonly summary: TicketSummary;
  readonly receipt: Receipt;
  readonly answer: Completed;
}

interface Removal {
  readonly line: BasketLine;
  readonly index: number;
  readonly view: NonNullable<BasketView["undo"]>;
}

/** The fake engine's baskets and sales; every rule and every amount is the domain's. */
export class FakeRegister {
  readonly #now: () => Instant;
  readonly #onChange: () => void;
  readonly #onCollected: (collecting: Collecting) => void;
  readonly #nameOf: (customer: CustomerId) => string;
  readonly #returns: FakeReturns;
  readonly #loyaltyOf: (basket: Basket) => BasketView["loyalty"];
  readonly #onSold: (sale: { readonly due: Money; readonly cash: Money }) => void;
  readonly #waiting = new Map<StaffId, Basket>();
  #whose: StaffId = MIRA.id;
  #front: Basket;
  #parked: readonly Basket[] = [];
  #removal: Removal | null = null;
  #sold: readonly Sold[] = [];
  #revision = 0;
  #ids = 0;

  constructor({
    now,
    onChange,
    onCollected,
    nameOf,
    returns,
    loyaltyOf,
    onSold,
  }: {
    readonly now: () => Instant;
    readonly onChange: () => void;
    readonly onCollected: (collecting: Collecting) => void;
    readonly nameOf: (customer: CustomerId) => string;
    readonly returns: FakeReturns;
    readonly loyaltyOf: (basket: Basket) => BasketView["loyalty"];
    /** `cash`: what it brought into the drawer. */
    readonly onSold: (sale: { readonly due: Money; readonly cash: Money }) => void;
  }) {
    this.#now = now;
    this.#onChange = onChange;
    this.#onCollected = onCollected;
    this.#nameOf = nameOf;
    this.#returns = returns;
    this.#loyaltyOf = loyaltyOf;
    this.#onSold = onSold;
    this.#front = this.#fresh();
  }

  get view(): BasketView {
    return showBasket({
      basket: this.#front,
      revision: this.#revision,
      undo: this.#removal?.view ?? null,
      nameOf: this.#nameOf,
      returning: this.#returns.view(this.#front),
      loyalty: this.#loyaltyOf(this.#front),
    });
  }

  get basket(): Basket {
    return this.#front;
  }

  /** Somebody else works here now: their own basket comes to the front, the other waits. */
  handTo(staff: StaffId): void {
    this.#waiting.set(this.#front.staff, this.#front);
    this.#whose = staff;
    this.#front = this.#waiting.get(staff) ?? this.#fresh();
  }

  put(basket: Basket): Result<BasketView, never> {
    return ok(this.#put(basket));
  }

  get parked(): ParkedBasket[] {
    return this.#parked.map((basket) => showParked(basket, MIRA.name));
  }

  get sold(): readonly Sold[] {
    return this.#sold;
  }

  change<R extends string>(
    act: (basket: Basket, at: Instant) => Result<Basket, R>,
  ): Result<BasketView, Exclude<R, "noSuchTender"> | "noSuchLine"> {
    const changed = act(this.#front, this.#now());
    if (changed.ok) return ok(this.#put(changed.value));
    const { reason } = changed;
    return refused(reason === "noSuchTender" ? "noSuchLine" : (reason as Exclude<R, "noSuchTender">));
  }

  ring(
    item: Item | undefined,
    quantity: number,
    { grams, price: typed }: Pick<VerbParsedArgs<"addItem">, "grams" | "price"> = {},
  ): VerbAnswer<"addItem"> {
    if (item === undefined) return refused("noSuchItem");
    const { variant, sku, name, options, price: listed } = item;
    const price = item.soldBy === "openPrice" ? (typed ?? null) : listed;
    if (price === null) return refused("noPrice");
    const id = idOf<"Line">(this.newId());
    const weight =
      grams === undefined
        ? { unitPrice: price }
        : { unitPrice: weighedPrice({ perKilo: price, grams }), weighed: { grams, perKilo: price } };
    const rung = { id, variant, sku, name, options, taxClass: TAX_CLASS, ...weight };
    return this.change((basket, at) => addItem({ basket, item: rung, quantity, at }));
  }

  remove(id: LineId): Changed {
    const view = this.view.lines.find((each) => each.id === id);
    const index = this.#front.lines.findIndex((each) => each.id === id);
    const line = this.#front.lines[index];
    if (view !== undefined && line !== undefined)
      this.#removal = { line, index, view: { line: view, at: this.#now() } };
    return this.change((basket, at) => removeLine({ basket, line: id, at }));
  }

  undoRemove(): VerbAnswer<"undoRemove"> {
    const removal = this.#removal;
    if (removal === null) return refused("nothingToUndo");
    this.#removal = null;
    const { line, index } = removal;
    return this.change((basket, at) => restoreLine({ basket, line, index, at }));
  }

  park(label: string): Changed {
    const parked = parkBasket({ basket: this.#front, label, at: this.#now() });
    if (parked.ok) this.#parked = [...this.#parked, parked.value];
    return this.change(() => (parked.ok ? ok(this.#fresh()) : parked));
  }

  recall(id: string): VerbAnswer<"recallBasket"> {
    const wanted = this.#parked.find((each) => each.id === id);
    if (wanted === undefined) return refused("noSuchBasket");
    const front = !isEmptyBasket(this.#front) ? [{ ...this.#front, status: "parked" as const }] : [];
    this.#parked = [...this.#parked.filter((each) => each !== wanted), ...front];
    return this.change((_, at) => ok(recallBasket({ basket: wanted, staff: MIRA.id, at })));
  }

  discard(id: string): Changed {
    this.#parked = this.#parked.filter((each) => each.id !== id);
    return this.change(ok);
  }

  take(tender: Tender): VerbAnswer<"takeCash"> {
    const basket = this.#front;
    const taken = addTender({ basket, tender, tax: TAX, currency: CURRENCY, at: this.#now() });
    return taken.ok ? ok(this.#put(taken.value)) : taken;
  }

  takeBack(tender: TenderId): VerbAnswer<"removeTender"> {
    const changed = removeTender({ basket: this.#front, tender, at: this.#now() });
    return changed.ok ? ok(this.#put(changed.value)) : refused("noSuchTender");
  }

  /** The basket in front collects this order from now on. */
  collect(order: StoreOrder, handOver: HandOver): Result<null, "basketNotEmpty"> {
    const collecting = collectInto({
      basket: this.#front,
      order,
      handOver,
      taxMode: TAX.mode,
      at: this.#now(),
    });
    if (!collecting.ok) return collecting;
    this.#put(collecting.value);
    return ok(null);
  }

  stopCollecting(): Changed {
    return ok(this.#put(this.#fresh()));
  }

  order(wish: Omit<Ordering, "order"> | null): Changed {
    const { ordering: _, ...plain } = this.#front;
    if (wish === null) return ok(this.#put(plain));
    if (plain.lines.length === 0) return refused("emptyBasket");
    return ok(this.#put({ ...plain, ordering: { ...wish, order: idOf<"Order">(this.newId()) } }));
  }

  /** The same basket gives the same ticket, however often it is asked for. */
  complete(basket: string): VerbAnswer<"completeSale"> {
    const before = this.#sold.find((sale) => sale.basket === basket);
    const payment = paymentOf({ basket: this.#front, tax: TAX, currency: CURRENCY });
    if (before === undefined && !payment.complete) return refused("notPaid");
    if (before === undefined && !this.#returns.mayComplete(this.#front)) return refused("returnNotAllowed");
    return ok((before ?? this.#book(basket, payment)).answer);
  }

  newId(): string {
    this.#ids += 1;
    return `fake-${this.#ids}`;
  }

  #book(basket: string, { priced, change }: Payment): Sold {
    const ticket = idOf<"Ticket">(this.newId());
    const number = idOf<"ReceiptNumber">(`BER1-01-${String(this.#sold.length + 1).padStart(6, "0")}`);
    const { due } = priced.totals;
    this.#bookReturns(ticket, number);
    const right = formatMoney({ amount: due, locale: STORE_FACTS.locale });
    const receipt = { ticket, number, copy: false, rows: [{ kind: "big" as const, left: "Total", right }] };
    const summary = {
      id: ticket,
      number,
      completedAt: this.#now(),
      staffName: MIRA.name,
      pieces: pieces(this.#front),
      total: due,
      sent: true,
    };
    const { collecting, ordering, label } = this.#front;
    const order =
      collecting !== undefined
        ? ({ kind: "handedOver", number: label } as const)
        : ordering !== undefined
          ? ({ kind: "placed", number: `T-${number}` } as const)
          : null;
    const sale = { basket, summary, receipt, answer: { ticket, receipt, change, due, order } };
    this.#sold = [...this.#sold, sale];
    this.#onSold({ due, cash: subtractMoney(cashIn(this.#front.tenders), change) });
    if (collecting !== undefined) this.#onCollected(collecting);
    this.#put(this.#fresh());
    return sale;
  }

  #bookReturns(id: TicketId, number: ReceiptNumber): void {
    const ticket = completeTicket({
      basket: this.#front,
      tax: TAX,
      currency: CURRENCY,
      timeZone: STORE_FACTS.timeZone,
      id,
      number,
      store: THIS_STORE,
      device: THIS_TILL,
      staff: MIRA.id,
      at: this.#now(),
    });
    if (ticket.ok) this.#returns.book(ticket.value);
  }

  #put(basket: Basket): BasketView {
    this.#front = basket;
    this.#revision += 1;
    this.#onChange();
    return this.view;
  }

  #fresh(): Basket {
    return openBasket({ id: idOf<"Basket">(this.newId()), staff: this.#whose, at: this.#now() });
  }
}

/** What was handed over in cash, less what was given back in it. */
function cashIn(tenders: readonly Tender[]): Money {
  const amounts = tenders.map((tender) => {
    if (tender.kind === "cash") return tender.tendered;
    const isCash = tender.kind === "refund" && tender.to.kind === "cash";
    return isCash ? negateMoney(tender.amount) : zeroMoney(CURRENCY);
  });
  return sumMoney(amounts, CURRENCY);
}
