import { expect, test } from "vitest";
import type { Shipment } from "./port.ts";
import { createStoreLabels } from "./store-label.ts";

const PARCEL: Shipment = {
  order: "FEN 1042/ä",
  parcel: { place: 1, of: 2 },
  carrier: "Store van",
  tracking: "",
  from: { code: "BER1", name: "Kreuzberg", lines: ["Oranienstr. 1", "10999 Berlin"] },
  to: { name: "Ada Brandt", lines: ["Musterweg 3"], postcode: "20457", city: "Hamburg", country: "DE" },
};

test("a parcel without a tracking number gets one of the store's own, the same each time and another for each parcel", async () => {
  const carrier = createStoreLabels();
  const first = await carrier.label(PARCEL);
  expect(first).toMatchObject({ ok: true, value: { tracking: "BER1-FEN-1042--1" } });
  expect(await carrier.label(PARCEL)).toEqual(first);
  const second = await carrier.label({ ...PARCEL, parcel: { place: 2, of: 2 } });
  expect(second).toMatchObject({ ok: true, value: { tracking: "BER1-FEN-1042--2" } });
});

test("a tracking number that was scanned stays, and the label says where the parcel goes", async () => {
  const label = await createStoreLabels().label({ ...PARCEL, tracking: "00340434" });
  if (!label.ok) throw new Error(label.reason);
  expect(label.value.tracking).toBe("00340434");
  const texts = label.value.rows.map((each) =>
    each.kind === "pair" || each.kind === "big" ? each.left : each,
  );
  expect(texts).toContain("20457 Hamburg");
  expect(label.value.rows.at(-1)).toEqual({ kind: "barcode", text: "00340434" });
});
