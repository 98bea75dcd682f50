import type { StaffId } from "../ids.ts";

/** What a staff member may do; checked by the engine, never by a screen alone. */
export type Permission =
  | "sell"
  | "discount.line"
  | "discount.basket"
  | "reprint"
  | "overrideOfflineAge"
  | "orders.pick"
  | "orders.decline"
  | "orders.handOver"
  | "orders.ship"
  | "stock.count"
  | "orders.place"
  | "price.open"
  | "cases"
  | "orders.handOverWithoutLease"
  | "returns.take"
  | "returns.override";

export type RoleName = "cashier" | "manager";

/** argon2id over the PIN (PHC string) - never the PIN. */
export interface PinVerifier {
  readonly kind: "argon2id";
  readonly phc: string;
}

export interface StaffMember {
  readonly id: StaffId;
  readonly name: string;
  readonly role: RoleName;
  readonly pin: PinVerifier;
  readonly active: boolean;
}
