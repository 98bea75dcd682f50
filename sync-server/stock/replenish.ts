import type { Instant, StoreId } from "#domain/ids.ts";
import { orderPolicyOf } from "#domain/orders/policy.ts";
import { ok, type Result } from "#domain/result.ts";
import { freePieces, proposedPieces, soldPerWeek, sparePieces } from "#domain/stock/replenish.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { MAX_SPARE_STORES, type Proposal } from "#protocol/hq/replenish.ts";
import type { Storage } from "../storage/port.ts";
import type { Need } from "./replenish-port.ts";

const DAY_MS = 86_400_000;

/** What is asked of a store's needs. */
export interface ProposalsAsk {
  readonly store: StoreSettings;
  /** Stores that may send some of theirs. */
  readonly givers: readonly StoreSettings[];
  readonly category: string;
  readonly search: string;
  readonly days: number;
  readonly offset: number;
  readonly limit: number;
}

/** What a store is to get of each article, and why. `busy`: too much is asked at once. */
export async function proposalsOf(
  { storage, now }: { readonly storage: Storage; readonly now: Instant },
  { store, givers, days, ...ask }: ProposalsAsk,
  cancelled?: AbortSignal,
): Promise<
  Result<{ readonly proposals: readonly Proposal[]; readonly total: number }, "busy" | "cancelled">
> {
  const shelfOf = (of: StoreSettings) => ({ store: of.store, safetyStock: orderPolicyOf(of).safetyStock });
  const asked = {
    ...ask,
    ...shelfOf(store),
    soldSince: Math.max(0, now - days * DAY_MS) as Instant,
    givers: givers.map(shelfOf),
  };
  const read = await storage.aside.read("needs", asked, cancelled);
  if (!read.ok) return read;
  const stores = new Map([store, ...givers].map((each) => [each.store, each]));
  const proposals = read.value.needs.map((need) => proposalOf(need, { store, stores, days }));
  return ok({ proposals, total: read.value.total });
}

function proposalOf(
  { sold, givers, ...need }: Need,
  {
    store,
    stores,
    days,
  }: {
    readonly store: StoreSettings;
    readonly stores: ReadonlyMap<StoreId, StoreSettings>;
    readonly days: number;
  },
): Proposal {
  const { safetyStock } = orderPolicyOf(store);
  const free = freePieces({ ...need, safetyStock });
  const spare = givers.flatMap(({ store: id, target, promised, ...shelf }) => {
    const giver = stores.get(id);
    if (giver === undefined) return [];
    const pieces = sparePieces({
      target,
      promised,
      free: freePieces({ ...shelf, safetyStock: orderPolicyOf(giver).safetyStock }),
    });
    return pieces === 0 ? [] : [{ store: giver.code, pieces }];
  });
  return {
    ...need,
    options: [...need.options],
    safetyStock,
    free,
    soldPerWeek: soldPerWeek(sold, days),
    proposed: proposedPieces({ rule: need, free, incoming: need.incoming }),
    spare: spare
      .toSorted((a, b) => b.pieces - a.pieces || (a.store < b.store ? -1 : 1))
      .slice(0, MAX_SPARE_STORES),
  };
}
