import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import { reachesStore } from "#domain/access/roles.ts";
import { type Instant, idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { standingPrice } from "#domain/pricing/price-of.ts";
import type { Product } from "#domain/product/product.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { receiptNumberBegun } from "#domain/ticket/receipt-number.ts";
import type {
  DeviceRow,
  ProductRow,
  productsQuerySchema,
  StoreRow,
  TicketRow,
  ticketsQuerySchema,
} from "#protocol/hq/console.ts";
import { publishTillKey } from "../receipts/keys.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Asker } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { ownStoreCalled, ownStores, serve, storesAsked } from "./hq-call.ts";
import { GOODS_CALLS, STORE_CALLS, TICKET_CALLS } from "./hq-calls.ts";
import { lastWords } from "./last-words.ts";
import { codesByStore, ticketRowOf } from "./ticket-rows.ts";

/** What HQ sees and does (protocol/hq/console.ts). */
export function registerHqRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, publisher } = deps;
  serve(app, deps, STORE_CALLS.stores, ({ asker }) =>
    storage.read(async (tx) => ({ stores: await storeRows(tx, deps, asker) })),
  );
  serve(app, deps, STORE_CALLS.devices, async ({ asker }) => {
    await lastWords(deps);
    return storage.read(async (tx) => ({ devices: await deviceRows(tx, asker) }));
  });
  serve(app, deps, TICKET_CALLS.tickets, ({ query, asker }) =>
    storage.read((tx) => ticketRows(tx, query, asker)),
  );
  serve(app, deps, GOODS_CALLS.products, ({ query, asker }) =>
    storage.read((tx) => productRows(tx, query, { at: deps.now(), asker })),
  );
  serve(app, deps, STORE_CALLS.makePairingCode, async ({ body: { store }, asker }) => {
    await storage.read((tx) => ownStoreCalled(tx, asker, store));
    const code = await deps.enrolment.makePairingCode(store);
    if (code === null) throw new Refusal("notFound", `There is no store ${store}.`);
    return code;
  });
  serve(app, deps, STORE_CALLS.revokeDevice, async ({ params, asker }) => {
    const id = idOf<"Device">(params.device);
    await publisher.publish(async (publication) => {
      const device = await publication.tx.device(id);
      if (device === null || !reachesStore(asker.stores, device.store))
        throw new Refusal("notFound", "There is no such till.");
      await publication.tx.revokeDevice(id, publication.at);
      await publishTillKey(publication, device.publicKey);
      await deps.orders.dropLeasesOf(publication, id);
      publication.tell({ dismissed: [id] });
    });
    return {};
  });
}

async function storeRows(tx: ReadTransaction, deps: ServerDeps, asker: Asker): Promise<StoreRow[]> {
  const devices = await tx.devices();
  const rows: StoreRow[] = [];
  for (const store of ownStores(asker, await tx.stores())) {
    const sales = await tx.salesOf({
      store: store.store,
      day: businessDayOf({ at: deps.now(), timeZone: store.timeZone }),
    });
    rows.push({
      id: store.store,
      code: store.code,
      name: store.name,
      devices: devices.filter((device) => device.store === store.store && device.revokedAt === null).length,
      ticketsToday: sales.tickets,
      salesToday: money(sales.totalMinor, store.currency),
    });
  }
  return rows;
}

async function deviceRows(tx: ReadTransaction, asker: Asker): Promise<DeviceRow[]> {
  const codes = await codesByStore(tx);
  const rows: DeviceRow[] = [];
  for (const device of ownStores(asker, await tx.devices())) {
    const { seq } = await tx.chainHead({ store: device.store, device: device.id, epoch: device.epoch });
    rows.push({
      id: device.id,
      name: device.name,
      store: codes.get(device.store) ?? "",
      register: device.register,
      epoch: device.epoch,
      acknowledged: seq,
      lastSeenAt: device.lastSeenAt,
      clockOffsetMs: device.clockOffsetMs,
      version: device.version,
      revoked: device.revokedAt !== null,
    });
  }
  return rows;
}

async function ticketRows(
  tx: ReadTransaction,
  { store: code, before, search, limit }: z.output<typeof ticketsQuerySchema>,
  asker: Asker,
): Promise<{ readonly tickets: TicketRow[]; readonly total: number }> {
  const store = await storesAsked(tx, asker, code);
  const codes = await codesByStore(tx);
  if (search !== undefined) {
    const begun = receiptNumberBegun(search);
    const found = begun === null ? [] : await tx.ticketsNumbered({ begun, store, limit });
    return { tickets: found.map((record) => ticketRowOf(record, codes)), total: found.length };
  }
  const records = await tx.tickets({ store, before: before ?? null, limit });
  const tickets = records.map((record) => ticketRowOf(record, codes));
  return { tickets, total: await tx.ticketCount(store) };
}

async function productRows(
  tx: ReadTransaction,
  { search, offset, limit }: z.output<typeof productsQuerySchema>,
  { at, asker }: { readonly at: Instant; readonly asker: Asker },
): Promise<{ readonly products: ProductRow[]; readonly total: number }> {
  const stores = ownStores(asker, await tx.stores());
  const found = await tx.searchProducts({ text: search, offset, limit });
  const products: ProductRow[] = [];
  for (const product of found.products) products.push(await productRow(tx, product, { stores, at }));
  return { products, total: found.total };
}

async function productRow(
  tx: ReadTransaction,
  product: Product,
  { stores, at }: { readonly stores: readonly StoreSettings[]; readonly at: Instant },
): Promise<ProductRow> {
  const variants: ProductRow["variants"] = [];
  for (const variant of product.variants) {
    const prices = await tx.pricesOf(variant.id);
    const stock: { store: string; onHand: number }[] = [];
    for (const store of stores)
      stock.push({ store: store.code, onHand: await tx.onHand({ store: store.store, variant: variant.id }) });
    variants.push({
      variant: variant.id,
      sku: variant.sku,
      gtin: variant.gtins[0] ?? null,
      options: [...variant.options],
      prices: [...new Set(prices.map(({ list }) => list))].flatMap((list) => {
        const standing = standingPrice({ prices, list, at });
        return standing === null ? [] : [{ list, amount: standing.amount }];
      }),
      stock,
    });
  }
  return {
    product: product.id,
    handle: product.handle,
    title: product.title,
    brand: product.brand,
    category: product.category,
    variants,
  };
}
