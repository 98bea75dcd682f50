import { instant, type ShiftId } from "#domain/ids.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { Verb, VerbAnswer, VerbArgs } from "#protocol/till/contract.ts";
import type { OrderCard } from "#protocol/till/orders.ts";
import { type CashPage, closeOverlay, type Overlay, openOverlay } from "../app/overlay.ts";
import { goTo } from "../app/place.ts";
import { completeSale, goToPayment, leavePayment, startNewSale } from "../app/register.ts";
import { client, useTill } from "../app/till.ts";
import { chooseFilter, closeCase, takeIn } from "../features/cases/cases-store.ts";
import { chooseColleague } from "../features/lock/lock-store.ts";
import { phaseOf } from "../features/orders/order-view.tsx";
import { openOrder, resetOrders } from "../features/orders/orders-store.ts";
import { chooseMethod } from "../features/payment/payment-store.ts";
import { openReturn, stopReturn } from "../features/returns/return-acts.ts";
import { goToCash } from "../features/shift/acts.ts";
import { ANNA } from "./fake-customers.ts";
import { RECEIPT_NUMBER } from "./fake-purchases.ts";
import { euros, ITEMS, item, JOHANNA, PINS } from "./fake-shop.ts";
import type { FakeTill } from "./fake-till.ts";

const CUT_AT = instant(1_800_000_000_000);

type Go = (till: FakeTill) => Promise<unknown> | unknown;
type Sheet = Exclude<Overlay["kind"], "none">;

async function call<V extends Verb>(verb: V, args: VerbArgs<V>): Promise<VerbAnswer<V>> {
  return client.call(verb, args);
}

async function painted(): Promise<void> {
  for (let frame = 0; frame < 3; frame += 1)
    await new Promise((resolve) => requestAnimationFrame(() => resolve(null)));
}

async function filled(): Promise<BasketView> {
  for (const sku of ["MUG", "OIL"]) {
    const { variant } = item(sku);
    await call("addItem", { variant, quantity: 1 });
  }
  const { basket } = useTill.getState();
  if (basket === null) throw new Error("nothing was rung up");
  return basket;
}

async function sold() {
  await filled();
  goToPayment();
  const due = useTill.getState().basket?.remainingInCash;
  if (due !== undefined) await call("takeCash", { tendered: due });
  await completeSale();
  const [last] = await call("recentTickets", { limit: 1 });
  const receipt = last === undefined ? null : await call("receipt", { ticket: last.id });
  if (receipt?.ok !== true) throw new Error("nothing was sold");
  return receipt.value;
}

async function returning(): Promise<void> {
  await openReturn({ code: RECEIPT_NUMBER });
  const [purchase] = useTill.getState().basket?.returning?.purchases ?? [];
  const line = purchase?.lines.find(({ left }) => left > 0);
  if (purchase === undefined || line === undefined) throw new Error("nothing can come back");
}

async function line() {
  const [first] = (await filled()).lines;
  if (first === undefined) throw new Error("the basket is empty");
  return first.id;
}

/** Every sheet, with what has to be there for it. A sheet that is new has to be named here, or this does not compile. */
const SHEETS: Readonly<Record<Sheet, (till: FakeTill) => Promise<Overlay> | Overlay>> = {
  line: async () => ({ kind: "line", line: await line() }),
  lineDiscount: async () => ({ kind: "lineDiscount", line: await line() }),
  linePrice: async () => ({ kind: "linePrice", line: await line() }),
  seller: async () => ({ kind: "seller", line: await line() }),
  basketDiscount: async () => {
    await filled();
    return { kind: "basketDiscount" };
  },
  park: async () => {
    await filled();
    return { kind: "park" };
  },
  recall: async () => {
    await filled();
    await call("parkBasket", { label: "Blue jacket" });
    return { kind: "recall" };
  },
  variants: () => ({
    kind: "variants",
    name: "Pocket T-Shirt",
    items: ITEMS.filter(({ product }) => product === "TEE"),
  }),
  weigh: () => ({ kind: "weigh", item: item("CHEESE") }),
  openPrice: async () => {
    await filled();
    return { kind: "openPrice", item: item("HEM") };
  },
  elsewhere: () => ({ kind: "elsewhere", variant: item("OIL").variant, name: "Olive Oil" }),
  basketMenu: async () => {
    await filled();
    return { kind: "basketMenu" };
  },
  coupon: () => ({ kind: "coupon" }),
  ordering: async () => {
    await filled();
    return { kind: "ordering" };
  },
  sendBasket: async () => {
    await filled();
    return { kind: "sendBasket" };
  },
  fetchBasket: () => ({ kind: "fetchBasket" }),
  giftCard: () => ({ kind: "giftCard", code: null }),
  newCase: () => ({ kind: "newCase", start: { customer: { id: ANNA.id, name: "Anna" } } }),
  findReturn: () => ({ kind: "findReturn" }),
  returnObstacles: async () => {
    await returning();
    return { kind: "returnObstacles" };
  },
  returnOverride: async () => {
    await filled();
    return { kind: "returnOverride" };
  },
  returnIdentity: () => ({ kind: "returnIdentity" }),
  categories: () => ({ kind: "categories" }),
  findCustomer: () => ({ kind: "findCustomer" }),
  customer: () => ({ kind: "customer", customer: ANNA.id }),
  customerForm: () => ({ kind: "customerForm", known: ANNA, searched: "" }),
  goods: (till) => {
    till.deliveries.expect("MUG", 6);
    return { kind: "goods" };
  },
  tasks: (till) => {
    till.askToCount("MUG");
    return { kind: "tasks" };
  },
  count: async (till) => {
    const count = till.counts.ask();
    await call("beginArea", { count, area: "Shelf 1", again: false });
    await call("countPiece", { code: "MUG" });
    return { kind: "count", count };
  },
  adjust: () => ({ kind: "adjust" }),
  tickets: async () => {
    await sold();
    return { kind: "tickets" };
  },
  receipt: async () => ({ kind: "receipt", receipt: await sold() }),
  mailReceipt: async () => ({ kind: "mailReceipt", receipt: await sold(), document: { kind: "receipt" } }),
  invoice: async () => ({ kind: "invoice", receipt: await sold() }),
  issued: async () => {
    const { ticket } = await sold();
    const recipient = { name: "Fenwick Ltd", address: ["1 Market St"], vatId: "" };
    const answer = await call("issueInvoice", { ticket, recipient, language: null });
    if (!answer.ok) throw new Error(answer.reason);
    return { kind: "issued", issued: answer.value };
  },
  cash: () => ({ kind: "cash", page: { at: "menu" } }),
  clock: () => ({ kind: "clock" }),
  sync: () => ({ kind: "sync" }),
  settings: () => ({ kind: "settings" }),
  devices: () => ({ kind: "devices" }),
  printing: (till) => {
    till.showPrinter({ state: "failing", trouble: "outOfPaper", queued: 2 });
    return { kind: "printing" };
  },
  shortcuts: () => ({ kind: "shortcuts" }),
  keys: () => ({ kind: "keys" }),
};

function order(phase: ReturnType<typeof phaseOf>): Go {
  return () => {
    goTo("orders");
    const card = (useTill.getState().orders?.orders ?? []).find((each: OrderCard) => phaseOf(each) === phase);
    if (card === undefined) throw new Error(`no order is at ${phase}`);
    openOrder(card);
  };
}

function payment(method: Parameters<typeof chooseMethod>[0]): Go {
  return async () => {
    await call("setCustomer", { customer: ANNA.id });
    await filled();
    goToPayment();
    // The panel begins afresh when it comes; only then is there something to choose.
    await painted();
    chooseMethod(method);
  };
}

async function myShift(till: FakeTill) {
  if (useTill.getState().shift?.mine == null) {
    till.shift.decide({ requireShift: false });
    await call("openShift", { float: { pieces: [{ face: 5_000, pieces: 3 }], total: euros(15_000) } });
  }
  const mine = useTill.getState().shift?.mine ?? null;
  if (mine === null) throw new Error("no shift is open");
  return mine;
}

function atCash(page: (shift: ShiftId) => CashPage | Promise<CashPage>): Go {
  return async (till) => {
    const { shift } = await myShift(till);
    goToCash(await page(shift));
  };
}

/** Screens that are no sheets. */
const SCREENS: Readonly<Record<string, Go>> = {
  "register, empty": () => undefined,
  register: filled,
  "payment, cash": payment("cash"),
  "payment, card": payment("card"),
  "payment, credit": payment("credit"),
  "payment, points": payment("points"),
  done: sold,
  return: returning,
  orders: () => goTo("orders"),
  "order, new": order("new"),
  "order, picking": order("pick"),
  "order, hand-out": order("handOut"),
  "order, over": order("over"),
  cases: () => goTo("cases"),
  case: async () => {
    goTo("cases");
    const { name, sku } = item("MUG");
    const product = { kind: "unlisted", name, brand: "", sku } as const;
    await takeIn({
      kind: "complaint",
      contact: { name: "Ben", phone: "", email: "" },
      product,
      fault: "Chipped",
    });
  },
  "open shift": (till) => till.shift.decide({ requireShift: true }),
  "cash, open": atCash(() => ({ at: "open" })),
  "cash, in": atCash(() => ({ at: "move", kind: "in" })),
  "cash, out": atCash(() => ({ at: "move", kind: "out" })),
  "cash, pick-up": atCash(() => ({ at: "move", kind: "pickup" })),
  "cash, drawer": atCash(() => ({ at: "drawer" })),
  "cash, reports": atCash(() => ({ at: "reports" })),
  "cash, X report": atCash(async () => {
    const answer = await call("xReport", {});
    if (!answer.ok) throw new Error(answer.reason);
    return { at: "report", shown: answer.value };
  }),
  "cash, count": atCash((shift) => ({ at: "close", shift })),
  "register, printer out of paper": (till) =>
    till.showPrinter({ state: "failing", trouble: "outOfPaper", queued: 2 }),
  "register, offline": (till) => till.showSync({ unsent: 12 }),
};

/** Screens before anybody is signed in. */
const BEFORE: Readonly<Record<string, Go>> = {
  lock: () => undefined,
  pin: () => chooseColleague(JOHANNA.id),
};

async function home(till: FakeTill): Promise<void> {
  closeOverlay();
  resetOrders();
  closeCase();
  chooseFilter("open");
  if (useTill.getState().session?.state !== "open")
    await call("signIn", { staff: JOHANNA.id, pin: PINS[JOHANNA.id] ?? "" });
  await leavePayment();
  await stopReturn();
  for (const { id } of useTill.getState().basket?.lines ?? []) await call("removeLine", { line: id });
  startNewSale();
  goTo("register");
  till.showPrinter({ state: "ready", trouble: null, queued: 0 });
}

/** Goes to every screen and sheet of the till, one by one, for whoever looks at them all. */
export function tourOf(till: FakeTill) {
  const stops: Readonly<Record<string, Go>> = {
    ...BEFORE,
    ...SCREENS,
    ...Object.fromEntries(
      Object.entries(SHEETS).map(([kind, sheet]) => [
        `sheet ${kind}`,
        async () => openOverlay(await sheet(till)),
      ]),
    ),
  };
  return {
    stops: Object.keys(stops),
    go: async (stop: string): Promise<void> => {
      if (!Object.hasOwn(BEFORE, stop)) await home(till);
      await stops[stop]?.(till);
    },
    /** The line to the server drops, whatever is open. */
    cutLine: (): void => till.showSync({ link: { state: "offline", since: CUT_AT } }),
  };
}
