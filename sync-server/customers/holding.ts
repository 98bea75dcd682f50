import type { CustomerHolding } from "#domain/customer/scope.ts";
import type { StoreId } from "#domain/ids.ts";
import type { CustomerRules } from "./records.ts";

/** As long as HQ has decided nothing: every till holds everybody, for as long as nobody asks otherwise. */
export const USUAL_RULES: CustomerRules = {
  scope: "all",
  stores: [],
  retention: { months: null, act: "propose" },
};

/** What a store's tills hold by the retailer's rules. */
export function holdingOf({ scope, stores }: CustomerRules, store: StoreId): CustomerHolding {
  const own = stores.find((each) => each.store === store);
  return { scope: own?.scope ?? scope, region: own?.region ?? null };
}
