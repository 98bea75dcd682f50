import { afterEach, beforeEach, expect, test } from "vitest";
import { promotionsAnswerSchema } from "#protocol/hq/promotions.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { HttpForTests } from "../http-for-tests.ts";
import { product, TEA } from "../testing/shop.ts";

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
});
afterEach(() => http.close());

const TOYS = {
  id: "toys",
  name: "Toys: 3 for 2",
  validFrom: 0,
  validUntil: null,
  priority: 1,
  rule: { kind: "piecesFor", goods: { kind: "categories", categories: ["Toys"] }, size: 3, pays: 2 },
};

const put = (id: string, body: unknown) => http.hq(`/hq/v1/promotions/${id}`, { method: "PUT", body });
const all = async () =>
  promotionsAnswerSchema.parse(await (await http.hq("/hq/v1/promotions")).json()).promotions;
const onTills = () =>
  http.parts.storage.read((tx) =>
    tx.feedRows({ feed: "promotions", collection: "promotions", after: 0, limit: 10 }),
  );

test("a promotion that HQ makes goes to every till, and leaves them when it is taken away", async () => {
  expect((await put("toys", TOYS)).status).toBe(200);
  expect(await all()).toEqual([TOYS]);
  expect((await onTills()).map(({ data }) => JSON.parse(data ?? "null"))).toEqual([TOYS]);
  expect((await put("toys", { ...TOYS, name: "Toys" })).status).toBe(200);
  expect(await all()).toMatchObject([{ name: "Toys" }]);
  expect((await http.hq("/hq/v1/promotions/toys", { method: "DELETE" })).status).toBe(200);
  expect(await all()).toEqual([]);
  expect((await onTills()).map(({ data }) => data)).toEqual([null]);
});

test("what cannot be is refused with the reason, and nothing is changed", async () => {
  const message = async (body: unknown, id = "toys") => {
    const answer = await put(id, body);
    expect(answer.status).toBe(400);
    const { message: words, details = [] } = errorBodySchema.parse(await answer.json());
    return [words, ...details].join(" ");
  };
  expect(await message({ ...TOYS, validUntil: 0 })).toContain("ends before it begins");
  expect(await message({ ...TOYS, rule: { ...TOYS.rule, pays: 3 } })).toContain("fewer than 3");
  const off = { kind: "percent", ppm: 100_000 };
  const steps = { by: "pieces", of: [5, 3].map((from) => ({ from, off })) };
  const { goods } = TOYS.rule;
  expect(await message({ ...TOYS, rule: { kind: "tiers", goods, steps } })).toContain("do not ascend");
  const needs = { kind: "value", least: { minor: 0, currency: "EUR" } };
  const gift = { kind: "gift", goods, needs, gift: goods, free: 1, perEach: true };
  expect(await message({ ...TOYS, rule: gift })).toContain("asks for a value");
  expect(await message(TOYS, "other")).toContain("names the promotion other");
  expect((await http.hq("/hq/v1/promotions/none", { method: "DELETE" })).status).toBe(404);
  expect(await all()).toEqual([]);
});

test("beside the promotions stand the retailer's time zone and currency, and what people call the articles in them", async () => {
  await http.parts.deps.publisher.publish((publication) => publication.putProduct(product(TEA)));
  const rule = { ...TOYS.rule, goods: { kind: "variants", variants: [TEA, "gone"] } };
  await put("toys", { ...TOYS, rule });
  expect(await (await http.hq("/hq/v1/promotions")).json()).toMatchObject({
    timeZone: "Europe/Berlin",
    currency: "EUR",
    articles: [{ variant: TEA, name: "A tea · SKU-tea" }],
  });
});
