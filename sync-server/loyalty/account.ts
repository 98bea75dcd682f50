import type { Customer } from "#domain/customer/customer.ts";
import type { CustomerId } from "#domain/ids.ts";
import { pointsIdsOf } from "#domain/loyalty/holder.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** Whose points an id stands for. */
export interface PointsHolder {
  /** The profile's own id: its balance is published under it. */
  readonly customer: CustomerId;
  /** Every account of the profile, its own first. */
  readonly ids: readonly [CustomerId, ...CustomerId[]];
  /** Null: no such profile; its points stand all the same. */
  readonly profile: Customer | null;
}

/** The one place that says whose points an id stands for: a profile with all the accounts that were merged into it. */
export async function holderOf(tx: ReadTransaction, asked: CustomerId): Promise<PointsHolder> {
  return holderNamed(await tx.customer(asked), asked);
}

/** The same for many, each in the place where it was asked for. */
export async function holdersOf(
  tx: ReadTransaction,
  asked: readonly CustomerId[],
): Promise<readonly PointsHolder[]> {
  const profiles = await tx.customersNamed(asked);
  return asked.map((id) => holderNamed(profiles.get(id) ?? null, id));
}

function holderNamed(profile: Customer | null, asked: CustomerId): PointsHolder {
  const ids = pointsIdsOf(profile ?? { id: asked });
  return { customer: ids[0], ids, profile };
}
