import type { StoreId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import {
  planOf,
  type RingPlans,
  ringOf,
  ringOutOfOrder,
  type StagedUpdates,
  type UpdateRing,
  withRing,
} from "#domain/updates/rings.ts";
import type { UpdatesAnswer } from "#protocol/hq/updates.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";

/** The rings, and each store with its tills. */
export async function updatesShown(tx: ReadTransaction): Promise<UpdatesAnswer> {
  const staged = await tx.stagedUpdates();
  const tills = (await tx.devices()).filter(({ revokedAt }) => revokedAt === null);
  return {
    plans: staged.plans,
    stores: (await tx.stores()).map(({ store, code, name }) => ({
      code,
      name,
      ring: ringOf(staged, store),
      wanted: planOf(staged, store),
      tills: tills
        .filter((till) => till.store === store)
        .map(({ register, version, lastSeenAt }) => ({ register, version, lastSeenAt })),
    })),
  };
}

/** From now on the rings' stores are to run this; `outOfOrder` names the ring that would be ahead of the one before it. */
export function putRings(
  publisher: Publisher,
  plans: RingPlans,
): Promise<Result<UpdatesAnswer, { readonly outOfOrder: UpdateRing }>> {
  return publisher.publish(async (publication) => {
    const outOfOrder = ringOutOfOrder(plans);
    if (outOfOrder !== null) return refused({ outOfOrder });
    return ok(await stage(publication, { ...(await publication.tx.stagedUpdates()), plans }));
  });
}

export function putStoreRing(
  publisher: Publisher,
  code: string,
  ring: UpdateRing,
): Promise<Result<UpdatesAnswer, "noSuchStore">> {
  return publisher.publish(async (publication) => {
    const store = await publication.tx.storeByCode(code);
    if (store === null) return refused("noSuchStore");
    return ok(await stage(publication, withRing(await publication.tx.stagedUpdates(), store.store, ring)));
  });
}

/** Only stores for which something changes hear of it. */
async function stage(publication: Publication, staged: StagedUpdates): Promise<UpdatesAnswer> {
  const { tx } = publication;
  const before = await tx.stagedUpdates();
  await tx.putStagedUpdates(staged);
  const said = (of: StagedUpdates, store: StoreId) => JSON.stringify(planOf(of, store));
  for (const store of await tx.stores())
    if (said(before, store.store) !== said(staged, store.store)) await publication.putStore(store);
  return updatesShown(tx);
}
