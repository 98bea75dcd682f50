import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { cashPolicyOf } from "../shift/cash.ts";
import { firstStore } from "./first-store.ts";

const YEN = idOf<"Currency">("JPY");
const store = firstStore({
  name: "Ginza",
  retailer: "Tea & Pots",
  address: ["1-1"],
  vatId: "",
  currency: YEN,
  locale: "ja-JP",
  timeZone: "Asia/Tokyo",
  tax: { mode: "exclusive", name: "Consumption tax 10 %", ppm: 100_000 },
});

test("the first store taxes everything by the rate that was said, and asks one price list", () => {
  expect(store.tax).toEqual({
    mode: "exclusive",
    rounding: "ticket",
    classes: [
      {
        id: "standard",
        name: "Standard rate",
        rates: [{ id: "standard", name: "Consumption tax 10 %", ppm: 100_000 }],
      },
    ],
    cashRounding: null,
  });
  expect(store.priceLists).toEqual(["retail"]);
});

test("its amounts are in its own currency", () => {
  expect(cashPolicyOf(store).variance).toEqual({ minor: 200, currency: YEN });
  expect(store.offlinePolicy.maxRefund).toEqual({ minor: 10_000, currency: YEN });
});

test("a warning comes before a manager is asked, and the roster lasts as long as sales go on without one", () => {
  const { warnAfterDays, managerAfterDays, rosterMaxAgeDays } = store.offlinePolicy;
  expect(warnAfterDays).toBeLessThan(managerAfterDays);
  expect(rosterMaxAgeDays).toBeGreaterThanOrEqual(managerAfterDays);
});
