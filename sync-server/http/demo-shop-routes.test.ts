import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { NO_DETAILS } from "#domain/product/catalogue-product.ts";
import { creditBalance } from "#domain/value/credit.ts";
import { promotionSchema } from "#protocol/documents/promotion.ts";
import { imageHashSchema, moneySchema } from "#protocol/scalars.ts";
import { shareBasketAnswerSchema, sharedBasketSchema } from "#protocol/shop/basket.ts";
import { shopOrderRequestSchema, shopOrderSchema } from "#protocol/shop/order.ts";
import { quoteSchema } from "#protocol/shop/quote.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { EUR, price, product, TEA } from "../testing/shop.ts";
import { buildServer } from "./server.ts";

const placedSchema = z.strictObject({
  order: shopOrderSchema,
  qrSvg: z.string().nullable(),
  paidWithCode: moneySchema.exactOptional(),
});

let parts: ServerForTests;
let app: FastifyInstance;
let address: string;
beforeEach(async () => {
  parts = await ServerForTests.open();
  await parts.stockUp([TEA], 5);
  app = await buildServer(parts.deps, { logger: null, consoleRoot: null, demoShop: true });
  address = await app.listen({ host: "127.0.0.1", port: 0 });
});
afterEach(async () => {
  await app.close();
  await parts.close();
});

function ask(path: string, body?: unknown): Promise<Response> {
  return fetch(`${address}/demo-shop/${path}`, {
    ...(body === undefined
      ? {}
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
}

function checkout(changes: Record<string, unknown> = {}) {
  return {
    attempt: randomUUID(),
    lines: [{ sku: "SKU-tea", quantity: 2 }],
    customer: { name: "Anna Ahrens", email: "anna@example.com", phone: null },
    delivery: { kind: "pickup", store: "BER1", pay: "now" },
    ...changes,
  };
}

async function placed(body: unknown): Promise<z.output<typeof placedSchema>> {
  return placedSchema.parse(await (await ask("api/orders", body)).json());
}

describe("the page", () => {
  test("is served with everything it names, by a policy that lets nothing else run", async () => {
    const page = await ask("");
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self'");
    const html = await page.text();
    expect(html).toMatch(/demo shop/i);
    expect(html).not.toMatch(/<style|style=|onclick|<script(?![^>]*src)/);
    for (const [, path] of html.matchAll(/(?:src|href)="(\/demo-shop\/[^"]+)"/g))
      expect((await fetch(`${address}${path}`)).status).toBe(200);
  });

  test("is not there on a server that is no demo", async () => {
    const other = await buildServer(parts.deps, { logger: null, consoleRoot: null });
    for (const path of ["/demo-shop/", "/demo-shop/api/products"])
      expect((await other.inject(path)).statusCode).toBe(404);
    await other.close();
  });

  test("shows what is on sale at today's price", async () => {
    const { products, total } = (await (await ask("api/products?search=tea")).json()) as {
      products: unknown[];
      total: number;
    };
    expect(total).toBe(1);
    expect(products).toMatchObject([
      { title: "A tea", variants: [{ sku: "SKU-tea", price: { amount: money(350, EUR) } }] },
    ]);
    expect((await ask("api/products/tea")).status).toBe(200);
    expect((await ask("api/products/moon")).status).toBe(404);
  });

  test("follows what HQ changes for its channel: texts, prices and what it sells no more", async () => {
    const found = async (search: string) => {
      const answer = await ask(`api/products?search=${search}`);
      return z.object({ products: z.array(z.unknown()) }).parse(await answer.json()).products;
    };
    expect(await found("tea")).toHaveLength(1);
    expect(await found("sencha")).toEqual([]);
    const say = (texts: object) =>
      parts.deps.publisher.publish(({ tx }) =>
        tx.putProductDetails(idOf<"Product">("product-tea"), {
          ...NO_DETAILS,
          channels: {
            [idOf<"Channel">("demo-shop")]: { status: null, title: null, description: null, ...texts },
          },
        }),
      );
    await say({ title: "Sencha", description: "Cut in spring" });
    await parts.deps.publisher.publish((publication) =>
      publication.putPrice(price(TEA, { amount: money(399, EUR) })),
    );
    expect(await found("sencha")).toMatchObject([
      {
        title: "Sencha",
        description: "Cut in spring",
        variants: [{ price: { amount: money(399, EUR) }, available: { collecting: 5 } }],
      },
    ]);
    await say({ status: "archived" });
    expect(await found("sencha")).toEqual([]);
    expect((await ask("api/products/tea")).status).toBe(404);
  });

  test("shows the pictures of what it sells, and no others that the server keeps", async () => {
    const image = imageHashSchema.parse("a".repeat(64));
    const other = imageHashSchema.parse("b".repeat(64));
    await parts.deps.publisher.publish(async (publication) => {
      for (const hash of [image, other])
        await publication.tx.putPicture(hash, { mime: "image/webp", bytes: new Uint8Array([1]) });
      await publication.putProduct(product(TEA, { image }));
    });
    expect((await ask(`products/product-tea/pictures/${image}`)).status).toBe(200);
    expect((await ask(`products/product-tea/pictures/${other}`)).status).toBe(404);
  });
});

describe("checking out", () => {
  test("an order to collect gets a number, a code and its picture, and can be followed", async () => {
    const { order, qrSvg } = await placed(checkout());
    expect(order).toMatchObject({
      channel: "demo-shop",
      number: expect.stringMatching(/^WEB-/),
      payment: { state: "paid", total: money(700, EUR) },
      fulfilments: [{ store: "BER1", kind: "pickup" }],
    });
    expect(order.pickupQr).toBe(`OTP:${order.number}:${order.pickupCode}`);
    expect(qrSvg).toMatch(/^<svg/);
    const followed = shopOrderSchema.parse(await (await ask(`api/orders/${order.id}`)).json());
    expect(followed).toMatchObject({ status: "inProgress", pickupCode: null });
  });

  test("pay in store leaves all of it to be paid there", async () => {
    const { order } = await placed(checkout({ delivery: { kind: "pickup", store: "BER1", pay: "inStore" } }));
    expect(order.payment).toMatchObject({ state: "toPayAtPickup", paid: money(0, EUR) });
  });

  test("an order to ship costs shipping and has no code to collect it with", async () => {
    const address = { street: "Beispielallee 3", postcode: "10115", city: "Berlin", country: "DE" };
    const { order, qrSvg } = await placed(checkout({ delivery: { kind: "ship", address } }));
    expect(order.payment.total).toEqual(money(1_190, EUR));
    expect([order.pickupCode, qrSvg]).toEqual([null, null]);
    expect(order.fulfilments).toMatchObject([{ kind: "ship" }]);
  });

  test("the basket is shown and ordered at its quote: each promotion by its name, a coupon that is used up with the order", async () => {
    const promotion = (id: string, changes: object) =>
      parts.deps.publisher.publish((publication) =>
        publication.putPromotion(
          promotionSchema.parse({
            id,
            name: id,
            validFrom: 0,
            validUntil: null,
            priority: 0,
            rule: { kind: "piecesFor", goods: { kind: "all" }, size: 2, pays: 1 },
            ...changes,
          }),
        ),
      );
    await promotion("two-for-one", { when: { coupon: { kind: "word", word: "TWO" } } });
    const { lines } = checkout();
    const quote = quoteSchema.parse(await (await ask("api/quote", { lines, coupons: ["two"] })).json());
    expect(quote.promotions).toEqual([{ id: "two-for-one", name: "two-for-one", amount: money(350, EUR) }]);
    expect(quote.totals.total).toEqual(money(350, EUR));
    const outdated = checkout({ coupons: ["two"], total: money(349, EUR) });
    expect((await ask("api/orders", outdated)).status).toBe(409);
    const { order } = await placed(checkout({ coupons: ["two"], total: money(350, EUR) }));
    expect(order.payment).toMatchObject({ total: money(350, EUR), paid: money(350, EUR) });
    const uses = await parts.storage.read((tx) => tx.couponUses("word:TWO"));
    expect(uses).toMatchObject([{ order: order.id, number: order.number }]);
    expect((await ask("api/quote", { lines: [{ sku: "SKU-moon", quantity: 1 }] })).status).toBe(400);
  });

  test("sending the form twice is one order", async () => {
    const form = checkout();
    const first = await placed(form);
    expect((await placed(form)).order.id).toBe(first.order.id);
  });

  test("what a browser says a thing costs is not even listened to, and what is not on sale is refused", async () => {
    const cheap = checkout({ lines: [{ sku: "SKU-tea", quantity: 1, unitPrice: money(1, EUR) }] });
    expect((await ask("api/orders", cheap)).status).toBe(400);
    const gone = checkout({ lines: [{ sku: "SKU-moon", quantity: 1 }] });
    expect((await ask("api/orders", gone)).status).toBe(409);
  });

  test("the customer cancels; an order of another shop is not to be found here", async () => {
    const { order } = await placed(checkout());
    const cancelled = await ask(`api/orders/${order.id}/cancel`, {});
    expect(shopOrderSchema.parse(await cancelled.json())).toMatchObject({ status: "cancelled" });
    const other = await parts.deps.orders.place(
      shopOrderRequestSchema.parse({
        channel: "web",
        id: "1042",
        currency: "EUR",
        customer: { name: "Ben Fuchs" },
        lines: [{ sku: "SKU-tea", quantity: 1, unitPrice: money(350, EUR) }],
        payment: { kind: "paid" },
        delivery: { kind: "pickup", store: "BER1" },
      }),
    );
    if (!other.ok) throw new Error(other.reason);
    expect((await ask(`api/orders/${other.value.order.id}`)).status).toBe(404);
    expect((await ask(`api/orders/${other.value.order.id}/cancel`, {})).status).toBe(404);
  });
});

test("a basket is finished in a store by its code, and the link of a till's leads here", async () => {
  const body = { lines: [{ sku: "SKU-tea", quantity: 2 }] };
  const shared = z
    .strictObject({ basket: shareBasketAnswerSchema, qrSvg: z.string() })
    .parse(await (await ask("api/baskets", body)).json());
  expect(shared.basket.link).toBe(`${address}/demo-shop/?basket=${shared.basket.code}`);
  const opened = await ask(`api/baskets/${shared.basket.code}`);
  expect(sharedBasketSchema.parse(await opened.json())).toMatchObject({ lines: [{ quantity: 2 }] });
});

describe("paying with a gift card", () => {
  async function card(minor: number): Promise<string> {
    const amount = money(minor, EUR);
    const sold = await parts.deps.shopDesk.sell({
      channel: idOf<"Channel">("web"),
      key: "k",
      order: "o",
      amount,
    });
    if (!sold.ok) throw new Error(sold.reason);
    return sold.value.code;
  }
  const left = async (code: string) => {
    const sums = await parts.deps.credits.find(code);
    return sums === null ? null : creditBalance(sums);
  };

  test("takes what the order costs, once however often the form is sent, and gives it back when it is cancelled", async () => {
    const code = await card(1_000);
    const form = checkout({ code: code.toLowerCase() });
    const { order, paidWithCode } = await placed(form);
    expect(paidWithCode).toEqual(money(700, EUR));
    expect(await placed(form)).toMatchObject({ paidWithCode: money(700, EUR) });
    expect(await left(code)).toEqual(money(300, EUR));
    await ask(`api/orders/${order.id}/cancel`, {});
    expect(await left(code)).toEqual(money(1_000, EUR));
  });

  test("takes all that is there where the order costs more, and nothing where it is paid in the store", async () => {
    const code = await card(500);
    const inStore = { kind: "pickup", store: "BER1", pay: "inStore" };
    expect(await placed(checkout({ code, delivery: inStore }))).not.toHaveProperty("paidWithCode");
    expect(await placed(checkout({ code }))).toMatchObject({ paidWithCode: money(500, EUR) });
    expect((await ask("api/orders", checkout({ code }))).status).toBe(409);
    expect((await ask("api/orders", checkout({ code: "CARD-0000" }))).status).toBe(409);
  });
});
