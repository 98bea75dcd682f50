import type { Money } from "#domain/money/money.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { effectivePolicy, fitsCurrency, type ReturnPolicy } from "#domain/returns/policy.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ReturnsPolicyAnswer, StoreReturns } from "#protocol/hq/returns-policy.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";

/** Why a policy is not taken, and which store is in the way. */
export type PolicyRefusal =
  | { readonly why: "noSuchStore" }
  /** The store keeps its amounts in its own currency. */
  | { readonly why: "otherCurrency"; readonly store: StoreSettings };

/** How stores take goods back, as HQ decides it: the retailer's policy, and a store's own instead of it. Their tills have it with their settings. */
export interface ReturnPolicies {
  read(): Promise<ReturnsPolicyAnswer>;
  /** Every store without a policy of its own goes by it from now on. */
  putRetailers(policy: ReturnPolicy): Promise<Result<ReturnsPolicyAnswer, PolicyRefusal>>;
  /** Null: the store goes by the retailer's again. */
  putOwn(code: string, policy: ReturnPolicy | null): Promise<Result<StoreReturns, PolicyRefusal>>;
  putOfflineLimit(code: string, maxRefund: Money): Promise<Result<StoreReturns, PolicyRefusal>>;
}

export function createReturnPolicies({
  storage,
  publisher,
}: {
  readonly storage: Storage;
  readonly publisher: Publisher;
}): ReturnPolicies {
  return {
    read: () => storage.read(answerOf),
    putRetailers: (policy) =>
      publisher.publish(async (publication) => {
        const { tx } = publication;
        const followers: StoreSettings[] = [];
        for (const store of await tx.stores())
          if ((await tx.ownReturnPolicy(store.store)) === null) followers.push(store);
        const other = followers.find(({ currency }) => !fitsCurrency(policy, currency));
        if (other !== undefined) return refused({ why: "otherCurrency", store: other });
        await tx.putRetailerReturnPolicy(policy);
        for (const store of followers) await publication.putStore({ ...store, returns: policy });
        return ok(await answerOf(tx));
      }),
    putOwn: (code, policy) => publisher.publish((publication) => putOwn(publication, code, policy)),
    putOfflineLimit: (code, maxRefund) =>
      publisher.publish(async (publication) => {
        const store = await publication.tx.storeByCode(code);
        if (store === null) return refused({ why: "noSuchStore" });
        if (maxRefund.currency !== store.currency) return refused({ why: "otherCurrency", store });
        const changed = { ...store, offlinePolicy: { ...store.offlinePolicy, maxRefund } };
        await publication.putStore(changed);
        return ok(await rowOf(publication.tx, changed));
      }),
  };
}

async function putOwn(
  publication: Publication,
  code: string,
  policy: ReturnPolicy | null,
): Promise<Result<StoreReturns, PolicyRefusal>> {
  const { tx } = publication;
  const store = await tx.storeByCode(code);
  if (store === null) return refused({ why: "noSuchStore" });
  const returns = effectivePolicy({ own: policy, retailers: await tx.retailerReturnPolicy() });
  if (!fitsCurrency(returns, store.currency)) return refused({ why: "otherCurrency", store });
  await tx.putOwnReturnPolicy(store.store, policy);
  await publication.putStore({ ...store, returns });
  return ok(await rowOf(tx, store));
}

async function answerOf(tx: ReadTransaction): Promise<ReturnsPolicyAnswer> {
  const stores: StoreReturns[] = [];
  for (const store of await tx.stores()) stores.push(await rowOf(tx, store));
  return { policy: effectivePolicy({ own: null, retailers: await tx.retailerReturnPolicy() }), stores };
}

async function rowOf(
  tx: ReadTransaction,
  { store, code, name, currency, offlinePolicy }: StoreSettings,
): Promise<StoreReturns> {
  const own = await tx.ownReturnPolicy(store);
  return { code, name, currency, own, maxRefundOffline: offlinePolicy.maxRefund };
}
