import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { type Instant, idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { standingPrice } from "#domain/pricing/price-of.ts";
import type { Product } from "#domain/product/product.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import {
  type DeviceRow,
  type ProductRow,
  pairRequestSchema,
  productsQuerySchema,
  type StoreRow,
  type TicketRow,
  ticketsQuerySchema,
} from "#protocol/hq/console.ts";
import { publishTillKey } from "../receipts/keys.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { requireHqKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { codesByStore, ticketRowOf } from "./ticket-rows.ts";
import { validated } from "./validate.ts";

const deviceParams = z.object({ device: z.string().max(64) });

/** What HQ sees and does (protocol/hq/console.ts). Every address needs an HQ key. */
export function registerHqRoutes(app: FastifyInstance, deps: ServerDeps): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireHqKey(request, deps.storage));
    hq.get("/hq/v1/stores", () => deps.storage.read(async (tx) => ({ stores: await storeRows(tx, deps) })));
    hq.get("/hq/v1/devices", async () => {
      await deps.contacts.flush();
      return deps.storage.read(async (tx) => ({ devices: await deviceRows(tx) }));
    });
    hq.get("/hq/v1/tickets", async (request) => {
      const query = validated(ticketsQuerySchema, request.query);
      return deps.storage.read((tx) => ticketRows(tx, query));
    });
    hq.get("/hq/v1/products", async (request) => {
      const query = validated(productsQuerySchema, request.query);
      return deps.storage.read((tx) => productRows(tx, query, deps.now()));
    });
    hq.post("/hq/v1/pairing-codes", async (request) => {
      const { store } = validated(pairRequestSchema, request.body);
      const code = await deps.enrolment.makePairingCode(store);
      if (code === null) throw new Refusal("notFound", `There is no store ${store}.`);
      return code;
    });
    hq.post("/hq/v1/devices/:device/revoke", async (request) => {
      const id = idOf<"Device">(validated(deviceParams, request.params).device);
      await deps.publisher.publish(async (publication) => {
        const device = await publication.tx.device(id);
        if (device === null) throw new Refusal("notFound", "There is no such till.");
        await publication.tx.revokeDevice(id, publication.at);
        await publishTillKey(publication, device.publicKey);
        await deps.orders.dropLeasesOf(publication, id);
      });
      deps.wakeups.dismiss(id);
      return {};
    });
  });
}

async function storeRows(tx: ReadTransaction, deps: ServerDeps): Promise<StoreRow[]> {
  const devices = await tx.devices();
  const rows: StoreRow[] = [];
  for (const store of await tx.stores()) {
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

async function deviceRows(tx: ReadTransaction): Promise<DeviceRow[]> {
  const codes = await codesByStore(tx);
  const rows: DeviceRow[] = [];
  for (const device of await tx.devices()) {
    const { seq } = await tx.chainHead({ device: device.id, epoch: device.epoch });
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
  query: z.output<typeof ticketsQuerySchema>,
): Promise<{ readonly tickets: TicketRow[]; readonly total: number }> {
  const store = query.store === undefined ? null : await tx.storeByCode(query.store);
  if (query.store !== undefined && store === null)
    throw new Refusal("notFound", `There is no store ${query.store}.`);
  const codes = await codesByStore(tx);
  const records = await tx.tickets({
    store: store?.store ?? null,
    before: query.before ?? null,
    limit: query.limit,
  });
  const tickets = records.map((record) => ticketRowOf(record, codes));
  return { tickets, total: await tx.ticketCount(store?.store ?? null) };
}

async function productRows(
  tx: ReadTransaction,
  { search, offset, limit }: z.output<typeof productsQuerySchema>,
  at: Instant,
): Promise<{ readonly products: ProductRow[]; readonly total: number }> {
  const stores = await tx.stores();
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
