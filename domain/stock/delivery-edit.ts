import { ok, type Result, refused } from "../result.ts";
import type { Delivery, DeliveryOpening } from "./delivery.ts";
import { openDelivery, withDeliveryActs } from "./delivery-acts.ts";

/** A delivery as it should have been asked for. What kind it is stays: goods of a supplier never become those of a store. */
export type DeliveryEdit = Omit<DeliveryOpening, "id" | "kind">;

/** What may still be changed: all of a draft; what is in it, when and with what words once the stores know of it; nothing once goods moved or it is over. */
export type DeliveryFreedom = "all" | "goods" | "nothing";

export type EditRefusal =
  /** Goods have moved, or it is over. */
  | "sentAlready"
  /** Its stores hold it under its name: they, its supplier and its reference stay. */
  | "toldAlready";

/** What of a delivery may still be changed. */
export function deliveryFreedom({ state }: Pick<Delivery, "state">): DeliveryFreedom {
  if (state === "draft") return "all";
  return state === "expected" ? "goods" : "nothing";
}

/** Whether a delivery may vanish without a trace at the stores: only what they were never told of; the rest is cancelled with a reason. */
export function mayRemoveDelivery(of: Pick<Delivery, "state">): boolean {
  return deliveryFreedom(of) === "all";
}

/** A delivery as if it had been asked for so; what was done to it stays done, and who asked for it and when. */
export function editedDelivery(before: Delivery, edit: DeliveryEdit): Result<Delivery, EditRefusal> {
  const freedom = deliveryFreedom(before);
  if (freedom === "nothing") return refused("sentAlready");
  const isSameWay =
    edit.from === before.from &&
    edit.to === before.to &&
    edit.supplier === before.supplier &&
    edit.reference === before.reference;
  if (freedom === "goods" && !isSameWay) return refused("toldAlready");
  const opened = openDelivery(
    { ...edit, id: before.id, kind: before.kind },
    { at: before.openedAt, by: before.openedBy },
  );
  return ok(withDeliveryActs(opened, before.history));
}
