import { z } from "zod";
import { idOf } from "#domain/ids.ts";
import type { Fact } from "#domain/journal/entry.ts";
import { money } from "#domain/money/money.ts";
import type { PurchaseRef } from "#domain/returns/purchase.ts";
import type { RefundRouteView } from "#protocol/till/returns.ts";
import { AS_NEW, type DaySettings, did, EUR, pairedTill, type RecordedTill, STORE } from "./recorded-till.ts";

/** Euros and cents. */
const GIFT = money(5_000, EUR);
const SMALL_GIFT = money(1_000, EUR);
/** The demo's programme gives a point a euro, and takes a hundred for five euros. */
const POINTS = 100;
const EARNS_ENOUGH = 13_000;
/** More than the demo's store has of anything. */
const TOO_MANY = 999;

const madeSchema = z.looseObject({ id: z.string() });
const exceptionsSchema = z.looseObject({
  exceptions: z.array(z.looseObject({ id: z.string(), kind: z.string(), resolved: z.boolean() })),
});

/**
 * What the first day has not: gift cards, slips and points that pay, money that goes back onto cards, slips and points, an order that is sent and one that comes back, shelves that are counted, a delivery that is received,
 * and a till with a card terminal and a fiscal device, simulated both. `terminalPort`: where the terminal listens.
 */
export async function aSecondRecordedDay(
  settings: DaySettings & { readonly terminalPort: number },
): Promise<void> {
  const till = await pairedTill(settings);
  await till.signIn();
  await till.openShift();
  await giftCards(till);
  await slips(till);
  await cardRefunded(till);
  await points(till);
  await orders(till);
  await shelfCounted(till);
  if (till.knows("beginArea")) await areaCounted(till);
  if (till.knows("receiveDelivery")) await received(till);
  if (till.knows("setUpFiscalDevice")) await signed(till);
  if (till.knows("setUpTerminal")) await atTerminal(till, settings.terminalPort);
  await till.sent();
  await till.closeDay();
  did("signOut", await till.verbs.signOut({}));
  await till.sent();
}

async function giftCards(till: RecordedTill): Promise<void> {
  const { verbs, johanna } = till;
  for (const amount of [GIFT, SMALL_GIFT]) {
    did("sellGiftCard", await verbs.sellGiftCard({ code: null, amount }));
    await till.settle();
  }
  const [card, unused] = await told(till, (fact) =>
    fact.type === "ticket.completed"
      ? fact.ticket.lines.flatMap((line) => (line.kind === "sale" ? (line.giftCard?.code ?? []) : []))
      : [],
  );
  if (card === undefined || unused === undefined) throw new Error("no gift card was sold");
  await till.ring(0, 2);
  did("takeCredit", await verbs.takeCredit({ code: card, amount: money(500, EUR) }));
  await till.settle();
  const { staff: manager, pin } = johanna;
  did("payOutGiftCard", await verbs.payOutGiftCard({ code: unused, manager, pin, reason: "Not wanted" }));
}

/** Goods come back for a slip, and the slip pays. */
async function slips(till: RecordedTill): Promise<void> {
  await till.ring(2, 2);
  await takeBack(till, { kind: "ticket", id: await till.settle() });
  did("giveBack", await till.verbs.giveBack({ amount: till.basket().giveBack, to: { kind: "credit" } }));
  await till.complete();
  const [slip] = await told(till, (fact) =>
    fact.type === "ticket.completed"
      ? fact.ticket.tenders.flatMap((tender) =>
          tender.kind === "refund" && tender.to.kind === "credit" ? tender.to.code : [],
        )
      : [],
  );
  if (slip === undefined) throw new Error("no slip was given out");
  await till.ring(0, 3, 2);
  did("takeCredit", await till.verbs.takeCredit({ code: slip, amount: null }));
  await till.settle();
}

async function cardRefunded(till: RecordedTill): Promise<void> {
  await till.ring(4, 2);
  await till.byCard(till.basket().due);
  await takeBack(till, { kind: "ticket", id: await till.complete() });
  const { most, paidBy } = route(till, "card");
  const to = { kind: "card", approvalCode: "654321", ...(paidBy === null ? {} : { paidBy }) } as const;
  did("giveBack", await till.verbs.giveBack({ amount: most, to }));
  await till.settle();
}

async function points(till: RecordedTill): Promise<void> {
  const { verbs } = till;
  const customer = await till.register();
  did("setCustomer", await verbs.setCustomer({ customer }));
  for (let at = 0; till.basket().due.minor < EARNS_ENOUGH; at += 1) await till.ring(at, 1, 5);
  await till.settle();
  await till.sent();
  did("setCustomer", await verbs.setCustomer({ customer }));
  await till.ring(1, 3, 2);
  did("takePoints", await verbs.takePoints({ points: POINTS }));
  const bought = await till.settle();
  await takeBack(till, { kind: "ticket", id: bought });
  for (const position of [1, 2]) await choose(till, { kind: "ticket", id: bought }, position, 2);
  const { most } = route(till, "points");
  did("giveBack", await verbs.giveBack({ amount: most, to: { kind: "points", customer } }));
  await till.settle();
}

/** One that was collected comes back, what was paid for it goes back online; another one is sent. */
async function orders(till: RecordedTill): Promise<void> {
  const { verbs, views } = till;
  const order = await till.handOut();
  await takeBack(till, { kind: "order", id: order });
  did(
    "giveBack",
    await verbs.giveBack({ amount: route(till, "online").most, to: { kind: "online", order } }),
  );
  await till.complete();
  const parcel = views.orders
    .current()
    .orders.find(({ kind, state }) => kind === "ship" && state === "ready");
  if (parcel === undefined) throw new Error("no parcel of the demo is ready");
  const parcels = [{ carrier: "DHL", tracking: "00340434" }];
  did("shipOrder", await verbs.shipOrder({ fulfilment: parcel.id, parcels }));
}

/** More is sold than there was, and HQ has the shelf counted. */
async function shelfCounted(till: RecordedTill): Promise<void> {
  await till.ring(6, 1, TOO_MANY);
  await till.byCard(till.basket().due);
  await till.complete();
  await till.sent();
  const { exceptions } = exceptionsSchema.parse(await till.hq("exceptions"));
  const oversold = exceptions.find(({ kind, resolved }) => kind === "oversold" && !resolved);
  if (oversold === undefined) throw new Error("nothing is oversold");
  await till.hq(`exceptions/${encodeURIComponent(oversold.id)}/resolve`, {
    resolution: "recount",
    note: "Please count",
    by: "HQ",
    store: null,
  });
  await till.until("tasks", (tasks) => tasks.length > 0);
  const [task] = till.views.tasks.current();
  if (task === undefined) throw new Error("nobody asked for a count");
  did("countStock", await till.verbs.countStock({ task: task.id, counted: 7 }));
}

async function areaCounted(till: RecordedTill): Promise<void> {
  const { verbs, items } = till;
  const [one, other] = items.slice(7, 9);
  if (one === undefined || other === undefined) throw new Error("nothing is on sale");
  const { id } = madeSchema.parse(
    await till.hq("counts", {
      store: STORE,
      name: "Autumn",
      scope: { kind: "skus", skus: [one.sku, other.sku] },
      blind: false,
      day: "2026-11-28",
      note: "",
    }),
  );
  const count = idOf<"Count">(id);
  await till.until("counts", ({ counts }) => counts.length > 0);
  did("beginArea", await verbs.beginArea({ count, area: "Shelf", again: false }));
  did("countPiece", await verbs.countPiece({ code: one.sku }));
  did("setCounted", await verbs.setCounted({ variant: one.variant, counted: 11 }));
  did("countPiece", await verbs.countPiece({ code: other.sku }));
  did("finishArea", await verbs.finishArea({}));
  did("finishCount", await verbs.finishCount({ count }));
}

async function received(till: RecordedTill): Promise<void> {
  const [item] = till.items.slice(9);
  if (item === undefined) throw new Error("nothing is on sale");
  const wanted = madeSchema.parse(
    await till.hq("deliveries", {
      reference: "LS-4711",
      supplier: "Tea House",
      to: STORE,
      expectedOn: "2026-12-01",
      lines: [{ sku: item.sku, pieces: 12 }],
      by: "HQ",
    }),
  );
  const delivery = idOf<"Delivery">(wanted.id);
  await till.until("deliveries", ({ deliveries }) => deliveries.some(({ id }) => id === delivery));
  did(
    "receiveDelivery",
    await till.verbs.receiveDelivery({
      delivery,
      lines: [{ variant: item.variant, good: 10, damaged: 1 }],
      isAll: true,
      note: "One is missing",
    }),
  );
}

async function signed(till: RecordedTill): Promise<void> {
  did(
    "setUpFiscalDevice",
    await till.verbs.setUpFiscalDevice({ device: { kind: "simulator" }, approval: null }),
  );
  await till.ring(0, 2);
  await till.settle();
}

async function atTerminal(till: RecordedTill, port: number): Promise<void> {
  const { verbs } = till;
  const setup = { kind: "nexo", host: "127.0.0.1", port, saleId: "T1", poiId: "P1", tls: null } as const;
  did("setUpTerminal", await verbs.setUpTerminal({ setup, approval: null }));
  await till.ring(5, 2);
  did("payByTerminal", await verbs.payByTerminal({ amount: till.basket().remaining }));
  await till.until("terminal", ({ now }) => now.state === "idle" && now.last?.outcome === "approved");
  await takeBack(till, { kind: "ticket", id: await till.complete() });
  const { most, paidBy } = route(till, "card");
  did(
    "refundByTerminal",
    await verbs.refundByTerminal({ amount: most, ...(paidBy === null ? {} : { paidBy }) }),
  );
  await till.until("terminal", ({ now }) => now.state === "idle" && now.last?.act === "giveBack");
  await till.settle();
}

/** The first of what was bought comes back, once the server knows the purchase. */
async function takeBack(till: RecordedTill, purchase: PurchaseRef): Promise<void> {
  await till.sent();
  did("openReturn", await till.verbs.openReturn({ purchase }));
  await choose(till, purchase, 0, 1);
}

async function choose(
  till: RecordedTill,
  purchase: PurchaseRef,
  position: number,
  quantity: number,
): Promise<void> {
  did("chooseReturn", await till.verbs.chooseReturn({ purchase, position, ...AS_NEW, quantity }));
}

/** The way of that kind by which money may go back. */
function route(till: RecordedTill, kind: RefundRouteView["kind"]): RefundRouteView {
  const routes = till.basket().returning?.routes ?? [];
  const found = routes.find((each) => each.kind === kind);
  if (found === undefined) throw new Error(`nothing goes back by ${kind}: ${JSON.stringify(routes)}`);
  return found;
}

/** What the till's journal says, once the server has all of it. */
async function told(
  till: RecordedTill,
  codesOf: (fact: Fact) => readonly string[],
): Promise<readonly string[]> {
  await till.sent();
  return (await till.pushed()).flatMap(({ fact }) => codesOf(fact));
}
