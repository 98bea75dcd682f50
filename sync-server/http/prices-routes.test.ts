import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import { localTimeOf } from "#domain/store/local-time.ts";
import { priceSchema } from "#protocol/documents/price.ts";
import { priceCheckAnswerSchema } from "#protocol/hq/price-check.ts";
import {
  bulkAnswerSchema,
  knownExtrasAnswerSchema,
  priceChangesAnswerSchema,
  priceListsAnswerSchema,
  pricesAnswerSchema,
  productExtrasAnswerSchema,
} from "#protocol/hq/prices.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";
import { BERLIN, CUP, EUR, HARBOUR, POT, price, product, RETAIL, TEA } from "../testing/shop.ts";

const DAY_MS = 86_400_000;

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.stockUp([TEA, CUP], 5);
});
afterEach(() => http.close());

const post = (path: string, body: unknown) => http.hq(path, { method: "POST", body });
const put = (path: string, body: unknown) => http.hq(path, { method: "PUT", body });
const eur = (minor: number) => money(minor, EUR);
/** The Berlin clocks, so many days from now. */
const clocks = (days: number) =>
  localTimeOf({ at: instant(http.parts.clock.now() + days * DAY_MS), timeZone: "Europe/Berlin" });

async function pricesOf(search: string) {
  const answer = pricesAnswerSchema.parse(await (await http.hq(`/hq/v1/prices?search=${search}`)).json());
  return answer.products.flatMap(({ variants }) => variants.flatMap(({ prices }) => prices));
}

/** What the tills hold of a list. */
async function atTills(list: string) {
  const rows = await http.parts.storage.read((tx) =>
    tx.liveDocuments({ feed: `prices:${list}`, collection: "prices", after: "", limit: 100 }),
  );
  return rows.map(({ data }) => priceSchema.parse(JSON.parse(data)));
}

async function check(kind: string) {
  const answer = await http.hq(`/hq/v1/price-check?kind=${kind}`);
  return priceCheckAnswerSchema.parse(await answer.json());
}

const fix = ({ id, product: of }: { readonly id: string; readonly product: string | null }) =>
  post("/hq/v1/price-check/fix", { id, product: of });

describe("price lists and who asks them", () => {
  test("a new list for a group of customers is at every store's tills, in the order HQ gave", async () => {
    expect((await put("/hq/v1/price-lists/trade", { name: "Trade", currency: EUR })).status).toBe(200);
    const trade = { id: "trade", name: "Trade", priceLists: ["trade"] };
    const answer = await put("/hq/v1/customer-groups", { groups: [trade] });
    const { groups, lists } = priceListsAnswerSchema.parse(await answer.json());
    expect(groups).toEqual([trade]);
    expect(lists.map(({ id, name, prices }) => [id, name, prices])).toEqual([
      ["harbour", "harbour", 0],
      ["retail", "retail", 2],
      ["trade", "Trade", 0],
    ]);
    // A store that opens later has them as well.
    await http.parts.deps.publisher.publish((publication) =>
      publication.putStore({ ...BERLIN, store: idOf<"Store">("store-muc1"), code: "MUC1" }),
    );
    const stores = await http.parts.storage.read((tx) => tx.stores());
    expect(stores.map(({ customerGroups }) => customerGroups)).toEqual([[trade], [trade], [trade]]);
  });

  test("a list that does not exist, or is kept in other money, cannot be asked", async () => {
    await put("/hq/v1/price-lists/swiss", { name: "Zürich", currency: "CHF" });
    for (const lists of [["nowhere"], ["swiss", "retail"], []])
      expect(await refusalOf(await put("/hq/v1/stores/BER1/price-lists", { lists }))).toMatchObject({
        status: 400,
      });
    const answer = await put("/hq/v1/stores/BER1/price-lists", { lists: [HARBOUR, RETAIL] });
    expect(priceListsAnswerSchema.parse(await answer.json()).stores[0]?.lists).toEqual([HARBOUR, RETAIL]);
  });

  test("a channel asks what the first store asks until it has lists of its own", async () => {
    const own = await put("/hq/v1/channels/web/price-lists", { lists: [HARBOUR, RETAIL] });
    expect(priceListsAnswerSchema.parse(await own.json()).channels).toEqual([
      { channel: "web", own: true, lists: [HARBOUR, RETAIL] },
    ]);
    const none = await put("/hq/v1/channels/web/price-lists", { lists: null });
    expect(priceListsAnswerSchema.parse(await none.json()).channels).toEqual([]);
  });

  test("the currency of a list with prices on it stays", async () => {
    expect(await refusalOf(await put("/hq/v1/price-lists/retail", { name: "R", currency: "CHF" }))).toEqual({
      status: 409,
      reason: "conflict",
    });
  });
});

describe("prices", () => {
  const wish = { sku: "SKU-tea", list: RETAIL, amount: eur(299) };

  test("a reduction planned for later is at the tills at once, with the lowest price of the 30 days before it begins", async () => {
    const planned = { ...wish, compareAt: eur(350), validFrom: clocks(7), validTo: clocks(14) };
    expect(await (await post("/hq/v1/prices", { prices: [planned] })).json()).toMatchObject({
      saved: 1,
      lists: [{ list: "retail" }],
    });
    const told = (await atTills("retail")).find(({ validFrom }) => validFrom !== null);
    expect(told).toMatchObject({ amount: eur(299), lowest30: eur(350), validTo: expect.any(Number) });
    expect((await pricesOf("tea")).map(({ standing, validFrom }) => [standing, validFrom])).toEqual([
      ["now", null],
      ["planned", clocks(7)],
    ]);
  });

  test("a price that is set before the planned reduction begins is the lowest from then on", async () => {
    await post("/hq/v1/prices", { prices: [{ ...wish, compareAt: eur(350), validFrom: clocks(7) }] });
    await http.hq("/hq/v1/prices", { method: "PUT", body: { ...wish, amount: eur(320) } });
    const planned = (await atTills("retail")).find(({ validFrom }) => validFrom !== null);
    expect(planned?.lowest30).toEqual(eur(320));
  });

  test("a planned price is taken back, and is gone from the tills", async () => {
    await post("/hq/v1/prices", { prices: [{ ...wish, validFrom: clocks(7) }] });
    const gone = { sku: wish.sku, list: RETAIL, validFrom: clocks(7) };
    expect((await post("/hq/v1/prices/remove", gone)).status).toBe(200);
    expect((await atTills("retail")).filter(({ variant }) => variant === TEA)).toHaveLength(1);
    expect(await refusalOf(await post("/hq/v1/prices/remove", gone))).toMatchObject({ status: 404 });
  });

  test("prices by quantity are kept as they are said", async () => {
    const tiers = [
      { from: 6, amount: eur(280) },
      { from: 12, amount: eur(250) },
    ];
    await post("/hq/v1/prices", { prices: [{ ...wish, tiers }] });
    expect((await atTills("retail")).find(({ variant }) => variant === TEA)?.tiers).toEqual(tiers);
    // An amount typed in the catalogue leaves them alone.
    await http.hq("/hq/v1/prices", { method: "PUT", body: { ...wish, amount: eur(310) } });
    expect((await atTills("retail")).find(({ variant }) => variant === TEA)?.tiers).toEqual(tiers);
  });

  test.each([
    ["an unknown SKU", { sku: "NO" }],
    ["an unknown list", { list: "nowhere" }],
    ["another currency", { amount: money(1, idOf<"Currency">("CHF")) }],
    ["an end before its beginning", { validFrom: "2030-01-02T00:00", validTo: "2030-01-01T00:00" }],
    ["a day that is none", { validFrom: "2030-02-30T00:00" }],
    ["an end that is past", { validTo: "2001-01-01T00:00" }],
    ["tiers out of order", { tiers: [6, 6].map((from) => ({ from, amount: eur(1) })) }],
  ])("%s is refused, and nothing of the rest is saved", async (_what, changes) => {
    const good = { ...wish, sku: "SKU-cup" };
    const answer = await post("/hq/v1/prices", { prices: [good, { ...wish, ...changes }] });
    expect(await refusalOf(answer)).toMatchObject({ status: 400 });
    expect((await atTills("retail")).map(({ amount }) => amount)).toEqual([eur(350), eur(350)]);
  });

  test("many prices by one rule: first told, then done, rounded to .99", async () => {
    const rule = {
      from: RETAIL,
      category: "Kitchen",
      change: { kind: "percent", ppm: 100_000 },
      rounding: { kind: "ending", minor: 99, of: 100 },
      validFrom: clocks(3),
    };
    await http.parts.storage.write((tx) => tx.putCost({ variant: CUP, cost: eur(500) }));
    const told = bulkAnswerSchema.parse(
      await (await post("/hq/v1/prices/bulk", { ...rule, dryRun: true })).json(),
    );
    expect(told).toMatchObject({ dryRun: true, changed: 2, belowCost: 1 });
    expect(told.samples.map(({ sku, from, to }) => [sku, from.minor, to.minor])).toEqual([
      ["SKU-cup", 350, 399],
      ["SKU-tea", 350, 399],
    ]);
    expect(await atTills("retail")).toHaveLength(2);
    const done = bulkAnswerSchema.parse(
      await (await post("/hq/v1/prices/bulk", { ...rule, dryRun: false })).json(),
    );
    expect(told.seq).toBeNull();
    expect(done).toEqual({ ...told, dryRun: false, seq: expect.any(Number) });
    expect((await atTills("retail")).filter(({ validFrom }) => validFrom !== null)).toHaveLength(2);
  });
});

describe("what is sold otherwise than by the piece", () => {
  test("a deposit comes with a bottle that holds 0.5 l; what it costs never reaches a till", async () => {
    const extras = {
      links: [{ sku: "SKU-cup", kind: "deposit" }],
      variants: [{ sku: "SKU-tea", content: { quantity: 500, unit: "ml" }, cost: eur(120) }],
    };
    const answer = await put("/hq/v1/products/tea/extras", extras);
    expect(productExtrasAnswerSchema.parse(await answer.json())).toEqual({});
    const tea = await http.parts.storage.read((tx) => tx.productWith(TEA));
    expect(tea).toMatchObject({
      links: [{ variant: CUP, kind: "deposit" }],
      variants: [{ content: { quantity: 500, unit: "ml" } }],
    });
    const catalog = await http.parts.storage.read((tx) =>
      tx.liveDocuments({ feed: "catalog", collection: "products", after: "", limit: 9 }),
    );
    expect(JSON.stringify(catalog)).not.toContain("120");
    expect((await pricesOf("tea")).length).toBe(1);
    const known = await (await http.hq("/hq/v1/products/tea/extras")).json();
    expect(knownExtrasAnswerSchema.parse(known)).toMatchObject({ soldBy: null, currency: EUR, ...extras });
    expect((await http.hq("/hq/v1/products/nothing/extras")).status).toBe(404);
  });

  test("nothing comes with itself, nor with what something comes with", async () => {
    const linkTo = (sku: string) => ({ links: [{ sku, kind: "bag" }] });
    expect(await refusalOf(await put("/hq/v1/products/tea/extras", linkTo("SKU-tea")))).toMatchObject({
      status: 400,
    });
    await put("/hq/v1/products/tea/extras", linkTo("SKU-cup"));
    await http.parts.stockUp([POT], 1);
    expect(await refusalOf(await put("/hq/v1/products/pot/extras", linkTo("SKU-tea")))).toMatchObject({
      status: 400,
    });
  });
});

describe("what contradicts itself", () => {
  beforeEach(async () => {
    const classes = [{ id: idOf<"TaxClass">("standard"), name: "Standard", rates: [] }];
    await http.parts.deps.publisher.publish(async (publication) => {
      for (const store of await publication.tx.stores())
        await publication.putStore({ ...store, tax: { ...store.tax, classes } });
    });
  });

  test("nothing is found where all is in order", async () => {
    const answer = await http.hq("/hq/v1/price-check");
    expect(priceCheckAnswerSchema.parse(await answer.json())).toMatchObject({
      total: 0,
      products: 2,
      counts: [],
    });
  });

  test("an article dearer in Hamburg than the rule allows is found, and set equal by one press", async () => {
    await put("/hq/v1/price-rules", { channelDifferencePpm: 50_000 });
    await http.parts.deps.publisher.publish((publication) =>
      publication.putPrice(price(TEA, { list: HARBOUR, amount: eur(400) })),
    );
    const { findings } = await check("channelDifference");
    expect(findings).toMatchObject([
      { article: "A tea · SKU-tea", places: ["HAM1"], amount: eur(400), against: eur(350), ppm: 142_857 },
    ]);
    expect((await fix(findings[0]!)).status).toBe(200);
    expect((await check("channelDifference")).total).toBe(0);
    expect((await atTills("harbour"))[0]?.amount).toEqual(eur(350));
    expect(await refusalOf(await fix(findings[0]!))).toMatchObject({ status: 409 });
  });

  test("a gap and an overlap are closed, a price below cost is raised to it", async () => {
    const day = (days: number) => instant(http.parts.clock.now() + days * DAY_MS);
    await http.parts.deps.publisher.publish(async (publication) => {
      await publication.putPrice(price(TEA, { validTo: day(5) }));
      await publication.putPrice(price(CUP, { validTo: day(5) }));
      await publication.putPrice(price(CUP, { amount: eur(300), validFrom: day(3) }));
      await publication.tx.putCost({ variant: TEA, cost: eur(360) });
    });
    for (const kind of ["gap", "overlap", "belowCost"]) {
      const { findings } = await check(kind);
      expect(findings).toHaveLength(1);
      expect((await fix(findings[0]!)).status).toBe(200);
      expect((await check(kind)).total).toBe(0);
    }
    expect(await atTills("retail")).toMatchObject([
      { variant: CUP, validTo: day(3) },
      { variant: CUP, amount: eur(300) },
      { variant: TEA, validTo: null, amount: eur(360) },
    ]);
  });

  test("an article without a price is taken off sale, one without a tax class gets one", async () => {
    await http.parts.deps.publisher.publish(async (publication) => {
      await publication.putProduct(product(POT));
      await publication.putProduct(product(TEA, { taxClass: idOf<"TaxClass">("luxury") }));
    });
    for (const kind of ["missingPrice", "missingTaxClass"]) {
      const { findings } = await check(kind);
      expect(findings).toHaveLength(1);
      await fix(findings[0]!);
      expect((await check(kind)).total).toBe(0);
    }
    const read = await http.parts.storage.read(async (tx) => [
      await tx.productWith(POT),
      await tx.productWith(TEA),
    ]);
    expect(read).toMatchObject([{ status: "draft" }, { taxClass: "standard" }]);
  });

  test("of two promotions on the same goods, the one that multiplies stops, the one that never comes ends", async () => {
    const tenOff = (id: string, changes: Partial<Promotion>): Promotion => ({
      id: idOf<"Promotion">(id),
      name: id,
      validFrom: instant(0),
      validUntil: null,
      priority: 0,
      rule: {
        kind: "fromValue",
        goods: { kind: "all" },
        least: eur(0),
        off: { kind: "percent", ppm: 100_000 },
      },
      ...changes,
    });
    await http.parts.deps.publisher.publish(async (publication) => {
      await publication.putPromotion(tenOff("first", { priority: 5 }));
      await publication.putPromotion(tenOff("on-top", { combines: "stacks" }));
    });
    const { findings } = await check("promotionsMultiply");
    expect(findings).toMatchObject([
      { ppm: 190_000, product: null, promotions: [{ id: "first" }, { id: "on-top" }] },
    ]);
    await fix(findings[0]!);
    const never = await check("promotionCancelled");
    expect(never.findings).toMatchObject([{ promotions: [{ id: "on-top" }, { id: "first" }] }]);
    await fix(never.findings[0]!);
    expect((await (await http.hq("/hq/v1/price-check")).json()) as object).toMatchObject({ total: 0 });
  });
});

describe("shelf labels", () => {
  test("what changes between two days in a store is listed, and nothing that only changed elsewhere", async () => {
    await post("/hq/v1/prices", {
      prices: [
        { sku: "SKU-tea", list: RETAIL, amount: eur(299), compareAt: eur(350), validFrom: clocks(2) },
        { sku: "SKU-cup", list: HARBOUR, amount: eur(380), validFrom: clocks(2) },
      ],
    });
    const changes = async (store: string) => {
      const query = new URLSearchParams({ store, from: clocks(1), until: clocks(3) });
      return priceChangesAnswerSchema.parse(await (await http.hq(`/hq/v1/price-changes?${query}`)).json());
    };
    expect((await changes("BER1")).changes).toMatchObject([
      { sku: "SKU-tea", before: eur(350), after: eur(299), lowest30: eur(350) },
    ]);
    expect((await changes("HAM1")).changes.map(({ sku }) => sku)).toEqual(["SKU-cup", "SKU-tea"]);
  });

  test("a sheet of labels comes as a PDF; articles without a price there have none", async () => {
    const answer = await post("/hq/v1/labels", { store: "BER1", skus: ["SKU-tea", "SKU-cup"] });
    expect(answer.headers.get("content-type")).toBe("application/pdf");
    expect(new TextDecoder().decode((await answer.arrayBuffer()).slice(0, 5))).toBe("%PDF-");
    expect(await refusalOf(await post("/hq/v1/labels", { store: "BER1", skus: ["NO"] }))).toMatchObject({
      status: 404,
    });
  });
});
