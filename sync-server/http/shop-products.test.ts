import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ChannelId, idOf, instant, type VariantId } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { DEFAULT_ORDER_POLICY } from "#domain/orders/policy.ts";
import { NO_DETAILS, type ProductDetails } from "#domain/product/catalogue-product.ts";
import type { Price, Product } from "#domain/product/product.ts";
import { eventsAnswerSchema } from "#protocol/hq/events.ts";
import { makeKeyAnswerSchema } from "#protocol/hq/keys.ts";
import { productChoicesAnswerSchema } from "#protocol/hq/product.ts";
import { imageHashSchema } from "#protocol/scalars.ts";
import {
  listingsAnswerSchema,
  shopProductAnswerSchema,
  shopProductsAnswerSchema,
} from "#protocol/shop/product.ts";
import { quoteSchema } from "#protocol/shop/quote.ts";
import { removeProduct } from "../catalog/remove-product.ts";
import { saveProduct } from "../catalog/save-product.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";
import { BERLIN, CUP, EUR, HAMBURG, HARBOUR, POT, price, product, RETAIL, TEA } from "../testing/shop.ts";

const WEB = idOf<"Channel">("web");
const WEB_LIST = idOf<"PriceList">("web");
const STANDARD = { id: idOf<"TaxClass">("standard"), name: "Standard", rates: [] };
const BY = { kind: "user", id: "hanna", name: "Hanna" } as const;

let http: HttpForTests;
let key: string;
beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.deps.publisher.publish(async (publication) => {
    for (const store of [BERLIN, HAMBURG])
      await publication.putStore({ ...store, tax: { ...store.tax, classes: [STANDARD] } });
  });
  key = await keyOf("web");
});
afterEach(() => http.close());

async function keyOf(...channels: string[]): Promise<string> {
  const body = { scope: "shop", name: `Shop ${channels.join()}`, channels };
  const made = await http.hq("/hq/v1/keys", { method: "POST", body });
  return makeKeyAnswerSchema.parse(await made.json()).key;
}

function save(variant: VariantId, changes: Partial<Product> = {}, details: Partial<ProductDetails> = {}) {
  return http.parts.deps.publisher.publish(async (publication) => {
    const wanted = { product: product(variant, changes), details: { ...NO_DETAILS, ...details } };
    const saved = await saveProduct(publication, { wanted, base: null, by: BY, cause: "edit" });
    if (!saved.ok) throw new Error(JSON.stringify(saved.reason));
    return saved.value;
  });
}

const onWeb = (texts: Partial<ProductDetails["channels"][ChannelId]>) => ({
  channels: { [WEB]: { status: null, title: null, description: null, ...texts } },
});

const put = (...prices: Price[]) =>
  http.parts.deps.publisher.publish(async (publication) => {
    for (const each of prices) await publication.putPrice(each);
  });

const stock = (variant: VariantId, quantity: number, store = BERLIN) =>
  http.parts.deps.publisher.publish(async (publication) => {
    const moved = { store: store.store, variant, quantity, reason: { kind: "initial" } as const };
    const onHand = await publication.tx.addMovement(moved, {
      cause: `${store.code} ${quantity} ${http.parts.clock.now()}`,
      at: publication.at,
    });
    await publication.putStockLevel({ store: store.store, variant, onHand: onHand ?? 0 });
  });

async function asked(query = "", token = key) {
  const answer = await http.ask(`/shop/v1/products?${query}`, { token });
  return shopProductsAnswerSchema.parse(await answer.json());
}
async function one(name: string, token = key) {
  const answer = await http.ask(`/shop/v1/products/${encodeURIComponent(name)}`, { token });
  return shopProductAnswerSchema.parse(await answer.json()).product;
}
async function listed(query = "", token = key) {
  const answer = await http.ask(`/shop/v1/listings?${query}`, { token });
  return listingsAnswerSchema.parse(await answer.json());
}
const told = (products: Awaited<ReturnType<typeof asked>>["products"]) =>
  products.map(({ id, status }) => `${id} ${status}`);

describe("a product as a channel sells it", () => {
  test("has the channel's texts, its price by the channel's lists, and what stores can promise", async () => {
    await http.parts.storage.write((tx) => tx.putChannelLists(WEB, [WEB_LIST, RETAIL]));
    await http.hq("/hq/v1/attributes", {
      method: "PUT",
      body: { attributes: [{ id: "weight", name: "Weight", kind: "number", unit: "g", choices: [] }] },
    });
    await save(
      TEA,
      {
        optionNames: ["Size"],
        tags: ["green"],
        variants: [
          {
            id: TEA,
            sku: idOf<"Sku">("SKU-tea"),
            gtins: [idOf<"Gtin">("4006381333931")],
            options: ["Small"],
            image: null,
            content: { quantity: 250, unit: "g" },
          },
        ],
      },
      { description: "In general", attributes: { weight: 250 }, ...onWeb({ title: "Tea for the web" }) },
    );
    const { now } = http.parts.clock;
    await put(
      price(TEA),
      price(TEA, { list: WEB_LIST, amount: money(300, EUR), tiers: [{ from: 3, amount: money(250, EUR) }] }),
      price(TEA, { list: WEB_LIST, amount: money(200, EUR), validFrom: instant(now() + 60_000) }),
    );
    await stock(TEA, 5);
    await stock(TEA, 4, HAMBURG);
    const { products, ...head } = await asked();
    expect(head).toMatchObject({ channel: "web", currency: "EUR", taxIncluded: true, caughtUp: true });
    expect(products).toEqual([
      {
        id: "product-tea",
        status: "active",
        handle: "tea",
        title: "Tea for the web",
        description: "In general",
        brand: "Fennholm",
        category: "Kitchen",
        tags: ["green"],
        taxClass: { id: "standard", name: "Standard" },
        soldBy: "piece",
        options: ["Size"],
        attributes: [{ id: "weight", name: "Weight", unit: "g", value: 250 }],
        pictures: [],
        charged: [],
        variants: [
          {
            id: "tea",
            sku: "SKU-tea",
            gtins: ["4006381333931"],
            options: ["Small"],
            picture: null,
            content: { quantity: 250, unit: "g" },
            price: {
              amount: money(300, EUR),
              compareAt: null,
              lowest30: null,
              tiers: [{ from: 3, amount: money(250, EUR) }],
              unitPrice: { per: "kg", amount: money(1_200, EUR) },
            },
            priceUntil: now() + 60_000,
            available: { shipping: 9, collecting: 9 },
          },
        ],
      },
    ]);
    const lines = [{ sku: "SKU-tea", quantity: 1 }];
    const body = { channel: "web", lines };
    const quoted = await http.ask("/shop/v1/quote", { method: "POST", token: key, body });
    const [line] = quoteSchema.parse(await quoted.json()).lines;
    expect(line).toMatchObject({ name: "Tea for the web, Small", unitPrice: money(300, EUR) });
  });

  test("is sold or not by the channel's own status, and a quote says the same", async () => {
    await save(TEA, {}, onWeb({ status: "archived" }));
    await save(CUP, { status: "draft" }, onWeb({ status: "active" }));
    await save(POT, { status: "draft" });
    await put(price(TEA), price(CUP));
    expect(told((await asked()).products)).toEqual(["product-cup active"]);
    const quoted = (sku: string) =>
      http.ask("/shop/v1/quote", {
        method: "POST",
        token: key,
        body: { channel: "web", lines: [{ sku, quantity: 1 }] },
      });
    expect((await quoted("SKU-cup")).status).toBe(200);
    expect((await quoted("SKU-tea")).status).toBe(400);
    expect((await http.ask("/shop/v1/products/product-tea", { token: key })).status).toBe(404);
  });

  test("says what is charged with each piece, and is there without a price, which says that it cannot be ordered", async () => {
    await save(POT);
    await save(TEA, { links: [{ variant: POT, kind: "deposit" }] });
    await put(price(POT, { amount: money(25, EUR) }), price(TEA, { list: HARBOUR }));
    expect(await one("product-tea")).toMatchObject({
      charged: [{ kind: "deposit", sku: "SKU-pot", name: "A pot", amount: money(25, EUR) }],
      variants: [{ price: null, available: { shipping: 0, collecting: 0 } }],
    });
  });

  test("is found by its SKU, barcode and handle, and by nothing else", async () => {
    const [plain] = product(TEA).variants;
    await save(TEA, { variants: [{ ...plain!, gtins: [idOf<"Gtin">("4006381333931")] }] });
    for (const name of ["product-tea", "sku:SKU-tea", "gtin:4006381333931", "handle:tea"])
      expect((await one(name)).id).toBe("product-tea");
    for (const name of ["sku:moon", "gtin:1", "gtin:4006381333932", "handle:", "moon", "sku:"]) {
      const answer = await http.ask(`/shop/v1/products/${encodeURIComponent(name)}`, { token: key });
      expect(await refusalOf(answer)).toEqual({ status: 404, reason: "notFound" });
    }
  });

  test("is not sent again while it is as it was; a price or a piece more sends it", async () => {
    await save(TEA);
    await put(price(TEA));
    const ask = (tag: string) =>
      http.ask("/shop/v1/products/product-tea", { token: key, headers: { "if-none-match": tag } });
    const first = await ask("");
    const tag = first.headers.get("etag")!;
    expect([first.status, tag]).toEqual([200, expect.stringMatching(/^W\/"/)]);
    const again = await ask(`"other", ${tag}`);
    expect([again.status, await again.text()]).toEqual([304, ""]);
    await stock(TEA, 1);
    expect((await ask(tag)).status).toBe(200);
  });
});

describe("what changed since", () => {
  test("a shop that goes on from its cursor hears of each change once, of a product that left as gone, and of what was deleted", async () => {
    for (const each of [TEA, CUP, POT]) await save(each);
    const first = await asked("limit=2");
    expect(told(first.products)).toEqual(["product-tea active", "product-cup active"]);
    expect(first.caughtUp).toBe(false);
    const second = await asked(`limit=2&after=${first.next}`);
    expect(told(second.products)).toEqual(["product-pot active"]);
    expect(second.caughtUp).toBe(true);
    expect(await asked(`after=${second.next}`)).toMatchObject({ products: [], next: second.next });
    await save(TEA, {}, onWeb({ status: "draft" }));
    await save(CUP, {}, { description: "Only its text" });
    await http.parts.deps.publisher.publish((publication) =>
      removeProduct(publication, { id: product(POT).id, by: BY, cause: "edit" }),
    );
    const third = await asked(`after=${second.next}`);
    expect(told(third.products)).toEqual(["product-tea gone", "product-cup active", "product-pot gone"]);
    await save(TEA, {}, onWeb({ status: null }));
    await save(POT);
    expect(told((await asked(`after=${third.next}`)).products)).toEqual([
      "product-tea active",
      "product-pot active",
    ]);
  });

  test("whoever begins hears of nothing that it never had; but what leaves while it reads is told as gone", async () => {
    for (const each of [TEA, CUP]) await save(each);
    await save(POT, {}, onWeb({ status: "archived" }));
    const first = await asked("limit=1");
    expect(told(first.products)).toEqual(["product-tea active"]);
    await save(TEA, {}, onWeb({ status: "draft" }));
    const rest = await asked(`after=${first.next}`);
    expect(told(rest.products)).toEqual(["product-cup active", "product-tea gone"]);
    expect(rest.caughtUp).toBe(true);
    expect(told((await asked()).products)).toEqual(["product-cup active"]);
  });

  test("a cursor that is none, or of another server, is refused with what to do", async () => {
    await save(TEA);
    const ask = (after: string) => http.ask(`/shop/v1/products?after=${after}`, { token: key });
    expect(await refusalOf(await ask("tea"))).toEqual({ status: 400, reason: "badRequest" });
    expect(await refusalOf(await ask("999"))).toEqual({ status: 410, reason: "checkpointExpired" });
    expect((await http.ask("/shop/v1/products?limit=0", { token: key })).status).toBe(400);
  });

  test("one event stands for a whole import, and its cursor is the one that the products answer", async () => {
    await http.parts.deps.publisher.publish(async (publication) => {
      for (let number = 0; number < 30; number += 1)
        await publication.putProduct(product(idOf<"Variant">(`v${number}`)));
    });
    await save(TEA);
    const events = async () =>
      eventsAnswerSchema.parse(await (await http.hq("/hq/v1/events?types=products.changed")).json()).events;
    const found = await events();
    expect(found).toHaveLength(1);
    expect(found[0]?.data).toEqual({ cursor: (await asked()).next });
  });
});

describe("prices and stock", () => {
  test("are told by what was written of them since, and a price that was taken away too", async () => {
    for (const each of [TEA, CUP, POT]) await save(each);
    await save(POT, {}, onWeb({ status: "draft" }));
    await put(price(TEA), price(CUP), price(POT));
    const start = await listed();
    expect(start).toMatchObject({ listings: [], caughtUp: true });
    expect((await listed(`after=${start.next}`)).listings).toEqual([]);
    await put(price(TEA, { amount: money(400, EUR) }), price(POT, { amount: money(1, EUR) }));
    await put(price(CUP, { list: HARBOUR }));
    const first = await listed(`after=${start.next}`);
    expect(first.listings).toEqual([
      {
        product: "product-tea",
        variant: "tea",
        sku: "SKU-tea",
        price: expect.objectContaining({ amount: money(400, EUR) }),
        priceUntil: null,
        available: { shipping: 0, collecting: 0 },
      },
    ]);
    await stock(CUP, 3, HAMBURG);
    await http.parts.deps.publisher.publish((publication) =>
      publication.forgetPrice({ list: RETAIL, variant: TEA, validFrom: null }),
    );
    const second = await listed(`after=${first.next}`);
    expect(second.listings).toMatchObject([
      { sku: "SKU-tea", price: null },
      { sku: "SKU-cup", available: { shipping: 3 } },
    ]);
    const bits = await listed(`after=${first.next}&limit=1`);
    expect([bits.listings.length, bits.caughtUp]).toEqual([1, false]);
    expect((await listed(`after=${bits.next}`)).listings).toMatchObject([{ sku: "SKU-cup" }]);
  });

  test("are answered for named articles, and those that the channel does not sell are named", async () => {
    await save(TEA);
    await save(CUP, { status: "draft" });
    await put(price(TEA));
    const { listings, unknown, next } = await listed("sku=SKU-tea&sku=SKU-cup&sku=SKU-moon");
    expect(listings.map(({ sku }) => sku)).toEqual(["SKU-tea"]);
    expect([unknown, next]).toEqual([["SKU-cup", "SKU-moon"], null]);
    expect((await http.ask("/shop/v1/listings?sku=A&after=b", { token: key })).status).toBe(400);
  });

  test("a cursor ends where every figure may have become another without being written", async () => {
    const { next } = await listed();
    const refused = async () => refusalOf(await http.ask(`/shop/v1/listings?after=${next}`, { token: key }));
    await http.parts.storage.write((tx) => tx.putChannelLists(WEB, [WEB_LIST]));
    expect(await refused()).toEqual({ status: 410, reason: "checkpointExpired" });
    await http.parts.storage.write((tx) => tx.putChannelLists(WEB, [RETAIL]));
    expect((await http.ask(`/shop/v1/listings?after=${next}`, { token: key })).status).toBe(200);
    await http.parts.deps.publisher.publish((publication) =>
      publication.putStore({ ...BERLIN, orders: { ...DEFAULT_ORDER_POLICY, safetyStock: 2 } }),
    );
    expect(await refused()).toEqual({ status: 410, reason: "checkpointExpired" });
    expect((await http.ask("/shop/v1/listings?after=x-y", { token: key })).status).toBe(410);
  });
});

describe("who may ask", () => {
  const CALLS = [
    "products",
    "products/product-tea",
    `products/product-tea/pictures/${"0".repeat(64)}`,
    "listings",
  ];

  test.each(CALLS)("nobody without a shop's key reads %s: no till, no key of another scope", async (path) => {
    const { token } = await http.pair();
    for (const wrong of [null, token])
      expect(await refusalOf(await http.ask(`/shop/v1/${path}`, { token: wrong }))).toEqual({
        status: 401,
        reason: "unauthorised",
      });
    const body = { scope: "erp", name: "ERP" };
    const made = await http.hq("/hq/v1/keys", { method: "POST", body });
    const erp = makeKeyAnswerSchema.parse(await made.json()).key;
    expect(await refusalOf(await http.ask(`/shop/v1/${path}`, { token: erp }))).toEqual({
      status: 403,
      reason: "forbidden",
    });
  });

  test("a key of several channels, or of all, names one; a channel that is not its own is refused", async () => {
    await save(TEA, {}, onWeb({ title: "Web tea" }));
    const both = await keyOf("web", "app");
    const all = await keyOf();
    const title = async (channel: string, token: string) => {
      const [found] = (await asked(`channel=${channel}`, token)).products;
      return found?.status === "active" ? found.title : null;
    };
    for (const token of [both, all]) {
      expect(await title("web", token)).toBe("Web tea");
      expect(await title("app", token)).toBe("A tea");
      for (const path of ["products", "products/product-tea", "listings"]) {
        const unsaid = await http.ask(`/shop/v1/${path}`, { token });
        expect(unsaid.status).toBe(400);
        expect(await unsaid.text()).toContain("channel=web");
      }
    }
    for (const path of ["products", "products/product-tea", "listings"])
      expect(await refusalOf(await http.ask(`/shop/v1/${path}?channel=market`, { token: both }))).toEqual({
        status: 403,
        reason: "forbidden",
      });
  });

  test("a channel that only a key is bound to is one that HQ can write texts for", async () => {
    const choices = await http.hq("/hq/v1/products/choices");
    expect(productChoicesAnswerSchema.parse(await choices.json()).channels).toEqual([
      { id: "web", name: "web" },
    ]);
  });

  test("pictures are those of products that the key's channels sell, and no others that the server keeps", async () => {
    const hash = (letter: string) => imageHashSchema.parse(letter.repeat(64));
    const bytes = new Uint8Array([1, 2, 3]);
    await http.parts.storage.write(async (tx) => {
      for (const letter of ["a", "b", "c"]) await tx.putPicture(hash(letter), { mime: "image/webp", bytes });
    });
    const pictures = [{ till: hash("a"), detail: hash("b"), alt: "Tea" }];
    const [plain] = product(TEA).variants;
    await save(TEA, { variants: [{ ...plain!, image: hash("a") }] }, { pictures });
    const shown = await one("product-tea");
    expect(shown.pictures).toEqual([
      {
        small: `/shop/v1/products/product-tea/pictures/${hash("a")}`,
        large: `/shop/v1/products/product-tea/pictures/${hash("b")}`,
        alt: "Tea",
      },
    ]);
    expect(shown.variants[0]?.picture).toEqual(shown.pictures[0]);
    const { small = "", large = "" } = shown.pictures[0] ?? {};
    for (const path of [small, large]) {
      const answer = await http.ask(path, { token: key });
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/webp"]);
      expect(answer.headers.get("cache-control")).toContain("immutable");
    }
    const other = small.replace(hash("a"), hash("c"));
    expect((await http.ask(other, { token: key })).status).toBe(404);
    await save(TEA, {}, { pictures, ...onWeb({ status: "draft" }) });
    expect((await http.ask(small, { token: key })).status).toBe(404);
    expect((await http.ask(small, { token: await keyOf("app") })).status).toBe(200);
  });
});
