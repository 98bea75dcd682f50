import { expect, it } from "vitest";
import { idOf } from "../ids.ts";
import { priceListsFor } from "./group.ts";

const list = idOf<"PriceList">;
const group = idOf<"CustomerGroup">;

it("asks a customer's own price lists before the store's, each once", () => {
  const groups = [
    { id: group("trade"), name: "Trade", priceLists: [list("trade"), list("retail")] },
    { id: group("staff"), name: "Staff", priceLists: [list("staff")] },
  ];
  const own = [list("berlin"), list("retail")];
  expect(priceListsFor({ own, groups, of: [group("staff"), group("trade")] })).toEqual([
    "trade",
    "retail",
    "staff",
    "berlin",
  ]);
  expect(priceListsFor({ own, groups, of: [] })).toEqual(own);
});
