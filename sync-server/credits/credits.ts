import { readCouponCode } from "#domain/coupons/coupon-code.ts";
import type { Instant } from "#domain/ids.ts";
import { type CreditSums, creditSums } from "#domain/value/credit.ts";
import { readCreditCode, type ValueKind } from "#domain/value/credit-code.ts";
import { creditIdOf } from "#domain/value/credit-id.ts";
import { withoutHeld } from "#domain/value/hold.ts";
import { creditAccount, type LedgerEntry } from "#domain/value/ledger.ts";
import type { BalanceAnswer } from "#protocol/sync/balances.ts";
import { couponAnswer } from "../coupons/known-coupon.ts";
import { holderOfLease } from "../orders/standing-lease.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import { sha256Hex } from "../sync/signatures.ts";
import { balanceDocument } from "./balance-document.ts";
import { balanceLease, recordOf } from "./book.ts";
import type { CreditRecord } from "./port.ts";

/** A credit and what explains it. */
export interface ListedCredit {
  readonly credit: CreditRecord;
  readonly sums: CreditSums;
  readonly entries: readonly LedgerEntry[];
}

/** How store credits and gift cards stand. What a web shop holds of one is nobody else's to spend. */
export interface Credits {
  /** For a till that has the code before it. */
  balance(code: string): Promise<BalanceAnswer>;
  /** Null: nobody has told of such a credit. */
  find(code: string): Promise<CreditSums | null>;
  list(ask: {
    /** Null: store credits and gift cards. */
    readonly kind: ValueKind | null;
    readonly search: string;
    readonly limit: number;
  }): Promise<{ readonly credits: readonly ListedCredit[]; readonly total: number }>;
}

export function createCredits({
  storage,
  now,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
}): Credits {
  return {
    balance: (code) =>
      storage.read(async (tx): Promise<BalanceAnswer> => {
        const coupon = readCouponCode(code);
        if (coupon !== null) return couponAnswer(tx, { coupon, at: now() });
        const credit = recordOf(readCreditCode(code) ?? code);
        const { sums, entries } = await booked(tx, credit);
        const holds = await tx.holdsOf(credit.id);
        return {
          balance: sums === null ? null : balanceDocument(credit, withoutHeld(sums, holds, now()), entries),
          holder: await holderOfLease(tx, { subject: balanceLease(credit.id), at: now() }),
        };
      }),
    find: (code) =>
      storage.read(async (tx) => {
        const credit = recordOf(readCreditCode(code) ?? code);
        const { sums } = await booked(tx, credit);
        return sums === null ? null : withoutHeld(sums, await tx.holdsOf(credit.id), now());
      }),
    list: ({ kind, search, limit }) =>
      storage.read(async (tx) => {
        const code = readCreditCode(search);
        const id = code === null ? null : creditIdOf(code, sha256Hex);
        const found = await tx.credits({ id, kind, search, limit });
        const credits: ListedCredit[] = [];
        for (const credit of found.credits) {
          const { sums, entries } = await booked(tx, credit);
          if (sums !== null) credits.push({ credit, sums, entries });
        }
        return { credits, total: found.total };
      }),
  };
}

/** A credit by its books. */
export async function booked(tx: ReadTransaction, { id, kind }: Pick<CreditRecord, "id" | "kind">) {
  const entries = await tx.ledgerEntries(creditAccount(id, kind));
  return { entries, sums: creditSums(id, entries) };
}
