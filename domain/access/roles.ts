import type { StoreId } from "../ids.ts";
import { RIGHTS, type Right } from "./rights.ts";

/** What people at HQ are. A store manager works for some stores; the others for all of them. */
export const HQ_ROLES = ["admin", "merchandiser", "storeManager", "support", "auditor"] as const;
export type HqRole = (typeof HQ_ROLES)[number];

const MERCHANDISER: readonly Right[] = [
  "dashboard.read",
  "catalogue.read",
  "catalogue.edit",
  "prices.read",
  "prices.edit",
  "promotions.read",
  "promotions.edit",
  "stock.read",
  "stock.edit",
  "stores.read",
  "reports.read",
  "reports.edit",
  "margins.read",
  "dataAudit.read",
  "dataAudit.act",
];

const STORE_MANAGER: readonly Right[] = [
  "dashboard.read",
  "catalogue.read",
  "prices.read",
  "promotions.read",
  "stock.read",
  "stock.edit",
  "orders.read",
  "orders.act",
  "exceptions.read",
  "exceptions.act",
  "returns.read",
  "returns.act",
  "cases.read",
  "cases.act",
  "customers.read",
  "customers.edit",
  "value.read",
  "tickets.read",
  "shifts.read",
  "staff.read",
  "staff.edit",
  "stores.read",
  "tills.read",
  "tills.diagnose",
  "rules.read",
  "reports.read",
  "reports.edit",
  "dataAudit.read",
  "dataAudit.act",
];

const SUPPORT: readonly Right[] = [
  "dashboard.read",
  "catalogue.read",
  "prices.read",
  "promotions.read",
  "stock.read",
  "orders.read",
  "orders.act",
  "exceptions.read",
  "exceptions.act",
  "returns.read",
  "returns.act",
  "cases.read",
  "cases.act",
  "customers.read",
  "customers.edit",
  "customers.privacy",
  "value.read",
  "value.adjust",
  "tickets.read",
  "stores.read",
  "tills.read",
  "tills.diagnose",
  "rules.read",
];

/** Sees everything, takes the books along, changes nothing. */
const AUDITOR: readonly Right[] = [...RIGHTS.filter((right) => right.endsWith(".read")), "books.export"];

/** The one table of who may do what at HQ. */
export const ROLE_RIGHTS: Readonly<Record<HqRole, readonly Right[]>> = {
  admin: RIGHTS,
  merchandiser: MERCHANDISER,
  storeManager: STORE_MANAGER,
  support: SUPPORT,
  auditor: AUDITOR,
};

/** Whether people of a role have a right. */
export function mayAtHq(role: HqRole, right: Right): boolean {
  return ROLE_RIGHTS[role].includes(right);
}

/** Stores that somebody works for; null: all there are and will be. */
export type StoreReach = readonly StoreId[] | null;

/** Whose data is asked for: one store's, that of all whom somebody reaches, or every store's (null). */
export type StoreAsk = StoreId | StoreReach;

/** Whether the data of a store is asked for. */
export function isAsked(ask: StoreAsk, store: StoreId): boolean {
  return typeof ask === "string" ? ask === store : reachesStore(ask, store);
}

/** Whether somebody of this reach may see and do what belongs to a store; null: to none, but to the chain. */
export function reachesStore(reach: StoreReach, store: StoreId | null): boolean {
  return reach === null || (store !== null && reach.includes(store));
}

/** Whether somebody of this reach may change what belongs to all of these stores; null: to every store there is and will be. */
export function reachesAllOf(reach: StoreReach, stores: StoreReach): boolean {
  return reach === null || stores?.every((store) => reach.includes(store)) === true;
}
