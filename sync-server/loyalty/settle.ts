import type { Customer } from "#domain/customer/customer.ts";
import { type CustomerId, type Instant, idOf } from "#domain/ids.ts";
import { type AfterTurn, type PointsTerms, settledInTurn } from "#domain/loyalty/in-turn.ts";
import { type PointsEntry, pointsAccount } from "#domain/loyalty/ledger.ts";
import { type LoyaltyStanding, nextChangeOf } from "#domain/loyalty/standing.ts";
import { withTierGroup } from "#domain/loyalty/tier-group.ts";
import { MAX_MOVES_NAMED, type PointsDocument } from "#protocol/documents/balance.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { holdersOf, type PointsHolder } from "./account.ts";

/** Something of somebody's points that was booked. */
export interface PointsTurn {
  readonly customer: CustomerId;
  /** What is new by it: in the books already. */
  readonly added: readonly PointsEntry[];
}

/** How a customer stands after everything that was booked so far, and what explains it. */
export interface SettledPoints extends AfterTurn {
  readonly customer: CustomerId;
}

/** As `settleInTurn`, where nothing was booked, or one thing, which needs no looking back. */
export async function settlePoints(
  publication: Publication,
  customer: CustomerId,
): Promise<SettledPoints | null> {
  const [settled = null] = await settleInTurn(publication, [{ customer, added: [] }]);
  return settled;
}

/**
 * Lets lapse what has lapsed, tells every till of the chain how customers stand, gives profiles the group of their tier and notes when time next matters. To
 * be called whenever something was booked, when the programme or the accounts of a profile change, and when time has come. Of whoever was erased all of it is forgotten.
 * Answers how each turn's customer stood after it, as if the next had not been yet; null where there is no programme, and nobody any more.
 */
export async function settleInTurn(
  publication: Publication,
  turns: readonly PointsTurn[],
): Promise<readonly (SettledPoints | null)[]> {
  if (turns.length === 0) return [];
  const { tx, at } = publication;
  const holders = await holdersOf(
    tx,
    turns.map(({ customer }) => customer),
  );
  const nobody = holders.flatMap(({ profile, customer }) => (profile === null ? [customer] : []));
  const erased = nobody.length === 0 ? new Set<CustomerId>() : await tx.erasedOf(nobody);
  const terms = await tx.pointsTerms();
  const present = terms === null ? [] : holders.filter(({ customer }) => !erased.has(customer));
  const books = await booksOf(tx, present);
  const settled = onceEach(present).flatMap((holder) => {
    const own = turns.filter((_, place) => holders[place]?.customer === holder.customer);
    const added = own.map((turn) => turn.added);
    const entries = books.get(holder.customer) ?? [];
    return terms === null ? [] : [settledOf(holder, { entries, turns: added, terms, at })];
  });
  await keep(publication, settled, [...erased]);
  const left = new Map(settled.map(({ holder, after }) => [holder.customer, [...after]]));
  return holders.map(({ customer }) => {
    const after = left.get(customer)?.shift();
    return after === undefined ? null : { customer, ...after };
  });
}

/** What is to be kept of a profile whose points were settled. */
interface Settled {
  readonly holder: PointsHolder;
  readonly after: readonly AfterTurn[];
  readonly byTime: readonly PointsEntry[];
  readonly document: PointsDocument;
  /** When time next matters. */
  readonly due: Instant | null;
  /** As it is from now on; null where it stays as it was. */
  readonly changed: Customer | null;
}

function settledOf(
  holder: PointsHolder,
  {
    entries,
    turns,
    terms,
    at,
  }: {
    readonly entries: readonly PointsEntry[];
    readonly turns: readonly (readonly PointsEntry[])[];
    readonly terms: PointsTerms;
    readonly at: Instant;
  },
): Settled {
  const { customer, ids, profile } = holder;
  const { programme } = terms;
  const { after, byTime } = settledInTurn(entries, turns, { customers: ids, ...terms, at });
  const last = after.at(-1);
  if (last === undefined) throw new Error("points are settled once at least");
  const inGroup =
    profile === null
      ? null
      : after.reduce((so, { standing }) => withTierGroup(so, programme, standing.tier), profile);
  return {
    ...{ holder, after, byTime },
    document: pointsDocument(customer, last.standing, last.entries),
    due: nextChangeOf(last.entries, programme, at),
    changed: inGroup === profile ? null : inGroup,
  };
}

async function keep(
  publication: Publication,
  settled: readonly Settled[],
  erased: readonly CustomerId[],
): Promise<void> {
  const { tx, at } = publication;
  await tx.addPointsEntries(
    settled.flatMap(({ byTime }) => byTime),
    at,
  );
  await publication.putBalances(settled.map(({ document }) => document));
  // What stood under the id of a profile that was merged is part of the balance of the one that is left. The books stay; no till is told of such an account any more, and time has nothing to do with it.
  const forgotten = [...erased, ...settled.flatMap(({ holder }) => holder.ids.slice(1))];
  await tx.notePointsDue([
    ...settled.map(({ holder: { customer }, due }) => ({ customer, at: due })),
    ...forgotten.map((customer) => ({ customer, at: null })),
  ]);
  await publication.forgetBalances(forgotten.map(pointsAccount));
  await publication.putCustomers(settled.flatMap(({ changed }) => changed ?? []));
}

function onceEach(holders: readonly PointsHolder[]): readonly PointsHolder[] {
  return [...new Map(holders.map((holder) => [holder.customer, holder])).values()];
}

/** What moved points, by whose they are. */
async function booksOf(
  tx: ReadTransaction,
  holders: readonly PointsHolder[],
): Promise<ReadonlyMap<CustomerId, readonly PointsEntry[]>> {
  if (holders.length === 0) return new Map();
  const owner = new Map(holders.flatMap(({ customer, ids }) => ids.map((id) => [id, customer])));
  const books = new Map<CustomerId, PointsEntry[]>();
  for (const entry of await tx.pointsEntries([...owner.keys()])) {
    const whose = owner.get(entry.customer) ?? entry.customer;
    const own = books.get(whose) ?? [];
    books.set(whose, own);
    own.push(entry);
  }
  return books;
}

export function pointsDocument(
  customer: CustomerId,
  { balance, earnedInYear, tier, expiry }: LoyaltyStanding,
  entries: readonly PointsEntry[],
): PointsDocument {
  return {
    id: idOf<"Balance">(pointsAccount(customer)),
    kind: "points",
    customer,
    balance,
    earnedInYear,
    tier: tier?.name ?? null,
    expiry,
    moves: entries.slice(-MAX_MOVES_NAMED).map(({ id }) => id),
  };
}
