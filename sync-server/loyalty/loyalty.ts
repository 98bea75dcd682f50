import type { CustomerId, Instant } from "#domain/ids.ts";
import { worthOfBalance } from "#domain/loyalty/burn.ts";
import { type PointsEntry, toCustomerOf } from "#domain/loyalty/ledger.ts";
import { areTiersApart, isIn, type LoyaltyProgramme, lapsesOtherwise } from "#domain/loyalty/programme.ts";
import type { LoyaltyStanding } from "#domain/loyalty/standing.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { type LoyaltyStandingView, MAX_POINTS_ROWS, type PointsRow } from "#protocol/documents/loyalty.ts";
import type { PointsAnswer } from "#protocol/sync/points.ts";
import { holderOfLease } from "../orders/standing-lease.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import type { Publisher } from "../sync/publisher.ts";
import { holderOf } from "./account.ts";
import { bookPoints, pointsLease } from "./book.ts";
import { type CustomerPoints, customerPoints } from "./customer-points.ts";
import { pointsDocument, settlePoints } from "./settle.ts";

/** Seen to in one turn; what is left is seen to in the next. */
const MAX_PER_TURN = 500;

/** The loyalty programme and everybody's points. */
export interface Loyalty {
  /** For all stores from now on, null: points are collected no more, and none are lost. Refused with the store that keeps its amounts in another currency than the programme's. */
  putProgramme(
    programme: LoyaltyProgramme | null,
  ): Promise<Result<void, "otherCurrency" | "tiersNotAscending">>;
  /** For a till that has the customer before it. */
  ofTill(customer: CustomerId): Promise<PointsAnswer>;
  /** Null: there is no programme. */
  standing(customer: CustomerId): Promise<CustomerPoints | null>;
  rows(entries: readonly PointsEntry[]): Promise<readonly PointsRow[]>;
  /** HQ gives or takes points, with a reason; `id` makes it count once. */
  adjust(act: {
    readonly id: string;
    readonly customer: CustomerId;
    readonly points: number;
    readonly reason: string;
    readonly by: string;
  }): Promise<Result<CustomerPoints, "noProgramme" | "noSuchCustomer">>;
  /** Lets lapse what has lapsed, and has tiers end that have ended. */
  tick(): Promise<void>;
}

export function createLoyalty({
  storage,
  publisher,
  now,
}: {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly now: () => Instant;
}): Loyalty {
  return {
    putProgramme: async (programme) => {
      const put = await publisher.publish(async (publication) => {
        if (programme !== null && !areTiersApart(programme)) return refused("tiersNotAscending");
        const stores = await publication.tx.stores();
        if (programme !== null && !stores.some(({ currency }) => isIn(programme, currency)))
          return refused("otherCurrency");
        const { tx, at } = publication;
        if (programme !== null && lapsesOtherwise(programme, await tx.loyaltyProgramme()))
          await tx.putLapsesSince(at);
        await tx.putLoyaltyProgramme(programme);
        for (const { loyalty: _before, ...store } of stores) await publication.putStore(store);
        return ok(undefined);
      });
      // Without a programme nobody stands otherwise than before.
      if (put.ok && programme !== null) await settleAll(storage, publisher);
      return put;
    },
    ofTill: (customer) => storage.read((tx) => pointsAnswer(tx, customer, now())),
    standing: (customer) => storage.read((tx) => customerPoints(tx, customer, now())),
    rows: (entries) => storage.read((tx) => pointsRows(tx, entries)),
    adjust: ({ id, customer: asked, points, reason, by }) =>
      publisher.publish(async (publication) => {
        const { tx, at } = publication;
        if ((await tx.loyaltyProgramme()) === null) return refused("noProgramme");
        const { customer, profile } = await holderOf(tx, asked);
        if (profile === null) return refused("noSuchCustomer");
        await bookPoints(publication, {
          ...{ purchase: null, number: null, store: null, device: null, staff: null },
          ...{ id: `adjusted:${id}`, kind: "adjusted", customer, points, at, note: `${reason} (${by})` },
        });
        const after = await customerPoints(tx, customer, at);
        return after === null ? refused("noProgramme") : ok(after);
      }),
    tick: async () => {
      const due = await storage.read(async (tx) =>
        (await tx.loyaltyProgramme()) === null ? [] : tx.pointsDue({ at: now(), limit: MAX_PER_TURN }),
      );
      for (const customer of due)
        await publisher.publish((publication) => settlePoints(publication, customer));
    },
  };
}

/** Everybody stands as the programme now says; one customer at a time, so that no till waits for all of them. */
async function settleAll(storage: Storage, publisher: Publisher): Promise<void> {
  let after = "";
  for (;;) {
    const asked = { after, limit: MAX_PER_TURN };
    const customers = await storage.read((tx) => tx.pointsAccounts(asked));
    for (const customer of customers)
      await publisher.publish((publication) => settlePoints(publication, customer));
    const last = customers.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

async function pointsAnswer(tx: ReadTransaction, asked: CustomerId, at: Instant): Promise<PointsAnswer> {
  const found = await customerPoints(tx, asked, at);
  if (found === null) return { balance: null, holder: null, entries: [] };
  const { customer, standing, entries } = found;
  return {
    balance: entries.length === 0 ? null : pointsDocument(customer, standing, entries),
    holder: await holderOfLease(tx, { subject: pointsLease(customer), at }),
    entries: [...(await pointsRows(tx, entries))],
  };
}

/** The newest first, as people read them. */
async function pointsRows(
  tx: ReadTransaction,
  entries: readonly PointsEntry[],
): Promise<readonly PointsRow[]> {
  const names = new Map((await tx.stores()).map(({ store, name }) => [store, name]));
  return entries
    .slice(-MAX_POINTS_ROWS)
    .toReversed()
    .map((entry) => ({
      id: entry.id,
      kind: entry.kind,
      points: toCustomerOf(entry),
      at: entry.at,
      number: entry.number,
      storeName: entry.store === null ? null : (names.get(entry.store) ?? null),
      note: entry.note ?? null,
    }));
}

export function standingView(
  programme: LoyaltyProgramme,
  { balance, earnedInYear, tier, next, expiry }: LoyaltyStanding,
): LoyaltyStandingView {
  return {
    balance,
    earnedInYear,
    tier: tier?.name ?? null,
    next: next === null ? null : { tier: next.tier.name, missing: next.missing },
    expiry,
    worth: worthOfBalance(programme, balance),
  };
}
