import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AuditCheckName } from "#domain/data-audit/checks.ts";
import { type Gtin, type ImageHash, idOf, instant, type VariantId } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Product } from "#domain/product/product.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { Ticket, TicketLine } from "#domain/ticket/ticket.ts";
import type { AuditRowsAnswer } from "#protocol/hq/data-audit.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { BERLIN, CUP, customer, EUR, HAMBURG, POT, price, product, TEA } from "../testing/shop.ts";
import { ticketBack } from "../testing/ticket-back.ts";
import type { AuditQuestion, AuditViewer } from "./desk.ts";

const DAY_MS = 86_400_000;
const PICTURE: ImageHash = idOf<"ImageHash">("a".repeat(64)) as ImageHash;
const HQ: AuditViewer = { stores: null, may: () => true };
const MANAGER: AuditViewer = { stores: [HAMBURG.store], may: () => true };
const JOHANNA = idOf<"Staff">("johanna");

let server: ServerForTests;
beforeEach(async () => {
  server = await ServerForTests.open();
});
afterEach(() => server.close());

const desk = () => server.deps.dataAudit;

function whole(variant: VariantId, gtin: string, changes: Partial<Product> = {}): Product {
  const usual = product(variant);
  return {
    ...usual,
    image: PICTURE,
    variants: usual.variants.map((each) => ({ ...each, gtins: [gtin as Gtin] })),
    ...changes,
  };
}

/** Tea has all there is to have; the cup and the pot lack what they are made without. */
async function offer(...products: readonly Product[]): Promise<void> {
  await server.deps.publisher.publish(async (publication) => {
    for (const each of [whole(TEA, "4006381333931"), ...products]) {
      await publication.putProduct(each);
      for (const { id } of each.variants) await publication.putPrice(price(id));
    }
  });
}

async function rows(
  check: AuditCheckName,
  changes: Partial<AuditQuestion> = {},
  viewer = HQ,
): Promise<AuditRowsAnswer> {
  const found = await desk().rows(viewer, {
    check,
    store: null,
    channel: null,
    offset: 0,
    limit: 50,
    ...changes,
  });
  if (!found.ok) throw new Error(found.reason);
  return found.value;
}

const labels = async (...ask: Parameters<typeof rows>) => (await rows(...ask)).rows.map(({ label }) => label);

async function counted(viewer = HQ): Promise<Readonly<Record<string, number>>> {
  await desk().count();
  const { checks } = await desk().checks(viewer);
  return Object.fromEntries(checks.map(({ check, count }) => [check, count]));
}

describe("the catalogue", () => {
  test("products without a barcode, a picture, a price or a known tax class are found, and those that have them are not", async () => {
    await offer(whole(CUP, "4006381333948", { image: null }), product(POT, { image: PICTURE }));
    await server.deps.publisher.publish((publication) =>
      publication.putProduct(whole(idOf<"Variant">("jug"), "4006381333955")),
    );
    await server.deps.publisher.publish((publication) =>
      publication.putProduct(
        whole(idOf<"Variant">("old"), "4006381333962", { status: "archived", image: null }),
      ),
    );
    expect(await labels("noPicture")).toEqual(["A cup"]);
    expect(await labels("noGtin")).toEqual(["A pot"]);
    expect(await labels("noPrice")).toEqual(["A jug · SKU-jug"]);
    await server.deps.publisher.publish(async (publication) => {
      for (const [store, name] of [
        [BERLIN, "standard"],
        [HAMBURG, "reduced"],
      ] as const) {
        const classes = [{ id: idOf<"TaxClass">(name), name, rates: [] }];
        await publication.putStore({ ...store, tax: { ...store.tax, classes } });
      }
    });
    const { rows: taxes, channels } = await rows("noTax", { channel: "HAM1" });
    expect(taxes).toHaveLength(4);
    expect(channels).toContainEqual({ channel: "HAM1", count: 4 });
    expect(taxes[0]?.fix).toEqual({ page: "product", ask: { id: "product-cup" } });
  });

  test("products with the same title and brand are found together, one that is archived is not", async () => {
    const twin = { title: "Mug of enamel" };
    await offer(
      whole(CUP, "4006381333948", twin),
      whole(POT, "4006381333955", { ...twin, title: "MUG of enamel" }),
      whole(idOf<"Variant">("other"), "4006381333962", { ...twin, brand: "Another" }),
      whole(idOf<"Variant">("gone"), "4006381333979", { ...twin, status: "archived" }),
    );
    const { rows: found, total } = await rows("duplicateProducts");
    expect(found.map(({ facts }) => facts.sku)).toEqual(["SKU-cup", "SKU-pot"]);
    expect(total).toBe(2);
  });

  test("what is not right is named in the channels that sell it", async () => {
    await offer(product(POT));
    await server.storage.write((tx) =>
      tx.putChannelLists(idOf<"Channel">("web"), [idOf<"PriceList">("retail")]),
    );
    const { rows: found, channels } = await rows("noPicture");
    expect(found[0]?.channels).toEqual(["store", "web"]);
    expect(channels).toEqual([
      { channel: "store", count: 1 },
      { channel: "web", count: 1 },
    ]);
    expect((await rows("noPicture", { channel: "web" })).total).toBe(1);
    expect((await rows("noPicture", { channel: "market" })).total).toBe(0);
  });

  test("customers who may be the same person are found until people have said that they are not", async () => {
    const pair = { one: idOf<"Customer">("customer-Ada"), other: idOf<"Customer">("customer-Eda") };
    await server.storage.write(async (tx) => {
      await tx.putCustomers([customer("Ada"), customer("Eda")]);
      await tx.putDuplicate({ ...pair, score: 80, reasons: [] });
    });
    const { rows: found } = await rows("duplicateCustomers");
    expect(found).toMatchObject([{ label: "Ada", facts: { other: "Eda" } }]);
    expect(
      await desk().rows(
        { ...HQ, may: () => false },
        { check: "duplicateCustomers", store: null, channel: null, offset: 0, limit: 5 },
      ),
    ).toEqual({
      ok: false,
      reason: "notFound",
    });
    await server.storage.write((tx) => tx.dismissDuplicate(pair));
    expect(await labels("duplicateCustomers")).toEqual([]);
  });
});

test("products without a description are found in each web channel that sells them, by its own words or the common ones", async () => {
  await offer(whole(CUP, "4006381333948"), whole(POT, "4006381333955", { status: "draft" }));
  await server.storage.write(async (tx) => {
    for (const channel of ["web", "market"])
      await tx.putChannelLists(idOf<"Channel">(channel), [idOf<"PriceList">("retail")]);
  });
  await server.run(
    `INSERT INTO product_details (product, details) VALUES
      ('product-tea', '{"description":"","channels":{"web":{"status":null,"title":null,"description":"Green"}}}'),
      ('product-cup', '{"description":"Of clay","channels":{}}'),
      ('product-pot', '{"description":"","channels":{"market":{"status":"active","title":null,"description":null}}}')`,
  );
  const { rows: found, channels } = await rows("noText");
  expect(found.map(({ label, channels: missing }) => [label, missing])).toEqual([
    ["A pot", ["market"]],
    ["A tea", ["market"]],
  ]);
  expect(channels).toEqual([{ channel: "market", count: 2 }]);
});

test("tills that have sales unsent for an hour, or not what has been there for an hour, are found; those of a minute are not", async () => {
  await offer();
  const first = await server.pair();
  const second = await server.pair(HAMBURG);
  server.clock.advance(2 * 3_600_000);
  const now = server.clock.now();
  await server.run(
    `INSERT INTO till_health (device, at, unsent, oldest_unsent_at, has_trouble, health) VALUES
      ('${first.till.device}', ${now}, 3, ${now - 3_600_001}, 0, '{}'), ('${second.till.device}', ${now}, 4, ${now - 60_000}, 0, '{}')`,
    `INSERT INTO till_feeds (feed, collection, device, seq) VALUES
      ('catalog', 'products', '${first.till.device}', 1000), ('catalog', 'products', '${second.till.device}', 0)`,
  );
  expect((await rows("unsentTills")).rows).toMatchObject([{ store: "BER1", facts: { unsent: 3 } }]);
  expect((await rows("behindTills")).rows).toMatchObject([{ store: "HAM1", facts: { collections: 1 } }]);
});

describe("stock", () => {
  const level = (store: StoreSettings, variant: VariantId, onHand: number, at: number) =>
    server.storage.write((tx) =>
      tx.addMovement(
        { store: store.store, variant, quantity: onHand, reason: { kind: "initial" } },
        { cause: randomUUID(), at: instant(at) },
      ),
    );

  test("stock below zero and stock that nothing moved for half a year are found in their stores", async () => {
    await offer(whole(CUP, "4006381333948"), whole(POT, "4006381333955"));
    const now = server.clock.now();
    await level(BERLIN, TEA, -2, now);
    await level(HAMBURG, TEA, -1, now);
    await level(BERLIN, CUP, 5, now - 181 * DAY_MS);
    await level(BERLIN, POT, 5, now - 179 * DAY_MS);
    await level(HAMBURG, CUP, 0, now - 400 * DAY_MS);
    const negative = await rows("negativeStock");
    expect(negative.rows.map(({ store, facts }) => [store, facts.onHand])).toEqual([
      ["BER1", -2],
      ["HAM1", -1],
    ]);
    expect(negative.rows[0]?.fix).toEqual({
      page: "stock",
      ask: { store: "BER1", search: "SKU-tea", level: "BER1 tea" },
    });
    expect((await rows("staleStock")).rows).toMatchObject([
      { store: "BER1", label: "A cup · SKU-cup", at: now - 181 * DAY_MS },
    ]);
    expect((await rows("negativeStock", { store: HAMBURG.store })).total).toBe(1);
  });
});

describe("manual work-arounds", () => {
  function overridden(ticket: Ticket): Ticket {
    const lines = ticket.lines.map(
      (line): TicketLine =>
        line.kind === "sale"
          ? { ...line, override: { listPrice: money(400, EUR), reason: "Damaged box" } }
          : line,
    );
    return { ...ticket, lines };
  }

  function withoutReceipt(ticket: Ticket): Ticket {
    const lines = ticket.lines.map(
      (line): TicketLine => (line.kind === "return" ? { ...line, of: null } : line),
    );
    return { ...ticket, lines };
  }

  test("typed prices, goods taken back without a receipt, drawers opened without a sale and approvals are counted by store and per 1,000 tickets", async () => {
    await server.stockUp([TEA], 100);
    const { till, record } = await server.pair();
    till.begin();
    till.sell([{ variant: TEA, quantity: 1 }]);
    till.write({
      type: "ticket.completed",
      ticket: overridden(till.ticket([{ variant: TEA, quantity: 1 }])),
    });
    const sold = till.ticket([{ variant: TEA, quantity: 2 }]);
    till.write({ type: "ticket.completed", ticket: sold });
    till.write({ type: "ticket.completed", ticket: ticketBack(till, sold, 1) });
    till.write({ type: "ticket.completed", ticket: withoutReceipt(ticketBack(till, sold, 1)) });
    till.write({ type: "drawer.opened", shift: null, reason: "Change", approvedBy: null });
    till.write({
      type: "action.approved",
      permission: "discount.line",
      approvedBy: JOHANNA,
      what: "20 % off",
    });
    const taken = await server.deps.ingestion.ingest(await record(), till.entries);
    expect(taken).toMatchObject({ ok: true });

    expect((await rows("priceOverrides")).rows).toMatchObject([
      { store: "BER1", facts: { reason: "Damaged box", from: 400, to: 350, currency: "EUR" } },
    ]);
    expect((await rows("noReceiptReturns")).total).toBe(1);
    expect((await rows("drawerOpenings")).rows).toMatchObject([{ facts: { what: "Change", by: null } }]);
    expect((await rows("approvals")).rows).toMatchObject([
      { facts: { permission: "discount.line", what: "20 % off", by: "johanna" } },
    ]);
    expect(await counted()).toMatchObject({
      priceOverrides: 1,
      noReceiptReturns: 1,
      drawerOpenings: 1,
      approvals: 1,
    });
    const { stores, check } = await rows("drawerOpenings");
    expect(stores).toMatchObject([{ store: "BER1", count: 1, tickets: 5, perThousandTickets: 200 }]);
    expect(check.perThousandTickets).toBe(200);
    server.clock.advance(29 * DAY_MS);
    expect(await counted()).toMatchObject({
      priceOverrides: 0,
      noReceiptReturns: 0,
      drawerOpenings: 0,
      approvals: 0,
    });
  });
});

describe("tills", () => {
  test("tills that nobody heard of for a day, whose clock is wrong or whose program is old are found, and those that were revoked are not", async () => {
    const { record } = await server.pair();
    const second = await server.pair();
    const gone = await server.pair(HAMBURG);
    const heard = async (of: typeof second, offset: number, version: string) => {
      server.deps.contacts.heard(of.till.device, instant(server.clock.now() + offset), version);
      await server.deps.contacts.flush();
    };
    await heard(second, -180_000, "0.9.0");
    await heard(gone, 0, "0.1.0");
    await server.storage.write((tx) => tx.revokeDevice(gone.till.device, server.clock.now()));
    server.deps.contacts.heard((await record()).id, server.clock.now(), "0.10.0");
    await server.deps.contacts.flush();
    expect((await rows("oldPrograms")).rows.map(({ facts }) => facts)).toEqual([
      { version: "0.9.0", newest: "0.10.0" },
    ]);
    expect((await rows("wrongClocks")).rows.map(({ facts }) => facts)).toEqual([{ seconds: -180 }]);
    expect((await rows("silentTills")).total).toBe(0);
    server.clock.advance(DAY_MS + 1);
    await heard(second, 0, "0.9.0");
    expect((await rows("silentTills")).rows).toMatchObject([
      { store: "BER1", fix: { page: "tills", ask: { state: "silent", store: "BER1" } } },
    ]);
  });
});

describe("counts, owners and stores", () => {
  beforeEach(async () => {
    await offer(product(CUP));
    for (const { store } of [BERLIN, HAMBURG])
      await server.storage.write((tx) =>
        tx.addMovement(
          { store, variant: TEA, quantity: -1, reason: { kind: "initial" } },
          { cause: "initial", at: server.clock.now() },
        ),
      );
  });

  test("the newest count of each day is kept for the trend, and what is set right is gone from the next", async () => {
    expect(await counted()).toMatchObject({ noPicture: 1, negativeStock: 2 });
    server.clock.advance(DAY_MS);
    expect(await counted()).toMatchObject({ noPicture: 1 });
    await offer(whole(CUP, "4006381333948"));
    expect(await counted()).toMatchObject({ noPicture: 0, noGtin: 0 });
    const { checks } = await desk().checks(HQ);
    const picture = checks.find(({ check }) => check === "noPicture");
    expect(picture?.trend).toEqual([
      { day: "2027-01-15", count: 1 },
      { day: "2027-01-16", count: 0 },
    ]);
    expect(picture?.since).toBeNull();
    server.clock.advance(91 * DAY_MS);
    await desk().count();
    const later = (await desk().checks(HQ)).checks.find(({ check }) => check === "noPicture");
    expect(later?.trend.map(({ count }) => count)).toEqual([0]);
  });

  test("a store's manager is told of the own stores alone, and of nothing that is of the whole chain", async () => {
    const counts = await counted(MANAGER);
    expect(counts.negativeStock).toBe(1);
    expect(Object.keys(counts)).not.toContain("noPicture");
    const { rows: found, stores, total } = await rows("negativeStock", {}, MANAGER);
    expect([found.map(({ store }) => store), stores.map(({ store }) => store), total]).toEqual([
      ["HAM1"],
      ["HAM1"],
      1,
    ]);
    expect(
      await desk().rows(MANAGER, { check: "noPicture", store: null, channel: null, offset: 0, limit: 5 }),
    ).toEqual({
      ok: false,
      reason: "notFound",
    });
  });

  test("somebody takes a check on in one store, which is seen there and by who has all stores in the list of stores", async () => {
    await desk().count();
    const give = {
      check: "negativeStock",
      to: { id: "u1", name: "Ada" },
      due: null,
      note: "",
      by: "Ada",
    } as const;
    await desk().give({ ...give, store: HAMBURG.store });
    const owner = async (viewer: AuditViewer) =>
      (await desk().checks(viewer)).checks.find(({ check }) => check === "negativeStock")?.owner ?? null;
    expect(await owner(MANAGER)).toMatchObject({ name: "Ada", due: "2027-01-22", isOverdue: false });
    expect(await owner(HQ)).toBeNull();
    expect(await owner({ ...MANAGER, stores: [BERLIN.store] })).toBeNull();
    const { stores } = await rows("negativeStock");
    expect(stores.map(({ store, owner: of }) => [store, of?.name])).toEqual([
      ["BER1", undefined],
      ["HAM1", "Ada"],
    ]);
    server.clock.advance(8 * DAY_MS);
    expect(await owner(MANAGER)).toMatchObject({ isOverdue: true });
    await desk().give({ ...give, store: HAMBURG.store, to: null });
    expect(await owner(MANAGER)).toBeNull();
    expect(await desk().give({ ...give, store: null, due: idOf<"BusinessDay">("2027-01-01") })).toEqual({
      ok: false,
      reason: "over",
    });
  });

  test("what is asked for before anything was counted is counted first; rows come in pages", async () => {
    const { checks } = await desk().checks(HQ);
    expect(checks.find(({ check }) => check === "negativeStock")?.count).toBe(2);
    const first = await rows("negativeStock", { limit: 1 });
    const second = await rows("negativeStock", { limit: 1, offset: 1 });
    expect([...first.rows, ...second.rows].map(({ store }) => store)).toEqual(["BER1", "HAM1"]);
    expect([first.total, second.total]).toEqual([2, 2]);
  });
});
