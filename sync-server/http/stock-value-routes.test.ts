import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { countRowSchema, resultsAnswerSchema } from "#protocol/hq/counts.ts";
import { hqDeliverySchema } from "#protocol/hq/deliveries.ts";
import { levelsAnswerSchema } from "#protocol/hq/stock.ts";
import { stockValueAnswerSchema } from "#protocol/hq/stock-value.ts";
import { HttpForTests } from "../http-for-tests.ts";
import { OrderBench } from "../testing/orders.ts";
import { BERLIN, CUP, EUR, HAMBURG, product, TEA } from "../testing/shop.ts";

let server: HttpForTests;
beforeEach(async () => {
  server = await HttpForTests.open();
  const bench = new OrderBench(server.parts.deps);
  await bench.stock(BERLIN, TEA, 5);
  await bench.stock(HAMBURG, TEA, 2);
  await bench.stock(BERLIN, CUP, 3);
  await server.parts.storage.write(async (tx) => {
    await tx.putProduct(product(CUP));
    await tx.putCost({ variant: TEA, cost: money(250, EUR) });
    const at = server.parts.deps.now();
    for (const [store, quantity] of [
      [BERLIN.store, -1],
      [HAMBURG.store, -2],
    ] as const)
      await tx.addMovement(
        { store, variant: TEA, quantity, reason: { kind: "counted", entry: idOf<"Entry">("e") } },
        { cause: "counted:e", at },
      );
  });
});
afterEach(() => server.close());

const value = async (query = "") =>
  stockValueAnswerSchema.parse(await (await server.hq(`/hq/v1/stock-value${query}`)).json()).rows;

test("stock is worth what it costs; where nobody knows the cost its pieces are told, and no amount", async () => {
  expect(await value("?store=BER1")).toEqual([
    { part: "onHand", pieces: 4, amount: money(1_000, EUR) },
    { part: "onHand", pieces: 3, amount: null },
    { part: "counted", pieces: -1, amount: money(-250, EUR) },
  ]);
  expect(await value()).toContainEqual({ part: "counted", pieces: -3, amount: money(-750, EUR) });
});

test("what is sold by weight has a cost per kilogram, and so no known worth per piece", async () => {
  await server.parts.storage.write((tx) => tx.putProduct({ ...product(TEA), soldBy: "weight" }));
  expect(await value("?store=HAM1")).toEqual([{ part: "counted", pieces: -2, amount: null }]);
});

test("levels, what a count found and lines of a delivery say what they cost and are worth, to those alone who may see costs", async () => {
  const level = async (ask: typeof server.hq) =>
    levelsAnswerSchema.parse(await (await ask("/hq/v1/stock?store=BER1")).json()).levels;
  const [cup, tea] = await level((path) => server.hq(path));
  expect(tea).toMatchObject({ onHand: 4, cost: money(250, EUR), value: money(1_000, EUR) });
  expect(cup).toMatchObject({ onHand: 3, cost: null, value: null });
  const csv = await (await server.hq("/hq/v1/stock/csv?store=BER1")).text();
  expect(csv).toContain(",cost,value,currency\r\n");
  expect(csv).toContain(",2.50,10.00,EUR\r\n");
  const body = { to: "HAM1", supplier: "Tea House", lines: [{ sku: "SKU-tea", pieces: 12 }] };
  const made = await server.hq("/hq/v1/deliveries", { method: "POST", body });
  const { id, costs } = hqDeliverySchema.parse(await made.json());
  expect(costs).toEqual({ [TEA]: money(250, EUR) });

  const support = await server.as("support");
  for (const each of await level(support)) expect(each).not.toHaveProperty("cost");
  expect(await (await support("/hq/v1/stock/csv?store=BER1")).text()).not.toContain("cost");
  const seen = hqDeliverySchema.parse(await (await support(`/hq/v1/deliveries/${id}`)).json());
  expect(seen).not.toHaveProperty("costs");
});

test("what a count found says what the difference is worth, and what is sold by weight says nothing", async () => {
  const plan = {
    store: "BER1",
    name: "All",
    scope: { kind: "all" },
    blind: false,
    day: "2026-11-26",
    note: "",
  };
  const planned = await server.hq("/hq/v1/counts", { method: "POST", body: plan });
  const { id } = countRowSchema.parse(await planned.json());
  const rows = async () =>
    resultsAnswerSchema.parse(await (await server.hq(`/hq/v1/counts/${id}/results?show=uncounted`)).json())
      .results;
  expect((await rows()).find(({ variant }) => variant === TEA)).toMatchObject({
    difference: -4,
    cost: money(250, EUR),
    value: money(-1_000, EUR),
  });
  await server.parts.storage.write((tx) => tx.putProduct({ ...product(TEA), soldBy: "weight" }));
  expect((await rows()).find(({ variant }) => variant === TEA)).toMatchObject({ cost: null, value: null });
});
