import { openCase } from "#domain/cases/act.ts";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { DeliveryOpening } from "#domain/stock/delivery.ts";
import { openDelivery } from "#domain/stock/delivery-acts.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { boughtInStore } from "../returns/purchase-of.ts";
import type { PairedTill, ServerForTests } from "../server-for-tests.ts";
import { zReport } from "./day.ts";
import { OrderBench } from "./orders.ts";
import { ofTicket, returnTicket } from "./returns.ts";
import { cashier, EUR, TEA } from "./shop.ts";

const AT = instant(1_800_000_000_000);
const LATER = instant(1_800_000_600_000);

/** Names of everything that `keepHouse` wrote down of a store. */
export interface HouseIds {
  readonly order: string;
  readonly fulfilment: string;
  readonly ticket: string;
  readonly returned: string;
  readonly shift: string;
  readonly zReport: string;
  readonly case: string;
  readonly mail: string;
  readonly colleague: string;
  readonly clocked: string;
  readonly exception: string;
  readonly till: string;
  readonly count: string;
  readonly delivery: string;
}

/**
 * A day's work in one store: an order, a sale and what came back of it, a shift with its Z report, a case, a receipt to be mailed, a colleague with
 * hours and something that was allowed, an exception, a count and a delivery. What the store's tills hold of it stands in their feed. `mark` is in the name of every person in it, so that a test finds whatever of it leaks.
 */
export async function keepHouse(
  server: ServerForTests,
  { store, mark }: { readonly store: StoreSettings; readonly mark: string },
): Promise<HouseIds> {
  const paired = await server.pair(store);
  const { order, part } = await orderIn(server, store, mark);
  const sold = await sales(server, store, paired);
  const drawers = await drawersOf(server, store, paired);
  const people = await peopleOf(server, { store, mark, paired, sold: sold.ticket });
  const goods = await goodsOf(server, store, mark);
  return { order, fulfilment: part, ...sold, ...drawers, ...people, ...goods, till: paired.till.device };
}

async function orderIn({ deps }: ServerForTests, store: StoreSettings, mark: string) {
  const bench = new OrderBench(deps);
  await bench.stock(store, TEA, 10);
  const placed = await bench.place({
    id: `web-${store.code}`,
    number: `W-${store.code}`,
    customer: { name: `Olga ${mark}` },
    delivery: { kind: "pickup", store: store.code },
  });
  return { order: placed.order.id, part: placed.order.fulfilments[0]?.id ?? "" };
}

async function sales({ storage, deps }: ServerForTests, store: StoreSettings, { till }: PairedTill) {
  const numbered = (counter: number) => ({
    number: idOf<"ReceiptNumber">(`${store.code}-01-00000${counter}`),
    store: store.store,
    device: till.device,
  });
  const ticket = { ...till.ticket([{ variant: TEA, quantity: 2 }]), ...numbered(1) };
  const back = { ...returnTicket(till, ofTicket(ticket)), ...numbered(2) };
  await storage.write(async (tx) => {
    for (const each of [ticket, back]) {
      await tx.addTickets([{ ticket: each, register: 1 }], AT);
      await tx.addCommission([
        {
          ticket: each,
          lines: [
            {
              position: 0,
              kind: "sold",
              seller: { kind: "staff", staff: colleagueOf(store) },
              pieces: 1,
              total: money(350, EUR),
              net: money(294, EUR),
            },
          ],
        },
      ]);
    }
  });
  await tellOfSale(deps, store, ticket);
  return { ticket: ticket.id, returned: back.id };
}

async function tellOfSale({ publisher }: ServerForTests["deps"], store: StoreSettings, ticket: Ticket) {
  const purchase = boughtInStore(ticket, store);
  const purchases = purchase === null ? [] : [purchase];
  const levels = [{ store: store.store, variant: TEA, onHand: 8 }];
  await publisher.publish((publication) => publication.putSold({ levels, purchases }));
}

/** What the store is asked to count, and goods on the way to it. */
async function goodsOf({ deps }: ServerForTests, store: StoreSettings, mark: string) {
  const count = idOf<"Count">(`count-${store.code}`);
  const delivery = idOf<"Delivery">(`delivery-${store.code}`);
  const asked = {
    name: `Shelves ${mark}`,
    scope: { kind: "all" },
    blind: false,
    note: "",
    by: "Hanna",
  } as const;
  const opening: DeliveryOpening = {
    id: delivery,
    reference: `D-${store.code}`,
    kind: "supplier",
    supplier: `Teahouse ${mark}`,
    from: null,
    to: store.store,
    fromName: "",
    toName: store.name,
    expectedOn: null,
    blind: false,
    lines: [{ variant: TEA, sku: idOf<"Sku">("TEA-100"), name: "Green tea", ordered: 5 }],
    note: "",
  };
  await deps.publisher.publish(async (publication) => {
    const day = idOf<"BusinessDay">("2027-01-15");
    await publication.putCount(store.store, { ...asked, id: count, day, at: AT, areas: [] });
    await publication.putDelivery(openDelivery(opening, { at: AT, by: { kind: "hq", who: "Hanna" } }));
  });
  return { count, delivery };
}

async function drawersOf({ storage }: ServerForTests, store: StoreSettings, { till }: PairedTill) {
  const shift = idOf<"Shift">(`shift-${store.code}`);
  const entry = idOf<"Entry">(`z-${store.code}`);
  const by = colleagueOf(store);
  await storage.write(async (tx) => {
    await tx.putShift({
      shift,
      store: store.store,
      device: till.device,
      register: 1,
      owner: by,
      openedAt: AT,
      openedBy: by,
      businessDay: idOf<"BusinessDay">("2027-01-15"),
      float: money(15_000, EUR),
      acts: [],
      closed: null,
    });
    const report = zReport({ store: store.store, device: till.device, madeBy: by });
    await tx.addZReport({ entry, report, receivedAt: LATER });
  });
  return { shift, zReport: entry };
}

async function peopleOf(
  { deps }: ServerForTests,
  {
    store,
    mark,
    paired,
    sold,
  }: {
    readonly store: StoreSettings;
    readonly mark: string;
    readonly paired: PairedTill;
    readonly sold: string;
  },
) {
  const staff = colleagueOf(store);
  const id = { case: idOf<"Case">(`case-${store.code}`), mail: idOf<"Mail">(`mail-${store.code}`) };
  const exception = `exception-${store.code}`;
  const clocked = `in-${store.code}`;
  const done = { staff, store: store.store, device: paired.till.device, permission: null, amount: null };
  await deps.publisher.publish(async (publication) => {
    const member = { ...cashier(staff), name: `Carla ${mark}` };
    await publication.putColleague({ member, stores: [store.store] });
    const { tx } = publication;
    await tx.addStaffLog({ ...done, id: clocked, kind: "clockedIn", at: AT, approvedBy: null, what: "" });
    const approved = { id: `ok-${store.code}`, kind: "approved", at: AT, approvedBy: staff } as const;
    await tx.addStaffLog({ ...done, ...approved, what: mark });
    await tx.putKnock({
      ...{
        device: idOf<"Device">(`lost-${store.store}`),
        store: store.store,
        storeCode: store.code,
        register: 9,
      },
      ...{ name: `Till of ${mark}`, reason: "journalLost", lost: true, at: AT },
    });
    const told = { kind: "oversold", raisedAt: AT, detail: { of: mark } } as const;
    await tx.raiseException({ ...told, id: exception, store: store.store, subject: null, closing: null });
    await publication.putNotice(store.store, { ...told, id: idOf<"Notice">(exception), resolved: false });
  });
  const kept = openCase(
    {
      id: id.case,
      number: `C-${store.code}-1`,
      kind: "repair",
      store: store.store,
      customer: null,
      contact: { name: `Klaus ${mark}`, email: null, phone: null },
      product: { variant: null, sku: null, name: "Oak lamp", options: [] },
      serial: "",
      purchase: null,
      fault: "Broken",
      condition: "",
      accessories: "",
      deadline: LATER,
      photos: [],
    },
    { at: AT, by: { kind: "hq", who: "Hanna" } },
  );
  await deps.publisher.publish(async (publication) => {
    const { tx } = publication;
    await tx.putCase(kept);
    await publication.putCase(kept);
    await tx.addMail({
      id: id.mail,
      ticket: idOf<"Ticket">(sold),
      store: store.store,
      document: { kind: "receipt" },
      email: `${mark.toLowerCase()}@example.com`,
      language: null,
      copy: false,
      askedAt: AT,
      state: "dead",
      tries: 9,
      nextTryAt: null,
      sentAt: null,
      lastFailure: "no such mailbox",
    });
  });
  return { ...id, colleague: staff, clocked, exception };
}

function colleagueOf({ code }: StoreSettings) {
  return idOf<"Staff">(`carla-${code.toLowerCase()}`);
}
