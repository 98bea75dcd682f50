import type { Case } from "#domain/cases/case.ts";
import type { Instant } from "#domain/ids.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ShopCase } from "#protocol/shop/case.ts";
import type { OutgoingEvent } from "./port.ts";

/** What other programs can be told of a complaint, warranty case or repair. */
export const CASE_EVENTS = {
  "case.changed":
    "A complaint, warranty case or repair was opened, or is now at another status, store or deadline.",
} as const;

/** An event of a case, to be added in the transaction that brings it about. */
export function caseEvent({
  id,
  of,
  stores,
  at,
}: {
  readonly id: string;
  readonly of: Case;
  readonly stores: readonly StoreSettings[];
  readonly at: Instant;
}): OutgoingEvent {
  return { id, type: "case.changed", order: of.id, at, data: JSON.stringify(shopCaseOf({ of, stores })) };
}

/** A case as its customer may know it: where it stands, and nothing of who deals with it. */
export function shopCaseOf({
  of,
  stores,
}: {
  readonly of: Case;
  readonly stores: readonly StoreSettings[];
}): ShopCase {
  const { id, number, customer, kind, status, outcome, fault, openedAt, deadline, closedAt } = of;
  const store = stores.find((each) => each.store === of.store);
  return {
    id,
    number,
    customer,
    kind,
    status,
    outcome,
    store: store?.code ?? of.store,
    storeName: store?.name ?? "",
    product: { ...of.product, options: [...of.product.options] },
    purchase: of.purchase?.number ?? null,
    fault,
    openedAt,
    deadline,
    closedAt,
    steps: of.history
      .filter(({ act, fits }) => act.move !== null && fits)
      .map((trace) => ({ at: trace.at, status: trace.status })),
  };
}
