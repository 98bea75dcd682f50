import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Instant, instant } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import { orderPolicyOf } from "#domain/orders/policy.ts";
import { DEMO_SHEET_FILE, type DemoSheet } from "#protocol/hq/demo.ts";
import { bookAct, bookOpening } from "./cases/book-fact.ts";
import type { DemoCase, DemoContext, DemoOrder } from "./demo-context.ts";
import { sellInThePast } from "./demo-past-sales.ts";
import type { ServerDeps } from "./http/deps.ts";
import { bookPoints } from "./loyalty/book.ts";
import { perform } from "./orders/perform.ts";
import type { Publisher } from "./sync/publisher.ts";

/** Documents written in one transaction while seeding: large enough to be quick, small enough to show progress. */
const SEED_BATCH = 500;

/** The server's own parts as they would have been at a moment that is past. */
export interface PastOrders {
  readonly now: Instant;
  readonly newId: () => string;
  readonly at: (moment: Instant) => Pick<ServerDeps, "orders" | "publisher" | "ingestion">;
}

/** From being placed to lying ready in the demo. */
const PICKED_AFTER_MS = 10 * 60_000;

/**
 * Makes up the demo shop on an empty server, and leaves the sheet with its PINs in the data folder. A server with stores is left alone, but for one whose
 * seed was cut off: it is carried on, for the seed is always the same. No two servers do this at the same time.
 */
export async function seedWhenEmpty({
  dataDir,
  deps,
  orders,
  onProgress,
}: {
  readonly dataDir: string;
  readonly deps: Pick<ServerDeps, "storage" | "publisher">;
  /** Where the demo's orders are placed; null places none. */
  readonly orders: PastOrders | null;
  readonly onProgress: DemoContext["onProgress"];
}): Promise<void> {
  const { demo, stores } = await deps.storage.read(async (tx) => ({
    demo: await tx.demo(),
    stores: await tx.stores(),
  }));
  if (demo === null && stores.length > 0) return;
  if (demo !== null && demo.sheet !== null) return leaveSheet(dataDir, demo.sheet);
  await deps.storage.write((tx) => tx.putDemo({ sheet: null }));
  const { seedDemo } = await import("./demo/seed.ts");
  const sheet = await seedDemo(demoContext({ publisher: deps.publisher, orders, onProgress }));
  await deps.storage.write((tx) => tx.putDemo({ sheet }));
  leaveSheet(dataDir, sheet);
}

function leaveSheet(dataDir: string, sheet: DemoSheet): void {
  const file = join(dataDir, DEMO_SHEET_FILE);
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(sheet, null, 2)}\n`, { mode: 0o600 });
}

/** The seed's verbs on this server's own publisher, in batches. */
function demoContext({
  publisher,
  orders: past,
  onProgress,
}: {
  readonly publisher: Publisher;
  readonly orders: PastOrders | null;
  readonly onProgress: DemoContext["onProgress"];
}): DemoContext {
  async function each<T>(
    what: string,
    items: readonly T[],
    put: (item: T, publication: Parameters<Parameters<Publisher["publish"]>[0]>[0]) => Promise<unknown>,
  ): Promise<void> {
    for (let start = 0; start < items.length; start += SEED_BATCH) {
      const batch = items.slice(start, start + SEED_BATCH);
      await publisher.publish(async (publication) => {
        for (const item of batch) await put(item, publication);
      });
      onProgress({ what, done: Math.min(start + SEED_BATCH, items.length), total: items.length });
    }
  }
  return {
    putStores: (stores) => each("stores", stores, (store, publication) => publication.putStore(store)),
    putStaff: (store, staff) =>
      each("staff", staff, (member, publication) => publication.putStaff(store, member)),
    putPictures: (pictures) =>
      each("pictures", pictures, ({ hash, ...picture }, publication) =>
        publication.tx.putPicture(hash, picture),
      ),
    putProducts: (products) =>
      each("products", products, (product, publication) => publication.putProduct(product)),
    putPriceLists: (lists) =>
      each("price lists", lists, (list, publication) => publication.tx.putPriceList(list)),
    putPricing: ({ channels, rules }) =>
      publisher.publish(async ({ tx }) => {
        for (const { channel, lists } of channels) await tx.putChannelLists(channel, lists);
        await tx.putPriceRules(rules);
      }),
    putCosts: (costs) => each("costs", costs, (cost, publication) => publication.tx.putCost(cost)),
    putPrices: (prices) => each("prices", prices, (price, publication) => publication.putPrice(price)),
    putPromotions: (promotions) =>
      each("promotions", promotions, (promotion, publication) => publication.putPromotion(promotion)),
    putCustomers: (customers) =>
      each("customers", customers, (customer, publication) => publication.putCustomer(customer)),
    putLoyalty: async ({ programme, moves }) => {
      await publisher.publish(async (publication) => {
        await publication.tx.putLoyaltyProgramme(programme);
        for (const store of await publication.tx.stores()) await publication.putStore(store);
      });
      await each("points", moves, ({ move, agoMs }, publication) =>
        bookPoints(publication, { ...move, at: instant(publication.at - agoMs) }),
      );
    },
    putStock: (movements) =>
      each("stock", movements, async (movement, publication) => {
        const onHand = await publication.tx.addMovement(movement, { cause: "initial", at: publication.at });
        if (onHand !== null)
          await publication.putStockLevel({ store: movement.store, variant: movement.variant, onHand });
      }),
    placeOrders: (orders) => (past === null ? Promise.resolve([]) : placeOrders(orders, past)),
    openCases: (cases) => (past === null ? Promise.resolve() : openCases(cases, { past, publisher })),
    sellInThePast: (pastOf) =>
      past === null ? Promise.resolve() : sellInThePast(pastOf(past.now), { past, publisher, onProgress }),
    onProgress,
  };
}

/** What was taken in before the start was cut off is as it is. */
async function openCases(
  cases: readonly DemoCase[],
  { past: { now, newId }, publisher }: { readonly past: PastOrders; readonly publisher: Publisher },
): Promise<void> {
  const ago = (ms: number) => instant(now - ms);
  for (const { opening, openedAgoMs, deadlineAgoMs, by, acts } of cases)
    await publisher.publish(async (publication) => {
      const opened = { ...opening, deadline: ago(deadlineAgoMs) };
      await bookOpening(publication, opened, { at: ago(openedAgoMs), by, newId });
      for (const { agoMs, ...act } of acts)
        await bookAct(publication, { of: opening.id, dated: { ...act, at: ago(agoMs) }, newId });
    });
}

/** Places each order at its time, as a web shop does, and picks those that lie ready. An order that was placed before the start was cut off is as it is; its code was told then. */
async function placeOrders(orders: readonly DemoOrder[], past: PastOrders): Promise<DemoSheet["orders"]> {
  const ready: DemoSheet["orders"] = [];
  for (const { request, placedAgoMs, shelf } of orders) {
    const placedAt = instant(past.now - placedAgoMs);
    const placed = await past.at(placedAt).orders.place(request);
    if (!placed.ok) throw new Error(`the demo's order ${request.number} was refused: ${placed.reason}`);
    const { order, pickupCode, isNew } = placed.value;
    if (!isNew || shelf === null) continue;
    await pick(order, { shelf, at: instant(placedAt + PICKED_AFTER_MS), past });
    if (pickupCode !== null && request.delivery.kind === "pickup")
      ready.push({
        store: request.delivery.store,
        number: order.number,
        customer: order.contact.name,
        code: pickupCode,
      });
  }
  return ready;
}

/** All of it was found and lies on its shelf. */
async function pick(
  order: Order,
  { shelf, at, past }: { readonly shelf: string; readonly at: Instant; readonly past: PastOrders },
): Promise<void> {
  const [part] = order.fulfilments;
  if (part === undefined) throw new Error(`no store has the demo's order ${order.number}`);
  const lines = part.lines.map(({ line, quantity }) => ({ line, quantity, substitute: null }));
  await past.at(at).publisher.publish(async (publication) => {
    const { keepReadyMs } = orderPolicyOf((await publication.tx.store(part.store)) ?? {});
    await perform(
      publication,
      {
        order,
        fulfilment: part.id,
        act: { type: "picked", lines, shelf, rest: null },
        context: { at, by: { kind: "server" }, keepReadyMs },
      },
      past.newId,
    );
  });
}
