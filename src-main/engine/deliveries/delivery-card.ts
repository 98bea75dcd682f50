import type { StoreId } from "#domain/ids.ts";
import type { Delivery, DeliveryLine } from "#domain/stock/delivery.ts";
import { openOf } from "#domain/stock/delivery-acts.ts";
import { deliveryActFits, isDeliveryOver } from "#domain/stock/delivery-state.ts";
import type { DeliveryCard, DeliveryItem } from "#protocol/till/deliveries.ts";

interface Scene {
  readonly here: StoreId;
  readonly unsent: boolean;
}

/** A delivery as a list shows it. How many pieces come is not told where they are to be counted blind. */
export function deliveryItem(of: Delivery, { here, unsent }: Scene): DeliveryItem {
  const { id, reference, kind, state, expectedOn, openedAt, lines } = of;
  const way = of.to === here ? "in" : "out";
  const toDo = lines.reduce((sum, line) => sum + toDoOf(of, line, way), 0);
  return {
    id,
    reference,
    kind,
    way,
    state,
    partner: way === "out" ? of.toName : of.from === null ? of.supplier : of.fromName,
    expectedOn,
    openedAt,
    articles: lines.length,
    toDo: isHidden(of, way) ? null : toDo,
    isOver: isDeliveryOver(state) || (way === "out" && toDo === 0),
    isDue: deliveryActFits(state, way === "in" ? "received" : "sent") && (way === "in" || toDo > 0),
    unsent,
  };
}

/** A delivery as whoever receives or sends it sees it. */
export function deliveryCard(of: Delivery, scene: Scene): DeliveryCard {
  const item = deliveryItem(of, scene);
  const hidden = isHidden(of, item.way);
  return {
    ...item,
    note: of.note,
    blind: of.blind,
    lines: of.lines.map((line) => ({
      variant: line.variant,
      sku: line.sku,
      name: line.name,
      toDo: hidden ? null : toDoOf(of, line, item.way),
      sent: hidden ? 0 : line.sent,
      good: line.good,
      damaged: line.damaged,
    })),
  };
}

function isHidden({ blind, state }: Delivery, way: DeliveryItem["way"]): boolean {
  return blind && way === "in" && !isDeliveryOver(state);
}

/** A transfer leaves in one go: what was sent less than was asked for is not sent later. */
function toDoOf(of: Delivery, line: DeliveryLine, way: DeliveryItem["way"]): number {
  if (way === "in") return openOf(of, line);
  const isSent = of.lines.some(({ sent }) => sent > 0);
  return isSent || isDeliveryOver(of.state) ? 0 : line.ordered;
}
