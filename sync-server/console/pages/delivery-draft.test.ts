import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { type DeliveryDraft, draftOfDelivery, EMPTY_DELIVERY, editOf, wantedOf } from "./delivery-draft.ts";

const TYPED: DeliveryDraft = {
  ...EMPTY_DELIVERY,
  from: "BER1",
  to: "HAM1",
  note: "Fragile",
  lines: [{ sku: "TEA", name: "Tea", pieces: "5" }],
};
const TRANSFER = { kind: "transfer", isDraft: false } as const;

test("a delivery is asked for once it has stores, or a supplier, and lines with whole pieces", () => {
  expect(wantedOf(TYPED, TRANSFER)).toEqual({
    supplier: "",
    from: "BER1",
    to: "HAM1",
    expectedOn: null,
    blind: false,
    note: "Fragile",
    lines: [{ sku: "TEA", pieces: 5 }],
    draft: false,
  });
  expect(wantedOf({ ...TYPED, to: "BER1" }, TRANSFER)).toBeNull();
  expect(wantedOf({ ...TYPED, lines: [] }, TRANSFER)).toBeNull();
  expect(wantedOf({ ...TYPED, lines: [{ sku: "TEA", name: "", pieces: "1.5" }] }, TRANSFER)).toBeNull();
  expect(wantedOf({ ...TYPED, supplier: " " }, { kind: "supplier", isDraft: false })).toBeNull();
});

test("a change says all of a delivery again, with the version it began from", () => {
  const edit = editOf({ ...TYPED, reference: "D-1" }, { kind: "transfer", version: "v1" });
  expect(edit).toMatchObject({ reference: "D-1", version: "v1", lines: [{ sku: "TEA", pieces: 5 }] });
  expect(editOf({ ...TYPED, reference: " " }, { kind: "transfer", version: "v1" })).toBeNull();
});

test("what is changed begins as it was asked for, not as it went on", () => {
  const opened = { variant: idOf<"Variant">("tea"), sku: idOf<"Sku">("TEA"), name: "Tea", ordered: 5 };
  const found = draftOfDelivery({
    row: { kind: "supplier", from: "", to: "HAM1" },
    delivery: {
      supplier: "Tea House",
      reference: "L-1",
      expectedOn: null,
      note: "",
      blind: true,
      opened: [opened],
    },
  });
  expect(found).toEqual({
    ...EMPTY_DELIVERY,
    to: "HAM1",
    supplier: "Tea House",
    reference: "L-1",
    blind: true,
    lines: [{ sku: "TEA", name: "Tea", pieces: "5" }],
  });
});
