import { CASE_EVENTS } from "./case-events.ts";
import { ORDER_EVENTS } from "./order-events.ts";
import { PRODUCT_EVENTS } from "./product-events.ts";
import { RETURN_EVENTS } from "./return-events.ts";
import { DAY_EVENTS, SALE_EVENTS } from "./sale-events.ts";

/** Every type of event that other programs can be told, with what it tells. */
export const EVENT_TYPES: Readonly<Record<string, string>> = {
  ...ORDER_EVENTS,
  ...RETURN_EVENTS,
  ...CASE_EVENTS,
  ...SALE_EVENTS,
  ...DAY_EVENTS,
  ...PRODUCT_EVENTS,
};
