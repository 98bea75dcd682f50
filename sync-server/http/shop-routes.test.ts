import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { makeKeyAnswerSchema } from "#protocol/hq/keys.ts";
import { SHARED_BASKET_TTL_MS, shareBasketAnswerSchema, sharedBasketSchema } from "#protocol/shop/basket.ts";
import { availabilityAnswerSchema, shopOrderSchema } from "#protocol/shop/order.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { type Asked, HttpForTests, refusalOf } from "../http-for-tests.ts";
import { EUR, TEA } from "../testing/shop.ts";

let http: HttpForTests;
let key: string;
beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.stockUp([TEA], 5);
  const made = await http.hq("/hq/v1/keys", { method: "POST", body: { scope: "shop", name: "Web shop" } });
  key = makeKeyAnswerSchema.parse(await made.json()).key;
});
afterEach(() => http.close());

const shop = (path: string, asked: Asked = {}) => http.ask(path, { token: key, ...asked });
const post = (path: string, body: unknown) => shop(path, { method: "POST", body });

function wanted(changes: Record<string, unknown> = {}) {
  return {
    channel: "web",
    id: "1042",
    number: "T-1042",
    currency: "EUR",
    customer: { name: "Anna Ahrens" },
    lines: [{ sku: "SKU-tea", quantity: 2, unitPrice: money(350, EUR) }],
    payment: { kind: "paid" },
    delivery: { kind: "pickup", store: "BER1" },
    ...changes,
  };
}

async function availableInBerlin(): Promise<number> {
  const answer = await shop("/shop/v1/availability?sku=SKU-tea&store=BER1");
  const { items } = availabilityAnswerSchema.parse(await answer.json());
  return items[0]!.stores[0]!.available;
}

describe("placing an order", () => {
  test("a click & collect order is taken, its code told once, and its goods are promised to nobody else", async () => {
    expect(await availableInBerlin()).toBe(5);
    const answer = await post("/shop/v1/orders", wanted());
    expect(answer.status).toBe(201);
    const order = shopOrderSchema.parse(await answer.json());
    expect(order).toMatchObject({
      channel: "web",
      externalId: "1042",
      number: "T-1042",
      status: "inProgress",
      payment: { state: "paid", total: money(700, EUR), paid: money(700, EUR) },
      remarks: [],
    });
    expect(order.pickupCode).toHaveLength(6);
    expect(order.pickupQr).toBe(`OTP:T-1042:${order.pickupCode}`);
    expect(order.fulfilments).toMatchObject([
      {
        kind: "pickup",
        store: "BER1",
        storeName: "Berlin Mitte",
        state: "allocated",
        lines: [{ sku: "SKU-tea", name: "A tea", quantity: 2, handed: 0, missing: 0 }],
      },
    ]);
    expect(await availableInBerlin()).toBe(3);
  });

  test("a shop that asks again, even with another body, has placed one order, and the code is not told twice", async () => {
    const first = shopOrderSchema.parse(await (await post("/shop/v1/orders", wanted())).json());
    const lines = [{ sku: "SKU-tea", quantity: 5, unitPrice: money(1, EUR) }];
    const again = await post("/shop/v1/orders", wanted({ lines }));
    expect(again.status).toBe(200);
    expect(shopOrderSchema.parse(await again.json())).toEqual({
      ...first,
      pickupCode: null,
      pickupQr: null,
      remarks: expect.any(Array),
    });
    expect(await availableInBerlin()).toBe(3);
  });

  test("ten times at once is one order too", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => post("/shop/v1/orders", wanted())));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const orders = await Promise.all(answers.map(async (each) => shopOrderSchema.parse(await each.json())));
    expect(new Set(orders.map(({ id }) => id)).size).toBe(1);
    expect(await availableInBerlin()).toBe(3);
  });

  test("what cannot be an order is refused with words that help whoever builds the shop", async () => {
    const cases = [
      [wanted({ delivery: { kind: "pickup", store: "XYZ9" } }), /no store with this code/],
      [
        wanted({ payment: { kind: "atPickup" }, delivery: { kind: "ship", address: null } }),
        /atPickup.*pickup only/,
      ],
      [
        wanted({ lines: [{ sku: "SKU-tea", quantity: 1, unitPrice: { minor: 1, currency: "USD" } }] }),
        /currency/,
      ],
      [
        wanted({ lines: [{ sku: "SKU-tea", quantity: 2, unitPrice: money(Number.MAX_SAFE_INTEGER, EUR) }] }),
        /counted exactly/,
      ],
      [wanted({ lines: [] }), /lines/],
      [wanted({ colour: "red" }), /colour/],
    ] as const;
    for (const [body, words] of cases) {
      const answer = await post("/shop/v1/orders", body);
      expect(answer.status).toBe(400);
      const refusal = errorBodySchema.parse(await answer.json());
      expect(refusal.details?.join(" ")).toMatch(words);
    }
    expect(await availableInBerlin()).toBe(5);
  });
});

describe("following and cancelling an order", () => {
  test("an order is found by our id and by the shop's own, slashes and colons in it or not", async () => {
    const id = "gid://shop/Order/7:b";
    const placed = await post("/shop/v1/orders", wanted({ id }));
    const order = shopOrderSchema.parse(await placed.json());
    for (const name of [order.id, `web:${id}`]) {
      const found = await shop(`/shop/v1/orders/${encodeURIComponent(name)}`);
      expect(shopOrderSchema.parse(await found.json())).toMatchObject({ id: order.id, pickupCode: null });
    }
    const other = await post("/shop/v1/orders", wanted({ channel: "web:de", id: "7" }));
    const ofOther = shopOrderSchema.parse(await other.json());
    const found = await shop("/shop/v1/orders/web:de:7");
    expect(shopOrderSchema.parse(await found.json())).toMatchObject({ id: ofOther.id, channel: "web:de" });
    for (const name of ["0198b7c0-0000-7000-8000-000000000000", "web:7", "other:1042"])
      expect(await refusalOf(await shop(`/shop/v1/orders/${name}`))).toEqual({
        status: 404,
        reason: "notFound",
      });
  });

  test("a cancelled order gives its goods back to whoever wants them, its money too, and is cancelled once", async () => {
    await post("/shop/v1/orders", wanted());
    const path = "/shop/v1/orders/web:1042/cancel";
    const answer = await post(path, { reason: "changed my mind" });
    expect(answer.status).toBe(200);
    expect(shopOrderSchema.parse(await answer.json())).toMatchObject({
      status: "cancelled",
      payment: { state: "refunded", refunded: money(700, EUR) },
      fulfilments: [{ state: "cancelled" }],
    });
    expect(await availableInBerlin()).toBe(5);
    expect(await refusalOf(await post(path, { reason: "again" }))).toEqual({
      status: 409,
      reason: "conflict",
    });
    expect((await post(path, {})).status).toBe(400);
    expect((await post("/shop/v1/orders/web:0/cancel", { reason: "x" })).status).toBe(404);
  });
});

test("what is unknown to the catalogue is named, and so is a store that is not there", async () => {
  const answer = await shop("/shop/v1/availability?sku=SKU-tea&sku=SKU-moon");
  const { items, unknown } = availabilityAnswerSchema.parse(await answer.json());
  expect(items.map(({ sku, stores }) => [sku, stores.map(({ store }) => store)])).toEqual([
    ["SKU-tea", ["BER1", "HAM1"]],
  ]);
  expect(unknown).toEqual(["SKU-moon"]);
  expect((await shop("/shop/v1/availability?sku=SKU-tea&store=XYZ9")).status).toBe(404);
  expect((await shop("/shop/v1/availability")).status).toBe(400);
});

describe("who may ask", () => {
  const CALLS = [
    ["POST", "/shop/v1/orders"],
    ["GET", "/shop/v1/orders/web:1042"],
    ["POST", "/shop/v1/orders/web:1042/cancel"],
    ["GET", "/shop/v1/availability?sku=SKU-tea"],
    ["POST", "/shop/v1/baskets"],
    ["GET", "/shop/v1/baskets/AAAAAAAA"],
  ] as const;

  test("nobody without a key, and no till", async () => {
    const { token } = await http.pair();
    for (const [method, path] of CALLS)
      for (const wrong of [null, token, "shop_a-key-that-nobody-was-given-000000"]) {
        const answer = await http.ask(path, {
          method,
          token: wrong,
          ...(method === "POST" ? { body: {} } : {}),
        });
        expect(await refusalOf(answer)).toEqual({ status: 401, reason: "unauthorised" });
      }
  });

  test("a shop's key opens nothing of HQ, HQ's key opens the shops' calls too", async () => {
    for (const path of ["stores", "orders", "exceptions", "tickets", "webhooks"])
      expect(await refusalOf(await shop(`/hq/v1/${path}`))).toEqual({ status: 403, reason: "forbidden" });
    const made = await shop("/hq/v1/keys", { method: "POST", body: { scope: "hq", name: "more" } });
    expect(await refusalOf(made)).toEqual({ status: 403, reason: "forbidden" });
    expect((await http.hq("/shop/v1/availability?sku=SKU-tea")).status).toBe(200);
  });
});

describe("a key bound to a channel", () => {
  async function keyOf(...channels: string[]): Promise<string> {
    const body = { scope: "shop", name: channels.join(), channels };
    const made = await http.hq("/hq/v1/keys", { method: "POST", body });
    return makeKeyAnswerSchema.parse(await made.json()).key;
  }
  const as = (token: string, path: string, body?: unknown) =>
    http.ask(path, { token, ...(body === undefined ? {} : { method: "POST", body }) });

  test("places and follows the orders of its channel, and of several where it names several", async () => {
    const bound = await keyOf("web", "app");
    for (const channel of ["web", "app"]) {
      expect((await as(bound, "/shop/v1/orders", wanted({ channel }))).status).toBe(201);
      expect((await as(bound, `/shop/v1/orders/${channel}:1042`)).status).toBe(200);
    }
  });

  test("knows nothing of another channel's orders: neither by their id nor by the shop's, nor can it cancel them", async () => {
    const { id } = shopOrderSchema.parse(await (await post("/shop/v1/orders", wanted())).json());
    const other = await keyOf("market");
    for (const name of [id, "web:1042"]) {
      const missing = { status: 404, reason: "notFound" };
      expect(await refusalOf(await as(other, `/shop/v1/orders/${name}`))).toEqual(missing);
      const cancelled = await as(other, `/shop/v1/orders/${name}/cancel`, { reason: "Not mine" });
      expect(await refusalOf(cancelled)).toEqual(missing);
    }
    expect(shopOrderSchema.parse(await (await shop(`/shop/v1/orders/${id}`)).json()).status).toBe(
      "inProgress",
    );
  });

  test("is refused when it places for another channel, and nothing is promised to anybody", async () => {
    const refusal = await as(await keyOf("market"), "/shop/v1/orders", wanted());
    expect(await refusalOf(refusal)).toEqual({ status: 403, reason: "forbidden" });
    expect(await availableInBerlin()).toBe(5);
  });

  test("is never HQ's own", async () => {
    const body = { scope: "hq", name: "Office", channels: ["web"] };
    expect((await http.hq("/hq/v1/keys", { method: "POST", body })).status).toBe(400);
  });
});

describe("a basket goes from side to side", () => {
  const lines = [{ sku: idOf<"Sku">("SKU-tea"), quantity: 2 }];

  test("begun online, it is finished at a till by its code, at the store's own price", async () => {
    const answer = await post("/shop/v1/baskets", { lines });
    expect(answer.status).toBe(201);
    const shared = shareBasketAnswerSchema.parse(await answer.json());
    expect(shared).toMatchObject({ qr: `OTB:${shared.code}`, link: null });
    const { token } = await http.pair();
    const typed = shared.code.toLowerCase().replace(/^(.{4})/, "$1-");
    const opened = await http.ask(`/sync/v1/baskets/${typed}`, { token });
    expect(sharedBasketSchema.parse(await opened.json())).toMatchObject({
      code: shared.code,
      from: "shop",
      lines: [{ sku: "SKU-tea", variant: TEA, name: "A tea", quantity: 2, price: money(350, EUR) }],
    });
  });

  test("begun at a till, it is finished online; what the catalogue does not know comes along without a price", async () => {
    const { token } = await http.pair();
    const body = { lines: [...lines, { sku: "SKU-moon", quantity: 1 }] };
    const answer = await http.ask("/sync/v1/baskets", { method: "POST", token, body });
    const { code } = shareBasketAnswerSchema.parse(await answer.json());
    const opened = sharedBasketSchema.parse(await (await shop(`/shop/v1/baskets/${code}`)).json());
    expect(opened).toMatchObject({ from: "till", lines: [{}, { variant: null, price: null }] });
  });

  test("a code that nobody was given is unknown, one that is too old has expired", async () => {
    const { code } = shareBasketAnswerSchema.parse(await (await post("/shop/v1/baskets", { lines })).json());
    http.parts.clock.advance(SHARED_BASKET_TTL_MS);
    expect(await refusalOf(await shop(`/shop/v1/baskets/${code}`))).toEqual({
      status: 410,
      reason: "codeExpired",
    });
    expect(await refusalOf(await shop("/shop/v1/baskets/AAAAAAAA"))).toEqual({
      status: 404,
      reason: "codeUnknown",
    });
  });

  test("a till asks what other stores have with its own token", async () => {
    const { token } = await http.pair();
    const answer = await http.ask("/sync/v1/availability?sku=SKU-tea", { token });
    const { items } = availabilityAnswerSchema.parse(await answer.json());
    expect(items[0]?.stores.map(({ store, available }) => [store, available])).toEqual([
      ["BER1", 5],
      ["HAM1", 0],
    ]);
    expect((await http.ask("/sync/v1/availability?sku=SKU-tea")).status).toBe(401);
  });
});
