import { type CreditId, idOf } from "#domain/ids.ts";
import type { CreditSums } from "#domain/value/credit.ts";
import { creditAccount, type LedgerEntry } from "#domain/value/ledger.ts";
import { type BalanceDocument, MAX_MOVES_NAMED } from "#protocol/documents/balance.ts";

/** A credit as tills hold it. */
export function balanceDocument(
  credit: CreditId,
  { issued, spent, issuedAt }: CreditSums,
  entries: readonly LedgerEntry[],
): BalanceDocument {
  const moves = entries.slice(-MAX_MOVES_NAMED).map(({ id }) => id);
  return { id: idOf<"Balance">(creditAccount(credit)), kind: "credit", issued, spent, issuedAt, moves };
}
