import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import type { Delivery } from "../events/serving.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { connectShop, testDriver } from "../testing/connectors.ts";
import { OrderBench, partOf, picked } from "../testing/orders.ts";
import { BERLIN, CUP, HAMBURG, POT, product, TEA } from "../testing/shop.ts";
import { fetchHttp } from "./http.ts";
import type { Connector } from "./port.ts";
import { createSender } from "./sender.ts";
import { createShopApis } from "./shop-apis.ts";
import { createStockSender, MAX_LEVELS_PER_CALL, type StockSender } from "./stock.ts";

const HOUR_MS = 3_600_000;

let server: ServerForTests;
let bench: OrderBench;
let platform: Server;
let told: { readonly path: string; readonly key: string; readonly body: unknown }[];
let answer: (reply: ServerResponse, body: string) => void;
let shop: Connector;
let sender: Delivery;
let stock: StockSender;

const fine = (reply: ServerResponse): void => void reply.writeHead(200).end("{}");

beforeEach(async () => {
  server = await ServerForTests.open();
  bench = new OrderBench(server.deps);
  told = [];
  answer = fine;
  platform = createServer(async (request, reply) => {
    const body = await text(request);
    const path = request.url ?? "";
    told.push({ path, key: request.headers.authorization ?? "", body: JSON.parse(body) });
    answer(reply, body);
  });
  platform.listen(0, "127.0.0.1");
  await once(platform, "listening");
  const apiUrl = `http://127.0.0.1:${(platform.address() as AddressInfo).port}`;
  shop = await connectShop(server.storage, { apiUrl });
  const { storage, clock } = server;
  const http = fetchHttp({ timeoutMs: 300, maxBytes: 10_000 });
  const apis = createShopApis({ drivers: { shopify: testDriver }, http, now: clock.now });
  const parts = { storage, apis, now: clock.now, chance: () => 0 };
  sender = createSender(parts);
  stock = createStockSender(parts);
});
afterEach(async () => {
  platform.closeAllConnections();
  platform.close();
  await server.close();
});

const bodies = () => told.map(({ body }) => body);
const counts = () => server.storage.read((tx) => tx.deliveryCounts(shop.id));
const dead = () => server.storage.read((tx) => tx.deadDeliveries({ to: "connectors", limit: 9 }));

describe("news of an order", () => {
  beforeEach(() => bench.stock(BERLIN, TEA, 5));

  test("goes to the shop it came from, as the order is now, with the shop's key", async () => {
    const { order } = await bench.place();
    await bench.place({ channel: "other", id: "1" });
    await bench.push(await server.pair(BERLIN), picked(partOf(order)));
    await sender.deliver();
    await sender.deliver();
    const news = (type: string) => ({ id: expect.any(String), type, order: "1042", states: ["ready"] });
    expect(bodies()).toEqual([news("order.placed"), news("order.accepted"), news("order.ready")]);
    expect(new Set(told.map(({ key }) => key))).toEqual(new Set(["Bearer token-of-the-shop"]));
    expect(await counts()).toEqual({ waiting: 0, dead: 0 });
  });

  test("is tried again under the same id until the shop takes it", async () => {
    await bench.place();
    answer = (reply) => reply.writeHead(500).end();
    await sender.deliver();
    answer = fine;
    await sender.deliver();
    expect(told).toHaveLength(1);
    server.clock.advance(5_000);
    await sender.deliver();
    expect(bodies()[1]).toEqual(bodies()[0]);
    expect(await counts()).toEqual({ waiting: 0, dead: 0 });
  });

  test("waits as long as the shop asks, if that is longer", async () => {
    await bench.place();
    answer = (reply) => reply.writeHead(429, { "retry-after": "120" }).end();
    await sender.deliver();
    server.clock.advance(119_000);
    await sender.deliver();
    expect(told).toHaveLength(1);
    server.clock.advance(1_000);
    await sender.deliver();
    expect(told).toHaveLength(2);
  });

  test("that the shop refuses is a dead letter at once, with its reason; others go ahead, and it can be sent again", async () => {
    const { order } = await bench.place();
    answer = (reply) => reply.writeHead(422).end("no such order");
    await sender.deliver();
    expect(await dead()).toMatchObject([{ failures: 1, nextTryAt: null, lastFailure: "no such order" }]);
    answer = fine;
    await bench.push(await server.pair(BERLIN), picked(partOf(order)));
    await sender.deliver();
    expect(told).toHaveLength(3);
    const at = server.clock.now();
    await server.storage.write((tx) =>
      tx.reviveDeliveries({ to: "connectors", endpoint: shop.id, event: null, at }),
    );
    await sender.deliver();
    expect(await counts()).toEqual({ waiting: 0, dead: 0 });
  });

  test("a shop that is silent, redirects, says too much or is away is tried again, and the redirect is not followed", async () => {
    await bench.place();
    const answers: readonly ((reply: ServerResponse) => void)[] = [
      () => undefined,
      (reply) => reply.writeHead(307, { location: `${shop.apiUrl}/elsewhere` }).end(),
      (reply) => reply.writeHead(200).end("x".repeat(10_001)),
    ];
    for (const each of answers) {
      answer = each;
      await sender.deliver();
      server.clock.advance(HOUR_MS);
    }
    expect(new Set(told.map(({ path }) => path))).toEqual(new Set(["/orders"]));
    expect(await counts()).toEqual({ waiting: 1, dead: 0 });
    platform.closeAllConnections();
    platform.close();
    await sender.deliver();
    const [waiting] = await server.storage.read((tx) =>
      tx.dueDeliveries({ endpoint: shop.id, at: farFuture(), limit: 1 }),
    );
    expect(waiting).toMatchObject({ failures: 4, lastFailure: "The shop could not be reached." });
  });
});

function farFuture() {
  server.clock.advance(100 * HOUR_MS);
  return server.clock.now();
}

describe("stock", () => {
  const state = async () => (await server.storage.read((tx) => tx.stockTold(shop.id)))[0];

  test("goes to the shop by location, as what can be promised, once and then as it changes", async () => {
    await bench.stock(BERLIN, TEA, 5);
    await bench.stock(HAMBURG, CUP, 9);
    await bench.place();
    await stock.tell();
    expect(bodies()).toEqual([[{ sku: "SKU-tea", location: "77", available: 3 }]]);
    await stock.tell();
    expect(told).toHaveLength(1);
    await bench.stock(BERLIN, POT, 1);
    await stock.tell();
    expect(bodies().slice(1)).toEqual([[{ sku: "SKU-pot", location: "77", available: 1 }]]);
  });

  test("the cursor moves only over what was told; a later try tells the level as it is then", async () => {
    await bench.stock(BERLIN, TEA, 5);
    answer = (reply) => reply.writeHead(500).end();
    await stock.tell();
    expect(await state()).toMatchObject({ cursor: 0, failures: 1, lastFailure: "status 500" });
    await stock.tell();
    expect(told).toHaveLength(1);
    await bench.place();
    answer = fine;
    server.clock.advance(5_000);
    await stock.tell();
    expect(bodies().at(-1)).toEqual([{ sku: "SKU-tea", location: "77", available: 3 }]);
    expect(await state()).toMatchObject({ failures: 0, nextTryAt: null, lastFailure: null });
    expect((await state())?.cursor).toBeGreaterThan(0);
  });

  test("all of it is told anew when the store keeps back more for itself", async () => {
    await bench.stock(BERLIN, TEA, 5);
    await stock.tell();
    await bench.policy(BERLIN, { safetyStock: 2 });
    await stock.tell();
    await stock.tell();
    expect(bodies()).toEqual([
      [{ sku: "SKU-tea", location: "77", available: 5 }],
      [{ sku: "SKU-tea", location: "77", available: 3 }],
    ]);
  });

  test("of a store that was closed for good nothing is left on offer", async () => {
    await bench.stock(BERLIN, TEA, 5);
    await stock.tell();
    await bench.close(BERLIN);
    await stock.tell();
    expect(bodies()).toEqual([
      [{ sku: "SKU-tea", location: "77", available: 5 }],
      [{ sku: "SKU-tea", location: "77", available: 0 }],
    ]);
  });

  test("many levels go in batches", async () => {
    const variants = Array.from({ length: MAX_LEVELS_PER_CALL + 5 }, (_, index) =>
      idOf<"Variant">(`v${index}`),
    );
    for (const variant of variants) await bench.stock(BERLIN, variant, 2);
    await stock.tell();
    expect(bodies().map((batch) => (Array.isArray(batch) ? batch.length : 0))).toEqual([50, 5]);
  });

  test("a level that the shop refuses is passed over and noted, and the others reach it", async () => {
    for (const variant of [TEA, CUP, POT]) await bench.stock(BERLIN, variant, 2);
    answer = (reply, body) => (body.includes("SKU-cup") ? reply.writeHead(422).end("unknown") : fine(reply));
    await stock.tell();
    expect(bodies().slice(1)).toMatchObject([
      [{ sku: "SKU-tea" }],
      [{ sku: "SKU-cup" }],
      [{ sku: "SKU-pot" }],
    ]);
    expect(await state()).toMatchObject({ failures: 0, lastFailure: "SKU-cup: unknown" });
    await stock.tell();
    expect(told).toHaveLength(4);
  });

  test("that the shop refuses whole is kept, noted and told once the shop takes any of it", async () => {
    for (const variant of [TEA, CUP, POT]) await bench.stock(BERLIN, variant, 2);
    answer = (reply) => reply.writeHead(422).end("no such API");
    await stock.tell();
    expect(await state()).toMatchObject({ cursor: 0, failures: 1, lastFailure: "SKU-tea: no such API" });
    const tries = told.length;
    await stock.tell();
    expect(told).toHaveLength(tries);
    answer = fine;
    told = [];
    server.clock.advance(5_000);
    await stock.tell();
    expect(bodies()).toMatchObject([[{ sku: "SKU-tea" }, { sku: "SKU-cup" }, { sku: "SKU-pot" }]]);
    expect(await state()).toMatchObject({ failures: 0, nextTryAt: null, lastFailure: null });
  });

  test("one level that the shop will never take holds up what changes after it for minutes at most", async () => {
    await bench.stock(BERLIN, CUP, 2);
    answer = (reply, body) => (body.includes("SKU-cup") ? reply.writeHead(422).end("unknown") : fine(reply));
    for (let tries = 0; tries < 30; tries += 1) {
      await stock.tell();
      server.clock.advance(HOUR_MS);
    }
    await stock.tell();
    expect(await state()).toMatchObject({ cursor: 0, failures: 31, lastFailure: "SKU-cup: unknown" });
    await bench.stock(BERLIN, TEA, 2);
    server.clock.advance(10 * 60_000);
    told = [];
    await stock.tell();
    expect(bodies().slice(1)).toMatchObject([[{ sku: "SKU-cup" }], [{ sku: "SKU-tea" }]]);
    expect(await state()).toMatchObject({ failures: 0, nextTryAt: null, lastFailure: "SKU-cup: unknown" });
    await stock.tell();
    expect(told).toHaveLength(3);
  });

  test("refused before the shop was busy is not passed over", async () => {
    for (const variant of [CUP, TEA]) await bench.stock(BERLIN, variant, 2);
    answer = (reply, body) =>
      body.includes("SKU-cup") ? reply.writeHead(422).end("no") : reply.writeHead(500).end();
    await stock.tell();
    expect(await state()).toMatchObject({ cursor: 0, failures: 1 });
  });

  test("is told from the beginning to another address, also when it was changed while the old one was told", async () => {
    await bench.stock(BERLIN, TEA, 5);
    let silent: ServerResponse | null = null;
    answer = (reply) => {
      silent = reply;
    };
    const telling = stock.tell();
    await expect.poll(() => silent).not.toBeNull();
    const apiUrl = `${shop.apiUrl}/moved`;
    await server.storage.write((tx) => tx.putConnector({ ...shop, apiUrl }));
    fine(silent!);
    await telling;
    expect(await state()).toBeUndefined();
    answer = fine;
    await stock.tell();
    expect(told.map(({ path }) => path)).toEqual(["/stock", "/moved/stock"]);
  });

  test("what was told one by one before the shop was busy is not told again", async () => {
    for (const variant of [TEA, CUP, POT]) await bench.stock(BERLIN, variant, 2);
    answer = (reply, body) => {
      if (body.includes("},{")) reply.writeHead(422).end("one at a time");
      else if (body.includes("SKU-cup")) reply.writeHead(429, { "retry-after": "60" }).end();
      else fine(reply);
    };
    await stock.tell();
    told = [];
    answer = fine;
    server.clock.advance(60_000);
    await stock.tell();
    expect(bodies()).toMatchObject([[{ sku: "SKU-cup" }, { sku: "SKU-pot" }]]);
  });

  test("an article that left the catalogue is passed over; a location of no store says nothing", async () => {
    await bench.stock(BERLIN, TEA, 5);
    const gone = { ...product(TEA), variants: [] };
    await server.deps.publisher.publish((publication) => publication.putProduct(gone));
    await stock.tell();
    await connectShop(server.storage, {
      id: "con-2",
      channel: idOf<"Channel">("b"),
      apiUrl: shop.apiUrl,
      locations: { "1": "GONE" },
    });
    await stock.tell();
    expect(told).toEqual([]);
  });
});
