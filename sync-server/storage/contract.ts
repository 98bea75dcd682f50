import { ACCESS } from "./contract/access.ts";
import { ACTS } from "./contract/acts.ts";
import type { ContractCase } from "./contract/case.ts";
import { CASES } from "./contract/cases.ts";
import { CONNECTORS } from "./contract/connectors.ts";
import { COUPONS } from "./contract/coupons.ts";
import { CREDITS } from "./contract/credits.ts";
import { CUSTOMERS } from "./contract/customers.ts";
import { DATA_AUDIT } from "./contract/data-audit.ts";
import { DELIVERIES } from "./contract/deliveries.ts";
import { DEVICES } from "./contract/devices.ts";
import { GLANCE } from "./contract/glance.ts";
import { GRID } from "./contract/grid.ts";
import { JOURNAL } from "./contract/journal.ts";
import { LETTING_IN } from "./contract/letting-in.ts";
import { LINK_MAILS } from "./contract/link-mails.ts";
import { LOYALTY } from "./contract/loyalty.ts";
import { MAIL_RETURNS } from "./contract/mail-returns.ts";
import { MAILS } from "./contract/mails.ts";
import { MANY_AT_ONCE } from "./contract/many-at-once.ts";
import { MOVED } from "./contract/moved.ts";
import { ORDERS } from "./contract/orders.ts";
import { OUTGOING } from "./contract/outgoing.ts";
import { PRICES } from "./contract/prices.ts";
import { PRODUCTS } from "./contract/products.ts";
import { PROFILES } from "./contract/profiles.ts";
import { REPLENISH } from "./contract/replenish.ts";
import { REPORTS } from "./contract/reports.ts";
import { RETURNS } from "./contract/returns.ts";
import { SHIFTS } from "./contract/shifts.ts";
import { CATALOGUE, OTHER } from "./contract/shop.ts";
import { SHOP_PRODUCTS } from "./contract/shop-products.ts";
import { STAFF } from "./contract/staff.ts";
import { STOCK } from "./contract/stock.ts";
import { TAKE_OVER } from "./contract/take-over.ts";
import { TILLS } from "./contract/tills.ts";
import { TRAIL } from "./contract/trail.ts";
import { FEEDS, TRANSACTIONS } from "./contract/transactions.ts";

/** Every promise of the port; a storage engine is one when it keeps them all. */
export const STORAGE_CONTRACT: readonly ContractCase[] = [
  ...TRANSACTIONS,
  ...FEEDS,
  ...JOURNAL,
  ...DEVICES,
  ...CATALOGUE,
  ...OTHER,
  ...MANY_AT_ONCE,
  ...ORDERS,
  ...OUTGOING,
  ...CONNECTORS,
  ...MAIL_RETURNS,
  ...RETURNS,
  ...CUSTOMERS,
  ...PROFILES,
  ...CREDITS,
  ...COUPONS,
  ...PRICES,
  ...LINK_MAILS,
  ...LOYALTY,
  ...MAILS,
  ...MOVED,
  ...CASES,
  ...SHIFTS,
  ...STAFF,
  ...TILLS,
  ...LETTING_IN,
  ...TAKE_OVER,
  ...GLANCE,
  ...STOCK,
  ...REPLENISH,
  ...TRAIL,
  ...ACTS,
  ...GRID,
  ...ACCESS,
  ...PRODUCTS,
  ...SHOP_PRODUCTS,
  ...DELIVERIES,
  ...REPORTS,
  ...DATA_AUDIT,
];
