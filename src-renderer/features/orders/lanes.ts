import type { OrderCard } from "#protocol/till/orders.ts";

export const LANES = ["toPick", "ready", "done"] as const;
export type Lane = (typeof LANES)[number];

/** In which lane of the collect queue an order stands. */
export function laneOf({ state }: Pick<OrderCard, "state">): Lane {
  switch (state) {
    case "allocated":
    case "accepted":
    case "picking":
    case "short":
      return "toPick";
    case "ready":
      return "ready";
    case "collected":
    case "shipped":
    case "declined":
    case "cancelled":
    case "expired":
      return "done";
  }
}

/** The orders of each lane in the engine's order; among those that are over, goods that must go back on sale come first. */
export function lanesOf(orders: readonly OrderCard[]): Readonly<Record<Lane, readonly OrderCard[]>> {
  const done = orders.filter((card) => laneOf(card) === "done");
  return {
    toPick: orders.filter((card) => laneOf(card) === "toPick"),
    ready: orders.filter((card) => laneOf(card) === "ready"),
    done: [...done.filter((card) => card.toRestock), ...done.filter((card) => !card.toRestock)],
  };
}

/** How many orders want a colleague now: to be picked, to be packed, or their goods back on sale. One that waits for its customer or for HQ does not. */
export function toDoCount(orders: readonly OrderCard[]): number {
  return orders.filter(wantsSomebody).length;
}

function wantsSomebody({ state, kind, toRestock }: OrderCard): boolean {
  if (toRestock) return true;
  if (state === "ready") return kind === "ship";
  return state === "allocated" || state === "accepted" || state === "picking";
}

/** What is still to be handed out or sent of a line. */
export function leftOf({ quantity, missing, handed }: OrderCard["lines"][number]): number {
  return Math.max(0, quantity - missing - handed);
}

/** What is still to be found of a line. */
export function wantedOf({ quantity, missing }: OrderCard["lines"][number]): number {
  return Math.max(0, quantity - missing);
}
