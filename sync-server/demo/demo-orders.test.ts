import { beforeAll, expect, test } from "vitest";
import { shopOrderRequestSchema } from "#protocol/shop/order.ts";
import type { DemoOrder } from "../demo-context.ts";
import { type DemoData, demoData } from "./demo-data.ts";
import { demoOrders } from "./demo-orders.ts";

let data: DemoData;
let orders: readonly DemoOrder[];
beforeAll(async () => {
  data = await demoData(1);
  orders = demoOrders(data);
});

test("every order is one that a web shop may place, under a number of its own, the oldest first", () => {
  for (const { request } of orders) expect(shopOrderRequestSchema.parse(request)).toEqual(request);
  expect(new Set(orders.map(({ request }) => request.number)).size).toBe(orders.length);
  const ages = orders.map(({ placedAgoMs }) => placedAgoMs);
  expect(ages.toSorted((a, b) => b - a)).toEqual(ages);
});

test("what is ordered costs what it costs, and every store has enough of it for all orders", () => {
  const asked = new Map<string, number>();
  for (const { request } of orders)
    for (const { sku, quantity, unitPrice } of request.lines) {
      const variant = data.products.flatMap(({ variants }) => variants).find((each) => each.sku === sku)!;
      asked.set(variant.id, (asked.get(variant.id) ?? 0) + quantity);
      expect(data.prices.map(({ amount }) => amount)).toContainEqual(unitPrice);
    }
  for (const [variant, pieces] of asked)
    for (const { onHand } of data.stock.filter((each) => each.variant === variant))
      expect(onHand).toBeGreaterThanOrEqual(pieces);
});

test("there is something of everything: to pick, ready to be collected and sent, paid in the store, late", () => {
  const some = (is: (order: DemoOrder) => boolean) => orders.filter(is).length;
  expect(some(({ shelf }) => shelf === null)).toBeGreaterThanOrEqual(4);
  expect(some(({ shelf, request }) => shelf !== null && request.delivery.kind === "pickup")).toBe(2);
  expect(some(({ shelf, request }) => shelf !== null && request.delivery.kind === "ship")).toBe(1);
  expect(some(({ request }) => request.payment.kind === "atPickup")).toBe(2);
  const promiseMs = data.stores[0]!.orders!.promiseMs;
  expect(some(({ shelf, placedAgoMs }) => shelf === null && placedAgoMs > promiseMs)).toBe(1);
});
