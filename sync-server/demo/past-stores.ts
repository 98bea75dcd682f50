import { type Instant, idOf, type VariantId } from "#domain/ids.ts";
import type { PastStore } from "../demo-context.ts";
import type { DemoData } from "./demo-data.ts";
import { DEMO_PROMOTIONS } from "./demo-promotions.ts";
import { type PastDay, pastDays } from "./past-days.ts";
import { PAST_REGISTER, PastRegister } from "./past-register.ts";
import { demoUuid, seededRandom } from "./random.ts";

/** A source of their own, so that what is sold does not depend on how many ids it takes. */
const PAST_IDS = 3_000;

/** The four weeks before this moment in every store, each at a register with a whole journal. */
export function pastStores(
  data: DemoData,
  { seed, now }: { readonly seed: number; readonly now: Instant },
): readonly PastStore[] {
  const random = seededRandom(seed + PAST_IDS);
  return data.stores.flatMap((store, index): readonly PastStore[] => {
    const days = pastDays(data, { store, seed: seed + index, now });
    const [first] = days;
    if (first === undefined) return [];
    const device = idOf<"Device">(`demo-past-${store.store}`);
    const newId = () => demoUuid(random);
    const register = new PastRegister({ store, device, promotions: DEMO_PROMOTIONS, newId });
    for (const day of days) register.work(day);
    const { publicKey, entries } = register;
    return [
      {
        store: store.store,
        openedAt: first.opensAt,
        delivered: soldIn(days),
        register: { device, number: PAST_REGISTER, publicKey, entries },
      },
    ];
  });
}

function soldIn(days: readonly PastDay[]): ReadonlyMap<VariantId, number> {
  const sold = new Map<VariantId, number>();
  for (const { sales } of days)
    for (const { lines } of sales)
      for (const { item, quantity } of lines)
        sold.set(item.variant, (sold.get(item.variant) ?? 0) + quantity);
  return sold;
}
