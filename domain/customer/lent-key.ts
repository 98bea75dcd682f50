import { DAY_MS } from "../store/offline-state.ts";

/** So long without the server a till may read what it knows of customers. */
export const CUSTOMERS_READABLE_DAYS = 14;

/** Whether the key that a till was lent for what it knows of customers has lapsed; each contact with the server renews it. */
export function isLentKeyLapsed(awayMs: number): boolean {
  return awayMs > CUSTOMERS_READABLE_DAYS * DAY_MS;
}
