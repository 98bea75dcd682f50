import { DEFAULT_ATTRIBUTION } from "#domain/orders/attribution.ts";
import type { RetailerRules } from "./port.ts";

/** How orders are routed and credited until the retailer says otherwise. */
export const DEFAULT_RETAILER_RULES: RetailerRules = {
  routing: ["customersStore", "inStock", "nearest", "capacity", "cheapest"],
  attribution: DEFAULT_ATTRIBUTION,
};
