import type { DeliveryId, StoreId, VariantId } from "../ids.ts";
import type { DeliveryAct, DeliveryOpening } from "./delivery.ts";
import type { StockMovement } from "./stock.ts";

type Sent = Extract<DeliveryAct, { readonly kind: "sent" }>;
type Received = Extract<DeliveryAct, { readonly kind: "received" }>;

/** What happens to deliveries at a till, as the journal says it. `id` names the act, so that it counts once. */
export type DeliveryFact =
  | {
      readonly type: "delivery.sent";
      readonly id: string;
      readonly delivery: DeliveryId;
      /** A transfer that was begun here; null: HQ asked for it. */
      readonly opening: DeliveryOpening | null;
      readonly lines: Sent["lines"];
    }
  | {
      readonly type: "delivery.received";
      readonly id: string;
      readonly delivery: DeliveryId;
      readonly lines: Received["lines"];
      readonly isAll: boolean;
      readonly note: string;
    };

/** What a fact says was done, at the till's own store. */
export function deliveryActOf(fact: DeliveryFact, store: StoreId): DeliveryAct {
  return fact.type === "delivery.sent"
    ? { kind: "sent", store, lines: fact.lines }
    : { kind: "received", store, lines: fact.lines, isAll: fact.isAll, note: fact.note };
}

/** What an act does to a store's stock: goods leave when they are sent; all that arrives comes in, and what is damaged is written off at once. */
export function movementsOfDelivery({
  id,
  delivery,
  act,
}: {
  readonly id: string;
  readonly delivery: DeliveryId;
  readonly act: DeliveryAct;
}): readonly StockMovement[] {
  if (act.kind === "sent")
    return movementsBy(
      act.lines.map(({ variant, pieces }) => [variant, -pieces]),
      { store: act.store, reason: { kind: "transferOut", delivery, act: id } },
    );
  if (act.kind !== "received") return [];
  return [
    ...movementsBy(
      act.lines.map(({ variant, good, damaged }) => [variant, good + damaged]),
      { store: act.store, reason: { kind: "received", delivery, act: id } },
    ),
    ...movementsBy(
      act.lines.map(({ variant, damaged }) => [variant, -damaged]),
      { store: act.store, reason: { kind: "writtenOff", delivery, act: id } },
    ),
  ];
}

/** One movement a variant, however often an act names it: it counts once by its act. */
function movementsBy(
  pieces: readonly (readonly [VariantId, number])[],
  of: Pick<StockMovement, "store" | "reason">,
): readonly StockMovement[] {
  const sums = new Map<VariantId, number>();
  for (const [variant, quantity] of pieces) sums.set(variant, (sums.get(variant) ?? 0) + quantity);
  return [...sums].flatMap(([variant, quantity]) => (quantity === 0 ? [] : [{ ...of, variant, quantity }]));
}
