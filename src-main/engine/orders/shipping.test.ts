import { beforeEach, describe, expect, test } from "vitest";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { readyOrder, storeOrder } from "../testing/order-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const ADDRESS = {
  name: "Ada Brandt",
  lines: ["Musterweg 3"],
  postcode: "20457",
  city: "Hamburg",
  country: "DE",
};
const ORDER = readyOrder({ address: ADDRESS, fulfilment: { kind: "ship", pickup: null } });
const fulfilment = ORDER.id;
const OWN_VAN = { carrier: "Store van", tracking: "" };

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn("mira");
  till.replica.put("orders", ORDER);
});

function textOf(row: ReceiptRow): string {
  if (row.kind === "rule") return "---";
  if ("text" in row) return row.text;
  return "left" in row ? row.left : row.kind;
}

describe("an order leaves by parcel", () => {
  test("all that is due, with the carrier's tracking number where none was typed", async () => {
    const parcels = [OWN_VAN, { carrier: "DHL", tracking: "0034" }];
    expect(await till.verbs.shipOrder({ fulfilment, parcels })).toMatchObject({
      ok: true,
      value: { state: "shipped", parcels: [{ carrier: "Store van", tracking: "WEB-1001/1" }, parcels[1]] },
    });
    expect(till.journal.facts("order.shipped")).toMatchObject([
      {
        lines: [{ quantity: 2 }, { quantity: 1 }],
        parcels: [{ tracking: "WEB-1001/1" }, { tracking: "0034" }],
      },
    ]);
    const [mug] = await till.verbs.search({ text: "Becher", limit: 1 });
    expect(mug?.onHand).toBe(10);
  });

  test("with a packing slip and a label for each parcel", async () => {
    await till.setUpPrinter();
    await till.verbs.shipOrder({ fulfilment, parcels: [OWN_VAN, OWN_VAN] });
    const printed = (till.printers[0]?.printed ?? []).map((rows) => rows.map(textOf));
    expect(printed[0]).toContain("Packzettel WEB-1001");
    expect(printed[0]).toContain("2 x Emaille-Becher");
    expect(printed.slice(1)).toEqual([["label of parcel 1"], ["label of parcel 2"]]);
  });

  test("once", async () => {
    const parcels = [OWN_VAN];
    const both = [
      till.verbs.shipOrder({ fulfilment, parcels }),
      till.verbs.shipOrder({ fulfilment, parcels }),
    ];
    expect((await Promise.all(both)).map(({ ok }) => ok)).toEqual([true, false]);
    expect(till.journal.facts("order.shipped")).toHaveLength(1);
  });

  test.each([
    {
      why: "not before it is packed",
      order: storeOrder({ fulfilment: { kind: "ship" } }),
      reason: "notReady",
    },
    { why: "not an order to be collected", order: readyOrder(), reason: "notShipping" },
    {
      why: "not a cancelled one",
      order: readyOrder({ fulfilment: { kind: "ship", state: "cancelled" } }),
      reason: "cancelled",
    },
  ])("$why", async ({ order, reason }) => {
    till.replica.put("orders", order);
    expect(await till.verbs.shipOrder({ fulfilment, parcels: [OWN_VAN] })).toEqual({ ok: false, reason });
  });
});

describe("goods of an order that is off", () => {
  test("are shown as to be put back, and are back on sale with one tap", async () => {
    till.replica.put("orders", readyOrder({ fulfilment: { state: "expired" } }));
    expect(till.shop.views.orders.current().orders[0]?.toRestock).toBe(true);
    expect(await till.verbs.restockOrder({ fulfilment })).toMatchObject({
      ok: true,
      value: { toRestock: false, shelf: null },
    });
    expect(await till.verbs.restockOrder({ fulfilment })).toEqual({ ok: false, reason: "notNow" });
  });

  test("of which nothing was picked need not be", async () => {
    till.replica.put("orders", storeOrder({ fulfilment: { state: "cancelled" } }));
    expect(till.shop.views.orders.current().orders[0]?.toRestock).toBe(false);
    expect(await till.verbs.restockOrder({ fulfilment })).toEqual({ ok: false, reason: "notNow" });
  });
});
