import type { CreditId } from "#domain/ids.ts";
import { decimalText } from "#domain/money/format.ts";
import { type CreditSums, creditState, creditSums, overdrawnBy } from "#domain/value/credit.ts";
import { creditIdOf } from "#domain/value/credit-id.ts";
import { creditAccount, type LedgerEntry, ledgerEntryOf } from "#domain/value/ledger.ts";
import type { BookableMove, CreditMove } from "#domain/value/moves.ts";
import { raiseException, retellException } from "../exceptions/raise.ts";
import type { DeviceRecord, ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { sha256Hex } from "../sync/signatures.ts";
import { balanceDocument } from "./balance-document.ts";

const TAIL_CHARS = 4;

/** What a lease on spending a credit is about. */
export function balanceLease(credit: CreditId): string {
  return `balance:${credit}`;
}

/** Books what a ticket did to store credits, each move once, whatever it contradicts; tills of the whole chain learn of the new sums. */
export async function bookCredits(
  publication: Publication,
  device: DeviceRecord,
  moves: readonly CreditMove[],
): Promise<void> {
  for (const move of moves) {
    const booked = await bookCredit(publication, move);
    if (booked === null) continue;
    if (move.kind === "spent") await endHold(publication, device, booked.credit);
    if (creditState(booked.sums) === "overdrawn") await raiseOverdrawn(publication, device, booked);
  }
}

/** A credit as it stands after a move was booked. */
interface Booked {
  readonly credit: CreditId;
  readonly tail: string;
  readonly sums: CreditSums;
  readonly entries: readonly LedgerEntry[];
}

/** Books one move and tells the tills; null where it was booked before. */
export async function bookCredit(publication: Publication, move: BookableMove): Promise<Booked | null> {
  const { tx, at } = publication;
  const credit = creditIdOf(move.code, sha256Hex);
  const tail = move.code.slice(-TAIL_CHARS);
  if (!(await tx.addLedgerEntry(ledgerEntryOf(move, credit), at))) return null;
  await tx.addCredit({ id: credit, tail });
  const entries = await tx.ledgerEntries(creditAccount(credit));
  const sums = creditSums(credit, entries);
  if (sums === null) return null;
  await publication.putBalance(balanceDocument(credit, sums, entries));
  return { credit, tail, sums, entries };
}

/** The sale is over that the till held the credit for. */
async function endHold({ tx }: Publication, device: DeviceRecord, credit: CreditId): Promise<void> {
  const lease = await tx.lease(balanceLease(credit));
  if (lease?.holder === device.id) await tx.dropLease(lease.subject);
}

async function raiseOverdrawn(
  publication: Publication,
  device: DeviceRecord,
  { credit, tail, sums, entries }: Booked,
): Promise<void> {
  const over = overdrawnBy(sums);
  const id = `overdrawn:${credit}`;
  const detail = {
    credit: `…${tail}`,
    amount: `${decimalText(over)} ${over.currency}`,
    issued: `${decimalText(sums.issued)} ${over.currency}`,
    tills: (await spenders(publication.tx, entries)).join(", "),
  };
  const raised = { id, kind: "overdrawn", store: device.store, subject: null, detail } as const;
  if (await raiseException(publication, raised)) return;
  const known = await publication.tx.exception(id);
  if (known !== null) await retellException(publication, known, detail);
}

/** The tills that spent of it, as their receipts name them, each once in the order of the spendings. */
async function spenders(tx: ReadTransaction, entries: readonly LedgerEntry[]): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const { kind, store, device } of entries) {
    if (kind !== "spent" || store === null || device === null) continue;
    const code = (await tx.store(store))?.code ?? store;
    const register = (await tx.device(device))?.register;
    names.add(register === undefined ? code : `${code}-${String(register).padStart(2, "0")}`);
  }
  return [...names];
}
