import { randomBytes } from "node:crypto";
import type { CustomerId, FulfilmentId, StoreId } from "#domain/ids.ts";
import type { Fact } from "#domain/journal/entry.ts";
import { pointsOwner } from "#domain/loyalty/ledger.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { settingsAt } from "#domain/store/store.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import { isEmptyBasket, type Payment } from "#domain/ticket/payment.ts";
import type { TillMoment } from "#domain/updates/may-install.ts";
import type { Approval, ApprovalRefusal } from "#protocol/till/approval.ts";
import type { View } from "#protocol/till/contract.ts";
import { openCases } from "../cases/cases.ts";
import { openCatalog } from "../catalog/catalog.ts";
import { CounterDesk } from "../counter/counter-desk.ts";
import { CounterDevices } from "../counter/counter-devices.ts";
import { CouponDesk } from "../coupons/coupon-desk.ts";
import { BalanceHolds } from "../credits/balance-holds.ts";
import { CreditDesk } from "../credits/credit-desk.ts";
import { GiftCardDesk } from "../credits/gift-cards.ts";
import { creditNeed } from "../credits/known-credit.ts";
import { CustomerBook } from "../customers/customer-book.ts";
import { openCustomers } from "../customers/customers.ts";
import { Elsewhere } from "../customers/elsewhere.ts";
import { withExemption } from "../customers/exemptions.ts";
import { openDeliveries } from "../deliveries/deliveries.ts";
import { FiscalDesk } from "../fiscal/fiscal-desk.ts";
import { PointsBook } from "../loyalty/points-book.ts";
import { PointsDesk } from "../loyalty/points-desk.ts";
import { basketLoyalty, loyaltyAtSale, pointsNeed } from "../loyalty/points-scene.ts";
import { KnownStores } from "../orders/known-stores.ts";
import { Leases } from "../orders/leases.ts";
import { OrderBook } from "../orders/order-book.ts";
import { openOrders } from "../orders/orders.ts";
import { SaleFacts } from "../orders/sale-facts.ts";
import { Reversals } from "../payments/reversals.ts";
import { newService } from "../payments/service-names.ts";
import { TerminalDesk } from "../payments/terminal-desk.ts";
import type { Unwatch } from "../ports.ts";
import { ReceiptCodes } from "../returns/receipt-codes.ts";
import { returningOf } from "../returns/returning-scene.ts";
import { closeReturnParts, openReturnParts, returnVerbs } from "../returns/returns.ts";
import { DayBook } from "../shift/day-book.ts";
import { ReportDesk } from "../shift/report-desk.ts";
import { ShiftDesk } from "../shift/shift-desk.ts";
import { CountDesk } from "../stock/count-desk.ts";
import type { VerbTable, ViewTable } from "../till-service.ts";
import { BasketShelf } from "./basket-shelf.ts";
import { Baskets } from "./baskets.ts";
import { both } from "./changes.ts";
import { Invoices } from "./invoices.ts";
import { LabelDesk } from "./label-desk.ts";
import { verifyPinInWorker } from "./pin-verifier.ts";
import { PriceLists } from "./price-lists.ts";
import { PrinterDesk } from "./printer-desk.ts";
import { Printing } from "./printing.ts";
import { Promotions } from "./promotions.ts";
import { ReceiptMails } from "./receipt-mails.ts";
import { Ringing } from "./ringing.ts";
import { Sales } from "./sales.ts";
import { Screens } from "./screens.ts";
import { Session } from "./session.ts";
import type { ShopPorts } from "./shop-ports.ts";
import { Tasks } from "./tasks.ts";
import { Tickets } from "./tickets.ts";
import { TimeClock } from "./time-clock.ts";
import { Turns } from "./turns.ts";

type ShopView = Exclude<View, "sync" | "training" | "update">;
type EngineVerb =
  | "pair"
  | "picture"
  | "confirmRecords"
  | "installUpdate"
  | "syncNow"
  | "startTraining"
  | "endTraining";

/** The till's verbs and views as far as they are the shop's: all but pairing, pictures and sync. */
export interface Shop {
  readonly verbs: Omit<VerbTable, EngineVerb>;
  readonly views: Pick<ViewTable, ShopView>;
  /** Whether training may begin now. */
  mayTrain(word: Approval | null): Promise<Result<unknown, ApprovalRefusal | "saleOpen">>;
  /** Whether whoever is at the till, or somebody who gives a word, may change how it is set up. */
  maySetUp(word: Approval | null): Promise<Result<unknown, ApprovalRefusal>>;
  /** The same, for what whoever may is to answer for: who that was is in the journal for each of them. `abouts`: in words. */
  mayAnswerFor(word: Approval | null, abouts: readonly string[]): Promise<Result<unknown, ApprovalRefusal>>;
  /** What is under way here that must not be broken off. */
  readonly work: {
    current(): Omit<TillMoment, "inUse" | "unsent" | "training"> & { readonly signedIn: boolean };
    watch(onChange: () => void): Unwatch;
  };
  /** Resolves when the catalogue that was on disk at the start is loaded. */
  readonly catalogLoaded: Promise<void>;
  /** Nothing of these customers stays on this till: not on a basket, in a mail that waits, or with an invoice. */
  forgetCustomers(customers: readonly CustomerId[]): Promise<void>;
  /** Of whom something stays on this till there. */
  keptCustomers(): Promise<ReadonlySet<CustomerId>>;
  close(): Promise<void>;
}

/** What the shop asks for; who verifies PINs, makes secrets and hears of trouble have a sensible default. Where photos are not kept, they are shown once the server has them. */
export type ShopSettings = Omit<ShopPorts, Defaulted> & Partial<Pick<ShopPorts, Defaulted>>;
type Defaulted =
  | "counterDrivers"
  | "openFiscalDevice"
  | "openTerminal"
  | "verifyPin"
  | "randomBytes"
  | "onTrouble"
  | "keepPicture";

/** Opens the shop on what the till has on disk: baskets of before the restart are back, nobody is signed in. */
export async function createShop(settings: ShopSettings): Promise<Shop> {
  const ports: ShopPorts = {
    verifyPin: verifyPinInWorker,
    openFiscalDevice: null,
    randomBytes: (count) => randomBytes(count),
    keepPicture: async () => undefined,
    openTerminal: null,
    counterDrivers: null,
    onTrouble: (error) => console.error("the till's disk failed:", error),
    ...settings,
  };
  const catalog = openCatalog(ports);
  const turns = new Turns();
  const session = new Session(ports);
  const screens = new Screens(ports, session);
  const customerBook = new CustomerBook(ports, catalog.loaded);
  const promotions = new Promotions(ports, customerBook);
  const shelf = new BasketShelf(ports, async (basket) => {
    await customerBook.ready(basket.customer);
    return promotions.onto(withExemption(basket, ports, customerBook));
  });
  const lists = new PriceLists(ports, { session, shelf, customers: customerBook });
  const ringing = new Ringing(ports, { catalog, lists });
  const unwatchLists = lists.watchFront(() => catalog.askAnew());
  const printing = new Printing(ports);
  const printers = new PrinterDesk(ports, { session, printing });
  const labels = new LabelDesk(ports, { session, catalog, printing });
  const day = new DayBook(ports);
  const reports = new ReportDesk(ports, { session, shelf, printing, turns, day });
  const shifts = new ShiftDesk(ports, { session, shelf, printing, turns, day, reports });
  const fiscal = new FiscalDesk(ports, { session });
  const book = new OrderBook(ports);
  const stores = new KnownStores(ports);
  const leases = new Leases(ports, book);
  const returns = openReturnParts(ports, { session, shelf });
  const { judge, standings } = returns;
  const storeNameOf = (store: StoreId) => stores.nameOf(store);
  const scene = {
    replica: ports.replica,
    clock: ports.clock,
    judge,
    customers: customerBook,
    catalog,
    session,
    storeNameOf,
  };
  const pointsBook = new PointsBook(ports, customerBook);
  const around = {
    orderNumberOf: (fulfilment: FulfilmentId) => book.get(fulfilment)?.number ?? null,
    storeNameOf,
    returningOf: (basket: Basket, payment: Payment) => returningOf(basket, payment, scene),
    asOfNow: (basket: Basket) => judge.asOfNow(basket),
    loyaltyOf: (basket: Basket, payment: Payment) => {
      const settings = ports.replica.settings();
      const { customer } = basket;
      if (settings?.loyalty === undefined || customer === null) return null;
      const now = settingsAt(settings, ports.clock.now());
      return basketLoyalty({ basket, payment, settings: now }, pointsBook.peek(customer));
    },
  };
  const elsewhere = new Elsewhere(ports, customerBook);
  const baskets = new Baskets(ports, {
    session,
    shelf,
    catalog,
    customers: customerBook,
    ringing,
    lists,
    elsewhere,
    turns,
    around,
  });
  const customers = openCustomers(ports, {
    session,
    shelf,
    baskets,
    customers: customerBook,
    elsewhere,
    orders: book,
    stores,
  });
  const facts = new SaleFacts(ports, { session, book, leases, stores });
  const orderOf = (fact: Fact) => facts.receiptOrderOf(fact);
  const codes = new ReceiptCodes(ports, { catalog });
  const tickets = new Tickets(ports, { session, printing, codes, customers: customerBook, orderOf });
  const tasks = new Tasks(ports, { session, catalog });
  const counts = new CountDesk(ports, { session, catalog });
  await promotions.load();
  const holds = new BalanceHolds(ports, (balance) => {
    const customer = pointsOwner(balance);
    return customer === null ? creditNeed(ports, shelf, balance) : pointsNeed(shelf, pointsBook, customer);
  });
  const unwatchHolds = shelf.watch(() => holds.letGo());
  const credits = new CreditDesk(ports, { session, shelf, baskets, turns, returns: judge, holds });
  const giftCards = new GiftCardDesk(ports, { session, shelf, baskets, turns, printing, holds, day });
  const coupons = new CouponDesk(ports, { session, shelf, baskets, turns, promotions });
  const points = new PointsDesk(ports, {
    session,
    shelf,
    baskets,
    turns,
    book: pointsBook,
    customers: customerBook,
    returns: judge,
    holds,
  });
  const reversals = new Reversals(ports, () => newService(ports.randomBytes));
  const sales: Sales = new Sales(ports, {
    session,
    shelf,
    baskets,
    tickets,
    printing,
    fiscal,
    turns,
    facts,
    returns: judge,
    credits,
    coupons,
    day,
    takeBack: (reversal, write) => terminal.takeBack(reversal, write),
    points: {
      prepare: (basket) => points.prepare(basket),
      atSale: ({ customer }, { loyalty }) =>
        loyalty === undefined || customer === null
          ? null
          : loyaltyAtSale(loyalty, pointsBook.peek(customer), ports.server.online()),
    },
  });
  const terminal = new TerminalDesk(ports, { session, shelf, printing, turns, sales, reversals });
  const invoices = new Invoices(ports, { session, printing, customers: customerBook });
  const mails = new ReceiptMails(ports, { session, printing, invoices });
  const timeClock = new TimeClock(ports, session);
  await timeClock.load();
  const counterDevices = new CounterDevices(ports, ports.counterDrivers);
  await day.load();
  await shelf.load();
  await reversals.load(shelf);
  await terminal.load();
  await printing.load();
  await fiscal.load();
  await stores.load();
  await leases.load();
  await book.load();
  await tasks.load();
  await counts.load();
  await standings.load(shelf);
  // Articles first: the customers of the morning buy.
  void catalog.loaded.then(() => returns.index.load());
  await invoices.load();
  await mails.load();
  const orders = await openOrders(ports, {
    session,
    shelf,
    baskets,
    printing,
    catalog,
    ringing,
    turns,
    book,
    leases,
    stores,
  });
  const cases = await openCases(ports, { session, printing, book, codes });
  const deliveries = await openDeliveries(ports, { session, printing, catalog, stores });
  const basketShown: ViewTable["basket"] = {
    current: () => baskets.view(),
    watch: (onChange) =>
      both(
        judge.watch(onChange),
        both(
          both(session.watch(onChange), baskets.watch(onChange)),
          both(customers.watchNames(onChange), pointsBook.watch(onChange)),
        ),
      ),
  };
  await counterDevices.load();
  const counter = new CounterDesk(ports, {
    session,
    devices: counterDevices,
    customers: customerBook,
    basket: basketShown,
  });
  return {
    catalogLoaded: catalog.loaded,
    async mayTrain(word) {
      const allowed = await session.authorise("training", word);
      if (!allowed.ok) return allowed;
      if (terminal.view().now.state !== "idle") return refused("saleOpen");
      const open = baskets.view();
      return open !== null && (open.lines.length > 0 || open.tenders.length > 0)
        ? refused("saleOpen")
        : ok(null);
    },
    maySetUp: (word) => session.authorise("devices.setUp", word),
    mayAnswerFor: (word, abouts) => session.answerFor("devices.setUp", word, abouts),
    work: {
      current: () => ({
        signedIn: session.onDuty() !== null,
        terminalPending: terminal.view().now.state !== "idle",
        openBasket: shelf.open().some(({ basket }) => !isEmptyBasket(basket) || basket.tenders.length > 0),
        paidParked: shelf
          .parked()
          .some(({ basket }) => basket.tenders.length > 0 || basket.cardRequest !== undefined),
      }),
      watch: (onChange) =>
        both(session.watch(onChange), both(shelf.watch(onChange), terminal.watch(onChange))),
    },
    async forgetCustomers(customers) {
      await customerBook.loaded;
      // Whose profile is part of another one by now is not gone.
      const gone = new Set(customers.filter((id) => customerBook.currentOf(id) === id));
      await baskets.forgetCustomers(gone);
      await mails.forgetCustomers(gone);
      await invoices.forgetCustomers(gone);
    },
    async keptCustomers() {
      const baskets = [...shelf.open(), ...shelf.parked()];
      return new Set([
        ...baskets.flatMap(({ basket: { customer } }) => customer ?? []),
        ...(await mails.customers()),
        ...(await invoices.customers()),
      ]);
    },
    verbs: {
      signIn: (args) => session.signIn(args),
      signOut: () => session.signOut(),
      clockIn: (args) => timeClock.clockIn(args),
      clockOut: (args) => timeClock.clockOut(args),
      scan: (args) => baskets.scan(args),
      addItem: (args) => baskets.addItem(args),
      changeQuantity: (args) => baskets.changeQuantity(args),
      removeLine: (args) => baskets.removeLine(args),
      undoRemove: (args) => baskets.undoRemove(args),
      discountLine: (args) => baskets.discountLine(args),
      discountBasket: (args) => baskets.discountBasket(args),
      overridePrice: (args) => baskets.overridePrice(args),
      attributeSale: (args) => baskets.attributeSale(args),
      useCoupon: (args) => coupons.use(args),
      removeCoupon: (args) => coupons.remove(args),
      parkBasket: (args) => baskets.parkBasket(args),
      recallBasket: (args) => baskets.recallBasket(args),
      discardBasket: (args) => baskets.discardBasket(args),
      takeCash: (args) => sales.takeCash(args),
      takeCard: (args) => sales.takeCard(args),
      checkCredit: (args) => credits.check(args),
      takeCredit: (args) => credits.take(args),
      giftCard: (args) => giftCards.look(args),
      sellGiftCard: (args) => giftCards.sell(args),
      payOutGiftCard: (args) => giftCards.payOut(args),
      checkPoints: () => points.check(),
      takePoints: (args) => points.take(args),
      customerPoints: (args) => points.ofCustomer(args),
      removeTender: (args) => sales.removeTender(args),
      giveBack: (args) => sales.giveBack(args),
      async completeSale(args) {
        const sold = await sales.completeSale(args);
        if (sold.ok) counter.thank({ total: sold.value.due, change: sold.value.change });
        return sold;
      },
      setUpCounter: (args) => counter.setUp(args),
      search: async (args) => catalog.search({ ...args, lists: lists.inFront() }),
      browse: async (args) => catalog.browse({ ...args, lists: lists.inFront() }),
      variants: async ({ product }) => catalog.variants(product, lists.inFront()),
      variantOf: async ({ code }) => ({ variant: (await catalog.byCode(code))?.item.variant ?? null }),
      recentTickets: (args) => tickets.recent(args),
      receipt: (args) => tickets.receipt(args),
      reprint: (args) => tickets.reprint(args),
      receiptContact: (args) => invoices.contact(args),
      sendReceipt: (args) => mails.send(args),
      issueInvoice: (args) => invoices.issue(args),
      countStock: (args) => tasks.count(args),
      ...counts.verbs,
      printLabel: (args) => labels.print(args),
      ...printers.verbs,
      ...shifts.verbs,
      ...fiscal.verbs,
      ...terminal.verbs,
      ...customers.verbs,
      ...orders.verbs,
      ...returnVerbs(ports, {
        ...returns,
        session,
        shelf,
        baskets,
        catalog,
        turns,
        book,
        customers: customerBook,
        codes,
        storeNameOf,
      }),
      ...cases.verbs,
      ...deliveries.verbs,
    },
    views: {
      session: { current: () => session.view(), watch: (onChange) => screens.watch(onChange) },
      basket: basketShown,
      parked: {
        current: () => baskets.parkedView(),
        watch: (onChange) => both(session.watch(onChange), baskets.watch(onChange)),
      },
      catalog: { current: () => catalog.view(), watch: (onChange) => catalog.watch(onChange) },
      printers: { current: () => printers.view(), watch: (onChange) => printers.watch(onChange) },
      orders: orders.view,
      cases: cases.view,
      deliveries: deliveries.view,
      ...counter.views,
      tasks,
      counts,
      clock: {
        current: () => timeClock.view(),
        watch: (onChange) => both(session.watch(onChange), timeClock.watch(onChange)),
      },
      terminal: {
        current: () => terminal.view(),
        watch: (onChange) => both(terminal.watch(onChange), shelf.watch(onChange)),
      },
      shift: { current: () => shifts.view(), watch: (onChange) => shifts.watch(onChange) },
    },
    async close() {
      cases.close();
      deliveries.close();
      orders.close();
      closeReturnParts(returns);
      tasks.close();
      counts.close();
      unwatchHolds();
      holds.close();
      coupons.close();
      pointsBook.close();
      promotions.close();
      codes.close();
      customerBook.close();
      mails.close();
      unwatchLists();
      catalog.close();
      await day.close();
      session.close();
      printers.close();
      await terminal.close();
      await counter.close();
      await printing.close();
      await fiscal.close();
      await shelf.settled();
    },
  };
}
