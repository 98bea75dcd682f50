import { createHash } from "node:crypto";
import type { CreditId, DeviceId } from "#domain/ids.ts";
import { effectsOf } from "#domain/journal/effects.ts";
import type { JournalEntry, Sha256Hex } from "#domain/journal/entry.ts";
import { sumMoney } from "#domain/money/arithmetic.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import { movedBy, withMoves } from "#domain/value/credit.ts";
import { type ValueKind, valueKindOf } from "#domain/value/credit-code.ts";
import { creditIdOf } from "#domain/value/credit-id.ts";
import { creditAccount } from "#domain/value/ledger.ts";
import { type CreditMove, isGiving } from "#domain/value/moves.ts";
import type { CreditAtCounter } from "#domain/value/spending.ts";
import type { BalanceAnswer } from "#protocol/sync/balances.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { HoldNeed } from "./balance-holds.ts";

const sha256Hex: Sha256Hex = (text) => createHash("sha256").update(text, "utf8").digest("hex");

/** A credit or gift card by its code as it stands on the slip. */
export interface NamedCredit {
  readonly id: CreditId;
  readonly kind: ValueKind;
  readonly code: string;
}

export function namedCredit(code: string): NamedCredit {
  return { id: creditIdOf(code, sha256Hex), kind: valueKindOf(code), code };
}

/** What this till did to a credit, in the order of its journal. */
export function ownMoves(entries: readonly JournalEntry[], { code }: NamedCredit): readonly CreditMove[] {
  return entries.flatMap((entry) => effectsOf(entry).credits.filter((move) => move.code === code));
}

/** A credit as it lies on this till's counter; `answer` null: the server was not asked, or did not answer. */
export async function creditAtCounter(
  { journal, replica }: Pick<ShopPorts, "journal" | "replica">,
  {
    credit,
    answer,
    device,
    shelf,
    currency,
    maxOffline,
  }: {
    readonly credit: NamedCredit;
    readonly answer: BalanceAnswer | null;
    readonly device: DeviceId;
    readonly shelf: Pick<BasketShelf, "open" | "parked">;
    readonly currency: Currency;
    readonly maxOffline: Money;
  },
): Promise<CreditAtCounter> {
  // Before the replica: what leaves it meanwhile is in what is read then, and what is in both counts once by its id.
  const own = ownMoves(journal.pendingFor("balances"), credit);
  const found =
    answer === null ? await replica.get("balances", creditAccount(credit.id, credit.kind)) : answer.balance;
  const known = found !== null && "issued" in found ? found : null;
  const untold = own.filter(({ id }) => known?.moves.includes(id) !== true);
  const holder = answer?.holder ?? null;
  return {
    sums: withMoves(known, untold),
    untold: movedBy(untold, currency),
    inBaskets: takenInBaskets(shelf, credit, currency),
    word: wordOf(answer, holder !== null && holder !== device),
    currency,
    maxOffline,
  };
}

function wordOf(answer: BalanceAnswer | null, isHeldByAnother: boolean): CreditAtCounter["word"] {
  if (answer === null) return "till";
  return isHeldByAnother ? "heldByAnother" : "server";
}

/** What was taken of a credit for sales of this till that are not complete. */
export function takenInBaskets(
  shelf: Pick<BasketShelf, "open" | "parked">,
  { code }: NamedCredit,
  currency: Currency,
): Money {
  return sumMoney(
    [...shelf.open(), ...shelf.parked()].flatMap(({ basket }) =>
      basket.tenders.flatMap((tender) =>
        tender.kind === "credit" && tender.code === code && tender.amount.currency === currency
          ? [tender.amount]
          : [],
      ),
    ),
    currency,
  );
}

/** What this till still has to do with a credit that the server holds for it. */
export function creditNeed(
  { journal }: Pick<ShopPorts, "journal">,
  shelf: Pick<BasketShelf, "open" | "parked">,
  id: string,
): HoldNeed {
  const isIt = (code: string): boolean => namedCredit(code).id === id;
  const isOnCounter = [...shelf.open(), ...shelf.parked()].some(({ basket }) =>
    basket.tenders.some((tender) => tender.kind === "credit" && isIt(tender.code)),
  );
  if (isOnCounter) return "onCounter";
  const own = journal.pendingFor("balances").flatMap((entry) => effectsOf(entry).credits);
  return own.some(({ kind, code }) => !isGiving(kind) && isIt(code)) ? "sold" : "none";
}
