import type { BusinessDay, StoreId } from "#domain/ids.ts";
import type { Delivery } from "#domain/stock/delivery.ts";
import { underWayOf } from "#domain/stock/delivery-acts.ts";
import { isDeliveryOver } from "#domain/stock/delivery-state.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { DeliveryRow, HqDelivery } from "#protocol/hq/deliveries.ts";
import { deliveryVersion } from "../deliveries/version.ts";
import { staffName } from "../orders/staff-name.ts";
import type { ReadTransaction } from "../storage/port.ts";

interface Scene {
  readonly stores: readonly StoreSettings[];
  readonly today: BusinessDay;
}

/** A delivery as one line of HQ's list. */
export function deliveryRow(of: Delivery, { stores, today }: Scene): DeliveryRow {
  const { id, reference, kind, state, supplier, expectedOn, openedAt, isSaidAll, lines } = of;
  const sum = (pieces: (line: (typeof lines)[number]) => number): number =>
    lines.reduce((all, line) => all + pieces(line), 0);
  const isAwaited = !isDeliveryOver(state) && state !== "draft";
  return {
    id,
    reference,
    kind,
    state,
    supplier,
    from: of.from === null ? "" : codeOf(of.from, stores),
    to: codeOf(of.to, stores),
    expectedOn,
    openedAt,
    isLate: isAwaited && expectedOn !== null && expectedOn < today,
    isSaidAll,
    articles: lines.length,
    ordered: sum(({ ordered }) => ordered),
    sent: sum(({ sent }) => sent),
    good: sum(({ good }) => good),
    damaged: sum(({ damaged }) => damaged),
    writtenOff: sum(({ writtenOff }) => writtenOff),
    inTransit: sum((line) => Math.max(0, underWayOf(of, line))),
  };
}

/** A delivery with its whole history and the names in it. */
export async function deliveryDetail(tx: ReadTransaction, of: Delivery, scene: Scene): Promise<HqDelivery> {
  const staff: Record<string, string> = {};
  for (const { by } of [{ by: of.openedBy }, ...of.history]) {
    if (by.kind !== "staff" || by.staff === null || staff[by.staff] !== undefined) continue;
    staff[by.staff] = await staffName(tx, by.staff);
  }
  return { id: of.id, row: deliveryRow(of, scene), delivery: of, version: deliveryVersion(of), staff };
}

export function codeOf(store: StoreId, stores: readonly StoreSettings[]): string {
  return stores.find((each) => each.store === store)?.code ?? store;
}
