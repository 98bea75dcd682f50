import type { StaffId } from "../ids.ts";
import type { BadgeVerifier } from "./badge.ts";

/** What a staff member may do; checked by the engine, never by a screen alone. */
export const PERMISSIONS = [
  "sell",
  "discount.line",
  "discount.basket",
  "reprint",
  "overrideOfflineAge",
  "orders.pick",
  "orders.decline",
  "orders.handOver",
  "orders.ship",
  "stock.count",
  /** Says that pieces are there or gone, and why. */
  "stock.adjust",
  "stock.receive",
  "stock.send",
  "orders.place",
  "price.open",
  "cases",
  "orders.handOverWithoutLease",
  "returns.take",
  "returns.override",
  /** Begins and counts a drawer, and closes the day. */
  "shift",
  /** Lets a drawer be closed that is off by more than the store allows, and reads what it should hold before it is counted. */
  "shift.variance",
  "cash.move",
  "cash.pickup",
  "drawer.open",
  "report.x",
  "price.override",
  "line.void",
  "basket.void",
  "training",
  "devices.setUp",
  /** Says by word what a terminal did that nobody can ask. */
  "card.settle",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** argon2id over the PIN (PHC string) - never the PIN. */
export interface PinVerifier {
  readonly kind: "argon2id";
  readonly phc: string;
}

export interface StaffMember {
  readonly id: StaffId;
  readonly name: string;
  /** The id of a role of the store, see `roleOf`. */
  readonly role: string;
  readonly pin: PinVerifier;
  /** Absent: signs in by PIN alone. */
  readonly badge?: BadgeVerifier;
  readonly active: boolean;
}
