import { createHash } from "node:crypto";
import { canonicalJson } from "#domain/journal/canonical-json.ts";
import type { Delivery } from "#domain/stock/delivery.ts";

/** Another text after each change of a delivery, whoever made it: what is edited goes back with it, so that nothing is overwritten unseen. */
export function deliveryVersion(of: Delivery): string {
  return createHash("sha256").update(canonicalJson(of)).digest("base64url").slice(0, 22);
}
