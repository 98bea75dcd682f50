import {
  type CustomerId,
  type DeviceId,
  type Instant,
  idOf,
  type ReceiptNumber,
  type StaffId,
  type StoreId,
} from "../ids.ts";
import type { Money } from "../money/money.ts";
import type { EarnedShare } from "./earn.ts";

/**
 * Why points move. `takenBack`: what was bought came back, and with it what it had earned. `givenBack`: what was paid with points came back. `adjusted`: HQ says
 * so, with a reason.
 */
export const POINTS_MOVES = ["earned", "burned", "takenBack", "givenBack", "expired", "adjusted"] as const;
export type PointsMoveKind = (typeof POINTS_MOVES)[number];

/** Where points lie: with a customer, or where they came from and went to. */
export type PointsAccount =
  | `points:${string}`
  | "pointsEarned"
  | "pointsBurned"
  | "pointsExpired"
  | "pointsAdjusted";

/** What happened to a customer's points, before anybody books it. */
export interface PointsMove {
  /** Of what caused it: the same cause has it wherever and however often it is told. */
  readonly id: string;
  readonly kind: PointsMoveKind;
  readonly customer: CustomerId;
  /** Above zero; of an adjustment below zero too. */
  readonly points: number;
  readonly at: Instant;
  /** The purchase that earned them or that came back, by its key; null for the others. */
  readonly purchase: string | null;
  /** Of what was earned: how much of it each line did. */
  readonly shares?: readonly EarnedShare[];
  /** Receipt or order as people read it. */
  readonly number: ReceiptNumber | string | null;
  readonly store: StoreId | null;
  readonly device: DeviceId | null;
  readonly staff: StaffId | null;
  /** Of what was burned: what it paid. */
  readonly amount?: Money;
  /** Why HQ adjusted them, and who. */
  readonly note?: string;
}

export interface PointsPosting {
  readonly account: PointsAccount;
  readonly points: number;
}

/** A move as the books have it: what one account gets another gives, so that the postings add up to nothing. */
export interface PointsEntry extends Omit<PointsMove, "points"> {
  readonly postings: readonly [PointsPosting, PointsPosting];
}

const CUSTOMERS = "points:";

export function pointsAccount(customer: CustomerId): PointsAccount {
  return `${CUSTOMERS}${customer}`;
}

/** Whose account it is, by its name; null where it is nobody's. */
export function pointsOwner(account: string): CustomerId | null {
  return account.startsWith(CUSTOMERS) ? idOf<"Customer">(account.slice(CUSTOMERS.length)) : null;
}

const OTHER_SIDE: Readonly<Record<PointsMoveKind, PointsAccount>> = {
  earned: "pointsEarned",
  takenBack: "pointsEarned",
  burned: "pointsBurned",
  givenBack: "pointsBurned",
  expired: "pointsExpired",
  adjusted: "pointsAdjusted",
};

/** Which way a move goes: 1 to the customer, -1 from them. An adjustment says so itself. */
const TO_CUSTOMER: Readonly<Record<PointsMoveKind, 1 | -1>> = {
  earned: 1,
  givenBack: 1,
  adjusted: 1,
  takenBack: -1,
  burned: -1,
  expired: -1,
};

/** The entry of a move. Throws a RangeError where it moves no points, or less than none: such never left a till. */
export function pointsEntryOf({ points, ...told }: PointsMove): PointsEntry {
  const isFit = Number.isSafeInteger(points) && (told.kind === "adjusted" ? points !== 0 : points > 0);
  if (!isFit) throw new RangeError(`${points} points cannot be ${told.kind}`);
  const toCustomer = points * TO_CUSTOMER[told.kind];
  return {
    ...told,
    postings: [
      { account: OTHER_SIDE[told.kind], points: -toCustomer },
      { account: pointsAccount(told.customer), points: toCustomer },
    ],
  };
}

/** Each entry once, by its id; the first that was told counts. */
export function pointsOnce(entries: readonly PointsEntry[]): readonly PointsEntry[] {
  const known = new Map<string, PointsEntry>();
  for (const entry of entries) if (!known.has(entry.id)) known.set(entry.id, entry);
  return [...known.values()];
}

/** What lies on an account; a customer's is below zero where more was taken than they had. */
export function pointsOn(entries: readonly PointsEntry[], account: PointsAccount): number {
  return pointsOnce(entries).reduce(
    (sum, { postings }) =>
      postings.reduce((inner, each) => (each.account === account ? inner + each.points : inner), sum),
    0,
  );
}

/** What an entry does to the customer's account. */
export function toCustomerOf({ customer, postings }: PointsEntry): number {
  const account = pointsAccount(customer);
  return postings.reduce((sum, each) => (each.account === account ? sum + each.points : sum), 0);
}
