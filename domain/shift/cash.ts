import { type Currency, type Money, money } from "../money/money.ts";

/** So many coins or notes of one face value. */
export interface CountedCash {
  /** Face value of one piece, minor units. */
  readonly face: number;
  readonly pieces: number;
}

/** What lies in a drawer, piece by piece, as it was counted. */
export interface CashCount {
  readonly pieces: readonly CountedCash[];
  /** All of it; what the pieces come to. */
  readonly total: Money;
}

/** Whose drawer it is: one for whoever works at the till, or one that a colleague brings and takes away. */
export const DRAWER_KINDS = ["shared", "own"] as const;
export type DrawerKind = (typeof DRAWER_KINDS)[number];

/** How a store handles its cash; decided at HQ. */
export interface CashPolicy {
  readonly drawer: DrawerKind;
  /** Whether a sale needs a shift that is open. */
  readonly requireShift: boolean;
  /** Whether the expected amount is kept from whoever counts until it is counted. */
  readonly blindCount: boolean;
  /** What a count may be off by, either way, before somebody must allow the close. */
  readonly variance: Money;
  /** With how much change a day usually begins. Null: no usual float. */
  readonly float: Money | null;
  /** From how much cash in the drawer on the till asks for a pick-up. Null: it never does. */
  readonly pickupAbove: Money | null;
  /** Minutes without a touch after which the till locks. Null: it never does. */
  readonly lockAfterMinutes: number | null;
}

/** The policy of a store; where its settings have none nothing is asked for, as before there were shifts. */
export function cashPolicyOf({
  cash,
  currency,
}: {
  readonly cash?: CashPolicy;
  readonly currency: Currency;
}): CashPolicy {
  return (
    cash ?? {
      drawer: "shared",
      requireShift: false,
      blindCount: true,
      variance: money(0, currency),
      float: null,
      pickupAbove: null,
      lockAfterMinutes: null,
    }
  );
}
