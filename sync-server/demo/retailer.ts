import type { CustomerGroup } from "#domain/customer/group.ts";
import { idOf, type StoreId } from "#domain/ids.ts";
import { type Currency, money } from "#domain/money/money.ts";
import { DEFAULT_ORDER_POLICY, type OrderPolicy } from "#domain/orders/policy.ts";
import type { PriceRules } from "#domain/pricing/contradictions.ts";
import type { PriceList } from "#domain/pricing/price-list.ts";
import type { CashPolicy } from "#domain/shift/cash.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { TaxClass, TaxSetup } from "#domain/tax/tax.ts";
import type { ChannelLists } from "../prices/port.ts";

export const CURRENCY: Currency = idOf<"Currency">("EUR");
export const RETAIL_LIST = idOf<"PriceList">("retail");
/** The Munich café's own, higher prices; what it does not name costs what it costs elsewhere. */
export const MUNICH_LIST = idOf<"PriceList">("munich");
/** What cafés and inns pay that buy here for themselves. */
export const TRADE_LIST = idOf<"PriceList">("trade");

/** A few things are cheaper on the web; what it does not name costs what it costs in the stores. */
export const WEB_LIST = idOf<"PriceList">("web");

/** What the demo's web shop asks. */
export const DEMO_CHANNEL_LISTS: readonly ChannelLists[] = [
  { channel: idOf<"Channel">("demo-shop"), lists: [WEB_LIST, RETAIL_LIST] },
];

export const DEMO_PRICE_RULES: PriceRules = { channelDifferencePpm: 100_000 };

export const DEMO_PRICE_LISTS: readonly PriceList[] = [
  { id: RETAIL_LIST, name: "Retail", currency: CURRENCY },
  { id: MUNICH_LIST, name: "Munich café", currency: CURRENCY },
  { id: TRADE_LIST, name: "Trade", currency: CURRENCY },
  { id: WEB_LIST, name: "Web shop", currency: CURRENCY },
];

export const TRADE_GROUP: CustomerGroup = {
  id: idOf<"CustomerGroup">("trade"),
  name: "Trade",
  priceLists: [TRADE_LIST],
};

/** German value added tax: 19 % and, for food and books, 7 % (§ 12 UStG). */
const TAX_CLASSES: readonly TaxClass[] = [
  {
    id: idOf<"TaxClass">("standard"),
    name: "Standard rate",
    rates: [{ id: "de-standard", name: "VAT 19 %", ppm: 190_000 }],
  },
  {
    id: idOf<"TaxClass">("reduced"),
    name: "Reduced rate",
    rates: [{ id: "de-reduced", name: "VAT 7 %", ppm: 70_000 }],
  },
];

interface StoreSheet {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly address: readonly string[];
  readonly footer: string;
  readonly orders: Pick<OrderPolicy, "location" | "ordersPerDay" | "shippingCost" | "safetyStock">;
}

/** A visitor of the demo sees an order come due while they are still looking. */
const PROMISE_MS = 30 * 60_000;

const SHEETS: readonly StoreSheet[] = [
  {
    id: "store-ber1",
    code: "BER1",
    name: "Berlin Mitte",
    address: ["Beispielallee 12", "10117 Berlin"],
    footer: "Thank you, and see you soon in Mitte!",
    orders: {
      location: { latitude: 52.52, longitude: 13.405 },
      ordersPerDay: 60,
      shippingCost: money(390, CURRENCY),
      safetyStock: 0,
    },
  },
  {
    id: "store-ham1",
    code: "HAM1",
    name: "Hamburg Hafen",
    address: ["Musterkai 4", "20457 Hamburg"],
    footer: "Thank you, and fair winds!",
    orders: {
      location: { latitude: 53.5461, longitude: 9.986 },
      ordersPerDay: 40,
      shippingCost: money(350, CURRENCY),
      safetyStock: 0,
    },
  },
  {
    id: "store-muc1",
    code: "MUC1",
    name: "München Glockenbach",
    address: ["Probestraße 31", "80469 München"],
    footer: "Vielen Dank und bis bald!",
    // A small shop: it keeps one of each for whoever comes in.
    orders: {
      location: { latitude: 48.1289, longitude: 11.574 },
      ordersPerDay: 20,
      shippingCost: money(450, CURRENCY),
      safetyStock: 1,
    },
  },
];

/** The scales at the cheese counter print `28`, five digits of the article and the price of the package. */
const SCALE_CODES: NonNullable<StoreSettings["scaleCodes"]> = [
  { prefix: "28", itemDigits: 5, value: "price", valueDigits: 5, decimals: 2, hasPriceCheckDigit: false },
];

/** One drawer for everybody, counted blind; nothing is sold before a shift is open. */
const DEMO_CASH: CashPolicy = {
  drawer: "shared",
  requireShift: true,
  blindCount: true,
  variance: money(200, CURRENCY),
  float: money(15_000, CURRENCY),
  pickupAbove: money(100_000, CURRENCY),
  lockAfterMinutes: 10,
};

/**
 * The three stores of Fennholm, a retailer that does not exist. Munich differs on purpose: German words, tax rounded line by
 * line, a price list of its own, cash rounded to five cents, and less patience while it is offline.
 */
export function demoStores(): readonly StoreSettings[] {
  return SHEETS.map((sheet) => {
    const munich = sheet.code === "MUC1";
    const tax: TaxSetup = {
      mode: "inclusive",
      rounding: munich ? "line" : "ticket",
      classes: TAX_CLASSES,
      cashRounding: munich ? { incrementMinor: 5 } : null,
    };
    return {
      store: idOf<"Store">(sheet.id) satisfies StoreId,
      code: sheet.code,
      name: sheet.name,
      retailer: "Fennholm",
      address: sheet.address,
      vatId: "DE999999999",
      currency: CURRENCY,
      locale: munich ? "de-DE" : "en-DE",
      timeZone: "Europe/Berlin",
      priceLists: munich ? [MUNICH_LIST, RETAIL_LIST] : [RETAIL_LIST],
      scaleCodes: SCALE_CODES,
      tax,
      receiptHeader: ["FENNHOLM", "Good things, well made"],
      receiptFooter: [sheet.footer, "Demo receipt, no goods were sold"],
      offlinePolicy: {
        warnAfterDays: munich ? 1 : 3,
        managerAfterDays: munich ? 3 : 7,
        rosterMaxAgeDays: 7,
        maxRefund: money(10_000, CURRENCY),
      },
      customerGroups: [TRADE_GROUP],
      cash: DEMO_CASH,
      orders: { ...DEFAULT_ORDER_POLICY, promiseMs: PROMISE_MS, ...sheet.orders },
    };
  });
}
