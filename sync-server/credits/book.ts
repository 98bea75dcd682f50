import type { CreditId, StoreId } from "#domain/ids.ts";
import { decimalText } from "#domain/money/format.ts";
import { type CreditSums, creditState, creditSums, overdrawnBy } from "#domain/value/credit.ts";
import { valueKindOf } from "#domain/value/credit-code.ts";
import { creditIdOf } from "#domain/value/credit-id.ts";
import { creditAccount, entryOn, type LedgerEntry } from "#domain/value/ledger.ts";
import { type BookableMove, type CreditMove, isGiving } from "#domain/value/moves.ts";
import { raiseOrRetell } from "../exceptions/raise.ts";
import { tillsOf } from "../exceptions/till-names.ts";
import { endLease } from "../orders/standing-lease.ts";
import type { DeviceRecord } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { sha256Hex } from "../sync/signatures.ts";
import { balanceDocument } from "./balance-document.ts";
import type { CreditRecord } from "./port.ts";

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
    if (!isGiving(move.kind)) await endLease(publication, device, balanceLease(booked.credit.id));
    if (creditState(booked.sums) === "overdrawn") await raiseOverdrawn(publication, device.store, booked);
    if (move.kind === "sold") await tellSoldTwice(publication, device, booked);
  }
}

/** A credit as it stands after a move was booked. */
export interface Booked {
  readonly credit: CreditRecord;
  readonly sums: CreditSums;
  readonly entries: readonly LedgerEntry[];
}

/** Books one move and tells the tills; null where it was booked before. */
export async function bookCredit(publication: Publication, move: BookableMove): Promise<Booked | null> {
  const { code, ...told } = move;
  return bookOn(publication, recordOf(code), told);
}

/** What is kept of a credit or gift card, by its code. */
export function recordOf(code: string): CreditRecord {
  return { id: creditIdOf(code, sha256Hex), kind: valueKindOf(code), tail: code.slice(-TAIL_CHARS) };
}

/** As `bookCredit`, where the credit is known and its code is not. */
export async function bookOn(
  publication: Publication,
  credit: CreditRecord,
  move: Omit<BookableMove, "code">,
): Promise<Booked | null> {
  const { tx, at } = publication;
  const account = creditAccount(credit.id, credit.kind);
  if (!(await tx.addLedgerEntry(entryOn(move, account), at))) return null;
  await tx.addCredit(credit);
  const entries = await tx.ledgerEntries(account);
  const sums = creditSums(credit.id, entries);
  if (sums === null) return null;
  await publication.putBalance(balanceDocument(credit, sums, entries));
  return { credit, sums, entries };
}

/** The same printed card was sold at two tills that did not know of each other: what both were paid lies on it, and two customers may have it. */
async function tellSoldTwice(
  publication: Publication,
  device: DeviceRecord,
  { credit, entries }: Booked,
): Promise<void> {
  const sales = entries.filter(({ kind }) => kind === "sold");
  if (sales.length < 2) return;
  const id = `soldTwice:${credit.id}`;
  const detail = { card: `…${credit.tail}`, tills: (await tillsOf(publication.tx, sales)).join(", ") };
  await raiseOrRetell(publication, { id, kind: "soldTwice", store: device.store, subject: null, detail });
}

/** More was taken than was given out: one exception per credit, told anew when more of it happens. */
export async function raiseOverdrawn(
  publication: Publication,
  store: StoreId | null,
  { credit, sums, entries }: Booked,
): Promise<void> {
  const over = overdrawnBy(sums);
  const id = `overdrawn:${credit.id}`;
  const spendings = entries.filter(({ kind }) => !isGiving(kind));
  const detail = {
    credit: `…${credit.tail}`,
    ...(credit.kind === "credit" ? {} : { kind: credit.kind }),
    amount: `${decimalText(over)} ${over.currency}`,
    issued: `${decimalText(sums.issued)} ${over.currency}`,
    tills: (await tillsOf(publication.tx, spendings)).join(", "),
  };
  await raiseOrRetell(publication, { id, kind: "overdrawn", store, subject: null, detail });
}
