import { idOf } from "../ids.ts";
import { money } from "../money/money.ts";
import { DEFAULT_ORDER_POLICY } from "../orders/policy.ts";
import { limitUnit } from "../shift/denominations.ts";
import type { TaxMode } from "../tax/tax.ts";
import type { StoreSettings } from "./store.ts";

/** What nobody can guess of a retailer's first store. */
export interface FirstStore
  extends Pick<
    StoreSettings,
    "name" | "retailer" | "address" | "vatId" | "currency" | "locale" | "timeZone"
  > {
  /** The standard rate by the name that receipts show, in parts per million, and whether prices contain it. */
  readonly tax: { readonly mode: TaxMode; readonly name: string; readonly ppm: number };
}

/** What a till may pay back on its own word: 100 euros, 10,000 yen, 10,000 forints. */
const MAX_REFUND_UNITS = 100;
/** What a drawer may be off by: 2 euros, 200 yen, 200 forints. */
const VARIANCE_UNITS = 2;

/**
 * What the first store of all begins with, where later ones begin like another store: one price list, one tax class, a shared drawer that is counted blind,
 * a warning after three days without the server and a manager's word after seven. HQ changes its taxes, lists, rules and limits in money later; not the retailer's name, nor those days.
 */
export function firstStore({ tax, currency, ...profile }: FirstStore): Omit<StoreSettings, "store" | "code"> {
  const { name, retailer, address, vatId, locale, timeZone } = profile;
  const unit = limitUnit(currency);
  return {
    name,
    retailer,
    address,
    vatId,
    currency,
    locale,
    timeZone,
    priceLists: [idOf<"PriceList">("retail")],
    tax: {
      mode: tax.mode,
      rounding: "ticket",
      classes: [
        {
          id: idOf<"TaxClass">("standard"),
          name: "Standard rate",
          rates: [{ id: "standard", name: tax.name, ppm: tax.ppm }],
        },
      ],
      cashRounding: null,
    },
    receiptHeader: [],
    receiptFooter: [],
    offlinePolicy: {
      warnAfterDays: 3,
      managerAfterDays: 7,
      rosterMaxAgeDays: 7,
      maxRefund: money(MAX_REFUND_UNITS * unit, currency),
    },
    cash: {
      drawer: "shared",
      requireShift: true,
      blindCount: true,
      variance: money(VARIANCE_UNITS * unit, currency),
      float: null,
      pickupAbove: null,
      lockAfterMinutes: 10,
    },
    orders: DEFAULT_ORDER_POLICY,
  };
}
