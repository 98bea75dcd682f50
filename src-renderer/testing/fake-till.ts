import { attachCustomer } from "#domain/customer/attach.ts";
import { type CustomerId, idOf, instant } from "#domain/ids.ts";
import { mayMissSales } from "#domain/journal/own-records.ts";
import { ok, refused } from "#domain/result.ts";
import {
  attributeBasket,
  attributeLine,
  changeQuantity,
  discountBasket,
  discountLine,
  overridePrice,
} from "#domain/ticket/basket-acts.ts";
import type { Approval, ApprovalRefusal } from "#protocol/till/approval.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { Channel } from "#protocol/till/channel.ts";
import type { Verb, VerbAnswer, VerbParsedArgs, View, ViewValue } from "#protocol/till/contract.ts";
import type { PrinterCard } from "#protocol/till/devices.ts";
import { FakeCases } from "./fake-cases.ts";
import { FakeClock } from "./fake-clock.ts";
import { FakeCounter } from "./fake-counter.ts";
import { FakeCounts } from "./fake-counts.ts";
import { FakeCoupons } from "./fake-coupons.ts";
import { FakeCredits } from "./fake-credits.ts";
import { FakeCustomers } from "./fake-customers.ts";
import { FakeDeliveries } from "./fake-deliveries.ts";
import { FakeLine } from "./fake-line.ts";
import { orderVerbs } from "./fake-order-verbs.ts";
import { FakeOrders } from "./fake-orders.ts";
import { FakePoints } from "./fake-points.ts";
import { FakePrinters } from "./fake-printers.ts";
import { FakeRegister } from "./fake-register.ts";
import { returnVerbs } from "./fake-return-verbs.ts";
import { FakeReturns } from "./fake-returns.ts";
import { FakeRights, roleAtFake, type StaffName } from "./fake-rights.ts";
import { FakeShift } from "./fake-shift.ts";
import {
  BADGES,
  COLLEAGUES,
  ITEMS,
  item,
  JOHANNA,
  ONLINE,
  PINS,
  PRINTER,
  STORE_FACTS,
  tiles,
} from "./fake-shop.ts";
import { FakeTerminal } from "./fake-terminal.ts";

type Verbs = { readonly [V in Verb]: (args: VerbParsedArgs<V>) => VerbAnswer<V> };
type Session = ViewValue<"session">;

const LOCKED: Session = { state: "locked", ...STORE_FACTS, staff: [...COLLEAGUES] };
export const PAIRING_CODE = "ABCD-EFGH";
const THROTTLE_AFTER = 3;
const WAIT_MS = 30_000;

/**
 * An engine in memory that speaks the till's contract over a channel: a small shop, priced by the domain. What it takes to see and
 * test the screens without a server, a disk or a network.
 */
export class FakeTill {
  /** The verbs that were called, in order. */
  readonly calls: Verb[] = [];
  readonly #line = new FakeLine({
    perform: (verb, args) => {
      this.calls.push(verb);
      // Parsed by this verb's own schema; the table's type cannot say so for a verb known only at run time.
      return (this.#verbs[verb] as (args: unknown) => unknown)(args);
    },
    show: (view) => this.#views()[view],
  });
  readonly customers = new FakeCustomers(() => instant(Date.now()));
  readonly returns = new FakeReturns({ now: () => instant(Date.now()) });
  readonly #register: FakeRegister = new FakeRegister({
    now: () => instant(Date.now()),
    onChange: () => this.#line.tell(),
    nameOf: (customer) => this.customers.nameOf(customer),
    onCollected: ({ fulfilment, handOver }) => this.orders.handedOver(fulfilment, handOver),
    returns: this.returns,
    loyaltyOf: (basket) => this.points.shown(basket),
    onSold: (sale) => this.shift.sold(sale),
  });
  readonly #clock = new FakeClock(() => this.#line.tell());
  readonly #rights = new FakeRights(this.#register, () => this.#whoIsIn);
  readonly points = new FakePoints(() => this.#register);
  readonly terminal = new FakeTerminal(
    () => this.#register,
    () => instant(Date.now()),
  );
  readonly orders = new FakeOrders({ now: () => instant(Date.now()), onChange: () => this.#line.tell() });
  readonly credits = new FakeCredits(this.#register);
  readonly counts = new FakeCounts(() => this.#line.tell());
  readonly #coupons = new FakeCoupons(this.#register);
  /** Addresses that receipts were sent to, in order. */
  readonly mailed: string[] = [];
  readonly cases = new FakeCases({
    now: () => instant(Date.now()),
    onChange: () => this.#line.tell(),
    hasPrinter: () => this.printers.canPrint,
  });
  readonly deliveries = new FakeDeliveries(() => this.#line.tell());
  readonly printers = new FakePrinters({
    onChange: () => this.#line.tell(),
    allows: (approval) => this.#allows(approval),
  });
  readonly shift = new FakeShift({
    now: () => instant(Date.now()),
    onChange: () => this.#line.tell(),
    duty: () => (this.#session.state === "open" ? this.#session.staff : null),
    hasPrinter: () => this.printers.canPrint,
  });
  readonly counter = new FakeCounter({
    onChange: () => this.#line.tell(),
    allows: (approval) => this.#allows(approval),
  });
  /** Figures that were counted, in order. */
  readonly counted: number[] = [];
  #tasks: ViewValue<"tasks"> = [];
  #session: Session = LOCKED;
  #training: ViewValue<"training"> = null;
  #update: ViewValue<"update"> = { running: "0.3.0", wanted: null, now: { state: "upToDate" } };
  #locale: string = STORE_FACTS.locale;
  #sync = ONLINE;
  #wrongPins = 0;
  #fiscal: VerbAnswer<"fiscalDevice"> = { device: null };

  /** A fresh line to this engine, as after a restart: what it had on disk is still there. */
  connect(): Channel {
    return this.#line.open();
  }

  /** The line breaks: what was called and not answered yet never will be. */
  fall(): void {
    this.#line.cut();
  }

  /** From now on acts happen, but no answer comes: the moment before a fall. */
  holdAnswers(): void {
    this.#line.hold();
  }

  unpair(): void {
    this.#show({ state: "unpaired" });
  }

  /** Paired, but the first data is still on its way. */
  prepare(): void {
    this.#show({ state: "preparing", storeName: STORE_FACTS.storeName, register: STORE_FACTS.register });
  }

  /** The store is in another country: amounts, days and words are those of its locale. */
  moveTo(locale: string): void {
    this.#locale = locale;
    this.#line.tell();
  }

  showSync(sync: Partial<ViewValue<"sync">>): void {
    this.#sync = { ...this.#sync, ...sync };
    this.credits.isOnline = (sync.link ?? this.#sync.link).state === "online";
    this.orders.isOnline = this.#sync.link.state === "online";
    this.customers.isOnline = this.orders.isOnline;
    this.returns.isOnline = this.orders.isOnline;
    this.#line.tell();
  }

  showUpdate(update: ViewValue<"update">): void {
    this.#update = update;
    this.#line.tell();
  }

  showPrinter(printer: Partial<PrinterCard>): void {
    this.printers.show({ ...PRINTER, ...printer });
  }

  /** HQ asks for a count of this article. */
  askToCount(sku: string): void {
    const article = item(sku);
    const task = {
      id: idOf<"Notice">(`task-${sku}`),
      kind: "oversold",
      variant: article.variant,
      article: { sku: article.sku, name: article.name, options: article.options },
      askedAt: instant(Date.now()),
      by: "Hanna",
      note: "",
    } as const;
    this.#tasks = [...this.#tasks, task];
    this.#line.tell();
  }

  get basket(): BasketView {
    return this.#register.view;
  }

  get ticketsSold(): number {
    return this.#register.sold.length;
  }

  readonly #verbs: Verbs = {
    pair: ({ code }) => {
      if (code !== PAIRING_CODE) return refused("codeUnknown");
      this.#show(LOCKED);
      return ok({});
    },
    signIn: (proof) =>
      "badge" in proof ? this.#signInWith(proof.badge) : this.#signIn(proof.staff, proof.pin),
    clockIn: (args) => this.#clock.clockIn(args),
    clockOut: (args) => this.#clock.clockOut(args),
    signOut: () => {
      this.#show(LOCKED);
      return ok({});
    },
    scan: ({ code, quantity }) => {
      const item = itemOfCode(code);
      const customer = item === undefined ? this.customers.byCard(code) : null;
      if (customer !== null) {
        const shown = this.#setCustomer(customer.id);
        return shown.ok ? ok({ customer, basket: shown.value }) : shown;
      }
      if (item?.soldBy !== undefined)
        return ok({ item, asks: item.soldBy === "weight" ? "weight" : "price" });
      const rung = this.#register.ring(item, quantity);
      if (item === undefined) return refused("noSuchItem");
      return rung.ok ? ok({ item, basket: rung.value }) : rung;
    },
    searchCustomers: (asked) => this.customers.search(asked),
    setCustomer: ({ customer }) => this.#setCustomer(customer),
    registerCustomer: (said) => this.customers.register(said),
    editCustomer: ({ customer, ...said }) => this.customers.edit(customer, said),
    customer: ({ customer }) => this.customers.profile(customer),
    customerHistory: ({ customer }) => this.customers.history(customer),
    addItem: ({ variant, quantity, ...stated }) =>
      this.#register.ring(
        ITEMS.find((each) => each.variant === variant),
        quantity,
        stated,
      ),
    changeQuantity: ({ line, quantity, approval }) =>
      this.#rights.change(approval, (basket, at) => changeQuantity({ basket, line, quantity, at })),
    removeLine: ({ line }) => this.#register.remove(line),
    undoRemove: () => this.#register.undoRemove(),
    discountLine: ({ line, discount, approval }) =>
      this.#rights.change(approval, (basket, at) => discountLine({ basket, line, discount, at })),
    discountBasket: ({ discount, approval }) =>
      this.#rights.change(approval, (basket, at) => discountBasket({ basket, discount, at })),
    overridePrice: ({ approval, ...asked }) =>
      asked.price !== null && asked.reason === ""
        ? refused("reasonMissing")
        : this.#rights.change(approval, (basket, at) => overridePrice({ basket, ...asked, at })),
    attributeSale: ({ line, soldBy }) =>
      this.#register.change((basket, at) =>
        line === null ? attributeBasket({ basket, soldBy, at }) : attributeLine({ basket, line, soldBy, at }),
      ),
    useCoupon: ({ code }) => this.#coupons.take(code),
    removeCoupon: ({ code }) => this.#coupons.remove(code),
    parkBasket: ({ label }) => this.#register.park(label),
    recallBasket: ({ basket }) => this.#register.recall(basket),
    discardBasket: ({ basket, approval }) => {
      const allowed = this.#rights.allow([{ permission: "basket.void" }], approval);
      return allowed.ok ? this.#register.discard(basket) : allowed;
    },
    takeCash: ({ tendered }) =>
      this.#register.take({ id: idOf<"Tender">(this.#register.newId()), kind: "cash", tendered }),
    takeCard: ({ amount, approvalCode }) =>
      this.#register.take({
        id: idOf<"Tender">(this.#register.newId()),
        kind: "card",
        amount,
        approvalCode,
      }),
    checkCredit: ({ code }) => this.credits.check(code),
    giftCard: ({ code }) => this.credits.giftCard(code),
    sellGiftCard: ({ code, amount }) => this.credits.sellGiftCard(code, amount),
    payOutGiftCard: ({ code }) => this.credits.payOut(code),
    takeCredit: ({ code, amount }) => this.credits.take(code, amount),
    checkPoints: () => this.points.check(),
    takePoints: ({ points }) => this.points.take(points),
    customerPoints: ({ customer }) => this.points.of(customer),
    removeTender: ({ tender }) => this.#register.takeBack(tender),
    completeSale: ({ basket }) => this.#register.complete(basket),
    search: ({ text, limit }) =>
      ITEMS.filter((each) => `${each.name} ${each.sku}`.toLowerCase().includes(text.toLowerCase())).slice(
        0,
        limit,
      ),
    browse: ({ category, offset, limit }) => {
      const all = tiles(category);
      return { tiles: all.slice(offset, offset + limit), total: all.length };
    },
    variants: ({ product }) => ITEMS.filter((each) => each.product === product),
    variantOf: ({ code }) => ({ variant: itemOfCode(code)?.variant ?? null }),
    recentTickets: ({ limit }) =>
      this.#register.sold
        .map((sale) => sale.summary)
        .toReversed()
        .slice(0, limit),
    receipt: ({ ticket }) => {
      const sale = this.#register.sold.find((each) => each.summary.id === ticket);
      return sale === undefined ? refused("noSuchTicket") : ok(sale.receipt);
    },
    reprint: ({ ticket, kind }) => {
      const sale = this.#register.sold.find((each) => each.summary.id === ticket);
      if (!this.printers.canPrint) return refused("noPrinter");
      return sale === undefined ? refused("noSuchTicket") : ok({ ...sale.receipt, copy: kind === "copy" });
    },
    receiptContact: () => ok({ email: "", recipient: { name: "", address: [], vatId: "" } }),
    sendReceipt: ({ email }) => {
      this.mailed.push(email);
      return ok({ state: this.#sync.link.state === "online" ? "handedOver" : "kept" });
    },
    issueInvoice: ({ ticket }) => {
      const sale = this.#register.sold.find((each) => each.summary.id === ticket);
      if (sale === undefined) return refused("noSuchTicket");
      return ok({
        invoice: idOf<"Invoice">("invoice-1"),
        printed: this.printers.canPrint,
        paper: sale.receipt,
      });
    },
    ...orderVerbs({
      orders: this.orders,
      register: this.#register,
      hasPrinter: () => this.printers.canPrint,
    }),
    ...this.cases.verbs,
    ...this.deliveries.verbs,
    ...returnVerbs({ returns: this.returns, register: this.#register }),
    countStock: ({ task, counted }) => {
      if (!this.#tasks.some(({ id }) => id === task)) return refused("noSuchTask");
      this.counted.push(counted);
      this.#tasks = this.#tasks.filter(({ id }) => id !== task);
      this.#line.tell();
      return ok({});
    },
    ...this.counts.verbs,
    ...this.terminal.verbs,
    ...this.shift.verbs,
    ...this.printers.verbs,
    fiscalDevice: () => this.#fiscal,
    setUpFiscalDevice: ({ device }) => {
      const serial = "c0ffee".padEnd(64, "0");
      const works = { kind: "simulator", state: "works", serial, counter: 12, transactions: 6 } as const;
      this.#fiscal = { device: device === null ? null : works };
      return ok(this.#fiscal);
    },
    setUpCounter: this.counter.setUp,
    picture: () => null,
    startTraining: ({ approval }) => {
      const refusal = this.#allows(approval);
      if (refusal !== null) return refused(refusal);
      if (this.basket.lines.length > 0) return refused("saleOpen");
      this.#training = { since: instant(Date.now()) };
      this.#show(LOCKED);
      return ok({});
    },
    endTraining: () => {
      if (this.#training === null) return refused("notTraining");
      this.#training = null;
      this.#show(LOCKED);
      return ok({});
    },
    syncNow: () => ({}),
    confirmRecords: ({ words, approval }) => {
      const { records = [], ...rest } = this.#sync;
      const read = records.filter(({ state, at }) =>
        words.some((word) => word.state === state && word.at === at),
      );
      const refusal = read.some(mayMissSales) ? this.#allows(approval) : null;
      if (refusal !== null) return refused(refusal);
      const left = records.filter((each) => !read.includes(each));
      this.#sync = left.length === 0 ? rest : { ...rest, records: left };
      this.#line.tell();
      return ok({});
    },
    installUpdate: ({ approval }) => {
      if (this.#update.now.state !== "ready") return refused("noUpdate");
      const refusal = this.#allows(approval);
      if (refusal !== null) return refused(refusal);
      this.showUpdate({ ...this.#update, now: { state: "installing" } });
      return ok({});
    },
  };

  #views(): { readonly [W in View]: ViewValue<W> } {
    const categories = [...new Set(ITEMS.map((each) => each.category))];
    return {
      session: "locale" in this.#session ? { ...this.#session, locale: this.#locale } : this.#session,
      sync: this.#sync,
      basket: this.#session.state === "open" ? this.basket : null,
      parked: this.#register.parked,
      catalog: {
        revision: 1,
        products: tiles(null).length,
        variants: ITEMS.length,
        categories: categories.map((name) => ({ name, products: tiles(name).length })),
        searchReady: "full",
      },
      printers: this.printers.view,
      ...this.counter.views,
      customerDisplay: { kind: "idle", locale: this.#locale, storeName: STORE_FACTS.storeName },
      orders: this.orders.view,
      cases: this.cases.view,
      deliveries: this.deliveries.view,
      shift: this.shift.view,
      training: this.#training,
      clock: this.#clock.view,
      terminal: this.terminal.view,
      update: this.#update,
      counts: this.#session.state === "open" ? this.counts.view : { counts: [], area: null, reasons: [] },
      tasks: this.#session.state === "open" ? [...this.#tasks] : [],
    };
  }

  /** A manager at the till, or one who gives the PIN for it. */
  #allows(approval: Approval | null): ApprovalRefusal | null {
    if (this.#session.state !== "open") return "notSignedIn";
    const allowed = this.#rights.allow([{ permission: "devices.setUp" }], approval);
    return allowed.ok ? null : allowed.reason;
  }

  #setCustomer(customer: CustomerId | null) {
    return this.#register.change((basket, at) => attachCustomer({ basket, customer, at }));
  }

  #signIn(staff: string, pin: string): VerbAnswer<"signIn"> {
    const who = COLLEAGUES.find((each) => each.id === staff);
    if (who === undefined) return { ok: false, reason: "unknownStaff", waitMs: 0 };
    if (this.#wrongPins >= THROTTLE_AFTER) return { ok: false, reason: "throttled", waitMs: WAIT_MS };
    if (PINS[staff] !== pin) {
      this.#wrongPins += 1;
      return { ok: false, reason: "wrongPin", waitMs: 0 };
    }
    return this.#open(who);
  }

  #signInWith(badge: string): VerbAnswer<"signIn"> {
    const who = COLLEAGUES.find((each) => BADGES[each.id] === badge);
    return who === undefined ? { ok: false, reason: "unknownBadge", waitMs: 0 } : this.#open(who);
  }

  #open(who: (typeof COLLEAGUES)[number]): VerbAnswer<"signIn"> {
    const { permissions, limits } = roleAtFake(who);
    this.#register.handTo(who.id);
    this.#show({
      state: "open",
      ...STORE_FACTS,
      staff: who,
      permissions: [...permissions],
      limits,
      managers: [JOHANNA],
      colleagues: [...COLLEAGUES],
    });
    return { ok: true, value: {} };
  }

  get #whoIsIn(): StaffName | null {
    return this.#session.state === "open" ? this.#session.staff : null;
  }

  #show(session: Session): void {
    this.#session = session;
    this.#line.tell();
  }
}

/** Like the engine: in capitals or not, with zeros before a GTIN or without. */
function itemOfCode(code: string) {
  const bare = code.toUpperCase().replace(/^0+/, "");
  return ITEMS.find(({ gtin, sku }) => gtin === bare || sku === bare);
}
