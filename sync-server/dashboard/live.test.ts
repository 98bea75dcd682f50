import { expect, test } from "vitest";
import type { LiveKind } from "#protocol/hq/dashboard.ts";
import { Live } from "./live.ts";

function watched() {
  const rests: (() => void)[] = [];
  const told: (readonly LiveKind[])[] = [];
  const live = new Live((work) => rests.push(work));
  live.listen({ changed: (kinds) => told.push(kinds), end: () => undefined });
  return { live, told, restOver: () => rests.shift()?.() };
}

test("the first change is told at once, those within a second after it together", () => {
  const { live, told, restOver } = watched();
  live.changed(["sales"]);
  live.changed(["stock"]);
  live.changed(["stock", "orders"]);
  expect(told).toEqual([["sales"]]);
  restOver();
  expect(told).toEqual([["sales"], ["orders", "stock"]]);
});

test("after a quiet second the next change is told at once again", () => {
  const { live, told, restOver } = watched();
  live.changed(["sales"]);
  restOver();
  live.changed(["tills"]);
  expect(told).toEqual([["sales"], ["tills"]]);
});

test("a sale is told as sales and stock", () => {
  const { live, told } = watched();
  live.published([
    { feed: "store:1", collection: "stock" },
    { feed: "store:1", collection: "receipts" },
  ]);
  expect(told).toEqual([["sales", "stock", "records"]]);
});
