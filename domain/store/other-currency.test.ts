import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { money } from "../money/money.ts";
import { firstStore } from "./first-store.ts";
import { inCurrency } from "./other-currency.ts";

const EUR = idOf<"Currency">("EUR");
const CHF = idOf<"Currency">("CHF");
const store = firstStore({
  name: "Mitte",
  retailer: "Tea & Pots",
  address: [],
  vatId: "",
  currency: EUR,
  locale: "de-DE",
  timeZone: "Europe/Berlin",
  tax: { mode: "inclusive", name: "VAT", ppm: 190_000 },
});

test("a store in another currency names no amount of the one before", () => {
  const { cash, orders, offlinePolicy } = store;
  if (cash === undefined || orders === undefined) throw new Error("it has no drawer or no orders");
  const rich = {
    ...store,
    offlinePolicy: { ...offlinePolicy, maxCredit: money(500, EUR), maxPoints: money(300, EUR) },
    cash: { ...cash, float: money(10_000, EUR), pickupAbove: money(90_000, EUR) },
    orders: { ...orders, shippingCost: money(490, EUR) },
  };
  const franc = inCurrency(rich, CHF);
  expect(JSON.stringify(franc)).not.toContain('"EUR"');
  expect(franc).toMatchObject({
    currency: CHF,
    offlinePolicy: { maxRefund: money(offlinePolicy.maxRefund.minor, CHF), maxPoints: money(300, CHF) },
    cash: { pickupAbove: money(90_000, CHF) },
  });
  expect(inCurrency(franc, EUR)).toEqual(rich);
});

test("one whose currency stays is as it was", () => {
  expect(inCurrency(store, EUR)).toBe(store);
});
