import type { Instant } from "#domain/ids.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { settledPlan } from "#domain/tax/tax-plan.ts";
import type { Storage } from "../storage/port.ts";
import type { Publisher } from "../sync/publisher.ts";

/**
 * Tells planned tax rates that have begun as what holds. Tills that know of plans have switched by themselves; those of before get them by this as soon as they are
 * online. Safe to call at any time, any number of times.
 */
export async function tickTax({
  storage,
  publisher,
  now,
}: {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly now: () => Instant;
}): Promise<void> {
  const at = now();
  const begun = await storage.read(async (tx) => (await tx.stores()).filter((store) => hasBegun(store, at)));
  if (begun.length === 0) return;
  await publisher.publish(async (publication) => {
    for (const { code } of begun) {
      const store = await publication.tx.storeByCode(code);
      if (store !== null && hasBegun(store, at))
        await publication.putStore({ ...store, tax: settledPlan(store.tax, todayOf(store, at)) });
    }
  });
}

function hasBegun(store: StoreSettings, at: Instant): boolean {
  return settledPlan(store.tax, todayOf(store, at)) !== store.tax;
}

function todayOf({ timeZone }: Pick<StoreSettings, "timeZone">, at: Instant) {
  return businessDayOf({ at, timeZone });
}
