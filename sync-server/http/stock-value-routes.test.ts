import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
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
