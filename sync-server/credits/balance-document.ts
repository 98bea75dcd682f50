import { idOf } from "#domain/ids.ts";
import type { CreditSums } from "#domain/value/credit.ts";
import { creditAccount, type LedgerEntry } from "#domain/value/ledger.ts";
import { type CreditDocument, MAX_MOVES_NAMED } from "#protocol/documents/balance.ts";
import type { CreditRecord } from "./port.ts";

/** A credit or gift card as tills hold it. */
export function balanceDocument(
  { id: credit, kind }: Pick<CreditRecord, "id" | "kind">,
  { issued, spent, issuedAt }: CreditSums,
  entries: readonly LedgerEntry[],
): CreditDocument {
  const moves = entries.slice(-MAX_MOVES_NAMED).map(({ id }) => id);
  return { id: idOf<"Balance">(creditAccount(credit, kind)), kind, issued, spent, issuedAt, moves };
}
