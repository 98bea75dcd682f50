import { type AttributionRules, DEFAULT_ATTRIBUTION } from "./attribution.ts";
import type { Order } from "./order.ts";
import type { RoutingRule } from "./policy.ts";

export const ROUTING_RULES: readonly RoutingRule[] = [
  "customersStore",
  "inStock",
  "nearest",
  "capacity",
  "cheapest",
];

/** Whether several stores may share an order that is sent: never, where its shop allows it, or always. What is collected is never split. */
export const SPLIT_RULES = ["never", "ifShopAllows", "always"] as const;
export type SplitRule = (typeof SPLIT_RULES)[number];

/** When a store whose tills are silent is asked: after all others, not at all, or as if it were heard. A store that was named is asked all the same. */
export const SILENT_RULES = ["last", "never", "likeOthers"] as const;
export type SilentRule = (typeof SILENT_RULES)[number];

/** How the retailer routes and credits orders, the same in every store. */
export interface RetailerRules {
  /** What stores are ranked by, the first rule first; one that is missing does not count. */
  readonly routing: readonly RoutingRule[];
  readonly split: SplitRule;
  readonly silentStores: SilentRule;
  readonly attribution: AttributionRules;
}

/** How orders are routed and credited until the retailer says otherwise. */
export const DEFAULT_RETAILER_RULES: RetailerRules = {
  routing: ROUTING_RULES,
  split: "ifShopAllows",
  silentStores: "last",
  attribution: DEFAULT_ATTRIBUTION,
};

/** Whether the order may go to several stores. */
export function maySplit({ delivery, maySplit: isAllowed }: Order, rule: SplitRule): boolean {
  if (delivery.kind !== "ship") return false;
  return rule === "always" || (rule === "ifShopAllows" && isAllowed);
}
