import type { Right } from "../access/rights.ts";
import type { ContradictionKind } from "../pricing/contradictions.ts";

/** What data is looked at, in the order in which HQ reads it. */
export const AUDIT_GROUPS = ["catalogue", "customers", "stock", "prices", "workArounds", "tills"] as const;
export type AuditGroup = (typeof AUDIT_GROUPS)[number];

export const AUDIT_SEVERITIES = ["high", "medium", "low"] as const;
export type AuditSeverity = (typeof AUDIT_SEVERITIES)[number];

/** Where something is set right: a page of the console and what it is asked to show. */
export interface AuditPlace {
  readonly page: string;
  readonly ask: Readonly<Record<string, string>>;
}

/** What is known of one row of a check, as far as it is about such a thing. */
export interface AuditSubject {
  readonly product?: string;
  readonly variant?: string;
  /** The code of the store. */
  readonly store?: string;
  /** What people find it by: a title, a name, an SKU. */
  readonly words?: string;
}

export interface AuditCheck {
  readonly group: AuditGroup;
  /** What one row of it is about. */
  readonly about: "product" | "article" | "customers" | "level" | "promotions" | "act" | "till";
  /** `store`: each row is of one store, and its manager sees it. `chain`: it is of all stores together, for those who work for all of them. */
  readonly scope: "store" | "chain";
  readonly severity: AuditSeverity;
  /** `now`: what is wrong at this moment. `period`: what was done in the last `AUDIT_PERIOD_DAYS`, compared per 1,000 tickets. */
  readonly counted: "now" | "period";
  /** What the price check finds of these kinds; null: the database is asked. */
  readonly contradictions: readonly ContradictionKind[] | null;
  /** What it takes besides the right to see the data audit, since its rows tell of such things. */
  readonly right: Right | null;
  /** Where all of it is listed to be set right. */
  readonly fix: AuditPlace;
}

export const AUDIT_CHECK_NAMES = [
  "noPrice",
  "noTax",
  "noGtin",
  "noPicture",
  "noText",
  "duplicateProducts",
  "duplicateCustomers",
  "negativeStock",
  "staleStock",
  "priceDifference",
  "belowCost",
  "priceGap",
  "priceOverlap",
  "promotionClash",
  "priceOverrides",
  "noReceiptReturns",
  "drawerOpenings",
  "approvals",
  "silentTills",
  "behindTills",
  "unsentTills",
  "oldPrograms",
  "wrongClocks",
] as const;
export type AuditCheckName = (typeof AUDIT_CHECK_NAMES)[number];

/** Acts of so many days count. */
export const AUDIT_PERIOD_DAYS = 28;
/** Goods that nothing was sold, counted or delivered of for so long may not be there any more. */
export const STALE_STOCK_DAYS = 180;
/** A till that is open every day is heard of within this. */
export const SILENT_TILL_HOURS = 24;
/** What changed so long ago is on every till that is in touch, and what a till did so long ago is at the server. */
export const LATE_TILL_MINUTES = 60;
/** The till itself warns from here on. */
export const WRONG_CLOCK_MINUTES = 2;

const CATALOGUE: Omit<AuditCheck, "severity" | "fix"> = {
  group: "catalogue",
  about: "product",
  scope: "chain",
  counted: "now",
  contradictions: null,
  right: null,
};
const PRICES: Omit<AuditCheck, "severity" | "contradictions" | "fix"> = {
  group: "prices",
  about: "article",
  scope: "chain",
  counted: "now",
  right: null,
};
const STOCK: Omit<AuditCheck, "severity" | "fix"> = {
  group: "stock",
  about: "level",
  scope: "store",
  counted: "now",
  contradictions: null,
  right: null,
};
const ACTS: Omit<AuditCheck, "severity" | "fix"> = {
  group: "workArounds",
  about: "act",
  scope: "store",
  counted: "period",
  contradictions: null,
  right: null,
};
const TILLS: Omit<AuditCheck, "severity" | "fix"> = {
  group: "tills",
  about: "till",
  scope: "store",
  counted: "now",
  contradictions: null,
  right: null,
};
const ON_SALE = { status: "active" } as const;

/** The friction list: everything that is looked for, one row each. */
export const AUDIT_CHECKS: Readonly<Record<AuditCheckName, AuditCheck>> = {
  noPrice: {
    ...CATALOGUE,
    about: "article",
    severity: "high",
    contradictions: ["missingPrice"],
    fix: { page: "priceCheck", ask: { kind: "missingPrice" } },
  },
  noTax: {
    ...CATALOGUE,
    severity: "high",
    contradictions: ["missingTaxClass"],
    fix: { page: "priceCheck", ask: { kind: "missingTaxClass" } },
  },
  noGtin: { ...CATALOGUE, severity: "medium", fix: { page: "catalogue", ask: { ...ON_SALE, gtin: "no" } } },
  noPicture: {
    ...CATALOGUE,
    severity: "low",
    fix: { page: "catalogue", ask: { ...ON_SALE, picture: "no" } },
  },
  noText: { ...CATALOGUE, severity: "low", fix: { page: "catalogue", ask: ON_SALE } },
  duplicateProducts: { ...CATALOGUE, severity: "medium", fix: { page: "catalogue", ask: {} } },
  duplicateCustomers: {
    ...CATALOGUE,
    group: "customers",
    about: "customers",
    severity: "medium",
    right: "customers.read",
    fix: { page: "customers", ask: { tab: "duplicates" } },
  },
  negativeStock: { ...STOCK, severity: "high", fix: { page: "stock", ask: { state: "belowZero" } } },
  staleStock: { ...STOCK, severity: "low", fix: { page: "stock", ask: { state: "idle" } } },
  priceDifference: { ...PRICES, severity: "medium", ...inPriceCheck("channelDifference") },
  belowCost: {
    ...PRICES,
    severity: "high",
    ...inPriceCheck("belowCost", "belowCostPromoted"),
    right: "margins.read",
  },
  priceGap: { ...PRICES, severity: "high", ...inPriceCheck("gap") },
  priceOverlap: { ...PRICES, severity: "medium", ...inPriceCheck("overlap") },
  promotionClash: {
    ...PRICES,
    about: "promotions",
    severity: "medium",
    ...inPriceCheck("promotionsMultiply", "promotionCancelled"),
  },
  priceOverrides: { ...ACTS, severity: "medium", fix: { page: "tickets", ask: {} } },
  noReceiptReturns: { ...ACTS, severity: "high", fix: { page: "returns", ask: {} } },
  drawerOpenings: { ...ACTS, severity: "medium", fix: { page: "approvals", ask: {} } },
  approvals: { ...ACTS, severity: "low", fix: { page: "approvals", ask: {} } },
  silentTills: { ...TILLS, severity: "high", fix: { page: "tills", ask: { state: "silent" } } },
  behindTills: { ...TILLS, severity: "medium", fix: { page: "tills", ask: {} } },
  unsentTills: { ...TILLS, severity: "high", fix: { page: "tills", ask: { sort: "oldestUnsent" } } },
  oldPrograms: { ...TILLS, severity: "medium", fix: { page: "tills", ask: { sort: "version" } } },
  wrongClocks: { ...TILLS, severity: "low", fix: { page: "tills", ask: { sort: "clock" } } },
};

/** The price check shows one kind at a time. */
function inPriceCheck(
  kind: ContradictionKind,
  ...others: readonly ContradictionKind[]
): Pick<AuditCheck, "contradictions" | "fix"> {
  const ask: AuditPlace["ask"] = others.length === 0 ? { kind } : {};
  return { contradictions: [kind, ...others], fix: { page: "priceCheck", ask } };
}

/** Where one row is set right. */
export function placeOfRow(name: AuditCheckName, subject: AuditSubject): AuditPlace {
  const { group, about, fix } = AUDIT_CHECKS[name];
  const { product, variant, store = "", words = "" } = subject;
  const inStore = store === "" ? {} : { store };
  switch (about) {
    case "product":
    case "article":
      return product === undefined || group !== "catalogue" ? fix : { page: "product", ask: { id: product } };
    case "promotions":
    case "customers":
      return fix;
    case "level":
      return {
        page: fix.page,
        ask: {
          ...inStore,
          search: words,
          ...(variant === undefined || store === "" ? {} : { level: `${store} ${variant}` }),
        },
      };
    case "act":
      return { page: fix.page, ask: inStore };
    case "till":
      return { page: fix.page, ask: { ...fix.ask, ...inStore } };
  }
}
