import { createHash } from "node:crypto";
import { argon2Verify } from "hash-wasm";
import { beforeAll, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { REPLICA_SCHEMAS } from "#protocol/documents/collections.ts";
import { COLOURS } from "./colours.ts";
import { type DemoData, demoData } from "./demo-data.ts";
import { demoGtin } from "./demo-gtin.ts";
import { drawPicture, SILHOUETTE_NAMES } from "./pictures/draw.ts";

let shop: DemoData;
beforeAll(async () => {
  shop = await demoData(1);
});

const variants = () => shop.products.flatMap((product) => product.variants);

describe("the demo shop is large enough to feel like one", () => {
  test("it has three stores, about 2,000 products, thousands of variants and 300 customers", () => {
    expect(shop.stores.map((store) => store.code)).toEqual(["BER1", "HAM1", "MUC1"]);
    expect(shop.products.length).toBeGreaterThan(1_900);
    expect(shop.products.length).toBeLessThan(2_300);
    expect(variants().length).toBeGreaterThan(5_000);
    expect(shop.customers).toHaveLength(300);
  });

  test("every variant has a price on the retail list and stock in every store", () => {
    const priced = new Set(
      shop.prices.filter((price) => price.list === "retail").map((price) => price.variant),
    );
    expect(variants().filter((variant) => !priced.has(variant.id))).toEqual([]);
    expect(shop.stock).toHaveLength(variants().length * shop.stores.length);
    expect(shop.stock.every((level) => level.onHand >= 0)).toBe(true);
  });

  test("every document is one that a till's replica accepts", () => {
    for (const product of shop.products) REPLICA_SCHEMAS.products.parse(product);
    for (const price of shop.prices)
      REPLICA_SCHEMAS.prices.parse({ ...price, id: `${price.list}:${price.variant}` });
    for (const customer of shop.customers) REPLICA_SCHEMAS.customers.parse(customer);
    for (const { member } of shop.staff) REPLICA_SCHEMAS.staff.parse(member);
    for (const store of shop.stores) REPLICA_SCHEMAS.settings.parse({ ...store, id: store.store });
  });

  test("the same seed makes the same shop, another seed another", async () => {
    expect(await demoData(1)).toEqual(shop);
    expect((await demoData(2)).products).not.toEqual(shop.products);
  });
});

describe("what is priced otherwise than by the piece", () => {
  const called = (title: string) => shop.products.find((product) => product.title === title);

  test("bottles carry a deposit that is an article of its own, cheese is weighed, an alteration is priced as it comes", () => {
    const [link] = called("Alster Lemonade")?.links ?? [];
    expect(variants().find(({ id }) => id === link?.variant)?.sku).toBe("DEP-25");
    expect(called("Alp Cheese")?.soldBy).toBe("weight");
    expect(called("Alteration")?.soldBy).toBe("openPrice");
  });

  test("cafés have a list and a group of their own, and pay less for coffee", () => {
    const retail = new Map(
      shop.prices
        .filter(({ list }) => list === "retail")
        .map(({ variant, amount }) => [variant, amount.minor]),
    );
    const trade = shop.prices.filter(({ list }) => list === "trade");
    expect(trade.length).toBeGreaterThan(70);
    for (const { variant, amount } of trade) expect(amount.minor).toBeLessThan(retail.get(variant)!);
    expect(shop.stores.every(({ customerGroups }) => customerGroups?.[0]?.id === "trade")).toBe(true);
    expect(
      shop.customers.filter(({ groups }) => groups?.includes(idOf<"CustomerGroup">("trade"))),
    ).toHaveLength(10);
  });

  test("every article costs the retailer less than its price but one, and that is there to be found", () => {
    const retail = new Map(
      shop.prices
        .filter(({ list, validFrom }) => list === "retail" && validFrom === null)
        .map(({ variant, amount }) => [variant, amount.minor]),
    );
    const lost = shop.costs.filter(({ variant, cost }) => cost.minor > retail.get(variant)!);
    expect(shop.costs).toHaveLength(variants().length);
    expect(lost).toHaveLength(1);
  });
});

describe("nothing is there twice", () => {
  test.each([
    ["SKU", () => variants().map((variant) => variant.sku)],
    ["GTIN", () => variants().flatMap((variant) => variant.gtins)],
    ["variant id", () => variants().map((variant) => variant.id)],
    ["product handle", () => shop.products.map((product) => product.handle)],
    ["product title", () => shop.products.map((product) => product.title)],
    ["customer card", () => shop.customers.flatMap((customer) => customer.cardNumber ?? [])],
    ["customer e-mail", () => shop.customers.flatMap((customer) => customer.email ?? [])],
  ] as const)("every %s is unique", (_what, list) => {
    const all = list();
    expect(new Set(all).size).toBe(all.length);
  });

  test("the options of a product's variants tell them apart", () => {
    for (const product of shop.products) {
      const told = new Set(product.variants.map((variant) => variant.options.join("/")));
      expect(told.size).toBe(product.variants.length);
      expect(product.variants.every((v) => v.options.length === product.optionNames.length)).toBe(true);
    }
  });
});

describe("barcodes", () => {
  test("every GTIN has thirteen digits, the demonstration prefix (or a scale's, where goods are weighed) and a valid check digit", () => {
    const gtins = shop.products.flatMap(({ soldBy, variants }) => {
      const own = variants.flatMap((variant) => variant.gtins);
      if (soldBy === "weight") for (const gtin of own) expect(gtin).toMatch(/^28\d{5}0{5}\d$/);
      return soldBy === "weight" ? [] : own;
    });
    expect(gtins.length).toBeGreaterThan(5_000);
    for (const gtin of gtins) {
      expect(gtin).toMatch(/^952\d{10}$/);
      const sum = Array.from(gtin, Number).reduce(
        (total, digit, at) => total + digit * (at % 2 === 0 ? 1 : 3),
        0,
      );
      expect(sum % 10).toBe(0);
    }
  });

  test("an article number that does not fit is refused", () => {
    expect(() => demoGtin(0)).toThrow(RangeError);
    expect(() => demoGtin(1_000_000_000)).toThrow(RangeError);
    expect(demoGtin(1)).toBe("9520000000011");
  });
});

describe("staff", () => {
  test("each store has two cashiers and a manager", () => {
    for (const { store } of shop.stores) {
      const roles = shop.staff.filter((entry) => entry.store === store).map((entry) => entry.member.role);
      expect(roles.sort()).toEqual(["cashier", "cashier", "manager"]);
    }
  });

  test("the printed PIN opens the till and another does not", async () => {
    const [someone] = shop.staff;
    const hash = someone!.member.pin.phc;
    expect(await argon2Verify({ password: someone!.pin, hash })).toBe(true);
    expect(await argon2Verify({ password: "000000", hash })).toBe(false);
  });
});

describe("pictures", () => {
  test("every product and variant has one, kept once under the hash of its bytes", () => {
    const kept = new Map(shop.pictures.map((picture) => [picture.hash, picture]));
    for (const product of shop.products) {
      expect(product.image !== null && kept.has(product.image)).toBe(true);
      for (const variant of product.variants)
        expect(variant.image !== null && kept.has(variant.image)).toBe(true);
    }
    for (const { hash, bytes } of shop.pictures) {
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(hash);
    }
  });

  test("they are well-formed, small, run nothing and fetch nothing", () => {
    expect(shop.pictures.length).toBeGreaterThan(500);
    for (const { bytes } of shop.pictures)
      expectHarmless(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  });

  test("every silhouette can be drawn pale, dark and bright, with every print", () => {
    for (const silhouette of SILHOUETTE_NAMES) {
      for (const colour of [COLOURS.chalk, COLOURS.ink, COLOURS.poppy]) {
        for (let look = 0; look < 7; look += 1) expectHarmless(drawPicture({ silhouette, colour, look }));
      }
    }
  });
});

/** Elements and attributes a flat drawing needs; anything else (script, foreignObject, href, on…) fails. */
const ELEMENTS = new Set([
  "svg",
  "defs",
  "radialGradient",
  "linearGradient",
  "stop",
  "clipPath",
  "path",
  "ellipse",
  "circle",
  "rect",
  "g",
]);

function expectHarmless(svg: string): void {
  expect(svg.length).toBeLessThan(3_000);
  const open: string[] = [];
  const rest = svg.replaceAll(
    /<(\/?)([A-Za-z]+)((?:\s+[a-zA-Z0-9-]+="[^"<&]*")*)\s*(\/?)>/g,
    (_tag, close, name, attributes, self) => {
      expect(ELEMENTS.has(name), `<${name}> in a picture`).toBe(true);
      const names = Array.from(String(attributes).matchAll(/([a-zA-Z0-9-]+)=/g), (match) => match[1]);
      expect(new Set(names).size).toBe(names.length);
      expect(names.some((attribute) => attribute!.startsWith("on") || attribute!.includes("href"))).toBe(
        false,
      );
      if (close) expect(open.pop()).toBe(name);
      else if (!self) open.push(name);
      return "";
    },
  );
  expect(rest, "left after every well-formed tag").toBe("");
  expect(open).toEqual([]);
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" /);
  expect(svg.replaceAll(/url\(#[bfc]\)/g, "")).not.toMatch(/url\(|\{|undefined|NaN/);
}
